// Hash, Hmac, Sign and ciphers as streams.
const crypto = require('crypto');
const stream = require('stream');
const { promisify } = require('util');

const collect = (s, enc) => new Promise((resolve, reject) => {
  const parts = [];
  s.on('data', (c) => parts.push(Buffer.from(c, enc)));
  s.on('end', () => resolve(Buffer.concat(parts).toString('hex')));
  s.on('error', reject);
});

exports.main = async () => {
  const out = [];
  const h = crypto.createHash('sha256');
  out.push([h instanceof stream.Transform, h instanceof stream.Readable, typeof h.pipe, typeof h.on]);
  h.write('hello ');
  h.end('world');
  out.push(await collect(h));

  const text = stream.Readable.from([Buffer.from('a'), Buffer.from('b'), Buffer.from('c')]);
  out.push(await collect(text.pipe(crypto.createHash('md5'))));

  const hex = crypto.createHash('md5');
  hex.setEncoding('hex');
  hex.end('abc');
  out.push(await new Promise((r) => { let s = ''; hex.on('data', (d) => { s += d; }); hex.on('end', () => r(s)); }));

  const m = crypto.createHmac('sha1', 'key');
  m.write('abc', 'utf8', () => m.end());
  out.push(await collect(m));

  const read = crypto.createHash('sha1');
  read.write('616263', 'hex');
  read.end();
  await new Promise((r) => read.once('readable', r));
  out.push(read.read().toString('hex'));

  const key = Buffer.alloc(16, 1);
  const iv = Buffer.alloc(16, 2);
  const cipher = crypto.createCipheriv('aes-128-cbc', key, iv);
  const decipher = crypto.createDecipheriv('aes-128-cbc', key, iv);
  const pipeline = promisify(stream.pipeline);
  const sink = new stream.PassThrough();
  const result = collect(sink);
  await pipeline(stream.Readable.from([Buffer.from('one '), Buffer.from('two '), Buffer.from('three')]), cipher, decipher, sink);
  out.push(Buffer.from(await result, 'hex').toString());

  const bad = crypto.createDecipheriv('aes-128-cbc', key, iv);
  const failure = new Promise((r) => bad.on('error', (e) => r([e.code, e.message])));
  bad.resume();
  bad.end(Buffer.alloc(16));
  out.push(await failure);
  return out;
};
