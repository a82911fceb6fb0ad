'use strict';
// data: and blob: URLs, Blob, File and FormData.

const { inspect } = require('util');
const { attempt } = require('./_attempt');

exports.main = async () => {
  const out = { data: [], blobs: [], errors: [] };
  for (const url of ['data:,hello%20w%C3%B6rld', 'data:text/html,<b>', 'data:text/plain;charset=utf-8;base64,aGk=', 'data:;base64,aGk', 'data:;charset=x,y', 'data:nonsense,z', 'data:a/b;x="y z",q', 'data:text/plain;base64,%20aG%6B=', 'data:text/plain;base64,a', 'data:none', 'data:,a#b', 'data:,100%', 'data:,grüße']) {
    out.data.push([url, await attempt(async () => {
      const r = await fetch(url);
      return [r.status, r.statusText, r.type, r.url, [...r.headers], Buffer.from(await r.arrayBuffer()).toString('latin1')];
    })]);
  }
  const blob = new Blob(['hello ', new Uint8Array([119, 111]), 'rld'], { type: 'Text/Plain' });
  const link = URL.createObjectURL(blob);
  for (const init of [{}, { headers: { range: 'bytes=0-3' } }, { headers: { range: 'bytes=2-' } }, { headers: { range: 'bytes=-3' } }, { headers: { range: 'bytes=99-' } }, { headers: { range: 'x' } }, { method: 'POST' }]) {
    out.blobs.push(await attempt(async () => {
      const r = await fetch(link, init);
      return [r.status, r.statusText, [...r.headers], r.url === link, await r.text()];
    }));
  }
  URL.revokeObjectURL(link);
  out.revoked = [await attempt(() => fetch(link)), /^blob:nodedata:[0-9a-f-]{36}$/.test(link)];
  const slices = [[], [1], [1, 4], [-3], [2, -2], [20], [4, 2], [0, 5, 'A/B'], ['1', '3'], [NaN], [0, 3, 'ü']];
  out.slices = [];
  for (const args of slices) {
    const part = blob.slice(...args);
    out.slices.push([part.size, part.type, await part.text()]);
  }
  const file = new File([blob, '!'], 'näme\ud800', { type: 'a/b', lastModified: 5.5 });
  const chunks = [];
  for await (const chunk of file.stream()) chunks.push([chunk.constructor.name, Buffer.from(chunk).toString()]);
  out.file = [file.name, file.lastModified, file.size, file.type, await file.text(), chunks.map((c) => c[1]).join(''), file instanceof Blob, new File([], 'x', { lastModified: 'abc' }).lastModified, typeof new File([], 'x').lastModified, (await file.arrayBuffer()).constructor.name];
  const f = new FormData();
  f.append('a', 1);
  f.append('b', new Blob(['x'], { type: 't/y' }));
  f.append('a', { toString: () => 'obj' });
  f.append('f', file, 'renamed');
  f.append('g', file);
  f.set('a', 'only');
  f.set('new', null);
  const pairs = [...f].map(([name, value]) => [name, typeof value === 'string' ? value : [value.constructor.name, value.name, value.type, value.size]]);
  const keys = [...f.keys()];
  f.delete('g');
  const each = [];
  f.forEach((value, name, all) => each.push([typeof value, name, all === f]));
  out.form = [pairs, keys, each, f.get('a'), f.get('none'), f.getAll('a'), f.has('b'), f.has('g'), f.get('g'), [...f.values()].length];
  const back = await new Response(f).formData();
  out.back = [];
  for (const [name, value] of back) out.back.push([name, typeof value === 'string' ? value : [value.name, value.type, await value.text()]]);
  const crlf = (text) => text.replace(/\n/g, '\r\n');
  const multipart = (text, type = 'multipart/form-data; boundary=XX') => attempt(async () => {
    const made = await new Response(crlf(text), { headers: { 'content-type': type } }).formData();
    const list = [];
    for (const [name, value] of made) list.push([name, typeof value === 'string' ? value : [value.name, value.type, await value.text()]]);
    return list;
  });
  out.parsed = [
    await multipart('--XX\nContent-Disposition: form-data; name="a"\n\nvalue\n--XX\nContent-Disposition: form-data; name="f"; filename="x%22y.txt"\nContent-Type: text/z\n\nfile\nbody\n--XX--\n'),
    await multipart('--XX\ncontent-disposition: form-data; name="a"\ncontent-transfer-encoding: base64\nX-Other: 1\n\naGk=\n--XX--'),
    await multipart('\n\n--XX\nContent-Disposition: form-data; name="f"; filename="n"\n\n\n--XX--\n'), await multipart('--XX--\n'), await multipart(''), await multipart('--XX\nContent-Disposition: form-data; name="a"\n\nvalue'),
    await multipart('--XX\nContent-Disposition: attachment; name="a"\n\nvalue\n--XX--'), await multipart('--XX\nNo: name\n\nvalue\n--XX--'), await multipart('--YY\n'), await multipart('', 'multipart/form-data'), await multipart('a=1', 'text/plain'),
    await multipart('a=1&b=%C3%BC+x', 'application/x-www-form-urlencoded; charset=utf-8'), await multipart('--X-Y_Z\nContent-Disposition: form-data; name="ü"\n\nü\n--X-Y_Z--', 'Multipart/Form-Data; BOUNDARY="X-Y_Z"'),
  ];
  for (const run of [
    () => new Blob('a'), () => new Blob(null), () => new Blob({}), () => new Blob([], 1), () => new Blob([], { endings: 'x' }), () => new Blob([Symbol('a')]), () => new File(['a']), () => new File([], Symbol('a')), () => new Blob([1, null, {}]).text(),
    () => new Blob([], { type: 'ü' }).type, () => Reflect.get(Blob.prototype, 'size', {}), () => Blob.prototype.text.call({}), () => Blob.prototype.slice.call({}), () => URL.createObjectURL({}), () => new Blob([], []).size, () => new Blob([], null).size,
    () => new FormData(1), () => f.append('a'), () => f.append('a', 'b', 'c'), () => f.set('a', 'b', 'c'), () => f.get(), () => f.append(Symbol('a'), 'b'), () => FormData.prototype.get.call({}, 'a'), () => f.forEach(), () => new FormData(null),
  ]) out.errors.push(await attempt(run));
  out.shown = [inspect(blob), inspect(new File(['a'], 'n', { lastModified: 1 })), inspect({ blob: [blob] }, { depth: 0 }), String(f), Object.keys(FormData.prototype), Object.keys(Blob.prototype), Object.keys(File.prototype), String(file), JSON.stringify([blob, f]), inspect(f.entries())];
  const g = new FormData();
  g.append('x', '1');
  g.append('x', '2');
  g.append('y', '3');
  out.shown.push(inspect(g));
  out.resolve = require('buffer').resolveObjectURL(URL.createObjectURL(blob))?.size;
  return out;
};
