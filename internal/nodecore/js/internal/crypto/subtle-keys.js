'use strict';
// generateKey, importKey and exportKey of crypto.subtle.

const { KEY } = require('internal/crypto/secret');
const { domException, makeKey } = require('internal/crypto/webcrypto');
const { normalize, usages: USAGES, blockSize, jwkAlgorithm } = require('internal/crypto/algorithms');
const { fail, dataError, bytes, keyArgument, exact, waiting, checkFormat, aesLength } = require('internal/crypto/subtle-arguments');

const CURVES = ['P-256', 'P-384', 'P-521'];

function checkCurve(curve) {
  if (!CURVES.includes(curve)) throw domException('Unrecognized namedCurve', 'NotSupportedError');
}

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

const KEY_TYPES = { 'RSASSA-PKCS1-v1_5': 'rsa', 'RSA-PSS': 'rsa', 'RSA-OAEP': 'rsa', ECDSA: 'ec', ECDH: 'ec', Ed25519: 'ed25519', X25519: 'x25519' };

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
