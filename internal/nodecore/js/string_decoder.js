'use strict';
// StringDecoder: bytes to text, keeping back characters that are not whole yet.

const { Buffer } = require('buffer');
const { codeError, invalidArgType } = require('internal/errors');

function normalize(encoding) {
  const name = encoding === undefined || encoding === null || encoding === '' ? 'utf8' : `${encoding}`;
  if (!Buffer.isEncoding(name)) throw codeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  switch (name.toLowerCase()) {
    case 'utf-8': return 'utf8';
    case 'ucs2':
    case 'ucs-2':
    case 'utf-16le': return 'utf16le';
    case 'binary': return 'latin1';
    default: return name.toLowerCase();
  }
}

// needed is how many bytes the character has that begins with byte.
function needed(byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  if (byte >= 0xf0 && byte <= 0xf4) return 4;
  return 1;
}

// fits says whether second may follow first.
function fits(first, second) {
  switch (first) {
    case 0xe0: return second >= 0xa0 && second <= 0xbf;
    case 0xed: return second >= 0x80 && second <= 0x9f;
    case 0xf0: return second >= 0x90 && second <= 0xbf;
    case 0xf4: return second >= 0x80 && second <= 0x8f;
    default: return second >= 0x80 && second <= 0xbf;
  }
}

// tail gives how many bytes at the end belong to a character that is not whole.
const tail = {
  utf8(bytes) {
    const n = bytes.length;
    for (let back = 1; back <= Math.min(3, n); back++) {
      const byte = bytes[n - back];
      if ((byte & 0xc0) === 0x80) continue;
      if (needed(byte) <= back || (back > 1 && !fits(byte, bytes[n - back + 1]))) return 0;
      return back;
    }
    return 0;
  },
  utf16le(bytes) {
    const odd = bytes.length % 2;
    const last = bytes.length - odd - 1;
    return last > 0 && bytes[last] >= 0xd8 && bytes[last] <= 0xdb ? odd + 2 : odd;
  },
  base64: (bytes) => bytes.length % 3,
  base64url: (bytes) => bytes.length % 3,
};

const NOTHING = Buffer.alloc(0);

function StringDecoder(encoding) {
  this.encoding = normalize(encoding);
  Object.defineProperty(this, '_rest', { value: NOTHING, writable: true, enumerable: false, configurable: true });
}

StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) throw invalidArgType('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  if (this === null || this._rest === undefined) throw codeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type StringDecoder');
  let bytes = Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength);
  if (this._rest.length > 0) bytes = Buffer.concat([this._rest, bytes]);
  const keep = tail[this.encoding] ? tail[this.encoding](bytes) : 0;
  // Copied: what the caller does with its memory must not change it.
  this._rest = keep > 0 ? Buffer.from(bytes.subarray(bytes.length - keep)) : NOTHING;
  return bytes.toString(this.encoding, 0, bytes.length - keep);
};

StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  const rest = this._rest;
  this._rest = NOTHING;
  return rest.length > 0 ? text + rest.toString(this.encoding) : text;
};

StringDecoder.prototype.text = function text(buf, offset) {
  this._rest = NOTHING;
  return this.write(buf.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    configurable: true,
    enumerable: true,
    get() {
      const bytes = Buffer.alloc(4);
      this._rest.copy(bytes);
      return bytes;
    },
  },
  lastNeed: {
    configurable: true,
    enumerable: true,
    get() {
      return this._rest.length === 0 ? 0 : this.lastTotal - this._rest.length;
    },
  },
  lastTotal: {
    configurable: true,
    enumerable: true,
    get() {
      if (this._rest.length === 0) return 0;
      if (this.encoding === 'utf8') return needed(this._rest[0]);
      return this.encoding === 'utf16le' ? (this._rest.length > 1 ? 4 : 2) : 3;
    },
  },
});

exports.StringDecoder = StringDecoder;
