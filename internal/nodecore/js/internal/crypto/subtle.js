'use strict';
// What crypto.subtle's methods do.

const { codeError } = require('internal/errors');
const { KEY } = require('internal/crypto/secret');
const { CryptoKey, domException } = require('internal/crypto/webcrypto');
const { normalize, nodeHash, blockSize } = require('internal/crypto/algorithms');
const { fail, dataError, bytes, keyArgument, exact, waiting, checkFormat, aesLength } = require('internal/crypto/subtle-arguments');
const { generateKey, importKey, exportKey } = require('internal/crypto/subtle-keys');

Object.assign(exports, { generateKey, importKey, exportKey });

function mayBeUsed(key, algorithm, use) {
  if (key.algorithm.name !== algorithm.name) throw domException('The requested operation is not valid for the provided key', 'InvalidAccessError');
  if (!key.usages.includes(use)) throw domException(`Unable to use this key to ${use.replace(/[A-Z].*/, '')}`, 'InvalidAccessError');
}

exports.digest = async (algorithm, data) => {
  const view = bytes(data, 'digest', 2);
  return exact(native.hashOnce(nodeHash(normalize(algorithm, 'digest')), view, ''));
};

// signing tells a native how an algorithm signs.
function signing(algorithm, key) {
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5':
      return [nodeHash(key.algorithm.hash), { padding: 1 }];
    case 'RSA-PSS':
      return [nodeHash(key.algorithm.hash), { padding: 6, saltLength: algorithm.saltLength }];
    case 'ECDSA':
      return [nodeHash(algorithm.hash), { dsaEncoding: 'ieee-p1363' }];
    default:
      return [undefined, {}];
  }
}

function hmac(key, data) {
  const handle = native.hmacNew(nodeHash(key.algorithm.hash), native.keySecret(key[KEY]));
  native.hashUpdate(handle, data);
  return native.hashDigest(handle);
}

exports.sign = async (algorithm, key, data) => {
  const how = normalize(algorithm, 'sign');
  keyArgument(key, 'sign', 2);
  const view = bytes(data, 'sign', 3);
  mayBeUsed(key, how, 'sign');
  if (how.name === 'HMAC') return exact(hmac(key, view));
  const [digest, options] = signing(how, key);
  try {
    return exact(await waiting('sign', key[KEY], digest, view, options));
  } catch {
    throw fail();
  }
};

exports.verify = async (algorithm, key, signature, data) => {
  const how = normalize(algorithm, 'verify');
  keyArgument(key, 'verify', 2);
  const given = bytes(signature, 'verify', 3);
  const view = bytes(data, 'verify', 4);
  mayBeUsed(key, how, 'verify');
  if (how.name === 'HMAC') {
    const own = hmac(key, view);
    return own.byteLength === given.byteLength && native.timingSafeEqual(own, given);
  }
  const [digest, options] = signing(how, key);
  return waiting('verify', key[KEY], digest, view, options, given);
};

// cipher encrypts or decrypts with AES.
function cipher(how, key, data, encrypt) {
  const bits = key.algorithm.length;
  const secret = native.keySecret(key[KEY]);
  const through = (name, iv, setUp, text = data) => {
    const handle = native.cipherNew(name, secret, iv, encrypt, undefined);
    if (setUp) setUp(handle);
    const [a, b] = [native.cipherUpdate(handle, text), native.cipherFinal(handle)];
    return [Buffer.concat([a, b]), handle];
  };
  switch (how.name) {
    case 'AES-CBC': {
      const iv = bytes(how.iv, 'encrypt', 1);
      if (iv.byteLength !== 16) throw fail('algorithm.iv must contain exactly 16 bytes');
      return through(`aes-${bits}-cbc`, iv)[0];
    }
    case 'AES-CTR': {
      const counter = bytes(how.counter, 'encrypt', 1);
      if (counter.byteLength !== 16) throw fail('algorithm.counter must contain exactly 16 bytes');
      if (!(how.length > 0 && how.length <= 128)) throw fail('AES-CTR algorithm.length must be between 1 and 128');
      return counterMode(through, `aes-${bits}-ctr`, counter, how.length, data);
    }
    default: {
      const iv = bytes(how.iv, 'encrypt', 1);
      const { tagLength = 128 } = how;
      if (![32, 64, 96, 104, 112, 120, 128].includes(tagLength)) throw fail(`${tagLength} is not a valid AES-GCM tag length`);
      const size = tagLength / 8;
      const aad = (handle) => how.additionalData !== undefined && native.cipherSetAAD(handle, bytes(how.additionalData, 'encrypt', 1));
      if (encrypt) {
        const [text, handle] = through(`aes-${bits}-gcm`, iv, aad);
        return Buffer.concat([text, native.cipherTag(handle).subarray(0, size)]);
      }
      if (data.byteLength < size) throw fail('The provided data is too small.');
      const tag = data.subarray(data.byteLength - size);
      data = data.subarray(0, data.byteLength - size);
      return through(`aes-${bits}-gcm`, iv, (handle) => {
        aad(handle);
        native.cipherSetTag(handle, tag);
      })[0];
    }
  }
}

