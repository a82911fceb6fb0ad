const stream = require('stream');
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, compose, addAbortSignal } = stream;
const promises = require('stream/promises');
const consumers = require('stream/consumers');

exports.main = async () => {
  const out = [];
  const t = async (f) => { try { out.push(await f()); } catch (e) { out.push([e.name, e.code, e.message, Object.keys(e)]); } };
  const upper = () => new Transform({ transform(chunk, encoding, callback) { callback(null, String(chunk).toUpperCase()); } });
  const sink = (list) => new Writable({ write(chunk, encoding, callback) { list.push(String(chunk)); callback(); } });

  await t(async () => { const list = []; await promises.pipeline(Readable.from(['a', 'b']), upper(), sink(list)); return list; });
  await t(() => promises.pipeline(Readable.from(['a']), async function* (source) { for await (const x of source) yield x + x; }, (source) => source.toArray()));
  await t(() => promises.pipeline(new Readable({ read() { this.destroy(new Error('source')); } }), sink([])));
  await t(() => promises.pipeline(Readable.from(['a']), new Transform({ transform(c, e, cb) { cb(new Error('middle')); } }), sink([])));
  await t(() => promises.pipeline(Readable.from(['a']), sink([]), { signal: AbortSignal.abort() }));
  await t(() => promises.finished(new Readable({ read() {} }).destroy()));
  await t(() => { const w = sink([]); w.end(); return new Promise((resolve, reject) => { w.on('error', reject); w.write('x'); }); });
  await t(() => new Writable().write(null));
  await t(() => new Writable({ write() {} }).write(1));
  await t(() => new Promise((resolve, reject) => { const r = new Readable({ read() {} }); r.on('error', reject); r.push(null); r.push('x'); r.resume(); }));
  await t(() => new Promise((resolve, reject) => { const r = new Readable(); r.on('error', reject); r.read(); }));
  await t(() => Readable.from([1, 2, 3, 4]).filter((x) => x % 2).map((x) => x * 10).toArray());
  await t(() => Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0));
  await t(() => Readable.from([1, 2, 3]).drop(1).take(1).toArray());
  await t(() => Readable.from([[1], [2]]).flatMap((x) => x).some((x) => x === 2));
  await t(() => compose(upper(), new PassThrough()).constructor.name);
  await t(async () => { const c = compose(upper(), new PassThrough()); c.end('abc'); return consumers.text(c); });
  await t(() => new Promise((resolve) => {
    const w = new Writable({ highWaterMark: 3, write(c, e, cb) { setTimeout(cb, 2); } });
    const seen = [w.write('abcd'), w.writableNeedDrain, w.writableLength];
    w.on('drain', () => resolve([...seen, 'drain', w.writableLength]));
  }));
  await t(() => new Promise((resolve) => {
    const list = [];
    const w = new Writable({ writev(chunks, cb) { list.push(chunks.map((c) => String(c.chunk))); cb(); } });
    w.cork(); w.write('a'); w.write('b'); w.uncork(); w.end('c', () => resolve(list));
  }));
  await t(async () => { const r = new Readable({ read() {}, encoding: 'utf8' }); r.push(Buffer.from([0xe2, 0x82])); r.push(Buffer.from([0xac])); r.push(null); const l = []; for await (const c of r) l.push(c); return l; });
  await t(async () => { const r = Readable.from(['abcdef'], { objectMode: false }); await new Promise((x) => r.once('readable', x)); return [String(r.read(2)), r.readableLength, (r.unshift('xy'), String(r.read()))]; });
  await t(() => { const r = Readable.from(['a']); return [r.readableObjectMode, r.readableHighWaterMark, r.readableFlowing, stream.isReadable(r), stream.isDisturbed(r), stream.isErrored(r)]; });
  await t(async () => { const d = Duplex.from(async function* (source) { for await (const c of source) yield `<${c}>`; }); d.end('x'); return consumers.text(d); });
  await t(async () => { const [a, b] = stream.duplexPair(); a.end('hello'); return consumers.text(b); });
  await t(() => new Promise((resolve) => finished(Readable.from([]).resume(), (e) => resolve(e === undefined))));
  await t(() => { const r = addAbortSignal(AbortSignal.abort(), new Readable({ read() {} })); return new Promise((resolve) => r.on('error', (e) => resolve([e.name, e.code]))); });
  await t(() => new Promise((resolve) => pipeline(Readable.from(['x']), sink([]), (e) => resolve(e === undefined ? 'ok' : String(e)))));
  await t(async () => [await consumers.text(Readable.from(['a', Buffer.from('ü')])), await consumers.json(Readable.from(['{"a":', '1}'])), (await consumers.buffer(Readable.from([Buffer.from('x')]))).length, (await consumers.arrayBuffer(Readable.from([Buffer.from('xyz')]))).byteLength]);
  await t(() => { const order = []; const r = new Readable({ read() { this.push('x'); this.push(null); }, destroy(e, cb) { order.push('destroy'); cb(e); } }); return new Promise((resolve) => { for (const e of ['data', 'end', 'close']) r.on(e, () => { order.push(e); if (e === 'close') resolve(order); }); }); });
  await t(() => { function Old() { stream.call(this); } require('util').inherits(Old, stream); const o = new Old(); o.readable = true; const list = []; const w = sink(list); o.pipe(w); o.emit('data', 'old'); o.emit('end'); return new Promise((resolve) => w.on('finish', () => resolve(list))); });
  await t(() => [Object.keys(stream), stream.getDefaultHighWaterMark(false), stream.getDefaultHighWaterMark(true), stream.Stream === stream, stream.promises === promises, Object.keys(consumers), Object.keys(promises)]);
  const { StringDecoder } = require('string_decoder');
  await t(() => { const d = new StringDecoder('utf8'); return [d.write(Buffer.from([0xe2, 0x82])), d.write(Buffer.from([0xac, 0x41])), d.end(Buffer.from([0xe2])), new StringDecoder('base64').write(Buffer.from('ab')), new StringDecoder('utf16le').write(Buffer.from([65, 0, 66])), new StringDecoder('hex').end(Buffer.from('z')), d.encoding]; });
  await t(() => new StringDecoder('nope'));
  return out;
};
