'use strict';
// KeyObject and the functions that make one.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const { KEY } = require('internal/crypto/secret');
const { hide } = require('internal/crypto/base');

// What a key is wanted for.
const USE_PUBLIC = 0;
const USE_PRIVATE = 1;
const MAKE_PUBLIC = 2;
const MAKE_PRIVATE = 3;
Object.assign(exports, { USE_PUBLIC, USE_PRIVATE, MAKE_PUBLIC, MAKE_PRIVATE });

class KeyObject {
  constructor(type, description) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw check.wrongValue('type', type);
    if (description === null || typeof description !== 'object' || !description.handle) throw check.wrongType('handle', 'of type object', description);
    hide(this, KEY, description.handle);
    hide(this, '_description', description);
  }

  get type() {
    return this._description.kind;
  }

  equals(other) {
    if (!isKeyObject(other)) throw check.wrongType('otherKeyObject', 'an instance of KeyObject', other);
    return native.keyEqual(this[KEY], other[KEY]);
  }

  static from(key) {
    if (!key || typeof key !== 'object' || !key[KEY] || isKeyObject(key)) throw check.wrongType('key', 'an instance of CryptoKey', key);
    return fromDescription(key._description);
  }

  get [Symbol.toStringTag]() {
    return 'KeyObject';
  }
}

