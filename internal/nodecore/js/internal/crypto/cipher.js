'use strict';
// Cipheriv and Decipheriv, and the old Cipher and Decipher that derive a key
// from a password.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const { secretBytes } = require('internal/crypto/secret');
const { LazyTransform, inherit, hide } = require('internal/crypto/base');

function decoder(cipher, encoding) {
  const name = check.encoding(encoding);
  if (cipher._decoder === undefined) {
    const { StringDecoder } = require('string_decoder');
    hide(cipher, '_decoder', new StringDecoder(encoding));
    hide(cipher, '_encoding', name);
  } else if (cipher._encoding !== name) {
    if (name === undefined) throw codeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
    throw codeError(Error, 'ERR_INTERNAL_ASSERTION', 'Cannot change encoding\nThis is caused by either a bug in Node.js or incorrect usage of Node.js internals.\nPlease open an issue with this stack trace at https://github.com/nodejs/node/issues\n');
  }
  return cipher._decoder;
}

const methods = {
  _transform: function _transform(chunk, encoding, callback) {
    this.push(check.toBuffer(native.cipherUpdate(this._handle, check.data('data', chunk, encoding))));
    callback();
  },
  _flush: function _flush(callback) {
    try {
      this.push(check.toBuffer(native.cipherFinal(this._handle)));
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },
  update: function update(data, inputEncoding, outputEncoding) {
    const bytes = check.toBuffer(native.cipherUpdate(this._handle, check.data('data', data, inputEncoding)));
    if (outputEncoding && outputEncoding !== 'buffer') return decoder(this, outputEncoding).write(bytes);
    return bytes;
  },
  final: function final(outputEncoding) {
    const bytes = check.toBuffer(native.cipherFinal(this._handle));
    if (outputEncoding && outputEncoding !== 'buffer') return decoder(this, outputEncoding).end(bytes);
    return bytes;
  },
  setAutoPadding: function setAutoPadding(on) {
    native.cipherSetPadding(this._handle, on === undefined ? true : !!on);
    return this;
  },
  setAAD: function setAAD(buffer, options) {
    const encoding = options && options.encoding;
    buffer = check.bytes('aadbuf', buffer, encoding);
    native.cipherSetAAD(this._handle, buffer);
    return this;
  },
};

const encrypting = {
  ...methods,
  getAuthTag: function getAuthTag() {
    return check.toBuffer(native.cipherTag(this._handle));
  },
};

const decrypting = {
  ...methods,
  setAuthTag: function setAuthTag(tag, encoding) {
    native.cipherSetTag(this._handle, check.bytes('buffer', tag, encoding));
    return this;
  },
};

// tagLength checks options.authTagLength.
function tagLength(options) {
  const length = options ? options.authTagLength : undefined;
  if (length === undefined || length === null) return undefined;
  if (length !== length >>> 0) throw check.wrongValue('options.authTagLength', length);
  return length;
}

function startIV(cipher, name, key, iv, options, encrypt) {
  check.string('cipher', name);
  key = secretBytes('key', key, options && options.encoding);
  if (iv !== null) iv = check.bytes('iv', iv);
  const handle = native.cipherNew(name, key, iv, encrypt, tagLength(options));
  LazyTransform.call(cipher, options);
  hide(cipher, '_handle', handle);
}

function startPassword(cipher, name, password, options, encrypt) {
  check.string('cipher', name);
  password = check.bytes('password', password);
  const handle = native.cipherFromPassword(name, password, encrypt);
  LazyTransform.call(cipher, options);
  hide(cipher, '_handle', handle);
}

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  startIV(this, cipher, key, iv, options, true);
}
inherit(Cipheriv, LazyTransform, encrypting);

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  startIV(this, cipher, key, iv, options, false);
}
inherit(Decipheriv, LazyTransform, decrypting);

function Cipher(cipher, password, options) {
  if (!(this instanceof Cipher)) return new Cipher(cipher, password, options);
  startPassword(this, cipher, password, options, true);
}
inherit(Cipher, LazyTransform, encrypting);

function Decipher(cipher, password, options) {
  if (!(this instanceof Decipher)) return new Decipher(cipher, password, options);
  startPassword(this, cipher, password, options, false);
}
inherit(Decipher, LazyTransform, decrypting);

Object.assign(exports, { Cipheriv, Decipheriv, Cipher, Decipher });

exports.createCipheriv = function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
};
exports.createDecipheriv = function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
};

let warned = false;
function deprecated(name) {
  if (warned || process.noDeprecation) return;
  warned = true;
  if (typeof process.emitWarning === 'function') process.emitWarning(`crypto.${name} is deprecated.`, 'DeprecationWarning', 'DEP0106');
}

exports.createCipher = function createCipher(cipher, password, options) {
  deprecated('createCipher');
  return new Cipher(cipher, password, options);
};
exports.createDecipher = function createDecipher(cipher, password, options) {
  deprecated('createDecipher');
  return new Decipher(cipher, password, options);
};
