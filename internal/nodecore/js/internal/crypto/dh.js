'use strict';
// ECDH, DiffieHellman and diffieHellman.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const keys = require('internal/crypto/keys');
const { hide } = require('internal/crypto/base');

// form names the form of a point.
function form(format) {
  if (!format || format === 'uncompressed') return 'uncompressed';
  if (format === 'compressed' || format === 'hybrid') return format;
  throw codeError(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${format}`);
}

// bytesOf reads a key argument.
const bytesOf = (name, value, encoding) => {
  const data = check.bytes(name, value, encoding);
  return typeof data === 'string' ? Buffer.from(data) : new Uint8Array(data.buffer || data, data.byteOffset || 0, data.byteLength);
};

function curveOf(name) {
  check.string('curve', name);
  const curve = native.curveName(name);
  if (curve === undefined || name.startsWith('P-')) throw codeError(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
  return curve;
}

function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  hide(this, '_curve', curveOf(curve));
  hide(this, '_private', undefined);
  hide(this, '_public', undefined);
}

const operationFailed = (what) => codeError(Error, 'ERR_CRYPTO_OPERATION_FAILED', what);

Object.assign(ECDH.prototype, {
  generateKeys(encoding, format) {
    this._private = native.ecdhGenerate(this._curve);
    this._public = native.ecdhPublic(this._curve, this._private);
    return this.getPublicKey(encoding, format);
  },
  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const other = bytesOf('otherPublicKey', otherPublicKey, inputEncoding);
    if (this._private === undefined) throw codeError(RangeError, 'ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair');
    const point = native.ecdhPoint(this._curve, other, 'uncompressed');
    if (point === undefined) throw codeError(Error, 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve');
    return check.out(native.ecdhSecret(this._curve, this._private, point), outputEncoding);
  },
  getPublicKey(encoding, format) {
    const wanted = form(format);
    if (this._public === undefined) throw operationFailed('Failed to get ECDH public key');
    return check.out(native.ecdhPoint(this._curve, this._public, wanted), encoding);
  },
  getPrivateKey(encoding) {
    if (this._private === undefined) throw operationFailed('Failed to get ECDH private key');
    return check.out(this._private.slice(), encoding);
  },
  setPrivateKey(key, encoding) {
    const data = bytesOf('key', key, encoding);
    const point = native.ecdhPublic(this._curve, data);
    if (point === undefined) throw codeError(RangeError, 'ERR_CRYPTO_INVALID_KEYTYPE', 'Private key is not valid for specified curve.');
    this._private = data.slice();
    this._public = point;
    return this;
  },
  setPublicKey(key, encoding) {
    const point = native.ecdhPoint(this._curve, bytesOf('key', key, encoding), 'uncompressed');
    if (point === undefined) throw operationFailed('Failed to convert Buffer to EC_POINT');
    this._public = point;
    return this;
  },
});

ECDH.convertKey = function convertKey(key, curve, inputEncoding, outputEncoding, format) {
  const data = bytesOf('key', key, inputEncoding);
  const wanted = form(format);
  const point = native.ecdhPoint(curveOf(curve), data, wanted);
  if (point === undefined) throw operationFailed('Failed to convert Buffer to EC_POINT');
  return check.out(point, outputEncoding);
};

exports.ECDH = ECDH;
exports.createECDH = function createECDH(curve) {
  return new ECDH(curve);
};

// Diffie-Hellman in a group of integers.
function setUp(dh, prime, generator) {
  hide(dh, '_prime', prime);
  hide(dh, '_generator', generator);
  hide(dh, '_private', undefined);
  hide(dh, '_public', undefined);
  Object.defineProperty(dh, 'verifyError', { value: 0, enumerable: true });
}

function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && !check.isBinary(sizeOrKey)) {
    throw check.wrongType('sizeOrKey', 'one of type number or string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', sizeOrKey);
  }
  if (typeof keyEncoding === 'number' || check.isBinary(keyEncoding) || (keyEncoding && check.encoding(keyEncoding) === undefined && keyEncoding !== 'buffer')) {
    [keyEncoding, generator, genEncoding] = [undefined, keyEncoding, generator];
  }
  let prime;
  if (typeof sizeOrKey === 'number') {
    check.integer('sizeOrKey', sizeOrKey, -(2 ** 31), 2 ** 31 - 1);
    if (sizeOrKey < 512) {
      throw Object.assign(codeError(Error, 'ERR_OSSL_DH_MODULUS_TOO_SMALL', 'error:0280007E:Diffie-Hellman routines::modulus too small'), {
        library: 'Diffie-Hellman routines', reason: 'modulus too small',
      });
    }
    prime = native.generatePrime(sizeOrKey, true);
  } else {
    prime = bytesOf('sizeOrKey', sizeOrKey, keyEncoding === 'buffer' ? undefined : keyEncoding).slice();
  }
  if (!generator) generator = new Uint8Array([2]);
  else if (typeof generator === 'number') generator = new Uint8Array([generator >> 8, generator & 255].slice(generator > 255 ? 0 : 1));
  else generator = bytesOf('generator', generator, genEncoding).slice();
  setUp(this, prime, generator);
}

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  check.string('name', name);
  const prime = native.modpGroup(name.toLowerCase());
  if (prime === undefined) throw codeError(Error, 'ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group');
  setUp(this, prime, new Uint8Array([2]));
}

const trimmed = (bytes) => {
  let i = 0;
  while (i < bytes.length - 1 && bytes[i] === 0) i++;
  return bytes.slice(i);
};

const group = {
  generateKeys(encoding) {
    if (this._private === undefined) {
      const bytes = native.randomBytes(this._prime.length);
      bytes[0] &= this._prime[0] >> 1;
      this._private = trimmed(bytes);
    }
    this._public = native.modExp(this._generator, this._private, this._prime);
    return this.getPublicKey(encoding);
  },
  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const other = bytesOf('otherPublicKey', otherPublicKey, inputEncoding);
    if (this._private === undefined) throw operationFailed('Failed to compute shared secret');
    const value = BigInt('0x0' + Buffer.from(other).toString('hex'));
    const prime = BigInt('0x0' + Buffer.from(this._prime).toString('hex'));
    if (value <= 1n) throw codeError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too small');
    if (value >= prime - 1n) throw codeError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too large');
    return check.out(native.modExp(other, this._private, this._prime), outputEncoding);
  },
  getPrime(encoding) {
    return check.out(this._prime.slice(), encoding);
  },
  getGenerator(encoding) {
    return check.out(this._generator.slice(), encoding);
  },
  getPublicKey(encoding) {
    if (this._public === undefined) throw codeError(Error, 'ERR_CRYPTO_INVALID_STATE', 'No public key - did you forget to generate one?');
    return check.out(trimmed(this._public), encoding);
  },
  getPrivateKey(encoding) {
    if (this._private === undefined) throw codeError(Error, 'ERR_CRYPTO_INVALID_STATE', 'No private key - did you forget to generate one?');
    return check.out(this._private.slice(), encoding);
  },
};
Object.assign(DiffieHellmanGroup.prototype, group);
Object.assign(DiffieHellman.prototype, group, {
  setPublicKey(key, encoding) {
    this._public = bytesOf('key', key, encoding).slice();
    return this;
  },
  setPrivateKey(key, encoding) {
    this._private = bytesOf('key', key, encoding).slice();
    return this;
  },
});

exports.DiffieHellman = DiffieHellman;
exports.DiffieHellmanGroup = DiffieHellmanGroup;
exports.createDiffieHellman = function createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
};
exports.createDiffieHellmanGroup = function createDiffieHellmanGroup(name) {
  return new DiffieHellmanGroup(name);
};
exports.getDiffieHellman = exports.createDiffieHellmanGroup;

exports.diffieHellman = function diffieHellman(options) {
  check.object('options', options);
  const { privateKey, publicKey } = options;
  if (!keys.isKeyObject(privateKey)) throw check.wrongValue('options.privateKey', privateKey);
  if (!keys.isKeyObject(publicKey)) throw check.wrongValue('options.publicKey', publicKey);
  if (privateKey.type !== 'private') throw codeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${privateKey.type}, expected private.`);
  if (publicKey.type !== 'public' && publicKey.type !== 'private') {
    throw codeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${publicKey.type}, expected private or public.`);
  }
  const [a, b] = [privateKey.asymmetricKeyType, publicKey.asymmetricKeyType];
  if (a !== b || (a !== 'ec' && a !== 'x25519')) {
    throw codeError(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY', `Incompatible key types for Diffie-Hellman: ${a} and ${b}`);
  }
  return check.toBuffer(native.agree(privateKey._description.handle, publicKey._description.handle));
};
