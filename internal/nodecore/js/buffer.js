'use strict';
// The buffer module. Text, search and copies run in Go; numbers are read and
// written here, see internal/buffer/numbers.

const errors = require('internal/errors');
const { invalidArgType, outOfRange, unknownEncoding, codeError, validateNumber, validateInteger } = errors;

const kMaxLength = 2 ** 32;
const kStringMaxLength = 2 ** 29 - 24;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const ENCODINGS = {
  __proto__: null,
  utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le',
  latin1: 'latin1', binary: 'latin1', ascii: 'ascii', base64: 'base64', base64url: 'base64url', hex: 'hex',
};

// known gives the one name of an encoding that natives know, or undefined.
function known(encoding) {
  return ENCODINGS[encoding] || ENCODINGS[`${encoding}`.toLowerCase()];
}

function knownOrThrow(encoding) {
  const name = known(encoding);
  if (name === undefined) throw unknownEncoding(encoding);
  return name;
}

class FastBuffer extends Uint8Array {
  constructor(a, b, c) {
    super(a, b, c);
  }
}

function Buffer(arg, encodingOrOffset, length) {
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw invalidArgType('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

const proto = FastBuffer.prototype;
Buffer.prototype = proto;
Object.defineProperty(proto, 'constructor', { value: Buffer, writable: true, enumerable: false, configurable: true });
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, Symbol.species, { configurable: true, enumerable: false, get() { return FastBuffer; } });
Object.defineProperty(Buffer, 'prototype', { writable: false, enumerable: false });

// adopt makes a Buffer of a Uint8Array that nobody else holds.
function adopt(bytes) {
  return Object.setPrototypeOf(bytes, proto);
}

function isBytes(value) {
  return value instanceof Uint8Array;
}

function isArrayBuffer(value) {
  return value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);
}

function view(bytes, start, end) {
  if (start === 0 && end === bytes.length) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
}

// Natives see text as UTF-8, which has no lone surrogates.
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;

function encode(text, encoding) {
  if (encoding === 'utf16le' && LONE.test(text)) {
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      bytes[2 * i] = unit;
      bytes[2 * i + 1] = unit >> 8;
    }
    return bytes;
  }
  return native.bufEncode(text, encoding);
}

function decode(bytes, encoding, start, end) {
  if (end - start > kStringMaxLength) throw codeError(Error, 'ERR_STRING_TOO_LONG', `Cannot create a string longer than 0x${kStringMaxLength.toString(16)} characters`);
  return native.bufDecode(view(bytes, start, end), encoding);
}

function checkSize(size) {
  validateNumber(size, 'size', 0, kMaxLength);
}

Buffer.poolSize = 8 * 1024;

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const plain = value.valueOf && value.valueOf();
    if (plain !== null && plain !== undefined && plain !== value && (typeof plain === 'string' || typeof plain === 'object')) {
      return from(plain, encodingOrOffset, length);
    }
    const b = fromObject(value);
    if (b) return b;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return fromString(primitive, encodingOrOffset);
    }
  }
  throw invalidArgType('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

function fromString(text, encoding) {
  let name = 'utf8';
  if (typeof encoding === 'string' && encoding.length !== 0) name = knownOrThrow(encoding);
  if (text.length === 0) return new FastBuffer(0);
  return adopt(encode(text, name));
}

function fromArrayBuffer(buffer, offset, length) {
  offset = offset === undefined ? 0 : +offset;
  if (Number.isNaN(offset)) offset = 0;
  const most = buffer.byteLength - offset;
  if (most < 0) throw codeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  if (length === undefined) {
    length = most;
  } else {
    length = +length;
    if (!(length > 0)) length = 0;
    else if (length > most) throw codeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
  }
  return new FastBuffer(buffer, offset, length);
}

function fromArrayLike(list) {
  return list.length > 0 ? new FastBuffer(list) : new FastBuffer(0);
}

function fromObject(value) {
  if (value.length !== undefined || isArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer(0);
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
  return undefined;
}

Buffer.copyBytesFrom = function copyBytesFrom(source, offset, length) {
  if (!ArrayBuffer.isView(source) || source instanceof DataView) throw invalidArgType('view', 'TypedArray', source);
  const count = source.length;
  if (count === 0) return new FastBuffer(0);
  if (offset !== undefined) {
    validateInteger(offset, 'offset', 0);
    if (offset >= count) return new FastBuffer(0);
  } else {
    offset = 0;
  }
  let end = count;
  if (length !== undefined) {
    validateInteger(length, 'length', 0);
    end = offset + length;
  }
  const part = source.subarray(offset, end);
  return new FastBuffer(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

Buffer.of = function of(...items) {
  return new FastBuffer(items);
};

Buffer.alloc = function alloc(size, fill, encoding) {
  checkSize(size);
  const b = new FastBuffer(size);
  return fill === undefined || fill === 0 || size === 0 ? b : fillWith(b, fill, 0, size, encoding);
};

Buffer.allocUnsafe = function allocUnsafe(size) {
  checkSize(size);
  return new FastBuffer(size);
};

Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  checkSize(size);
  return new FastBuffer(size);
};

Buffer.isBuffer = function isBuffer(b) {
  return b instanceof Buffer;
};

function checkBytes(value, name) {
  if (!isBytes(value)) throw invalidArgType(name, ['Buffer', 'Uint8Array'], value);
}

Buffer.compare = function compare(buf1, buf2) {
  checkBytes(buf1, 'buf1');
  checkBytes(buf2, 'buf2');
  return buf1 === buf2 ? 0 : native.bufCompare(buf1, buf2);
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && known(encoding) !== undefined;
};

Buffer.concat = function concat(list, length) {
  errors.validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer(0);
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) if (list[i].length) length += list[i].length;
  } else {
    validateInteger(length, 'length', 0);
  }
  const all = Buffer.allocUnsafe(length);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    const part = list[i];
    checkBytes(part, `list[${i}]`);
    if (at + part.length > length) {
      all.set(view(part, 0, length - at), at);
      at = length;
    } else {
      all.set(part, at);
      at += part.length;
    }
  }
  return all;
};

