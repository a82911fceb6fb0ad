const C = require('crypto-js');
const crypto = require('crypto');
const { all } = require('../_attempt');

exports.main = () => all({
  hashes: () => ['MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA3', 'RIPEMD160'].map((n) => [n, C[n]('Grüße').toString()]),
  bits: () => [C.SHA3('x', { outputLength: 256 }).toString(), C.SHA256('x').toString(C.enc.Base64)],
  hmac: () => ['HmacMD5', 'HmacSHA1', 'HmacSHA256', 'HmacSHA512'].map((n) => C[n]('text', 'kéy').toString()),
  progressive: () => { const h = C.algo.SHA256.create(); h.update('a').update('b'); return h.finalize('c').toString() === crypto.createHash('sha256').update('abc').digest('hex'); },
  derive: () => [C.PBKDF2('pass', 'salt', { keySize: 4, iterations: 100, hasher: C.algo.SHA256 }).toString(), crypto.pbkdf2Sync('pass', 'salt', 100, 16, 'sha256').toString('hex'), C.EvpKDF('pass', 'salt', { keySize: 4 }).toString()],
  aes: () => { const key = C.enc.Hex.parse('000102030405060708090a0b0c0d0e0f'); const iv = C.enc.Hex.parse('101112131415161718191a1b1c1d1e1f'); return ['CBC', 'CTR', 'ECB', 'CFB', 'OFB'].map((m) => { const e = C.AES.encrypt('Grüße 🎉', key, { iv, mode: C.mode[m], padding: C.pad.Pkcs7 }); return [m, e.toString(), C.AES.decrypt(e.toString(), key, { iv, mode: C.mode[m] }).toString(C.enc.Utf8)]; }); },
  passphrase: () => { const e = C.AES.encrypt('text', 'pass').toString(); return [e.startsWith('U2FsdGVkX1'), C.AES.decrypt(e, 'pass').toString(C.enc.Utf8), C.AES.decrypt('U2FsdGVkX1+vupppZksvRf5pq5g5XjFRlipRkwB0K1Y=', 'x').sigBytes]; },
  others: () => [C.TripleDES.encrypt('x', C.enc.Utf8.parse('0123456789abcdef01234567'), { mode: C.mode.ECB }).toString(), C.RC4.encrypt('x', C.enc.Utf8.parse('key')).toString(), C.Rabbit.encrypt('x', C.enc.Hex.parse('00112233445566778899aabbccddeeff'), { iv: C.enc.Hex.parse('0011223344556677') }).toString()],
  encodings: () => { const w = C.enc.Utf8.parse('ü€😀'); return ['Hex', 'Base64', 'Base64url', 'Latin1', 'Utf16', 'Utf16LE', 'Utf8'].map((n) => [n, w.toString(C.enc[n]), C.enc[n].parse(w.toString(C.enc[n])).sigBytes]); },
  wrong: () => C.AES.decrypt('AAAA', 'wrong').toString(C.enc.Utf8),
  random: () => [C.lib.WordArray.random(16).sigBytes, C.lib.WordArray.random(8).toString().length],
  node: () => { const key = crypto.createHash('sha256').update('k').digest(); const iv = Buffer.alloc(16, 1); const e = C.AES.encrypt('same', C.lib.WordArray.create(key), { iv: C.lib.WordArray.create(iv) }); const d = crypto.createCipheriv('aes-256-cbc', key, iv); return [e.toString(), d.update('same', 'utf8', 'base64') + d.final('base64')]; },
  typed: () => C.lib.WordArray.create(new Uint8Array([1, 2, 3, 255])).toString(),
});
