'use strict';
// generateKeyPair and generateKey.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const keys = require('internal/crypto/keys');

const MAX = 2 ** 31 - 1;

// pairOptions checks the options of a type of key for the native.
function pairOptions(type, options) {
  check.object('options', options);
  switch (type) {
    case 'rsa':
    case 'rsa-pss': {
      check.integer('options.modulusLength', options.modulusLength, 0, 2 ** 32 - 1);
      const { publicExponent = 0x10001 } = options;
      check.integer('options.publicExponent', publicExponent, 0, 2 ** 32 - 1);
      if (publicExponent !== 0x10001) {
        throw codeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'RSA keys with a public exponent other than 65537 are not available in the embedded engine; --engine node has them');
      }
      const out = { modulusLength: options.modulusLength };
      if (type === 'rsa-pss') {
        const hash = options.hashAlgorithm || options.hash;
        const mgf1 = options.mgf1HashAlgorithm || options.mgf1Hash || hash;
        for (const [name, value] of [['hashAlgorithm', hash], ['mgf1HashAlgorithm', mgf1]]) {
          if (value === undefined) continue;
          check.string(`options.${name}`, value);
          if (native.digestInfo(value) === undefined) {
            throw codeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid ${name === 'hashAlgorithm' ? 'digest' : 'MGF1 digest'}: ${value}`);
          }
        }
        if (options.saltLength !== undefined) check.integer('options.saltLength', options.saltLength, 0, MAX);
        if (hash !== undefined || options.saltLength !== undefined) {
          out.hash = native.digestInfo(hash || 'sha1').name;
          out.mgf1 = native.digestInfo(mgf1 || 'sha1').name;
          out.saltLength = options.saltLength === undefined ? native.digestInfo(out.hash).size : options.saltLength;
        }
      }
      return out;
    }
    case 'ec':
      check.string('options.namedCurve', options.namedCurve);
      if (options.paramEncoding !== undefined && options.paramEncoding !== 'named' && options.paramEncoding !== 'explicit') {
        throw check.wrongValue('options.paramEncoding', options.paramEncoding);
      }
      return { namedCurve: options.namedCurve };
    default:
      return {};
  }
}

const TYPES = ['rsa', 'rsa-pss', 'dsa', 'ec', 'ed25519', 'ed448', 'x25519', 'x448', 'dh'];

function prepare(type, options) {
  check.string('type', type);
  const simple = /^(ed|x)(25519|448)$/.test(type);
  if (simple && options === undefined) options = {};
  if (!TYPES.includes(type)) throw check.wrongValue('type', type, 'must be a supported key type');
  const inner = pairOptions(type, options);
  const encoding = (name, isPublic) => {
    const value = options[name];
    if (value === undefined || value === null) return undefined;
    check.object(`options.${name}`, value);
    return value.format === 'jwk' ? value : keys.encodingOf(value, type, isPublic, `options.${name}`);
  };
  return { inner, publicEncoding: encoding('publicKeyEncoding', true), privateEncoding: encoding('privateKeyEncoding', false) };
}

function pair(description, { publicEncoding, privateEncoding }) {
  const privateKey = keys.fromDescription(description);
  const publicKey = keys.fromDescription(native.keyPublic(description.handle));
  return {
    publicKey: publicEncoding ? publicKey.export(publicEncoding) : publicKey,
    privateKey: privateEncoding ? privateKey.export(privateEncoding) : privateKey,
  };
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  check.func('callback', callback);
  const wanted = prepare(type, options);
  native.keyPair(type, wanted.inner, (error, description) => {
    if (error) return callback(error);
    let made;
    try {
      made = pair(description, wanted);
    } catch (e) {
      return callback(e);
    }
    callback(null, made.publicKey, made.privateKey);
  });
}

Object.defineProperty(generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  value: (type, options) =>
    new Promise((resolve, reject) => {
      generateKeyPair(type, options, (error, publicKey, privateKey) => (error ? reject(error) : resolve({ publicKey, privateKey })));
    }),
});

exports.generateKeyPair = generateKeyPair;

exports.generateKeyPairSync = function generateKeyPairSync(type, options) {
  const wanted = prepare(type, options);
  return pair(native.keyPair(type, wanted.inner), wanted);
};

function secretLength(type, options) {
  check.string('type', type);
  check.object('options', options);
  if (type === 'hmac') {
    check.integer('options.length', options.length, 8, MAX);
    return Math.floor(options.length / 8);
  }
  if (type !== 'aes') throw check.wrongValue('type', type, 'must be a supported key type');
  check.oneOf('options.length', options.length, [128, 192, 256]);
  return options.length / 8;
}

exports.generateKey = function generateKey(type, options, callback) {
  check.func('callback', callback);
  native.randomBytes(secretLength(type, options), (error, bytes) => {
    if (error) callback(error);
    else callback(null, keys.fromDescription(native.keyNewSecret(bytes)));
  });
};

exports.generateKeySync = function generateKeySync(type, options) {
  return keys.fromDescription(native.keyNewSecret(native.randomBytes(secretLength(type, options))));
};