Buffer.byteLength = function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (ArrayBuffer.isView(string) || isArrayBuffer(string)) return string.byteLength;
    throw invalidArgType('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  if (string.length === 0) return 0;
  const name = (encoding && known(encoding)) || 'utf8';
  switch (name) {
    case 'latin1': case 'ascii': return string.length;
    case 'utf16le': return string.length * 2;
    case 'hex': return string.length >>> 1;
  }
  return native.bufByteLength(string, name);
};

Object.defineProperty(proto, 'parent', { enumerable: true, get() { return this instanceof Buffer ? this.buffer : undefined; } });
Object.defineProperty(proto, 'offset', { enumerable: true, get() { return this instanceof Buffer ? this.byteOffset : undefined; } });

function toInteger(n, otherwise) {
  n = +n;
  if (!Number.isNaN(n) && n >= Number.MIN_SAFE_INTEGER && n <= Number.MAX_SAFE_INTEGER) return n % 1 === 0 ? n : Math.floor(n);
  return otherwise;
}

proto.copy = function copy(target, targetStart, sourceStart, sourceEnd) {
  checkBytes(this, 'source');
  checkBytes(target, 'target');
  if (targetStart === undefined) {
    targetStart = 0;
  } else {
    targetStart = toInteger(targetStart, 0);
    if (targetStart < 0) throw outOfRange('targetStart', '>= 0', targetStart);
  }
  if (sourceStart === undefined) {
    sourceStart = 0;
  } else {
    sourceStart = toInteger(sourceStart, 0);
    if (sourceStart < 0 || sourceStart > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, sourceStart);
  }
  if (sourceEnd === undefined) {
    sourceEnd = this.length;
  } else {
    sourceEnd = toInteger(sourceEnd, 0);
    if (sourceEnd < 0) throw outOfRange('sourceEnd', '>= 0', sourceEnd);
  }
  if (targetStart >= target.length || sourceStart >= sourceEnd) return 0;
  return native.bufCopy(view(this, sourceStart, Math.min(sourceEnd, this.length)), view(target, targetStart, target.length));
};

