'use strict';
// V8's serialization format, version 15, as v8.serialize writes it.

const { Buffer } = require('buffer');
const { codeError, invalidArgType } = require('internal/errors');

const VERSION = 15;
const CLONE_ERRORS = { EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U' };
// How Node numbers the kinds of views in its host objects.
const HOST_VIEWS = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array',
  'Float64Array', 'DataView', 'FastBuffer', 'BigInt64Array', 'BigUint64Array'];
const REGEXP_FLAGS = { g: 1, i: 2, m: 4, y: 8, u: 16, s: 32, d: 128, v: 256 };

function cloneError(value) {
  const text = typeof value === 'symbol' ? String(value) : typeof value === 'function' ? String(value) : '#<Object>';
  const Class = globalThis.DOMException;
  const message = `${text} could not be cloned.`;
  return Class ? new Class(message, 'DataCloneError') : codeError(Error, 'DATA_CLONE_ERR', message);
}

class Serializer {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;
  #seen = new Map();

  #room(n) {
    if (this.#length + n <= this.#bytes.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + n));
    this.#bytes.copy(bigger, 0, 0, this.#length);
    this.#bytes = bigger;
  }

  #byte(b) {
    this.#room(1);
    this.#bytes[this.#length++] = b;
  }

  #tag(text) {
    this.#byte(text.charCodeAt(0));
  }

  #varint(n) {
    while (n >= 128) {
      this.#byte((n % 128) + 128);
      n = Math.floor(n / 128);
    }
    this.#byte(n);
  }

  writeHeader() {
    this.#byte(0xff);
    this.#byte(VERSION);
  }

  writeUint32(n) {
    this.#varint(n >>> 0);
  }

  writeUint64(high, low) {
    let n = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
    while (n >= 128n) {
      this.#byte(Number(n % 128n) + 128);
      n /= 128n;
    }
    this.#byte(Number(n));
  }

  writeDouble(n) {
    this.#room(8);
    this.#bytes.writeDoubleLE(n, this.#length);
    if (Number.isNaN(n)) this.#bytes[this.#length] = 0; // the one NaN of V8
    this.#length += 8;
  }

  writeRawBytes(source) {
    const bytes = source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  releaseBuffer() {
    const out = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
    return Buffer.from(out);
  }

  transferArrayBuffer() {}

  _setTreatArrayBufferViewsAsHostObjects(on) {
    this._hostViews = on;
  }

  _getDataCloneError(message) {
    return new Error(message);
  }

  #string(text) {
    if (/^[\u0000-\u00ff]*$/.test(text)) { // eslint-disable-line no-control-regex
      this.#tag('"');
      this.#varint(text.length);
      this.writeRawBytes(Buffer.from(text, 'latin1'));
      return;
    }
    const bytes = text.length * 2;
    let length = 1;
    for (let n = bytes; n >= 128; n = Math.floor(n / 128)) length++;
    // The units of two bytes are aligned.
    if ((this.#length + 1 + length) % 2 === 1) this.#byte(0);
    this.#tag('c');
    this.#varint(bytes);
    this.writeRawBytes(Buffer.from(text, 'utf16le'));
  }

  #bigint(n) {
    let magnitude = n < 0n ? -n : n;
    const digits = [];
    while (magnitude > 0n) {
      digits.push(magnitude & 0xffffffffffffffffn);
      magnitude >>= 64n;
    }
    this.#varint(digits.length * 16 + (n < 0n ? 1 : 0));
    for (const d of digits) {
      const b = Buffer.alloc(8);
      b.writeBigUInt64LE(d);
      this.writeRawBytes(b);
    }
  }

  #number(n) {
    if (Number.isInteger(n) && !Object.is(n, -0) && n >= -(2 ** 31) && n < 2 ** 31) {
      this.#tag('I');
      this.#varint(n >= 0 ? n * 2 : -n * 2 - 1);
    } else {
      this.#tag('N');
      this.writeDouble(n);
    }
  }

  writeValue(value) {
    switch (typeof value) {
      case 'undefined': this.#tag('_'); return true;
      case 'boolean': this.#tag(value ? 'T' : 'F'); return true;
      case 'number': this.#number(value); return true;
      case 'bigint': this.#tag('Z'); this.#bigint(value); return true;
      case 'string': this.#string(value); return true;
      case 'symbol':
      case 'function': throw cloneError(value);
    }
    if (value === null) {
      this.#tag('0');
      return true;
    }
    if (this.#seen.has(value)) {
      this.#tag('^');
      this.#varint(this.#seen.get(value));
      return true;
    }
    if (ArrayBuffer.isView(value) && !this._hostViews && !this.#seen.has(value.buffer)) this.#arrayBuffer(value.buffer);
    this.#seen.set(value, this.#seen.size);
    this.#object(value);
    return true;
  }

  #arrayBuffer(buffer) {
    this.#seen.set(buffer, this.#seen.size);
    this.#tag('B');
    this.#varint(buffer.byteLength);
    this.writeRawBytes(buffer);
  }

  #properties(value, keys) {
    let count = 0;
    for (const name of keys) {
      if (!Object.prototype.propertyIsEnumerable.call(value, name)) continue;
      if (/^(0|[1-9]\d{0,9})$/.test(name) && +name < 2 ** 32 - 1) this.#number(+name);
      else this.#string(name);
      this.writeValue(value[name]);
      count++;
    }
    return count;
  }

  #object(value) {
    if (Array.isArray(value)) {
      const names = Object.keys(value).filter((k) => !/^\d+$/.test(k));
      const dense = value.length === Object.keys(value).length - names.length;
      this.#tag(dense ? 'A' : 'a');
      this.#varint(value.length);
      let count;
      if (dense) {
        for (let i = 0; i < value.length; i++) this.writeValue(value[i]);
        count = this.#properties(value, names);
      } else {
        count = this.#properties(value, Object.keys(value));
      }
      this.#tag(dense ? '$' : '@');
      this.#varint(count);
      this.#varint(value.length);
      return;
    }
    if (ArrayBuffer.isView(value)) {
      this.#tag('\\');
      this._writeHostObject(value);
      return;
    }
    if (value instanceof ArrayBuffer) {
      this.#tag('B');
      this.#varint(value.byteLength);
      this.writeRawBytes(value);
    } else if (value instanceof Date) {
      this.#tag('D');
      this.writeDouble(value.getTime());
    } else if (value instanceof RegExp) {
      this.#tag('R');
      this.#string(value.source);
      this.#varint([...value.flags].reduce((sum, f) => sum + REGEXP_FLAGS[f], 0));
    } else if (value instanceof Map) {
      this.#tag(';');
      for (const [k, v] of [...value]) {
        this.writeValue(k);
        this.writeValue(v);
      }
      this.#tag(':');
      this.#varint(value.size * 2);
    } else if (value instanceof Set) {
      this.#tag("'");
      for (const v of [...value]) this.writeValue(v);
      this.#tag(',');
      this.#varint(value.size);
    } else if (value instanceof Boolean) {
      this.#tag(value.valueOf() ? 'y' : 'x');
    } else if (value instanceof Number) {
      this.#tag('n');
      this.writeDouble(value.valueOf());
    } else if (value instanceof String) {
      this.#tag('s');
      this.#string(value.valueOf());
    } else if (value instanceof Error) {
      this.#error(value);
    } else if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) {
      throw cloneError(value);
    } else {
      this.#tag('o');
      const count = this.#properties(value, Object.keys(value));
      this.#tag('{');
      this.#varint(count);
    }
  }

  #error(value) {
    this.#tag('r');
    const kind = CLONE_ERRORS[value.name];
    if (kind) this.#tag(kind);
    const own = Object.getOwnPropertyDescriptor(value, 'message');
    if (own) {
      this.#tag('m');
      this.#string(String(own.value));
    }
    if (Object.prototype.hasOwnProperty.call(value, 'cause')) {
      this.#tag('c');
      this.writeValue(value.cause);
    }
    if (typeof value.stack === 'string') {
      this.#tag('s');
      this.#string(value.stack);
    }
    this.#tag('.');
  }

  _writeHostObject(value) {
    throw cloneError(value);
  }
}

