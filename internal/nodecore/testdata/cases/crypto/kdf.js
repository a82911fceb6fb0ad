// pbkdf2, scrypt and hkdf.
const crypto = require('crypto');
const { promisify } = require('util');

const t = (name, f) => {
  try {
    const v = f();
    return [name, ArrayBuffer.isView(v) || v instanceof ArrayBuffer ? [v.constructor.name, Buffer.from(v).toString('hex')] : v];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message }];
  }
};

exports.main = async () => {
  const out = [];
  out.push(t('pbkdf2', () => crypto.pbkdf2Sync('password', 'salt', 10, 24, 'sha512')));
  out.push(t('pbkdf2 buffers', () => crypto.pbkdf2Sync(Buffer.from('password'), new Uint8Array(4), 1, 20, 'sha1')));
  out.push(t('pbkdf2 empty', () => crypto.pbkdf2Sync('password', 'salt', 1, 0, 'md5')));
  out.push(t('pbkdf2 digest', () => crypto.pbkdf2Sync('a', 'b', 1, 1, 'nope')));
  out.push(t('pbkdf2 iterations', () => crypto.pbkdf2Sync('a', 'b', 0, 1, 'sha1')));
  out.push(t('pbkdf2 length', () => crypto.pbkdf2Sync('a', 'b', 1, -1, 'sha1')));
  out.push(t('pbkdf2 no callback', () => crypto.pbkdf2('a', 'b', 1, 1, 'sha1')));
  out.push(t('pbkdf2 password', () => crypto.pbkdf2Sync(1, 'b', 1, 1, 'sha1')));
  out.push(t('pbkdf2 no digest', () => crypto.pbkdf2Sync('a', 'b', 1, 1)));
  out.push(t('pbkdf2 iteration type', () => crypto.pbkdf2Sync('a', 'b', '1', 1, 'sha1')));
  out.push(t('scrypt', () => crypto.scryptSync('password', 'salt', 32)));
  out.push(t('scrypt options', () => crypto.scryptSync('password', Buffer.from('NaCl'), 64, { N: 1024, r: 8, p: 16 })));
  out.push(t('scrypt long names', () => crypto.scryptSync('password', 'NaCl', 16, { cost: 16, blockSize: 1, parallelization: 1 })));
  out.push(t('scrypt N', () => crypto.scryptSync('a', 'b', 1, { N: 3 })));
  out.push(t('scrypt memory', () => crypto.scryptSync('a', 'b', 1, { N: 2 ** 20 })));
  out.push(t('scrypt memory ok', () => crypto.scryptSync('a', 'b', 4, { N: 2 ** 15, maxmem: 64 * 1024 * 1024 })));
  out.push(t('scrypt memory edge', () => crypto.scryptSync('a', 'b', 4, { N: 2 ** 15 })));
  out.push(t('scrypt both', () => crypto.scryptSync('a', 'b', 1, { N: 16, cost: 16 })));
  out.push(t('scrypt length', () => crypto.scryptSync('a', 'b', -1)));
  out.push(t('scrypt no callback', () => crypto.scrypt('a', 'b', 1)));
  out.push(t('scrypt type', () => crypto.scryptSync('a', 'b', 1, { N: 'x' })));
  out.push(t('hkdf', () => crypto.hkdfSync('sha512', 'key', 'salt', 'info', 64)));
  out.push(t('hkdf empty', () => crypto.hkdfSync('sha256', '', '', '', 10)));
  out.push(t('hkdf digest', () => crypto.hkdfSync('nope', 'a', 'b', 'c', 5)));
  out.push(t('hkdf length', () => crypto.hkdfSync('sha256', 'a', 'b', 'c', 255 * 32 + 1)));
  out.push(t('hkdf info', () => crypto.hkdfSync('sha256', 'a', 'b', Buffer.alloc(1025), 5)));
  out.push(t('hkdf key object', () => crypto.hkdfSync('sha256', crypto.createSecretKey(Buffer.from('key')), 'b', 'c', 5)));
  out.push((await promisify(crypto.pbkdf2)('p', 's', 5, 8, 'sha256')).toString('hex'));
  out.push((await promisify(crypto.scrypt)('p', 's', 8)).toString('hex'));
  out.push(Buffer.from(await promisify(crypto.hkdf)('sha1', 'k', 's', 'i', 8)).toString('hex'));
  out.push(await new Promise((r) => { const o = []; crypto.pbkdf2('p', 's', 1, 8, 'sha1', (e) => { o.push(e); r(o); }); o.push('later'); }));
  return out;
};
