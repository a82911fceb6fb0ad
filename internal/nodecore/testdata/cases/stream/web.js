const web = require('stream/web');
const { Readable, Writable, Duplex, Transform } = require('stream');

exports.main = async () => {
  const out = [];
  const t = async (f) => { try { out.push(await f()); } catch (e) { out.push([e.name, e.code, e.message]); } };
  const collect = async (stream) => { const list = []; for await (const chunk of stream) list.push(typeof chunk === 'object' ? Buffer.from(chunk).toString() : chunk); return list; };
  const of = (...chunks) => new ReadableStream({ start(c) { for (const x of chunks) c.enqueue(x); c.close(); } });

  await t(() => Object.keys(web));
  await t(() => [ReadableStream === web.ReadableStream, new ReadableStream().constructor.name, String(new WritableStream()), String(new TransformStream()), new ReadableStream().locked]);
  await t(() => collect(of('a', 'b')));
  await t(() => collect(of('a', 'b').pipeThrough(new TransformStream({ transform(x, c) { c.enqueue(x + x); } }))));
  await t(async () => { const [a, b] = of(1, 2).tee(); return [await collect(a), await collect(b)]; });
  await t(async () => { const list = []; await of(1, 2).pipeTo(new WritableStream({ write(x) { list.push(x); }, close() { list.push('closed'); } })); return list; });
  await t(async () => { const r = of(1).getReader(); return [await r.read(), await r.read(), await r.closed]; });
  await t(() => { const s = of(1); s.getReader(); s.getReader(); });
  await t(() => new ReadableStream({ start(c) { c.error(new Error('bad')); } }).getReader().read());
  await t(async () => { let why; const s = new ReadableStream({ cancel(r) { why = r; } }); await s.cancel('done'); return why; });
  await t(() => collect(of('grüße', '€').pipeThrough(new TextEncoderStream())));
  await t(() => collect(of(new Uint8Array([0xe2, 0x82]), new Uint8Array([0xac])).pipeThrough(new TextDecoderStream())));
  await t(() => collect(of(Buffer.from('squeeze '.repeat(50))).pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))));
  await t(() => new CompressionStream('zip'));
  await t(() => collect(Readable.toWeb(Readable.from([Buffer.from('x'), Buffer.from('y')], { objectMode: false }))));
  await t(() => collect(Readable.fromWeb(of('p', 'q'))));
  await t(async () => { const list = []; const w = Writable.toWeb(new Writable({ write(c, e, cb) { list.push(String(c)); cb(); } })); const k = w.getWriter(); await k.write('m'); await k.close(); return list; });
  await t(() => new Promise((resolve, reject) => { const list = []; const w = Writable.fromWeb(new WritableStream({ write(c) { list.push(Buffer.from(c).toString()); } })); w.on('error', reject); w.end('n', () => resolve(list)); }));
  await t(async () => { const pair = Duplex.toWeb(new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); } })); const k = pair.writable.getWriter(); k.write('up'); k.close(); return collect(pair.readable); });
  await t(async () => { const r = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close(); } }).getReader({ mode: 'byob' }); const { value, done } = await r.read(new Uint8Array(2)); return [[...value], done]; });
  await t(() => [new ByteLengthQueuingStrategy({ highWaterMark: 5 }).highWaterMark, new CountQueuingStrategy({ highWaterMark: 1 }).size()]);
  await t(() => collect(ReadableStream.from(['i', 'j'])));
  const held = () => { const r = new ReadableStream(); r.getReader(); return r; };
  const kept = () => { const w = new WritableStream(); w.getWriter(); return w; };
  for (const f of [() => held().cancel(), () => held().tee(), () => held().pipeTo(new WritableStream()), () => held().pipeThrough(new TransformStream()), () => new ReadableStream().pipeTo(kept()), () => kept().getWriter(), () => kept().abort(), () => kept().close(), () => held().values()]) await t(f);
  console.log(new ReadableStream(), new WritableStream(), new TransformStream(), new ReadableStream().getReader(), new WritableStream().getWriter());
  console.log(new ByteLengthQueuingStrategy({ highWaterMark: 1 }), new TextDecoderStream(), new CompressionStream('gzip'), [new ReadableStream({ type: 'bytes' })]);
  return out;
};
