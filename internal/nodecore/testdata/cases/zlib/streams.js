// zlib's streams: chunks of all sizes, flushing, truncated bodies, errors.
const zlib = require('zlib');
const stream = require('stream');

const collect = (s) => new Promise((resolve) => {
  const parts = [];
  const events = [];
  s.on('data', (c) => parts.push(c));
  s.on('end', () => events.push('end'));
  s.on('error', (e) => events.push(['error', e.code, e.errno, e.message]));
  s.on('close', () => resolve([events, Buffer.concat(parts).toString('latin1').slice(0, 60), Buffer.concat(parts).length, s.bytesWritten, s.destroyed]));
});

const feed = (s, data, size) => {
  for (let i = 0; i < data.length; i += size) s.write(data.subarray(i, i + size));
  s.end();
  return collect(s);
};

exports.main = async () => {
  const out = [];
  const text = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(2000));
  const forms = [['createGzip', 'createGunzip'], ['createDeflate', 'createInflate'], ['createDeflateRaw', 'createInflateRaw'], ['createGzip', 'createUnzip'], ['createDeflate', 'createUnzip'], ['createBrotliCompress', 'createBrotliDecompress']];
  for (const [c, d] of forms) {
    const options = c.includes('Brotli') ? { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } } : {};
    const packed = await new Promise((r) => { const parts = []; const z = zlib[c](options); z.on('data', (p) => parts.push(p)); z.on('end', () => r(Buffer.concat(parts))); z.end(text); });
    for (const size of [1, 7, 1000, 1e9]) {
      const [events, head, length, written, destroyed] = await feed(zlib[d](), packed, size);
      out.push([c, d, size, events, head, length, written === packed.length, destroyed]);
    }
    const cut = await feed(zlib[d](), packed.subarray(0, packed.length - 4), 100);
    out.push([d, 'cut', cut[0]]);
    const lenient = await feed(zlib[d]({ flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: d.includes('Brotli') ? 1 : zlib.constants.Z_SYNC_FLUSH }), packed.subarray(0, packed.length - 4), 100);
    out.push([d, 'cut, lenient', lenient[0], lenient[2] > 0]);
    const trailing = await feed(zlib[d](), Buffer.concat([packed, Buffer.from('\0\0\0')]), 1e9);
    out.push([d, 'trailing', trailing[0], trailing[2]]);
  }
  const gz = Buffer.from('H4sIAAAAAAAAA8vPS1UAAElhrCMEAAAA', 'base64'); // 'one '
  const two = Buffer.from('H4sIAAAAAAAAAyspz1cAAKLBrE0EAAAA', 'base64'); // 'two '
  out.push(['members', await feed(zlib.createGunzip(), Buffer.concat([gz, two, gz]), 5)]);
  out.push(['members whole', await feed(zlib.createGunzip(), Buffer.concat([gz, two]), 1e9)]);
  out.push(['garbage behind', (await feed(zlib.createGunzip(), Buffer.concat([gz, Buffer.from('garbage')]), 1e9))[0]]);
  out.push(['garbage', await feed(zlib.createGunzip(), Buffer.from('garbage'), 1e9)]);
  out.push(['empty', await feed(zlib.createGunzip(), Buffer.alloc(0), 1)]);
  out.push(['empty gzip', (await feed(zlib.createGzip(), Buffer.alloc(0), 1))[0]]);

  // flush gives what was written so far.
  const deflate = zlib.createDeflate();
  const inflate = zlib.createInflate();
  deflate.pipe(inflate);
  const seen = [];
  inflate.on('data', (d) => seen.push(d.toString()));
  deflate.write('first');
  await new Promise((r) => deflate.flush(zlib.constants.Z_SYNC_FLUSH, r));
  await new Promise((r) => setTimeout(r, 20));
  out.push(['flushed', seen.join('')]);
  deflate.write('second');
  await new Promise((r) => deflate.flush(r));
  await new Promise((r) => deflate.params(1, 0, r));
  await new Promise((r) => setTimeout(r, 20));
  out.push(['full flush', seen.join('')]);
  deflate.end('third');
  await new Promise((r) => inflate.on('end', r));
  out.push(['all', seen.join('')]);

  // A reader that does not read holds the writer back.
  const bomb = zlib.gzipSync(Buffer.alloc(1 << 20));
  const slow = zlib.createGunzip();
  slow.end(bomb);
  await new Promise((r) => setTimeout(r, 30));
  out.push(['held back', slow.readableLength > 0 && slow.readableLength <= 65536]);
  let total = 0;
  for (;;) {
    const piece = slow.read(1000);
    if (piece) total += piece.length;
    else if (slow.readableEnded || total >= (1 << 20)) break;
    else {
      await new Promise((r) => {
        const go = () => { slow.removeListener('readable', go); slow.removeListener('end', go); r(); };
        slow.on('readable', go);
        slow.on('end', go);
      });
      const rest = slow.read();
      if (rest) total += rest.length;
    }
  }
  out.push(['read', total]);

  let sizes = [];
  const pieces = zlib.createGunzip({ chunkSize: 100 });
  pieces.on('data', (d) => sizes.push(d.length));
  pieces.end(zlib.gzipSync(Buffer.alloc(350)));
  await new Promise((r) => pieces.on('end', r));
  out.push(['chunk size', sizes]);

  await new Promise((resolve, reject) => stream.pipeline(stream.Readable.from([text]), zlib.createGzip(), zlib.createGunzip(), new stream.Writable({ write(c, e, cb) { total += c.length; cb(); } }), (e) => (e ? reject(e) : resolve())));
  out.push(['pipeline', total]);

  const closed = zlib.createGzip();
  const order = [];
  closed.on('close', () => order.push('close'));
  closed.close(() => order.push('callback'));
  closed.write('a', (e) => order.push(e && e.code));
  closed.on('error', (e) => order.push(['error', e.code]));
  await new Promise((r) => setTimeout(r, 10));
  out.push(order, closed._handle === null, closed._closed);

  const old = zlib.createInflate();
  out.push(old._processChunk(zlib.deflateSync('old'), zlib.constants.Z_FINISH).toString(), old._handle);
  const again = zlib.createInflate();
  again.on('data', (d) => out.push(d.toString()));
  again.write(zlib.deflateSync('first'));
  await new Promise((r) => setTimeout(r, 10));
  again.reset();
  again.end(zlib.deflateSync('second'));
  await new Promise((r) => again.on('end', r));
  const gzip = zlib.Gzip({ level: 3 });
  out.push([gzip instanceof zlib.Gzip, gzip instanceof stream.Transform, gzip._level, gzip._chunkSize, Object.getPrototypeOf(zlib.Gzip.prototype).constructor.name]);
  try {
    gzip.params(11, 0);
  } catch (e) {
    out.push([e.code, e.message]);
  }
  return out;
};