const incompatible = (type, why) => codeError(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', `The selected key encoding ${type} ${why}.`);

class SecretKeyObject extends KeyObject {
  get symmetricKeySize() {
    return this._description.size;
  }

  export(options) {
    if (options !== undefined) {
      check.object('options', options);
      if (options.format !== undefined) check.oneOf('options.format', options.format, [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return jwkOf(this);
    }
    return check.toBuffer(native.keySecret(this[KEY]));
  }
}

class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() {
    return this._description.type;
  }

  get asymmetricKeyDetails() {
    const details = native.keyDetails(this[KEY]);
    const exponent = details.publicExponent;
    // Node's order of members.
    const { modulusLength, publicExponent, ...rest } = details;
    return exponent === undefined ? rest : { modulusLength, publicExponent: BigInt(exponent), ...rest };
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options) {
    if (options && options.format === 'jwk') return jwkOf(this);
    const { format, type } = encodingOf(options, this.asymmetricKeyType, true, 'options');
    return exported(this, { format, type });
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options) {
    if (options && options.format === 'jwk') {
      if (options.passphrase !== undefined) throw incompatible('jwk', 'does not support encryption');
      return jwkOf(this);
    }
    return exported(this, encodingOf(options, this.asymmetricKeyType, false, 'options'));
  }
}

function exported(key, encoding) {
  const result = native.keyExport(key[KEY], encoding);
  return typeof result === 'string' ? result : check.toBuffer(result);
}

// jwkOf gives the members in Node's order.
function jwkOf(key) {
  const jwk = native.keyJWK(key[KEY]);
  const order = { oct: ['kty', 'k'], RSA: ['kty', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'], EC: ['kty', 'x', 'y', 'crv', 'd'], OKP: ['crv', 'd', 'x', 'kty'] }[jwk.kty];
  const out = {};
  for (const name of order) if (jwk[name] !== undefined) out[name] = jwk[name];
  return out;
}

// encodingOf checks the options of an export.
function encodingOf(options, keyType, isPublic, name) {
  check.object(name, options);
  const { format, type, cipher, passphrase } = options;
  if (format !== 'pem' && format !== 'der') throw check.wrongValue(`${name}.format`, format);
  checkType(type, keyType, isPublic, name);
  if (isPublic) return { format, type };
  if (cipher === undefined || cipher === null) {
    if (passphrase !== undefined) throw check.wrongValue(`${name}.cipher`, cipher);
    return { format, type };
  }
  if (typeof cipher !== 'string') throw check.wrongValue(`${name}.cipher`, cipher);
  if (format === 'der' && (type === 'pkcs1' || type === 'sec1')) throw incompatible(type, 'does not support encryption');
  if (typeof passphrase !== 'string' && !check.isBinary(passphrase)) throw check.wrongValue(`${name}.passphrase`, passphrase);
  return { format, type, cipher, passphrase };
}

exports.encodingOf = encodingOf;

function checkType(type, keyType, isPublic, name) {
  if (type === 'pkcs1') {
    if (keyType !== undefined && keyType !== 'rsa') throw incompatible(type, 'can only be used for RSA keys');
  } else if (type === 'sec1' && isPublic !== true) {
    if (keyType !== undefined && keyType !== 'ec') throw incompatible(type, 'can only be used for EC keys');
  } else if (!(type === 'spki' && isPublic !== false) && !(type === 'pkcs8' && isPublic !== true)) {
    throw check.wrongValue(`${name}.type`, type);
  }
}

function isKeyObject(value) {
  return value instanceof KeyObject;
}

exports.isKeyObject = isKeyObject;

// fromDescription makes the key object of what a native described.
function fromDescription(description) {
  switch (description.kind) {
    case 'secret':
      return new SecretKeyObject('secret', description);
    case 'public':
      return new PublicKeyObject('public', description);
    default:
      return new PrivateKeyObject('private', description);
  }
}

exports.fromDescription = fromDescription;

const wrongKind = (type, expected) =>
  codeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${type}, expected ${expected}.`);

const inputTypes = (use) => (use === MAKE_PRIVATE ? check.ANY_BUFFER : 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey');

// describe gives the native description of a key in any form that functions
// take: an object, PEM, or {key, format, type, passphrase, encoding}.
function describe(key, use) {
  if (key !== null && typeof key === 'object' && key[KEY]) return ofObject(key, use);
  if (typeof key === 'string' || check.isBinary(key)) return parse(key, { format: 'pem' }, use);
  if (key === null || typeof key !== 'object') throw check.wrongType('key', inputTypes(use), key);
  const { key: data, encoding, format } = key;
  if (data !== null && typeof data === 'object' && data[KEY]) return ofObject(data, use);
  if (format === 'jwk') {
    check.object('key.key', data);
    return ofJWK(data, use);
  }
  if (typeof data !== 'string' && !check.isBinary(data)) throw check.wrongType('key.key', inputTypes(use), data);
  const isPublic = use === USE_PRIVATE || use === MAKE_PRIVATE ? false : undefined;
  if (format !== undefined && format !== 'pem' && format !== 'der') throw check.wrongValue('options.format', format);
  if (key.type !== undefined || format === 'der') checkType(key.type, undefined, isPublic, 'options');
  let { passphrase } = key;
  if (passphrase !== undefined && passphrase !== null) passphrase = check.bytes('key.passphrase', passphrase, encoding);
  return parse(check.bytes('key.key', data, encoding), { format: format || 'pem', type: key.type, passphrase }, use);
}

function parse(data, options, use) {
  options.kind = use === USE_PRIVATE || use === MAKE_PRIVATE ? 'private' : 'public';
  return native.keyParse(data, options);
}

function ofObject(key, use) {
  if (use === MAKE_PRIVATE) throw check.wrongType('key', inputTypes(use), key);
  if (key.type !== 'private') {
    if (use === USE_PRIVATE || use === MAKE_PUBLIC) throw wrongKind(key.type, 'private');
    if (key.type !== 'public') throw wrongKind(key.type, 'private or public');
  }
  return use === MAKE_PUBLIC ? native.keyPublic(key[KEY]) : key._description;
}

const JWK_STRINGS = { RSA: [['n', 'e'], ['d', 'p', 'q', 'dp', 'dq', 'qi']], EC: [['crv', 'x', 'y'], ['d']], OKP: [['crv', 'x'], ['d']] };
const JWK_CURVES = { EC: ['P-256', 'secp256k1', 'P-384', 'P-521'], OKP: ['Ed25519', 'Ed448', 'X25519', 'X448'] };

function ofJWK(jwk, use) {
  check.oneOf('key.kty', jwk.kty, ['RSA', 'EC', 'OKP']);
  const wantPublic = use === USE_PUBLIC || use === MAKE_PUBLIC;
  const [open, hidden] = JWK_STRINGS[jwk.kty];
  for (const name of open) {
    check.string(`key.${name}`, jwk[name]);
    if (name === 'crv') check.oneOf('key.crv', jwk.crv, JWK_CURVES[jwk.kty]);
  }
  const members = {};
  for (const name of open) members[name] = jwk[name];
  if (!wantPublic) {
    for (const name of hidden) {
      check.string(`key.${name}`, jwk[name]);
      members[name] = jwk[name];
    }
  }
  members.kty = jwk.kty;
  return native.keyFromJWK(members, wantPublic ? 'public' : 'private');
}

exports.describe = describe;
exports.ofJWK = ofJWK;
exports.jwkOf = jwkOf;

exports.createSecretKey = function createSecretKey(key, encoding) {
  if (typeof key !== 'string' && !check.isBinary(key)) {
    throw check.wrongType('key', key !== null && typeof key === 'object' ? check.ANY_BUFFER : 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', key);
  }
  return fromDescription(native.keyNewSecret(check.bytes('key', key, encoding)));
};

exports.createPublicKey = function createPublicKey(key) {
  return fromDescription(describe(key, MAKE_PUBLIC));
};

exports.createPrivateKey = function createPrivateKey(key) {
  return fromDescription(describe(key, MAKE_PRIVATE));
};

exports.KeyObject = KeyObject;
