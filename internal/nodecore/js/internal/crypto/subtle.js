'use strict';
// What crypto.subtle's methods do.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const { KEY } = require('internal/crypto/secret');
const { CryptoKey, domException, makeKey } = require('internal/crypto/webcrypto');
const { normalize, usages: USAGES, nodeHash, blockSize, jwkAlgorithm } = require('internal/crypto/algorithms');

const fail = (message = 'The operation failed for an operation-specific reason') => domException(message, 'OperationError');
const dataError = (message) => domException(message, 'DataError');
const ORDINALS = { 1: '1st', 2: '2nd', 3: '3rd', 4: '4th', 5: '5th' };

function bytes(value, method, n) {
  if (check.isBinary(value)) {
    // A copy: the caller may change its own while the work waits.
    return new Uint8Array(value.buffer || value, value.byteOffset || 0, value.byteLength).slice();
  }
  throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[n]} argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
}

function keyArgument(value, method, n) {
  if (!(value instanceof CryptoKey)) {
    throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[n]} argument is not of type CryptoKey.`);
  }
  return value;
}

// exact gives an ArrayBuffer of just these bytes.
const exact = (view) => (view.byteLength === view.buffer.byteLength ? view.buffer : view.slice().buffer);

// waiting runs a native that takes its callback last.
const waiting = (name, ...args) =>
  new Promise((resolve, reject) => native[name](...args, (error, value) => (error ? reject(error) : resolve(value))));

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

const CURVES = ['P-256', 'P-384', 'P-521'];

function checkCurve(curve) {
  if (!CURVES.includes(curve)) throw domException('Unrecognized namedCurve', 'NotSupportedError');
}

const aesLength = (length) => {
  if (![128, 192, 256].includes(length)) throw fail('AES key length must be 128, 192, or 256 bits');
};

// shown is the algorithm that a key tells.
function shown(how, description) {
  switch (how.name) {
    case 'RSASSA-PKCS1-v1_5':
    case 'RSA-PSS':
    case 'RSA-OAEP': {
      const { modulusLength, publicExponent } = native.keyDetails(description.handle);
      const hex = publicExponent.toString(16);
      const exponent = new Uint8Array(Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'));
      return { name: how.name, modulusLength, publicExponent: exponent, hash: how.hash };
    }
    case 'ECDSA':
    case 'ECDH':
      return { name: how.name, namedCurve: how.namedCurve };
    case 'HMAC':
      return { name: how.name, hash: how.hash, length: description.size * 8 };
    case 'HKDF':
    case 'PBKDF2':
    case 'Ed25519':
    case 'X25519':
      return { name: how.name };
    default:
      return { name: how.name, length: description.size * 8 };
  }
}

function checkUsages(how, kinds, usages) {
  const allowed = kinds.flatMap((kind) => USAGES[how.name][kind] || []);
  if (usages.every((use) => allowed.includes(use))) return;
  const what = how.name.startsWith('AES') ? 'an AES' : how.name === 'HMAC' ? 'an HMAC' : `a ${how.name}`;
  throw domException(`Unsupported key usage for ${/^[AEIOU]/.test(how.name) && !what.startsWith('an') ? `an ${how.name}` : what} key`, 'SyntaxError');
}

exports.generateKey = async (algorithm, extractable, usages) => {
  const how = normalize(algorithm, 'generateKey');
  usages = [...new Set(usages)];
  extractable = !!extractable;
  const secret = how.name === 'HMAC' || how.name.startsWith('AES');
  checkUsages(how, secret ? ['secret'] : ['public', 'private'], usages);
  if (secret) {
    let { length } = how;
    if (how.name === 'HMAC') {
      if (length === undefined) length = blockSize(how.hash);
      if (length === 0) throw fail('Zero-length key is not supported');
    } else {
      aesLength(length);
    }
    if (usages.length === 0) throw domException('Usages cannot be empty when creating a key.', 'SyntaxError');
    const description = native.keyNewSecret(native.randomBytes(Math.ceil(length / 8)));
    const algorithm = shown(how, description);
    if (how.name === 'HMAC') {
      // Node puts a generated key's hash last.
      delete algorithm.hash;
      algorithm.hash = how.hash;
    }
    return makeKey(description, algorithm, extractable, usages);
  }
  let type = how.name.toLowerCase();
  const options = {};
  if (how.name.startsWith('RSA')) {
    type = 'rsa';
    options.modulusLength = how.modulusLength;
    const exponent = Buffer.from(how.publicExponent).toString('hex').replace(/^0+/, '');
    if (exponent !== '10001') throw fail('RSA keys with a public exponent other than 65537 are not available in the embedded engine');
  } else if (how.name.startsWith('EC')) {
    type = 'ec';
    checkCurve(how.namedCurve);
    options.namedCurve = how.namedCurve;
  }
  const own = (kind) => USAGES[how.name][kind].filter((use) => usages.includes(use));
  if (own('private').length === 0) throw domException('Usages cannot be empty when creating a key.', 'SyntaxError');
  let description;
  try {
    description = await waiting('keyPair', type, options);
  } catch {
    throw fail();
  }
  const open = native.keyPublic(description.handle);
  return Object.assign(Object.create(null), {
    publicKey: makeKey(open, shown(how, open), true, own('public')),
    privateKey: makeKey(description, shown(how, description), extractable, own('private')),
  });
};

const FORMATS = ['raw', 'pkcs8', 'spki', 'jwk'];
const KEY_TYPES = { 'RSASSA-PKCS1-v1_5': 'rsa', 'RSA-PSS': 'rsa', 'RSA-OAEP': 'rsa', ECDSA: 'ec', ECDH: 'ec', Ed25519: 'ed25519', X25519: 'x25519' };

function checkFormat(format, method, n) {
  if (!FORMATS.includes(format)) {
    throw codeError(TypeError, 'ERR_INVALID_ARG_VALUE', `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[n]} argument value '${format}' is not a valid enum value of type KeyFormat.`);
  }
}

const KTY = { rsa: 'RSA', ec: 'EC', ed25519: 'OKP', x25519: 'OKP' };

// checkJWK checks the members that say what a key is for.
function checkJWK(jwk, how, kty, extractable, usages) {
  if (jwk === null || typeof jwk !== 'object' || !jwk.kty) throw dataError('Invalid keyData');
  if (jwk.kty !== kty) throw dataError('Invalid JWK "kty" Parameter');
  if (usages.length > 0 && jwk.use !== undefined) {
    const wanted = how.name === 'RSA-OAEP' || how.name.startsWith('AES') || how.name.endsWith('DH') || how.name === 'X25519' ? 'enc' : 'sig';
    if (jwk.use !== wanted) throw dataError('Invalid JWK "use" Parameter');
  }
  if (jwk.key_ops !== undefined && usages.some((use) => !jwk.key_ops.includes(use))) throw dataError('Key operations and usage mismatch');
  if (jwk.ext !== undefined && jwk.ext === false && extractable) throw dataError('JWK "ext" Parameter and extractable mismatch');
}

function checkAlg(jwk, expected) {
  if (jwk.alg !== undefined && expected !== undefined && jwk.alg !== expected && !(expected === 'Ed25519' && jwk.alg === 'EdDSA')) {
    throw dataError('JWK "alg" does not match the requested algorithm');
  }
}

function importSecret(format, data, how, extractable, usages) {
  checkUsages(how, ['secret'], usages);
  if ((how.name === 'HKDF' || how.name === 'PBKDF2') && extractable) throw domException(`${how.name} keys are not extractable`, 'SyntaxError');
  let secret;
  if (format === 'raw') {
    secret = bytes(data, 'importKey', 2);
  } else if (format === 'jwk' && how.name !== 'HKDF' && how.name !== 'PBKDF2') {
    checkJWK(data, how, 'oct', extractable, usages);
    secret = new Uint8Array(Buffer.from(String(data.k), 'base64url'));
  } else {
    throw domException(`Unable to import ${how.name} key with format ${format}`, 'NotSupportedError');
  }
  const bits = secret.byteLength * 8;
  if (how.name === 'HMAC') {
    if (bits === 0) throw dataError('Zero-length key is not supported');
    if (how.length !== undefined && how.length !== bits) throw dataError('Invalid key length');
  } else if (how.name.startsWith('AES') && ![128, 192, 256].includes(bits)) {
    throw dataError('Invalid key length');
  }
  const description = native.keyNewSecret(secret);
  const algorithm = shown(how, description);
  if (format === 'jwk') checkAlg(data, jwkAlgorithm(algorithm));
  if (usages.length === 0) throw domException('Usages cannot be empty when importing a secret key.', 'SyntaxError');
  return makeKey(description, algorithm, extractable, usages);
}

function importPair(format, data, how, extractable, usages) {
  const type = KEY_TYPES[how.name];
  const unusable = (error) => (error && error.name === 'DataError' ? error : dataError('Invalid keyData'));
  if (type === 'ec') checkCurve(how.namedCurve);
  let description;
  try {
    if (format === 'jwk') {
      checkJWK(data, how, KTY[type], extractable, usages);
      if (type === 'ec' && data.crv !== how.namedCurve) throw dataError('JWK "crv" does not match the requested algorithm');
      if (KTY[type] === 'OKP' && data.crv !== how.name) throw dataError('JWK "crv" Parameter and algorithm name mismatch');
      description = require('internal/crypto/keys').ofJWK(data, data.d === undefined ? 0 : 1);
    } else if (format === 'raw') {
      description = native.keyFromRaw(type === 'ec' ? how.namedCurve : type, 'public', bytes(data, 'importKey', 2));
    } else {
      description = native.keyParse(bytes(data, 'importKey', 2), { format: 'der', type: format, kind: format === 'spki' ? 'public' : 'private' });
    }
  } catch (error) {
    throw unusable(error);
  }
  if (description.type !== type) throw dataError('Invalid key type');
  if (type === 'ec') {
    const names = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };
    if (names[native.keyDetails(description.handle).namedCurve] !== how.namedCurve) throw dataError('Named curve mismatch');
  }
  checkUsages(how, [description.kind], usages);
  if (format === 'jwk') checkAlg(data, jwkAlgorithm(how));
  if (description.kind === 'private' && usages.length === 0) throw domException('Usages cannot be empty when importing a private key.', 'SyntaxError');
  return makeKey(description, shown(how, description), extractable, usages);
}

exports.importKey = async (format, data, algorithm, extractable, usages) => {
  checkFormat(format, 'importKey', 1);
  const how = normalize(algorithm, 'importKey');
  usages = [...new Set(usages)];
  const read = KEY_TYPES[how.name] === undefined ? importSecret : importPair;
  return read(format, data, how, !!extractable, usages);
};

exports.exportKey = async (format, key) => {
  checkFormat(format, 'exportKey', 1);
  keyArgument(key, 'exportKey', 2);
  if (!key.extractable) throw domException('key is not extractable', 'InvalidAccessException');
  const { name } = key.algorithm;
  switch (format) {
    case 'jwk': {
      const members = key.type === 'secret' ? native.keyJWK(key[KEY]) : require('internal/crypto/keys').jwkOf(key);
      const head = { key_ops: key.usages, ext: key.extractable };
      const alg = jwkAlgorithm(key.algorithm);
      if (key.type === 'secret') return { ...head, kty: 'oct', k: members.k, alg };
      return alg === undefined ? { ...head, ...members } : { ...head, ...members, alg };
    }
    case 'raw':
      if (key.type === 'secret') return exact(native.keySecret(key[KEY]));
      if (key.type === 'private' || name.startsWith('RSA')) throw domException(`Unable to export a raw ${name} ${key.type} key`, 'InvalidAccessError');
      return exact(native.keyRaw(key[KEY]));
    default: {
      const kind = format === 'spki' ? 'public' : 'private';
      if (key.type !== kind) throw domException(`Unable to export a ${format} ${name} ${key.type} key`, 'InvalidAccessError');
      return exact(native.keyExport(key[KEY], { format: 'der', type: format }));
    }
  }
};

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
  return exports.importKey('raw', secret, derived, extractable, usages);
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
  let data = await exports.exportKey(format, key);
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
  return exports.importKey(format, data, keyAlgorithm, extractable, usages);
};
