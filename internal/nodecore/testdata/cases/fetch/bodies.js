'use strict';
// What is sent, to the last header.

const { attempt } = require('./_attempt');

exports.main = async ({ url }) => {
  const form = new FormData();
  form.append('text', 'grüße\nline');
  form.append('na"me\r\n', 'x');
  form.append('file', new Blob(['blob'], { type: 'text/x' }), 'a "b".txt');
  form.append('plain', new Blob([new Uint8Array([1, 2, 255])]));
  form.append('named', new File(['f'], 'ü.txt', { lastModified: 1 }));
  const streamed = (...parts) => new ReadableStream({ start(c) { for (const p of parts) c.enqueue(typeof p === 'string' ? new TextEncoder().encode(p) : p); c.close(); } });
  const inits = [
    { method: 'GET' }, { method: 'HEAD' }, { method: 'DELETE' }, { method: 'OPTIONS' }, { method: 'POST' }, { method: 'PUT' }, { method: 'PATCH' },
    { method: 'POST', body: '' }, { method: 'POST', body: 'grüße' }, { method: 'POST', body: Buffer.from([0, 255]) }, { method: 'POST', body: new Uint16Array([1, 2]) }, { method: 'POST', body: new Uint8Array([1, 2, 3, 4]).subarray(1, 3) },
    { method: 'POST', body: new ArrayBuffer(2) }, { method: 'POST', body: new URLSearchParams({ a: 'ü b' }) }, { method: 'POST', body: new Blob(['x'], { type: 'text/y' }) }, { method: 'POST', body: new Blob([]) }, { method: 'POST', body: form },
    { method: 'POST', body: streamed('a', 'b'), duplex: 'half' }, { method: 'POST', body: streamed(), duplex: 'half' }, { method: 'PUT', body: (async function* () { yield 'a'; yield Buffer.from('b'); })(), duplex: 'half' },
    { method: 'POST', body: streamed('abc'), duplex: 'half', headers: { 'Content-Length': '3', 'content-type': 'a/b' } }, { method: 'DELETE', body: 'del' }, { method: 'POST', body: {} }, { method: 'POST', body: 5 },
    { headers: { Accept: 'a/b', 'Accept-Language': 'de', 'User-Agent': 'me', 'Accept-Encoding': 'identity', 'Sec-Fetch-Mode': 'x', Host: 'other', 'X-A': '1' } }, { headers: [['b', '1'], ['A', '2'], ['B', '3']] }, { headers: { Range: 'bytes=0-1' } },
    { headers: { connection: 'close' } }, { headers: { Cookie: 'a=b' } }, { cache: 'no-store' }, { cache: 'no-cache' }, { cache: 'reload', headers: { pragma: 'x' } }, { keepalive: true, mode: 'same-origin' }, { mode: 'no-cors' }, { referrer: 'http://r/p?q#h' }, { referrer: 'http://r/p', referrerPolicy: 'unsafe-url' },
    { method: 'patch', body: 'x' }, { credentials: 'include', redirect: 'manual' },
    { headers: { latin: 'ü' } },
  ];
  const sent = [];
  for (const init of inits) {
    sent.push(await attempt(async () => {
      const r = await fetch(`${url}/echo?q=ü#hash`, init);
      const text = await r.text();
      return text === '' ? [r.status, r.headers.get('content-type')] : JSON.parse(text);
    }));
  }
  const multipart = await (await fetch(`${url}/multipart`, { method: 'POST', body: form })).json();
  const big = Buffer.alloc(2_000_000, 'x');
  const upload = await (await fetch(`${url}/upload`, { method: 'POST', body: big })).json();
  const chunked = await (await fetch(`${url}/upload`, { method: 'POST', duplex: 'half', body: (async function* () { for (let i = 0; i < 5; i++) yield big.subarray(0, 100_000); })() })).json();
  const request = new Request(`${url}/echo`, { method: 'POST', body: 'from request', headers: { 'X-R': '1' } });
  const asked = [(await (await fetch(request)).json()).body, request.bodyUsed, await attempt(() => fetch(request)), (await (await fetch(new Request(`${url}/echo`), { headers: { 'X-I': '2' } })).json()).headers];
  const failing = [
    await attempt(() => fetch(`${url}/echo`, { method: 'POST', duplex: 'half', body: new ReadableStream({ pull() { throw new RangeError('bad source'); } }) })),
    await attempt(() => fetch(`${url}/echo`, { method: 'POST', duplex: 'half', body: (async function* () { yield 'a'; throw new RangeError('bad iterator'); })() })),
    await attempt(() => fetch(`${url}/echo`, { method: 'POST', body: streamed('abcd'), duplex: 'half', headers: { 'content-length': '3' } })),
  ];
  const reused = [];
  for (let i = 0; i < 3; i++) reused.push((await (await fetch(`${url}/keepalive`)).json()).request > 0);
  const parallel = await Promise.all([1, 2, 3, 4].map(async (n) => JSON.parse(await (await fetch(`${url}/echo?n=${n}`)).text()).target));
  return { sent, multipart, upload, chunked, asked, failing, reused, parallel };
};
