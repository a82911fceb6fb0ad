'use strict';
// The crypto module. Each part loads when one of its members is first read.

const PARTS = {
  hash: () => require('internal/crypto/hash'),
  random: () => require('internal/crypto/random'),
  kdf: () => require('internal/crypto/kdf'),
  cipher: () => require('internal/crypto/cipher'),
  keys: () => require('internal/crypto/keys'),
  keygen: () => require('internal/crypto/keygen'),
  sign: () => require('internal/crypto/sign'),
  rsa: () => require('internal/crypto/rsa'),
  dh: () => require('internal/crypto/dh'),
  x509: () => require('internal/crypto/x509'),
  names: () => require('internal/crypto/names'),
  webcrypto: () => require('internal/crypto/webcrypto'),
};

// Node's order of names, each with the part that has it.
const MEMBERS = `checkPrime:random checkPrimeSync:random createCipheriv:cipher createDecipheriv:cipher
createDiffieHellman:dh createDiffieHellmanGroup:dh createECDH:dh createHash:hash createHmac:hash createPrivateKey:keys
createPublicKey:keys createSecretKey:keys createSign:sign createVerify:sign diffieHellman:dh generatePrime:random
generatePrimeSync:random getCiphers:names getCipherInfo:names getCurves:names getDiffieHellman:dh getHashes:names
hkdf:kdf hkdfSync:kdf pbkdf2:kdf pbkdf2Sync:kdf generateKeyPair:keygen generateKeyPairSync:keygen generateKey:keygen
generateKeySync:keygen privateDecrypt:rsa privateEncrypt:rsa publicDecrypt:rsa publicEncrypt:rsa randomBytes:random
randomFill:random randomFillSync:random randomInt:random randomUUID:random scrypt:kdf scryptSync:kdf sign:sign
setEngine:names timingSafeEqual:random getFips:names setFips:names verify:sign hash:hash Certificate:x509
Cipher:cipher Cipheriv:cipher Decipher:cipher Decipheriv:cipher DiffieHellman:dh DiffieHellmanGroup:dh ECDH:dh
Hash:hash Hmac:hash KeyObject:keys Sign:sign Verify:sign X509Certificate:x509 secureHeapUsed:names constants:names`;

function member(name, part, enumerable, from = name) {
  Object.defineProperty(exports, name, {
    configurable: true,
    enumerable,
    get() {
      const value = PARTS[part]()[from];
      Object.defineProperty(exports, name, { value, writable: true, enumerable, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(exports, name, { value, writable: true, enumerable, configurable: true });
    },
  });
}

for (const entry of MEMBERS.split(/\s+/)) {
  const [name, part] = entry.split(':');
  member(name, part, true);
}
// Deprecated names are there, but not listed.
member('createCipher', 'cipher', false);
member('createDecipher', 'cipher', false);
for (const name of ['pseudoRandomBytes', 'prng', 'rng']) member(name, 'random', false, 'randomBytes');
Object.defineProperty(exports, 'fips', { get: () => 0, set: (on) => PARTS.names().setFips(on), enumerable: false });

Object.defineProperty(exports, 'webcrypto', { enumerable: true, get: () => PARTS.webcrypto().webcrypto });
Object.defineProperty(exports, 'subtle', { enumerable: true, get: () => PARTS.webcrypto().webcrypto.subtle });
Object.defineProperty(exports, 'getRandomValues', { enumerable: true, get: () => PARTS.webcrypto().getRandomValues });