function viewName(value) {
  return Buffer.isBuffer(value) ? 'FastBuffer' : Object.prototype.toString.call(value).slice(8, -1);
}

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    const index = HOST_VIEWS.indexOf(viewName(view));
    this.writeUint32(index);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(view);
  }
}

function damaged() {
  return new Error('Unable to deserialize cloned data.');
}

class Deserializer {
  #bytes;
  #at = 0;
  #objects = [];

  constructor(buffer) {
    if (!ArrayBuffer.isView(buffer)) throw invalidArgType('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
    this.#bytes = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    this.buffer = buffer;
  }

  #byte() {
    if (this.#at >= this.#bytes.length) throw damaged();
    return this.#bytes[this.#at++];
  }

  #tag() {
    let b;
    do b = this.#byte(); while (b === 0);
    return String.fromCharCode(b);
  }

  #peek() {
    while (this.#bytes[this.#at] === 0) this.#at++;
    return String.fromCharCode(this.#bytes[this.#at]);
  }

  readHeader() {
    if (this.#byte() !== 0xff) throw damaged();
    if (this.#byte() < 13) throw damaged();
    return true;
  }

  getWireFormatVersion() {
    return this.#bytes[1];
  }

  readUint32() {
    let n = 0;
    for (let shift = 1; ; shift *= 128) {
      const b = this.#byte();
      n += (b & 127) * shift;
      if (b < 128) return n;
    }
  }

  readUint64() {
    let n = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const b = this.#byte();
      n |= BigInt(b & 127) << shift;
      if (b < 128) return [Number(n >> 32n), Number(n & 0xffffffffn)];
    }
  }

  readDouble() {
    if (this.#at + 8 > this.#bytes.length) throw damaged();
    this.#at += 8;
    return this.#bytes.readDoubleLE(this.#at - 8);
  }

  readRawBytes(length) {
    return this.#bytes.subarray(this._readRawBytes(length), this.#at);
  }

  // _readRawBytes steps over bytes and gives where they begin.
  _readRawBytes(length) {
    if (this.#at + length > this.#bytes.length) throw damaged();
    this.#at += length;
    return this.#at - length;
  }

  transferArrayBuffer() {}

  #keep(value) {
    this.#objects.push(value);
    return value;
  }

  readValue() {
    const tag = this.#tag();
    switch (tag) {
      case '_': return undefined;
      case '0': return null;
      case 'T': return true;
      case 'F': return false;
      case 'I': {
        const n = this.readUint32();
        return n % 2 === 1 ? -(n + 1) / 2 : n / 2;
      }
      case 'U': return this.readUint32();
      case 'N': return this.readDouble();
      case 'Z': return this.#bigint();
      case '"': return this.readRawBytes(this.readUint32()).toString('latin1');
      case 'c': return this.readRawBytes(this.readUint32()).toString('utf16le');
      case 'S': return this.readRawBytes(this.readUint32()).toString('utf8');
      case '^': {
        const id = this.readUint32();
        if (id >= this.#objects.length) throw damaged();
        return this.#objects[id];
      }
      case 'o': {
        const object = this.#keep({});
        this.#properties(object, '{');
        this.readUint32();
        return object;
      }
      case 'A': {
        const length = this.readUint32();
        const list = this.#keep([]);
        for (let i = 0; i < length; i++) {
          if (this.#peek() === '-') {
            this.#tag();
            list.length = i + 1;
          } else {
            list[i] = this.readValue();
          }
        }
        this.#properties(list, '$');
        this.readUint32();
        this.readUint32();
        return list;
      }
      case 'a': {
        const list = this.#keep([]);
        list.length = this.readUint32();
        this.#properties(list, '@');
        this.readUint32();
        this.readUint32();
        return list;
      }
      case 'D': return this.#keep(new Date(this.readDouble()));
      case 'R': {
        const source = this.readValue();
        const bits = this.readUint32();
        const flags = Object.keys(REGEXP_FLAGS).filter((f) => bits & REGEXP_FLAGS[f]).join('');
        return this.#keep(new RegExp(source, flags));
      }
      case ';': {
        const map = this.#keep(new Map());
        while (this.#peek() !== ':') map.set(this.readValue(), this.readValue());
        this.#tag();
        this.readUint32();
        return map;
      }
      case "'": {
        const set = this.#keep(new Set());
        while (this.#peek() !== ',') set.add(this.readValue());
        this.#tag();
        this.readUint32();
        return set;
      }
      case 'y': return this.#keep(new Boolean(true)); // eslint-disable-line no-new-wrappers
      case 'x': return this.#keep(new Boolean(false)); // eslint-disable-line no-new-wrappers
      case 'n': return this.#keep(new Number(this.readDouble())); // eslint-disable-line no-new-wrappers
      case 's': return this.#keep(new String(this.readValue())); // eslint-disable-line no-new-wrappers
      case 'z': return this.#keep(Object(this.#bigint()));
      case 'B': {
        const bytes = this.readRawBytes(this.readUint32());
        return this.#keep(new Uint8Array(bytes).buffer);
      }
      case 'r': return this.#error();
      case '\\': {
        const id = this.#objects.push(undefined) - 1;
        this.#objects[id] = this._readHostObject();
        return this.#objects[id];
      }
    }
    throw damaged();
  }

  #bigint() {
    const field = this.readUint32();
    const bytes = this.readRawBytes(Math.floor(field / 2));
    let n = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) n = (n << 8n) | BigInt(bytes[i]);
    return field % 2 === 1 ? -n : n;
  }

  #properties(object, end) {
    while (this.#peek() !== end) {
      const name = this.readValue();
      Object.defineProperty(object, name, { value: this.readValue(), writable: true, enumerable: true, configurable: true });
    }
    this.#tag();
  }

  #error() {
    const id = this.#objects.push(undefined) - 1;
    let Class = Error;
    let message;
    let stack;
    let cause;
    const set = {};
    for (;;) {
      const tag = this.#tag();
      const name = Object.keys(CLONE_ERRORS).find((n) => CLONE_ERRORS[n] === tag);
      if (name) Class = globalThis[name];
      else if (tag === 'm') message = this.readValue();
      else if (tag === 's') stack = this.readValue();
      else if (tag === 'c') {
        cause = this.readValue();
        set.cause = true;
      } else if (tag === '.') break;
      else throw damaged();
    }
    const error = set.cause ? new Class(message, { cause }) : new Class(message);
    if (stack !== undefined) Object.defineProperty(error, 'stack', { value: stack, writable: true, configurable: true });
    this.#objects[id] = error;
    return error;
  }

  _readHostObject() {
    throw damaged();
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const name = HOST_VIEWS[this.readUint32()];
    const length = this.readUint32();
    const bytes = new Uint8Array(this.readRawBytes(length));
    if (name === 'FastBuffer') return Buffer.from(bytes.buffer);
    const Class = globalThis[name];
    if (!Class) throw damaged();
    return new Class(bytes.buffer, 0, name === 'DataView' ? length : length / Class.BYTES_PER_ELEMENT);
  }
}

Object.assign(exports, { Serializer, Deserializer, DefaultSerializer, DefaultDeserializer });
exports.serialize = function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
};
exports.deserialize = function deserialize(buffer) {
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
};
