'use strict';
// Sign, Verify and their one-shot relatives.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const keys = require('internal/crypto/keys');
const { LazyWritable, inherit, hide } = require('internal/crypto/base');

function start(stream, algorithm, options) {
  check.string('algorithm', algorithm);
  const handle = native.hashNew(algorithm);
  if (handle === undefined) throw codeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
  LazyWritable.call(stream, options);
  hide(stream, '_handle', handle);
}

const shared = {
  _write: function _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  },
  update: function update(data, encoding) {
    native.hashUpdate(this._handle, check.data('data', data, encoding));
    return this;
  },
};

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  start(this, algorithm, options);
}

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  start(this, algorithm, options);
}

// signingOptions reads what a key's object may say of the signature.
function signingOptions(key) {
  const out = {};
  if (key === null || typeof key !== 'object') return out;
  for (const name of ['padding', 'saltLength']) {
    if (key[name] === undefined) continue;
    if (key[name] !== key[name] >> 0) throw check.wrongValue(`options.${name}`, key[name]);
    out[name] = key[name];
  }
  if (key.dsaEncoding !== undefined && key.dsaEncoding !== 'der') {
    if (key.dsaEncoding !== 'ieee-p1363') throw check.wrongValue('options.dsaEncoding', key.dsaEncoding);
    out.dsaEncoding = key.dsaEncoding;
  }
  return out;
}

const keyRequired = () => codeError(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');

inherit(Sign, LazyWritable, {
  ...shared,
  sign: function sign(options, encoding) {
    if (!options) throw keyRequired();
    const key = keys.describe(options, keys.USE_PRIVATE);
    return check.out(native.sign(key.handle, this._handle, undefined, signingOptions(options)), encoding);
  },
});

inherit(Verify, LazyWritable, {
  ...shared,
  verify: function verify(options, signature, encoding) {
    const key = keys.describe(options, keys.USE_PUBLIC);
    const signing = signingOptions(options);
    return native.verify(key.handle, this._handle, undefined, signing, check.bytes('signature', signature, encoding));
  },
});

exports.Sign = Sign;
exports.Verify = Verify;
exports.createSign = function createSign(algorithm, options) {
  return new Sign(algorithm, options);
};
exports.createVerify = function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
};

exports.sign = function sign(algorithm, data, key, callback) {
  if (algorithm !== null && algorithm !== undefined) check.string('algorithm', algorithm);
  if (callback !== undefined) check.func('callback', callback);
  data = check.bytes('data', data);
  if (!key) throw keyRequired();
  const signing = signingOptions(key);
  const { handle } = keys.describe(key, keys.USE_PRIVATE);
  if (callback === undefined) return check.toBuffer(native.sign(handle, algorithm, data, signing));
  native.sign(handle, algorithm, data, signing, (error, bytes) => (error ? callback(error) : callback(null, check.toBuffer(bytes))));
};

exports.verify = function verify(algorithm, data, key, signature, callback) {
  if (algorithm !== null && algorithm !== undefined) check.string('algorithm', algorithm);
  if (callback !== undefined) check.func('callback', callback);
  if (typeof data !== 'string' && !check.isBinary(data)) throw check.wrongType('data', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', data);
  if (key === null || key === undefined) throw check.wrongType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey', key);
  const signing = signingOptions(key);
  if (typeof signature !== 'string' && !check.isBinary(signature)) {
    throw check.wrongType('signature', 'an instance of Buffer, TypedArray, or DataView', signature);
  }
  const { handle } = keys.describe(key, keys.USE_PUBLIC);
  if (callback === undefined) return native.verify(handle, algorithm, data, signing, signature);
  native.verify(handle, algorithm, data, signing, signature, (error, ok) => (error ? callback(error) : callback(null, ok)));
};