proto.toString = function toString(encoding, start, end) {
  const length = this.length;
  if (arguments.length === 0) return length === 0 ? '' : decode(this, 'utf8', 0, length);
  if (start === undefined || start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;
  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;
  if (end <= start) return '';
  return decode(this, encoding === undefined ? 'utf8' : knownOrThrow(encoding), start, end);
};

proto.toLocaleString = proto.toString;

proto.equals = function equals(otherBuffer) {
  checkBytes(this, 'this');
  checkBytes(otherBuffer, 'otherBuffer');
  if (this === otherBuffer) return true;
  return this.byteLength === otherBuffer.byteLength && native.bufCompare(this, otherBuffer) === 0;
};

proto.inspect = function inspect(depth, options) {
  const max = exports.INSPECT_MAX_BYTES;
  const shown = Math.min(max, this.length);
  const hex = shown === 0 ? '' : decode(this, 'hex', 0, shown);
  let text = hex.length === 0 ? '' : hex.match(/../g).join(' ');
  const rest = this.length - max;
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  if (options) {
    const extras = Object.create(null);
    let any = false;
    for (const key of Reflect.ownKeys(this)) {
      if (typeof key === 'string' && /^\d+$/.test(key)) continue;
      const d = Object.getOwnPropertyDescriptor(this, key);
      if (!options.showHidden && !d.enumerable) continue;
      Object.defineProperty(extras, key, d);
      any = true;
    }
    if (any) {
      if (this.length !== 0) text += ', ';
      const shownExtras = require('util').inspect(extras, { ...options, breakLength: Infinity, compact: true });
      text += shownExtras.slice(27, -2);
    }
  }
  let name = 'Buffer';
  try {
    const { constructor } = this;
    if (typeof constructor === 'function' && Object.prototype.hasOwnProperty.call(constructor, 'name')) name = constructor.name;
  } catch {
    // a constructor that throws is no name
  }
  return `<${name} ${text}>`;
};
proto[inspectCustom] = proto.inspect;

proto.compare = function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  checkBytes(this, 'this');
  checkBytes(target, 'target');
  if (arguments.length === 1) return native.bufCompare(this, target);
  if (targetStart === undefined) targetStart = 0;
  else validateInteger(targetStart, 'targetStart', 0);
  if (targetEnd === undefined) targetEnd = target.length;
  else validateInteger(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else validateInteger(sourceStart, 'sourceStart', 0);
  if (sourceEnd === undefined) sourceEnd = this.length;
  else validateInteger(sourceEnd, 'sourceEnd', 0, this.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return native.bufCompare(view(this, sourceStart, sourceEnd), view(target, targetStart, targetEnd));
};

function search(bytes, value, offset, encoding, forward) {
  checkBytes(bytes, 'buffer');
  if (typeof offset === 'string') {
    encoding = offset;
    offset = undefined;
  } else if (offset > 0x7fffffff) {
    offset = 0x7fffffff;
  } else if (offset < -0x80000000) {
    offset = -0x80000000;
  }
  offset = +offset;
  offset = Number.isNaN(offset) ? (forward ? 0 : bytes.length) : Math.trunc(offset);
  if (typeof value === 'number') return native.bufIndexOf(bytes, Uint8Array.of(value & 255), offset, forward, false);
  const name = encoding === undefined ? 'utf8' : known(encoding);
  if (typeof value === 'string') {
    if (name === undefined) throw unknownEncoding(encoding);
    return native.bufIndexOf(bytes, encode(value, name), offset, forward, name === 'utf16le');
  }
  if (isBytes(value)) return native.bufIndexOf(bytes, value, offset, forward, name === 'utf16le');
  throw invalidArgType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

proto.lastIndexOf = function lastIndexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, false);
};

proto.indexOf = function indexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, true);
};

proto.includes = function includes(value, byteOffset, encoding) {
  return this.indexOf(value, byteOffset, encoding) !== -1;
};

function fillWith(bytes, value, offset, end, encoding) {
  let pattern;
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
    } else if (typeof end === 'string') {
      encoding = end;
      end = bytes.length;
    }
    if (encoding !== undefined && typeof encoding !== 'string') throw invalidArgType('encoding', 'string', encoding);
    const name = encoding === undefined || encoding === '' ? 'utf8' : knownOrThrow(encoding);
    pattern = value.length === 0 ? Uint8Array.of(0) : encode(value, name);
  } else if (isBytes(value)) {
    pattern = value;
  } else {
    pattern = Uint8Array.of(typeof value === 'boolean' ? +value : value & 255);
  }
  if (offset === undefined) {
    offset = 0;
    end = bytes.length;
  } else {
    validateNumber(offset, 'offset', 0);
    if (end === undefined) end = bytes.length;
    else validateNumber(end, 'end', 0, bytes.length);
    if (offset >= end) return bytes;
  }
  if (pattern.length === 0) throw errors.invalidArgValue('value', value);
  native.bufFill(view(bytes, Math.trunc(offset), Math.trunc(end)), pattern);
  return bytes;
}

proto.fill = function fill(value, offset, end, encoding) {
  return fillWith(this, value, offset, end, encoding);
};

proto.write = function write(string, offset, length, encoding) {
  if (typeof string !== 'string') throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
  const total = this.length;
  if (offset === undefined) {
    offset = 0;
    length = total;
  } else if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    offset = 0;
    length = total;
  } else {
    validateInteger(offset, 'offset', 0, total);
    const rest = total - offset;
    if (length === undefined) {
      length = rest;
    } else if (typeof length === 'string') {
      encoding = length;
      length = rest;
    } else {
      validateInteger(length, 'length', 0, total);
      if (length > rest) length = rest;
    }
  }
  return put(this, string, encoding ? knownOrThrow(encoding) : 'utf8', offset, length);
};

