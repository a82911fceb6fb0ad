'use strict';
// Hash, Hmac and the one-shot hash.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const { LazyTransform, inherit, hide } = require('internal/crypto/base');

const finalized = () => codeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');

// digestOf ends a running hash in the encoding asked for.
function digestOf(handle, encoding) {
  const name = check.encoding(encoding);
  if (name === 'hex' || name === 'base64' || name === 'base64url') return native.hashDigest(handle, name);
  const bytes = native.hashDigest(handle);
  return check.out(bytes, name);
}

function streaming(Class) {
  return {
    _transform(chunk, encoding, callback) {
      native.hashUpdate(this._handle, check.data('data', chunk, encoding));
      callback();
    },
    _flush(callback) {
      this.push(this.digest());
      callback();
    },
  };
}

function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  if (!(algorithm instanceof Hash)) check.string('algorithm', algorithm);
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) check.integer('options.outputLength', length, 0, 2 ** 32 - 1);
  const handle = algorithm instanceof Hash ? native.hashCopy(algorithm._handle, length) : native.hashNew(algorithm, length);
  if (handle === undefined) {
    if (length !== undefined && native.digestInfo(algorithm)) {
      throw Object.assign(new Error('error:030000B2:digital envelope routines::not XOF or invalid length'), {
        library: 'digital envelope routines', reason: 'not XOF or invalid length', code: 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH',
      });
    }
    throw new Error('Digest method not supported');
  }
  LazyTransform.call(this, options);
  hide(this, '_handle', handle);
  hide(this, '_finalized', false);
}

inherit(Hash, LazyTransform, {
  copy: function copy(options) {
    if (this._finalized) throw finalized();
    return new Hash(this, options);
  },
  ...streaming(),
  update: function update(data, encoding) {
    if (this._finalized) throw finalized();
    native.hashUpdate(this._handle, check.data('data', data, encoding));
    return this;
  },
  digest: function digest(outputEncoding) {
    if (this._finalized) throw finalized();
    const result = digestOf(this._handle, outputEncoding);
    this._finalized = true;
    return result;
  },
});

function Hmac(hmac, key, options) {
  if (!new.target) return new Hmac(hmac, key, options);
  check.string('hmac', hmac);
  const bytes = require('internal/crypto/secret').secretBytes('key', key, options && options.encoding);
  const handle = native.hmacNew(hmac, bytes);
  if (handle === undefined) throw codeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${hmac}`);
  LazyTransform.call(this, options);
  hide(this, '_handle', handle);
  hide(this, '_finalized', false);
}

inherit(Hmac, LazyTransform, {
  ...streaming(),
  update: Hash.prototype.update,
  digest: function digest(outputEncoding) {
    // Unlike a Hash, a second digest is empty.
    if (this._finalized) return outputEncoding && outputEncoding !== 'buffer' ? '' : Buffer.from('');
    const result = digestOf(this._handle, outputEncoding);
    this._finalized = true;
    return result;
  },
});

exports.Hash = Hash;
exports.Hmac = Hmac;

exports.createHash = function createHash(algorithm, options) {
  return new Hash(algorithm, options);
};

exports.createHmac = function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
};

exports.hash = function hash(algorithm, input, outputEncoding = 'hex') {
  check.string('algorithm', algorithm);
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) check.data('input', input);
  let name = outputEncoding;
  if (outputEncoding !== 'buffer') {
    check.string('outputEncoding', outputEncoding);
    name = check.encoding(outputEncoding);
    if (name === undefined) throw check.wrongValue('outputEncoding', outputEncoding);
  }
  const inNative = name === 'hex' || name === 'base64' || name === 'base64url';
  const result = native.hashOnce(algorithm, input, inNative ? name : '');
  if (result === undefined) throw new Error(`Digest method ${algorithm} is not supported`);
  return inNative ? result : check.out(result, name);
};
