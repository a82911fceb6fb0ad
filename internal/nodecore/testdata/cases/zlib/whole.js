// The functions that take a whole buffer: round trips, defects, options.
const zlib = require('zlib');

const t = (name, f) => {
  try {
    const v = f();
    return [name, Buffer.isBuffer(v) ? v.toString('latin1').slice(0, 100) : v];
  } catch (e) {
    return [name, { name: e.name, code: e.code, errno: e.errno, message: e.message }];
  }
};

const text = 'hello'.repeat(50);

// What Node's zlib made of text, so that both sides read the same bytes.
const FIXTURES = {
  deflate: 'eJzLSM3Jyc8YiQQA8Apn6Q==',
  gzip: 'H4sIAAAAAAAAA8tIzcnJzxiJBAA7agFO+gAAAA==',
  raw: 'y0jNycnPGIkEAA==',
  brotli: 'G/kA+KXL0NjexGpRwEtq'
};

exports.main = async () => {
  const out = [];
  const pairs = [['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'], ['brotliCompress', 'brotliDecompress']];
  const big = Buffer.alloc(200000);
  for (let i = 0; i < big.length; i++) big[i] = (i * i + (i >> 7)) & 255;
  for (const [c, d] of pairs) {
    const quick = c === 'brotliCompress' ? { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } } : {};
    out.push(t(c, () => zlib[d + 'Sync'](zlib[c + 'Sync'](text)).toString() === text));
    out.push(t(c + ' big', () => zlib[d + 'Sync'](zlib[c + 'Sync'](big, quick)).equals(big)));
    out.push(t(c + ' empty', () => zlib[d + 'Sync'](zlib[c + 'Sync']('')).length));
    const viaCallback = await new Promise((resolve) => zlib[c](text, (e, b) => zlib[d](b, {}, (e2, r) => resolve([e, e2, r.toString() === text]))));
    out.push([c + ' callback', viaCallback]);
  }
  for (let level = -1; level <= 9; level++) out.push(t('level ' + level, () => zlib.inflateSync(zlib.deflateSync(big, { level })).equals(big)));
  for (let strategy = 0; strategy <= 4; strategy++) out.push(t('strategy ' + strategy, () => zlib.gunzipSync(zlib.gzipSync(big, { strategy })).equals(big)));
  for (let windowBits = 9; windowBits <= 15; windowBits++) out.push(t('window ' + windowBits, () => zlib.inflateSync(zlib.deflateSync(big, { windowBits })).equals(big)));
  out.push(t('headers', () => [zlib.gzipSync('a').subarray(0, 10).toString('hex'), zlib.gzipSync('a', { level: 9 }).subarray(0, 10).toString('hex'),
    zlib.gzipSync('a', { level: 1 }).subarray(0, 10).toString('hex'), zlib.deflateSync('a').subarray(0, 2).toString('hex'), zlib.deflateSync('a', { level: 9 }).subarray(0, 2).toString('hex')]));

  const whole = {
    inflate: Buffer.from(FIXTURES.deflate, 'base64'),
    gunzip: Buffer.from(FIXTURES.gzip, 'base64'),
    inflateRaw: Buffer.from(FIXTURES.raw, 'base64'),
    brotliDecompress: Buffer.from(FIXTURES.brotli, 'base64'),
  };
  for (const [d, data] of [...Object.entries(whole), ['unzip', whole.gunzip], ['unzip', whole.inflate]]) {
    const f = zlib[d + 'Sync'];
    out.push(t(d, () => f(data)));
    out.push(t(d + ' truncated', () => f(data.subarray(0, 10))));
    out.push(t(d + ' truncated, sync flush', () => f(data.subarray(0, 10), { finishFlush: zlib.constants.Z_SYNC_FLUSH })));
    out.push(t(d + ' truncated, brotli flush', () => f(data.subarray(0, 10), { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH })));
    for (let n = 1; n < data.length; n++) out.push(t(d + ' at ' + n, () => f(data.subarray(0, n)).length));
    out.push(t(d + ' nothing', () => f(Buffer.alloc(0))));
    out.push(t(d + ' trailing', () => f(Buffer.concat([data, Buffer.from('trail')])).length));
    out.push(t(d + ' zeros', () => f(Buffer.concat([data, Buffer.alloc(10)])).length));
    out.push(t(d + ' twice', () => f(Buffer.concat([data, data])).length));
    out.push(t(d + ' max', () => f(data, { maxOutputLength: 10 })));
    out.push(t(d + ' max exactly', () => f(data, { maxOutputLength: 250 }).length));
    out.push(t(d + ' info', () => { const { buffer, engine } = f(data, { info: true }); return [buffer.length, engine.constructor.name]; }));
    out.push(t(d + ' garbage', () => f(Buffer.from('garbage garbage'))));
    out.push([d + ' callback', await new Promise((r) => zlib[d](data.subarray(0, 9), (e, b) => r([e && e.code, e && e.message, e && e.errno, b])))]);
  }
  for (const n of ['gunzip', 'inflate', 'inflateRaw']) {
    const data = Buffer.from(whole[n]);
    for (let i = 0; i < data.length; i++) {
      const bad = Buffer.from(data);
      bad[i] ^= 0x55;
      out.push(t(`${n} byte ${i}`, () => zlib[n + 'Sync'](bad).length));
    }
  }
  const raw = (...bytes) => zlib.inflateRawSync(Buffer.from(bytes));
  out.push(t('block type', () => raw(0xff, 0xff)));
  out.push(t('stored', () => raw(1, 1, 1, 1, 1)));
  out.push(t('stored ok', () => raw(1, 2, 0, 0xfd, 0xff, 65, 66)));
  out.push(t('distance', () => raw(0x4b, 4, 0xf3, 1, 2, 3)));
  out.push(t('gzip magic', () => zlib.gunzipSync(Buffer.from([0x1f, 0x8b]))));
  out.push(t('gzip method', () => zlib.gunzipSync(Buffer.from([0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0]))));
  out.push(t('gzip flags', () => zlib.gunzipSync(Buffer.from([0x1f, 0x8b, 8, 0xe0, 0, 0, 0, 0, 0, 0]))));
  out.push(t('zlib method', () => zlib.inflateSync(Buffer.from([0x79, 0x9b, 0, 0, 0]))));
  out.push(t('zlib window', () => zlib.inflateSync(Buffer.from([0x88, 0x1c, 0, 0, 0]))));
  out.push(t('second member bad', () => zlib.gunzipSync(Buffer.concat([whole.gunzip, Buffer.from([0x1f, 0x8b, 1, 2, 3])]))));
  out.push(t('second member cut', () => zlib.gunzipSync(Buffer.concat([whole.gunzip, Buffer.from([0x1f])]))));
  out.push(t('gzip header with name', () => {
    const g = whole.gunzip;
    const head = Buffer.from(g.subarray(0, 10));
    head[3] = 0x1c;
    return zlib.gunzipSync(Buffer.concat([head, Buffer.from([2, 0, 7, 7]), Buffer.from('name\0comment\0'), g.subarray(10)])).length;
  }));

  const dictionary = Buffer.from('hello world');
  const withDictionary = zlib.deflateSync('hello world hello', { dictionary });
  out.push(t('dictionary', () => zlib.inflateSync(withDictionary, { dictionary }).toString()));
  out.push(t('dictionary raw', () => zlib.inflateRawSync(zlib.deflateRawSync('hello world hello', { dictionary }), { dictionary }).toString()));
  out.push(t('dictionary missing', () => zlib.inflateSync(withDictionary)));
  out.push(t('dictionary wrong', () => zlib.inflateSync(withDictionary, { dictionary: Buffer.from('x') })));
  out.push(t('dictionary type', () => zlib.deflateSync('a', { dictionary: 'x' })));

  for (const options of [{ level: 10 }, { level: 'a' }, { level: Infinity }, { level: NaN }, { windowBits: 16 }, { windowBits: 7 }, { memLevel: 10 }, { strategy: 10 }, { chunkSize: 10 }, { flush: 10 }, { finishFlush: 'x' }, { maxOutputLength: 0 }]) {
    out.push(t(JSON.stringify(options), () => typeof zlib.deflateSync('a', options).length));
  }
  out.push(t('gzip window 8', () => zlib.gzipSync('a', { windowBits: 8 })));
  out.push(t('inflate window 0', () => zlib.inflateSync(whole.inflate, { windowBits: 0 }).length));
  out.push(t('number', () => zlib.deflateSync(1)));
  out.push(t('undefined', () => zlib.deflateSync()));
  out.push(t('no callback', () => zlib.deflate('a')));
  out.push(t('array buffer', () => zlib.inflateSync(zlib.deflateSync(new ArrayBuffer(3))).length));
  out.push(t('typed array', () => zlib.inflateSync(zlib.deflateSync(new Uint16Array([1, 2]))).toString('hex')));
  for (const params of [{ 1: 99 }, { 999: 99 }, { 1: 'x' }, { 0: 1, 1: 3, 2: 10 }]) {
    out.push(t('brotli ' + JSON.stringify(params), () => zlib.brotliDecompressSync(zlib.brotliCompressSync('abc', { params })).toString()));
  }
  out.push(t('brotli flush', () => zlib.brotliCompressSync('a', { flush: 9 })));
  out.push(t('crc32', () => [zlib.crc32('hello'), zlib.crc32(Buffer.from('lo'), zlib.crc32('hel')), zlib.crc32(''), zlib.crc32('ü')]));
  out.push(t('crc32 number', () => zlib.crc32(1)));
  out.push(t('crc32 value', () => zlib.crc32('a', 'b')));
  out.push(t('crc32 negative', () => zlib.crc32('a', -1)));
  out.push(Object.keys(zlib), zlib.constants, zlib.codes, zlib.Z_SYNC_FLUSH, zlib.Z_BEST_COMPRESSION, zlib.BROTLI_PARAM_MODE === undefined, typeof zlib.createZstdDecompress);
  out.push([zlib.gzip.name, zlib.gzip.length, zlib.gzipSync.name, zlib.Gzip.name]);
  return out;
};
