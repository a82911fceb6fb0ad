'use strict';
// Response without a network.

const { inspect } = require('util');
const { attempt } = require('./_attempt');

const facts = (r) => ({ status: r.status, statusText: r.statusText, ok: r.ok, type: r.type, url: r.url, redirected: r.redirected, used: r.bodyUsed, headers: [...r.headers], body: r.body === null ? null : r.body.constructor.name });

exports.main = async () => {
  const bodies = [undefined, null, '', 'text', 'grüße', new Uint8Array([104, 105]), new Uint8Array([104, 105]).buffer, Buffer.from('buffer'), new DataView(new ArrayBuffer(2)),
    new URLSearchParams('a=1&b=ü'), new Blob(['blob'], { type: 'text/x' }), new Blob(['blob']), 1, true, {}, [1, 2], (async function* () { yield 'a'; yield Buffer.from('b'); })(),
    new ReadableStream({ start(c) { c.enqueue(new Uint8Array([120])); c.close(); } })];
  const read = [];
  for (const body of bodies) {
    const r = new Response(body);
    read.push([facts(r), await r.text(), r.bodyUsed]);
  }
  const consumed = new Response('{"a":1}');
  const consumption = [await consumed.json(), await attempt(() => consumed.json()), await attempt(() => consumed.clone()), consumed.bodyUsed];
  const statics = [
    facts(Response.error()), facts(Response.json({ a: [1] })), await Response.json({ a: 1 }, { status: 201, headers: { 'X-A': '1' } }).text(), facts(Response.redirect('http://x/y')), facts(Response.redirect('http://x/', 308)),
    facts(Response.json(1, { headers: { 'content-type': 'a/b' } })),
  ];
  const wrong = [
    () => new Response('a', { status: 100 }), () => new Response('a', { status: 600 }), () => new Response('a', { status: 204 }), () => new Response(null, { status: 204 }).status, () => new Response('a', { statusText: 'a\nb' }),
    () => new Response('a', { statusText: '€' }), () => new Response('a', 1), () => new Response('a', { headers: 1 }), () => new Response(Symbol('a')), () => Response.json(), () => Response.json(undefined), () => Response.json(() => {}),
    () => Response.json(1n), () => Response.redirect(), () => Response.redirect('nope'), () => Response.redirect('http://a/', 200), () => Response.redirect('http://a/').headers.append('a', 'b'), () => Response.error().headers.set('a', 'b'),
    () => new Response('{').json(), () => new Response('').json(), () => Response.prototype.text.call({}), () => Response.prototype.clone.call({}), () => Reflect.get(Response.prototype, 'status', {}),
    () => new Response('x').formData(), () => new Response('a', { status: '201' }).status, () => new Response('a', { status: 'x' }).status, () => new Response('a', null).status,
    () => new Response(new ReadableStream({ start(c) { c.enqueue('text'); c.close(); } })).text(),
    () => new Response(new ReadableStream({ start(c) { c.error(new RangeError('boo')); } })).text(),
    async () => { const s = new ReadableStream({ start(c) { c.close(); } }); s.getReader(); return new Response(s); },
    () => new Response((async function* () { yield 'a'; throw new RangeError('in the middle'); })()).text(),
  ];
  const errors = [];
  for (const run of wrong) errors.push(await attempt(run));
  const original = new Response('twice', { headers: { a: 'b' }, status: 404, statusText: 'Gone' });
  const copy = original.clone();
  copy.headers.set('a', 'c');
  const clones = [facts(copy), await copy.text(), facts(original), await original.text()];
  const streamed = new Response('stream me');
  const stream = streamed.body;
  const before = [stream === streamed.body, stream.locked, streamed.bodyUsed];
  const reader = stream.getReader();
  const chunk = await reader.read();
  const middle = [chunk.value.constructor.name, Buffer.from(chunk.value).toString(), streamed.bodyUsed, await attempt(() => streamed.text())];
  const after = [await reader.read(), stream.locked];
  const teed = new Response('tee').clone();
  const side = [];
  for await (const part of teed.body) side.push(Buffer.from(part).toString());
  const spent = new Response('x');
  await spent.text();
  const binary = new Response(new Uint8Array([0xef, 0xbb, 0xbf, 97, 0xff]));
  const all = await Promise.all([binary.clone().text(), binary.clone().arrayBuffer().then((b) => [b.constructor.name, b.byteLength]), binary.clone().blob().then((b) => [b.size, b.type]), binary.clone().bytes().then((b) => [b.constructor.name, ...b])]);
  const typed = await new Response('x', { headers: { 'Content-Type': 'Text/HTML; Charset="utf-8"; q=a b' } }).blob();
  return {
    read, consumption, statics, errors, clones, before, middle, after, side, spent: [spent.body.locked, spent.bodyUsed], all, typed: typed.type,
    surface: [Object.keys(Response.prototype).sort(), String(new Response()), Response.length, Object.keys(Response), Object.getOwnPropertyNames(Response).sort(), Response.prototype.text.length, Response.prototype.json.name, Object.keys(new Response('a')), JSON.stringify(new Response('a'))],
    shown: [inspect(new Response(null, { status: 201, headers: { a: 'b' } })), inspect(new Response('x'))],
  };
};
