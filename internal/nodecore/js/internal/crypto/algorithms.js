'use strict';
// What Web Crypto's algorithms take: their parameters for each operation, and
// the uses of their keys.

const { codeError } = require('internal/errors');
const { domException } = require('internal/crypto/webcrypto');

const RSA = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
const EC = ['ECDSA', 'ECDH'];
const AES = ['AES-CTR', 'AES-CBC', 'AES-GCM', 'AES-KW'];

// The dictionaries by name: required members, sorted as they are checked.
const DICTIONARIES = {
  RsaHashedKeyGenParams: ['modulusLength', 'publicExponent', 'hash'],
  RsaHashedImportParams: ['hash'],
  EcKeyGenParams: ['namedCurve'],
  EcKeyImportParams: ['namedCurve'],
  AesKeyGenParams: ['length'],
  AesDerivedKeyParams: ['length'],
  HmacKeyGenParams: ['hash'],
  HmacImportParams: ['hash'],
  RsaPssParams: ['saltLength'],
  EcdsaParams: ['hash'],
  RsaOaepParams: [],
  AesCbcParams: ['iv'],
  AesCtrParams: ['counter', 'length'],
  AesGcmParams: ['iv'],
  HkdfParams: ['hash', 'info', 'salt'],
  Pbkdf2Params: ['hash', 'iterations', 'salt'],
  EcdhKeyDeriveParams: ['public'],
};

const each = (names, dictionary) => Object.fromEntries(names.map((n) => [n, dictionary]));
const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

const OPERATIONS = {
  digest: each(HASHES, null),
  generateKey: { ...each(RSA, 'RsaHashedKeyGenParams'), ...each(EC, 'EcKeyGenParams'), ...each(AES, 'AesKeyGenParams'), HMAC: 'HmacKeyGenParams', Ed25519: null, X25519: null },
  sign: { 'RSASSA-PKCS1-v1_5': null, 'RSA-PSS': 'RsaPssParams', ECDSA: 'EcdsaParams', HMAC: null, Ed25519: null },
  importKey: { ...each(RSA, 'RsaHashedImportParams'), ...each(EC, 'EcKeyImportParams'), ...each(AES, null), HMAC: 'HmacImportParams', Ed25519: null, X25519: null, HKDF: null, PBKDF2: null },
  encrypt: { 'RSA-OAEP': 'RsaOaepParams', 'AES-CBC': 'AesCbcParams', 'AES-CTR': 'AesCtrParams', 'AES-GCM': 'AesGcmParams' },
  deriveBits: { HKDF: 'HkdfParams', PBKDF2: 'Pbkdf2Params', ECDH: 'EcdhKeyDeriveParams', X25519: 'EcdhKeyDeriveParams' },
  'get key length': { ...each(AES, 'AesDerivedKeyParams'), HMAC: 'HmacImportParams', HKDF: null, PBKDF2: null },
  wrapKey: { 'AES-KW': null },
};
OPERATIONS.verify = OPERATIONS.sign;
OPERATIONS.decrypt = OPERATIONS.encrypt;
OPERATIONS.unwrapKey = OPERATIONS.wrapKey;

// normalize checks an algorithm for an operation and gives a copy with the
// proper name and a hash that is an object.
exports.normalize = function normalize(algorithm, operation) {
  const given = algorithm !== null && typeof algorithm === 'object' ? algorithm : { name: String(algorithm) };
  if (given.name === undefined) {
    throw codeError(TypeError, 'ERR_MISSING_OPTION', "Failed to normalize algorithm: passed algorithm can not be converted to 'Algorithm' because 'name' is required in 'Algorithm'.");
  }
  const wanted = String(given.name).toUpperCase();
  const known = OPERATIONS[operation];
  const name = Object.keys(known).find((n) => n.toUpperCase() === wanted);
  if (name === undefined) throw domException('Unrecognized algorithm name', 'NotSupportedError');
  const out = { ...given, name };
  for (const member of known[name] === null ? [] : DICTIONARIES[known[name]]) {
    if (out[member] === undefined) {
      throw codeError(TypeError, 'ERR_MISSING_OPTION', `Failed to normalize algorithm: passed algorithm can not be converted to '${known[name]}' because '${member}' is required in '${known[name]}'.`);
    }
  }
  if (out.hash !== undefined) out.hash = { name: normalize(out.hash, 'digest').name };
  return out;
};

// Which uses each kind of key may have.
exports.usages = {
  'RSASSA-PKCS1-v1_5': { public: ['verify'], private: ['sign'] },
  'RSA-PSS': { public: ['verify'], private: ['sign'] },
  'RSA-OAEP': { public: ['encrypt', 'wrapKey'], private: ['decrypt', 'unwrapKey'] },
  ECDSA: { public: ['verify'], private: ['sign'] },
  ECDH: { public: [], private: ['deriveKey', 'deriveBits'] },
  Ed25519: { public: ['verify'], private: ['sign'] },
  X25519: { public: [], private: ['deriveKey', 'deriveBits'] },
  'AES-CTR': { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
  'AES-CBC': { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
  'AES-GCM': { secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] },
  'AES-KW': { secret: ['wrapKey', 'unwrapKey'] },
  HMAC: { secret: ['sign', 'verify'] },
  HKDF: { secret: ['deriveKey', 'deriveBits'] },
  PBKDF2: { secret: ['deriveKey', 'deriveBits'] },
};

const NODE_HASH = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
exports.nodeHash = (hash) => NODE_HASH[hash.name];

exports.blockSize = (hash) => (hash.name === 'SHA-1' || hash.name === 'SHA-256' ? 512 : 1024);

// jwkAlgorithm is the "alg" of a key.
exports.jwkAlgorithm = (algorithm) => {
  const bits = algorithm.hash && algorithm.hash.name.slice(4);
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5':
      return `RS${bits}`;
    case 'RSA-PSS':
      return `PS${bits}`;
    case 'RSA-OAEP':
      return bits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${bits}`;
    case 'HMAC':
      return `HS${bits}`;
    case 'Ed25519':
      return 'Ed25519';
    case 'AES-CTR':
    case 'AES-CBC':
    case 'AES-GCM':
    case 'AES-KW':
      return `A${algorithm.length}${algorithm.name.slice(4)}`;
    default:
      return undefined;
  }
};