// counterMode lets only the last bits of the block count, as Web Crypto says;
// where they overflow, the rest starts again with them at zero.
function counterMode(through, name, counter, bits, data) {
  const value = BigInt(`0x${Buffer.from(counter).toString('hex')}`);
  const mask = (1n << BigInt(bits)) - 1n;
  const blocks = BigInt(Math.ceil(data.byteLength / 16));
  if (blocks > mask + 1n) throw fail();
  const until = mask + 1n - (value & mask);
  if (blocks <= until) return through(name, counter)[0];
  const split = Number(until) * 16;
  const wrapped = Buffer.from((value & ~mask).toString(16).padStart(32, '0'), 'hex');
  const part = (start, piece) => through(name, start, undefined, piece)[0];
  return Buffer.concat([part(counter, data.subarray(0, split)), part(wrapped, data.subarray(split))]);
}

async function crypt(how, key, data, encrypt) {
  try {
    if (how.name !== 'RSA-OAEP') return exact(new Uint8Array(cipher(how, key, data, encrypt)));
    const label = how.label === undefined ? undefined : bytes(how.label, 'encrypt', 1);
    return exact(native[encrypt ? 'publicEncrypt' : 'privateDecrypt'](key[KEY], data, 4, nodeHash(key.algorithm.hash), label));
  } catch (error) {
    if (error && (error.name === 'OperationError' || error.code === 'ERR_INVALID_ARG_TYPE')) throw error;
    throw fail();
  }
}

for (const [name, encrypt] of [['encrypt', true], ['decrypt', false]]) {
  exports[name] = async (algorithm, key, data) => {
    const how = normalize(algorithm, name);
    keyArgument(key, name, 2);
    const view = bytes(data, name, 3);
    mayBeUsed(key, how, name);
    return crypt(how, key, view, encrypt);
  };
}

async function derive(how, key, length) {
  switch (how.name) {
    case 'HKDF':
    case 'PBKDF2': {
      if (length === null) throw fail('length cannot be null');
      if (length % 8 !== 0) throw fail('length must be a multiple of 8');
      const secret = native.keySecret(key[KEY]);
      const salt = bytes(how.salt, 'deriveBits', 1);
      try {
        if (how.name === 'HKDF') return await waiting('hkdf', nodeHash(how.hash), secret, salt, bytes(how.info, 'deriveBits', 1), length / 8);
      } catch {
        throw fail();
      }
      if (how.iterations === 0) throw fail('iterations cannot be zero');
      return waiting('pbkdf2', secret, salt, how.iterations, length / 8, nodeHash(how.hash));
    }
    default: {
      const other = how.public;
      if (!(other instanceof CryptoKey)) throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "algorithm.public" property must be an instance of CryptoKey.');
      if (other.type !== 'public') throw domException('algorithm.public must be a public key', 'InvalidAccessError');
      if (other.algorithm.name !== how.name) throw domException(`algorithm.public must be an ${how.name} key`, 'InvalidAccessError');
      if (other.algorithm.namedCurve !== key.algorithm.namedCurve) throw domException('Named curve mismatch', 'InvalidAccessError');
      let secret;
      try {
        secret = native.agree(key[KEY], other[KEY]);
      } catch {
        throw fail();
      }
      if (length === null) return secret;
      const size = Math.ceil(length / 8);
      if (secret.byteLength < size) throw fail('derived bit length is too small');
      const out = secret.slice(0, size);
      if (length % 8 !== 0) out[size - 1] &= 0xff << (8 - (length % 8));
      return out;
    }
  }
}