function put(bytes, text, name, offset, length) {
  const target = view(bytes, offset, offset + length);
  if (name === 'utf16le' && LONE.test(text)) return native.bufCopy(encode(text, name).subarray(0, length & ~1), target);
  return native.bufWrite(text, name, target);
}

// asciiSlice(start, end), utf8Write(text, offset, length) and so on.
for (const name of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  const encoding = known(name);
  method(`${name}Slice`, function (start = 0, end = this.length) {
    start = Math.trunc(start);
    end = Math.max(Math.trunc(end), start);
    if (!(start >= 0 && start <= this.length && end <= this.length)) throw codeError(RangeError, 'ERR_OUT_OF_RANGE', 'Index out of range');
    return start === end ? '' : decode(this, encoding, start, end);
  });
  method(`${name}Write`, function (string, offset = 0, length = this.length - offset) {
    if (typeof string !== 'string') throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
    if (offset < 0 || offset > this.length) throw codeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
    if (length < 0) throw codeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
    return put(this, string, encoding, offset, Math.min(length, this.length - offset));
  });
}

function method(name, fn) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  proto[name] = fn;
}

proto.toJSON = function toJSON() {
  return { type: 'Buffer', data: Array.from(this) };
};

function within(offset, length) {
  offset = Math.trunc(offset);
  if (offset === 0 || Number.isNaN(offset)) return 0;
  if (offset < 0) return Math.max(offset + length, 0);
  return Math.min(offset, length);
}

proto.subarray = function subarray(start, end) {
  const length = this.length;
  start = within(start, length);
  end = end === undefined ? length : within(end, length);
  return new FastBuffer(this.buffer, this.byteOffset + start, Math.max(end - start, 0));
};

proto.slice = function slice(start, end) {
  return this.subarray(start, end);
};

for (const bits of [16, 32, 64]) {
  method(`swap${bits}`, function () {
    if (this.length % (bits / 8) !== 0) throw codeError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${bits}-bits`);
    native.bufSwap(this, bits / 8);
    return this;
  });
}

require('internal/buffer/numbers').install(proto);

function SlowBuffer(length) {
  checkSize(length);
  return new FastBuffer(length);
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

function badCharacter(message) {
  return new globalThis.DOMException(message, 'InvalidCharacterError');
}

exports.Buffer = Buffer;
exports.SlowBuffer = SlowBuffer;

exports.transcode = function transcode(source, fromEncoding, toEncoding) {
  if (!isBytes(source)) throw invalidArgType('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return Buffer.alloc(0);
  const from = known(fromEncoding);
  const to = known(toEncoding);
  const takes = (name) => name === 'utf8' || name === 'utf16le' || name === 'latin1' || name === 'ascii';
  if (!takes(from) || !takes(to)) {
    const error = codeError(Error, 'U_ILLEGAL_ARGUMENT_ERROR', 'Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]');
    error.errno = 1;
    throw error;
  }
  let text = decode(source, from === 'ascii' ? 'latin1' : from, 0, source.length);
  if (from === 'ascii') text = text.replace(/[\x80-\xff]/g, '\ufffd');
  if (to === 'latin1') text = text.replace(/[^\x00-\xff]/gu, '?');
  if (to === 'ascii') text = text.replace(/[^\x00-\x7f]/gu, '?');
  return fromString(text, to);
};

function checkAnyBytes(input) {
  if (ArrayBuffer.isView(input) || isArrayBuffer(input)) return input;
  throw invalidArgType('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
}

exports.isUtf8 = function isUtf8(input) {
  return native.bufIsUtf8(checkAnyBytes(input));
};
exports.isAscii = function isAscii(input) {
  return native.bufIsAscii(checkAnyBytes(input));
};

exports.kMaxLength = kMaxLength;
exports.kStringMaxLength = kStringMaxLength;

exports.btoa = function btoa(input) {
  if (arguments.length === 0) throw errors.missingArgs('input');
  const text = native.btoa(`${input}`);
  if (text === undefined) throw badCharacter('Invalid character');
  return text;
};

exports.atob = function atob(input) {
  if (arguments.length === 0) throw errors.missingArgs('input');
  const text = native.atob(`${input}`);
  if (text === undefined) throw badCharacter('The string to be decoded is not correctly encoded.');
  return text;
};

exports.constants = Object.defineProperties({}, {
  MAX_LENGTH: { value: kMaxLength, enumerable: true },
  MAX_STRING_LENGTH: { value: kStringMaxLength, enumerable: true },
});
exports.INSPECT_MAX_BYTES = 50;

// Blob and File are those of the globals.
function shared(name) {
  Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: () => globalThis[name] });
}

shared('Blob');
exports.resolveObjectURL = function resolveObjectURL(url) {
  return require('internal/web/blob').resolveObjectURL(url);
};
shared('File');
