// Key agreement: ECDH, DiffieHellman and diffieHellman.
const crypto = require('crypto');

// They protect nothing.
const A = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNA2vHrHoIpaevgsU
QctKVAqvTSFa1GvlfhDSq9HR+sChRANCAARXpsQq424h8u1xNxXw835SDqnz/wq/
NlKA2QTxbIkL6VmJceU9eLVz/1I7ObKsQJQSNKK9kOV7jcuzHPA5z+VW
-----END PRIVATE KEY-----
`;
const B = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBaOZXd4kSojajze/yY/NDIEpqPN5
DQ8eK2DVbe9OQ/Sjc/y9ytIEIjYO89BrBD6LFY+BZCyVas+/8koPhz5I2A==
-----END PUBLIC KEY-----
`;
const X = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VuBCIEIGjiLWMOz5/BWgJC730RzSeluytteV7nI9I3Q38joVBG
-----END PRIVATE KEY-----
`;
const Y = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VuAyEAcQ6s7umaTKHrpFo8Ar/qxUe5mTXGr2b7czgo6EKbChc=
-----END PUBLIC KEY-----
`;
const P256 = 'eab3d78779c02c6d151f9e1f1bffd7634e247db6a05d86533e111587b7429589';
const P384 = '9416641867ae928b1da3ee9aaf53903f799ae495e08278c207198371cc09ea857147a1f7c3e988bf3923a2444a38e361';

const t = (name, f) => {
  try {
    const v = f();
    return [name, Buffer.isBuffer(v) ? v.toString('hex') : v];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message }];
  }
};

exports.main = async () => {
  // OpenSSL keeps errors that nobody asked for; this takes what other cases left.
  try {
    crypto.createPrivateKey('garbage');
  } catch {
    // as meant
  }
  const out = [];
  const a = crypto.createECDH('prime256v1');
  a.setPrivateKey(P256, 'hex');
  const b = crypto.createECDH('secp384r1');
  b.setPrivateKey(Buffer.from(P384, 'hex'));
  const c = crypto.createECDH('prime256v1');
  c.generateKeys();
  const cases = {
    forms: () => ['uncompressed', 'compressed', 'hybrid', undefined].map((f) => [a.getPublicKey('hex', f), b.getPublicKey('base64', f)]),
    numbers: () => [2, 4, 6].map((f) => a.getPublicKey('hex', f).length),
    private: () => [a.getPrivateKey('hex'), b.getPrivateKey().length],
    agree: () => a.computeSecret(c.getPublicKey(null, 'compressed')).equals(c.computeSecret(a.getPublicKey())),
    fixed: () => a.computeSecret(a.getPublicKey('hex'), 'hex', 'base64'),
    'wrong form': () => a.getPublicKey('hex', 'x'),
    convert: () => ['compressed', 'hybrid', 'uncompressed'].map((f) => crypto.ECDH.convertKey(a.getPublicKey(), 'prime256v1', null, 'hex', f)),
    'convert back': () => crypto.ECDH.convertKey(a.getPublicKey('hex', 'compressed'), 'prime256v1', 'hex', 'hex', 'uncompressed') === a.getPublicKey('hex'),
    'convert garbage': () => crypto.ECDH.convertKey('aa', 'prime256v1', 'hex', 'hex'),
    unknown: () => crypto.createECDH('nope'),
    number: () => crypto.createECDH(1),
    'no public key': () => crypto.createECDH('prime256v1').getPublicKey(),
    'no private key': () => crypto.createECDH('prime256v1').getPrivateKey(),
    'no pair': () => crypto.createECDH('prime256v1').computeSecret('aaaa', 'hex'),
    'bad public key': () => a.computeSecret('aaaa', 'hex'),
    'bad private key': () => crypto.createECDH('prime256v1').setPrivateKey('00', 'hex'),
    generate: () => [crypto.createECDH('secp521r1').generateKeys('hex', 'compressed').length, crypto.createECDH('P-256') && 0],
    'without new': () => crypto.ECDH('prime256v1') instanceof crypto.ECDH,
    'key objects': () => [crypto.diffieHellman({ privateKey: crypto.createPrivateKey(A), publicKey: crypto.createPublicKey(B) }).toString('hex'), crypto.diffieHellman({ privateKey: crypto.createPrivateKey(X), publicKey: crypto.createPublicKey(Y) }).toString('hex')],
    'mixed key objects': () => crypto.diffieHellman({ privateKey: crypto.createPrivateKey(A), publicKey: crypto.createPublicKey(Y) }),
    'no key objects': () => crypto.diffieHellman({ privateKey: A, publicKey: B }),
    'no options': () => crypto.diffieHellman(),
    'public as private': () => crypto.diffieHellman({ privateKey: crypto.createPublicKey(B), publicKey: crypto.createPublicKey(B) }),
    groups: () => ['modp1', 'modp2', 'modp5', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18'].map((g) => crypto.createHash('sha1').update(crypto.getDiffieHellman(g).getPrime()).digest('hex')),
    group: () => { const g = crypto.createDiffieHellmanGroup('modp5'); const h = crypto.getDiffieHellman('modp5'); const [p, q] = [g.generateKeys(), h.generateKeys()]; return [g.computeSecret(q).equals(h.computeSecret(p)), g.getGenerator('hex'), g.verifyError, typeof g.setPrivateKey]; },
    'unknown group': () => crypto.getDiffieHellman('modp99'),
    own: () => {
      const prime = crypto.getDiffieHellman('modp2').getPrime();
      const g = crypto.createDiffieHellman(prime, 2);
      const h = crypto.createDiffieHellman(prime.toString('hex'), 'hex', '02', 'hex');
      g.setPrivateKey('0123456789abcdef', 'hex');
      h.setPrivateKey(Buffer.from('fedcba9876543210', 'hex'));
      return [g.generateKeys('hex'), h.generateKeys('base64'), g.computeSecret(h.getPublicKey(), null, 'hex'), g.getPrivateKey('hex'), g.getPrime('hex').length, g.getGenerator('hex')];
    },
    'dh type': () => crypto.createDiffieHellman({}),
    'dh too small': () => crypto.createDiffieHellman(1),
    'dh no key': () => crypto.createDiffieHellman(Buffer.from('ffffffffffffffc5', 'hex')).getPublicKey(),
  };
  for (const [name, f] of Object.entries(cases)) out.push(t(name, f));
  return out;
};