exports.deriveBits = async (algorithm, key, length = null) => {
  const how = normalize(algorithm, 'deriveBits');
  keyArgument(key, 'deriveBits', 2);
  if (!key.usages.includes('deriveBits')) throw domException('baseKey does not have deriveBits usage', 'InvalidAccessError');
  if (key.algorithm.name !== how.name) throw domException('Key algorithm mismatch', 'InvalidAccessError');
  return exact(await derive(how, key, length));
};

exports.deriveKey = async (algorithm, key, derived, extractable, usages) => {
  const how = normalize(algorithm, 'deriveBits');
  keyArgument(key, 'deriveKey', 2);
  const wanted = normalize(derived, 'importKey');
  const lengths = normalize(derived, 'get key length');
  if (!key.usages.includes('deriveKey')) throw domException('baseKey does not have deriveKey usage', 'InvalidAccessError');
  if (key.algorithm.name !== how.name) throw domException('Key algorithm mismatch', 'InvalidAccessError');
  let { length = null } = lengths;
  if (wanted.name.startsWith('AES')) aesLength(length);
  else if (wanted.name === 'HMAC' && length === null) length = blockSize(wanted.hash);
  const secret = await derive(how, key, length);
  return importKey('raw', secret, derived, extractable, usages);
};

// keyWrap is AES-KW.
function keyWrap(key, data, encrypt) {
  const iv = new Uint8Array(8).fill(0xa6);
  try {
    const handle = native.cipherNew(`id-aes${key.algorithm.length}-wrap`, native.keySecret(key[KEY]), iv, encrypt, undefined);
    return exact(native.cipherUpdate(handle, data));
  } catch {
    throw fail();
  }
}

function wrapping(algorithm, operation, fallback) {
  try {
    return normalize(algorithm, operation);
  } catch {
    return normalize(algorithm, fallback);
  }
}

exports.wrapKey = async (format, key, wrappingKey, algorithm) => {
  checkFormat(format, 'wrapKey', 1);
  keyArgument(key, 'wrapKey', 2);
  keyArgument(wrappingKey, 'wrapKey', 3);
  const how = wrapping(algorithm, 'wrapKey', 'encrypt');
  mayBeUsed(wrappingKey, how, 'wrapKey');
  let data = await exportKey(format, key);
  if (format === 'jwk') {
    let text = JSON.stringify(data);
    // AES-KW takes whole blocks of eight bytes; spaces before the last brace keep the JSON the same.
    if (how.name === 'AES-KW') text = text.slice(0, -1) + ' '.repeat((8 - (text.length % 8)) % 8) + '}';
    data = Buffer.from(text);
  }
  const view = new Uint8Array(data.buffer || data, data.byteOffset || 0, data.byteLength);
  return how.name === 'AES-KW' ? keyWrap(wrappingKey, view, true) : crypt(how, wrappingKey, view, true);
};

exports.unwrapKey = async (format, wrapped, unwrappingKey, algorithm, keyAlgorithm, extractable, usages) => {
  checkFormat(format, 'unwrapKey', 1);
  const view = bytes(wrapped, 'unwrapKey', 2);
  keyArgument(unwrappingKey, 'unwrapKey', 3);
  const how = wrapping(algorithm, 'unwrapKey', 'decrypt');
  mayBeUsed(unwrappingKey, how, 'unwrapKey');
  let data = how.name === 'AES-KW' ? keyWrap(unwrappingKey, view, false) : await crypt(how, unwrappingKey, view, false);
  if (format === 'jwk') {
    try {
      data = JSON.parse(Buffer.from(data).toString());
    } catch {
      throw dataError('Invalid wrapped JWK key');
    }
  }
  return importKey(format, data, keyAlgorithm, extractable, usages);
};
