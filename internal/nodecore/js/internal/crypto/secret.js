'use strict';
// What may stand for a secret: text, bytes, a KeyObject or a CryptoKey. Key
// objects are told by a mark, so that none of their code loads for text.

const check = require('internal/crypto/check');

// KEY is where a KeyObject and a CryptoKey keep their native key.
const KEY = Symbol('kHandle');
exports.KEY = KEY;

exports.secretBytes = (name, key, encoding) => {
  if (key !== null && typeof key === 'object' && key[KEY]) {
    if (key.type !== 'secret') {
      throw require('internal/errors').codeError(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${key.type}, expected secret.`);
    }
    return native.keySecret(key[KEY]);
  }
  if (typeof key === 'string') return check.bytes(name, key, encoding);
  if (!check.isBinary(key)) {
    throw check.wrongType(name, 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey', key);
  }
  return key;
};
