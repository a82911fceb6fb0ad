'use strict';
// Web Crypto: the objects. What they do is in internal/crypto/subtle, loaded
// when first asked for.

const { codeError } = require('internal/errors');
const { KEY } = require('internal/crypto/secret');
const { hide } = require('internal/crypto/base');

const TOKEN = Symbol('construct');

const wrongThis = (name) => codeError(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
const illegal = () => codeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');

// domException makes an error of the web platform.
function domException(message, name) {
  const Class = globalThis.DOMException;
  if (typeof Class === 'function') return new Class(message, name);
  const error = new Error(message);
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return error;
}

exports.domException = domException;

function tag(Class) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
  for (const name of Object.getOwnPropertyNames(Class.prototype)) {
    if (name === 'constructor') continue;
    Object.defineProperty(Class.prototype, name, { enumerable: true });
  }
}

class CryptoKey {
  constructor(token, description, algorithm, extractable, usages) {
    if (token !== TOKEN) throw illegal();
    hide(this, KEY, description.handle);
    hide(this, '_description', description);
    hide(this, '_shown', { type: description.kind, extractable, algorithm, usages });
  }

  get type() {
    return this._shown.type;
  }

  get extractable() {
    return this._shown.extractable;
  }

  get algorithm() {
    return this._shown.algorithm;
  }

  get usages() {
    return this._shown.usages;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (depth < 0) return this;
    const { type, extractable, algorithm, usages } = this;
    return `CryptoKey ${(inspect || require('util').inspect)({ type, extractable, algorithm, usages }, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}
tag(CryptoKey);

exports.makeKey = (description, algorithm, extractable, usages) => new CryptoKey(TOKEN, description, algorithm, extractable, usages);

const ARITY = { encrypt: 3, decrypt: 3, sign: 3, verify: 4, digest: 2, generateKey: 3, deriveKey: 5, deriveBits: 3, importKey: 5, exportKey: 2, wrapKey: 4, unwrapKey: 7 };

class SubtleCrypto {
  constructor(token) {
    if (token !== TOKEN) throw illegal();
  }
}
for (const [name, count] of Object.entries(ARITY)) {
  const method = async function (...args) {
    if (!(this instanceof SubtleCrypto)) throw wrongThis('SubtleCrypto');
    if (args.length < (name === 'deriveBits' ? 2 : count)) {
      throw codeError(TypeError, 'ERR_MISSING_ARGS', `Failed to execute '${name}' on 'SubtleCrypto': ${count} arguments required, but only ${args.length} present.`);
    }
    return require('internal/crypto/subtle')[name](...args);
  };
  Object.defineProperty(method, 'name', { value: name, configurable: true });
  Object.defineProperty(method, 'length', { value: count, configurable: true });
  Object.defineProperty(SubtleCrypto.prototype, name, { value: method, writable: true, enumerable: true, configurable: true });
}
tag(SubtleCrypto);

const subtle = new SubtleCrypto(TOKEN);

const INTEGERS = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'];

class Crypto {
  constructor(token) {
    if (token !== TOKEN) throw illegal();
  }

  get subtle() {
    if (!(this instanceof Crypto)) throw wrongThis('Crypto');
    return subtle;
  }

  getRandomValues(array) {
    if (!(this instanceof Crypto)) throw wrongThis('Crypto');
    if (arguments.length < 1) throw codeError(TypeError, 'ERR_MISSING_ARGS', "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
    return fill(array);
  }

  randomUUID(options) {
    if (!(this instanceof Crypto)) throw wrongThis('Crypto');
    return require('internal/crypto/random').randomUUID(options);
  }
}
tag(Crypto);

const viewTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function fill(array) {
  if (!ArrayBuffer.isView(array) || !INTEGERS.includes(viewTag.call(array))) {
    throw domException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) throw domException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  native.randomFill(array);
  return array;
}

exports.Crypto = Crypto;
exports.CryptoKey = CryptoKey;
exports.SubtleCrypto = SubtleCrypto;
exports.webcrypto = new Crypto(TOKEN);
exports.crypto = exports.webcrypto;
// crypto.getRandomValues of the module works without a receiver.
exports.getRandomValues = function getRandomValues(array) {
  return exports.webcrypto.getRandomValues(array);
};
