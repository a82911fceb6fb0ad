'use strict';
// structuredClone, and the copies that messages carry.

const { codeError } = require('internal/errors');

const dataCloneError = (message) => new (require('internal/web/domexception').DOMException)(message, 'DataCloneError');
const failed = (text) => dataCloneError(`${text} could not be cloned.`);

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const STREAMS = ['ReadableStream', 'WritableStream', 'TransformStream'];
const VIEW_TAG = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

// Kinds of objects that are copied property by property.
const PLAIN = ['base', 'array', 'sparseArray', 'baseDynamic', 'lazy', 'objectGoReflect', 'template', 'templated'];

function nameOf(object) {
  const { constructor } = object;
  return `#<${typeof constructor === 'function' && constructor.name ? constructor.name : 'Object'}>`;
}

// A Copy is one message on its way: what was seen, and what is moved instead of
// copied.
class Copy {
  #seen = new Map();
  #moved;
  ports = [];

  constructor(transfer) {
    this.#moved = new Set(transfer);
  }

  // move hands over what is listed and was not found in the message.
  move() {
    for (const object of this.#moved) if (!this.#seen.has(object)) this.#take(object);
  }

  // take moves an object, which the sender loses.
  #take(object) {
    let taken = object;
    if (native.kindOf(object) === 'arrayBuffer') {
      taken = native.transferBuffer(object);
    } else if (isPort(object)) {
      taken = object.__move();
      this.ports.push(taken);
    }
    return this.#remember(object, taken);
  }

  of(value) {
    if (typeof value === 'function') throw failed(Function.prototype.toString.call(value));
    if (typeof value === 'symbol') throw failed(String(value));
    if (value === null || typeof value !== 'object') return value;
    const known = this.#seen.get(value);
    if (known !== undefined) return known;
    return this.#object(value);
  }

  #remember(value, copy) {
    this.#seen.set(value, copy);
    return copy;
  }

  #object(value) {
    const kind = native.kindOf(value);
    switch (kind) {
      case 'number':
      case 'string':
      case 'boolean':
      case 'bigint':
        return this.#remember(value, Object(value.valueOf()));
      case 'symbol':
        throw failed('[object Symbol]');
      case 'date':
        return this.#remember(value, new Date(Date.prototype.getTime.call(value)));
      case 'regexp':
        return this.#remember(value, new RegExp(value.source, value.flags));
      case 'arrayBuffer':
        if (this.#moved.has(value)) return this.#take(value);
        if (native.isDetached(value)) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
        return this.#remember(value, value.slice(0));
      case 'dataView': {
        const { byteOffset, byteLength } = value; // gone once the memory has moved
        return this.#remember(value, new DataView(this.of(value.buffer), byteOffset, byteLength));
      }
      case 'map':
        return this.#map(value);
      case 'set': {
        const items = [...Set.prototype.values.call(value)];
        const copy = this.#remember(value, new Set());
        for (const item of items) copy.add(this.of(item));
        return copy;
      }
      case 'error':
        return this.#error(value);
    }
    if (ArrayBuffer.isView(value)) {
      const View = globalThis[VIEW_TAG.call(value)];
      const { byteOffset, length } = value;
      return this.#remember(value, new View(this.of(value.buffer), byteOffset, length));
    }
    return this.#own(value, kind);
  }

  #map(value) {
    const pairs = [...Map.prototype.entries.call(value)];
    const copy = this.#remember(value, new Map());
    for (const [key, item] of pairs) copy.set(this.of(key), this.of(item));
    return copy;
  }

  #error(value) {
    if (Object.prototype.toString.call(value) === '[object DOMException]') return this.#remember(value, {});
    const Class = ERRORS[String(value.name)] || Error;
    const copy = this.#remember(value, new Class());
    const define = (name, member) => Object.defineProperty(copy, name, { value: member, writable: true, enumerable: false, configurable: true });
    define('stack', typeof value.stack === 'string' ? value.stack : undefined);
    const message = Object.getOwnPropertyDescriptor(value, 'message');
    if (message && 'value' in message) define('message', String(message.value));
    if (Object.hasOwn(value, 'cause')) define('cause', this.of(value.cause));
    return copy;
  }

  // own copies what is no built-in of the language.
  #own(value, kind) {
    const blobs = require('internal/web/blob');
    if (blobs.isBlob(value)) return this.#remember(value, blobs.blobOf(blobs.partsOf(value), value instanceof blobs.File ? '' : value.type));
    const tag = value[Symbol.toStringTag];
    if (isPort(value) || (STREAMS.includes(tag) && typeof value === 'object' && value.constructor === globalThis[tag])) {
      if (this.#moved.has(value)) return this.#take(value);
      throw codeError(TypeError, 'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST', 'Object that needs transfer was found in message but not listed in transferList');
    }
    if (isKey(value)) return value;
    if (kind === 'generator') throw failed('[object Generator]');
    if (kind === 'proxy' || kind.endsWith('Iter') || Object.prototype.toString.call(value) === '[object Arguments]') throw failed('#<Object>');
    if (!PLAIN.includes(kind)) throw failed(nameOf(value));
    const isArray = Array.isArray(value);
    const copy = this.#remember(value, isArray ? new Array(value.length) : {});
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(value, key)) continue; // a getter took it away
      const item = this.of(value[key]);
      if (key === '__proto__') Object.defineProperty(copy, key, { value: item, writable: true, enumerable: true, configurable: true });
      else copy[key] = item;
    }
    return copy;
  }
}

const isPort = (value) => typeof value.__move === 'function' && value instanceof globalThis.MessagePort;

// isKey tells keys, which nobody can change, without loading crypto.
function isKey(value) {
  const tag = value[Symbol.toStringTag];
  return tag === 'KeyObject' || tag === 'CryptoKey' || (value.constructor && /^(Secret|Public|Private)KeyObject$/.test(value.constructor.name));
}

// listOf checks a transfer list.
function listOf(transfer) {
  if (transfer === undefined || transfer === null) return [];
  const notList = () => codeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'Optional transferList argument must be an iterable');
  if (typeof transfer !== 'object' || typeof transfer[Symbol.iterator] !== 'function') throw notList();
  const list = [...transfer];
  const seen = new Set();
  for (const object of list) {
    const isObject = object !== null && typeof object === 'object';
    const buffer = isObject && native.kindOf(object) === 'arrayBuffer';
    if (!isObject || !(buffer || isPort(object) || STREAMS.includes(object[Symbol.toStringTag]))) {
      throw codeError(TypeError, 'ERR_INVALID_TRANSFER_OBJECT', 'Found invalid object in transferList');
    }
    if (seen.has(object)) throw dataCloneError(`Transfer list contains duplicate ${buffer ? 'ArrayBuffer' : 'MessagePort'}`);
    seen.add(object);
  }
  return list;
}

// cloned gives {value, ports}: a copy of a message, with what is in the transfer
// list moved.
exports.cloned = (value, transfer) => {
  const copy = new Copy(listOf(transfer));
  const out = copy.of(value);
  copy.move();
  return { value: out, ports: copy.ports };
};

exports.structuredClone = function structuredClone() {
  const [value, options] = arguments;
  if (arguments.length === 0) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'The value argument must be specified');
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The options argument must be either an object or undefined');
  }
  return exports.cloned(value, options ? options.transfer : undefined).value;
};
