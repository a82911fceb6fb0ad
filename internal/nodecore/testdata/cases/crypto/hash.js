// Every hash algorithm, encoding and mistake of createHash, createHmac and hash.
const crypto = require('crypto');

const t = (name, f) => {
  try {
    const v = f();
    return [name, Buffer.isBuffer(v) ? { hex: v.toString('hex') } : v];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message }];
  }
};

exports.main = async () => {
  const out = [];
  const names = ['md5', 'sha1', 'sha224', 'sha256', 'SHA384', 'sha512', 'sha512-256', 'sha512-224', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512',
    'ripemd160', 'rmd160', 'RSA-SHA256', 'RSA-SHA512/256', 'sha256WithRSAEncryption', 'sha-256', 'SHA2-512', 'blake2b512', 'blake2s256', 'shake128', 'shake256', 'sha512/256', 'nope', ''];
  for (const n of names) {
    out.push(t(n, () => crypto.createHash(n).update('a').update(Buffer.from('bc')).digest('hex')));
    if (!n.startsWith('shake')) out.push(t('hmac ' + n, () => crypto.createHmac(n, 'key').update('abc').digest('hex')));
  }
  for (const e of ['hex', 'HEX', 'base64', 'base64url', 'latin1', 'binary', 'utf8', 'ascii', 'ucs2', 'buffer', 'nonsense', undefined]) {
    out.push(t('enc ' + e, () => crypto.createHash('md5').update('a').digest(e)));
    out.push(t('hmac enc ' + e, () => crypto.createHmac('md5', 'k').update('a').digest(e)));
    out.push(t('input enc ' + e, () => crypto.createHash('md5').update('abcd', e).digest('hex')));
  }
  for (const [n, outputLength] of [['shake128', 8], ['shake256', 100], ['shake256', 0], ['sha256', 32], ['sha256', 31]]) {
    out.push(t(n + outputLength, () => crypto.createHash(n, { outputLength }).update('a').digest('hex')));
  }
  for (const n of ['md5', 'sha256', 'sha3-256', 'ripemd160', 'shake256', 'blake2b512']) {
    out.push(t('copy ' + n, () => {
      const a = crypto.createHash(n).update('a');
      const b = a.copy();
      a.update('x');
      return [a.digest('hex'), b.update('b').digest('hex')];
    }));
  }
  out.push(t('no algorithm', () => crypto.createHash()));
  out.push(t('update number', () => crypto.createHash('md5').update(1)));
  out.push(t('update nothing', () => crypto.createHash('md5').update()));
  out.push(t('odd hex', () => crypto.createHash('md5').update('abc', 'hex')));
  out.push(t('update after', () => { const h = crypto.createHash('md5'); h.digest(); h.update('a'); }));
  out.push(t('digest twice', () => { const h = crypto.createHash('md5'); h.digest(); h.digest(); }));
  out.push(t('copy after', () => { const h = crypto.createHash('md5'); h.digest(); h.copy(); }));
  out.push(t('hmac digest twice', () => { const h = crypto.createHmac('md5', 'k'); h.digest(); return [h.digest('hex'), h.digest()]; }));
  out.push(t('hmac update after', () => { const h = crypto.createHmac('md5', 'k'); h.digest(); h.update('a'); }));
  out.push(t('hmac no key', () => crypto.createHmac('md5')));
  out.push(t('hmac null key', () => crypto.createHmac('md5', null)));
  out.push(t('hmac number key', () => crypto.createHmac('md5', 1)));
  out.push(t('hmac no algorithm', () => crypto.createHmac(undefined, 'x')));
  out.push(t('hmac buffer key', () => crypto.createHmac('sha256', Buffer.alloc(200, 1)).update('a').digest('hex')));
  out.push(t('hmac array buffer key', () => crypto.createHmac('sha256', new ArrayBuffer(4)).update(new Uint16Array([1, 2])).digest('hex')));
  out.push(t('hmac key object', () => crypto.createHmac('sha256', crypto.createSecretKey('secret', 'utf8')).update(new DataView(new ArrayBuffer(2))).digest('hex')));
  out.push(t('without new', () => [crypto.Hash('md5') instanceof crypto.Hash, crypto.Hmac('md5', 'k') instanceof crypto.Hmac]));
  out.push(t('unicode', () => crypto.createHash('sha1').update('grüße € 😀').digest('hex')));
  out.push(t('hash()', () => [crypto.hash('md5', 'a'), crypto.hash('sha1', Buffer.from('a'), 'base64'), crypto.hash('md5', 'a', 'buffer').length]));
  out.push(t('hash() unknown', () => crypto.hash('nope', 'a')));
  out.push(t('hash() number', () => crypto.hash('md5', 1)));
  out.push(t('hash() encoding', () => crypto.hash('md5', 'a', 'nonsense')));
  out.push(t('names', () => [crypto.createHash('md5').constructor.name, Object.keys(crypto.createHash('md5')), typeof crypto.getHashes().length]));
  return out;
};
