'use strict';
// Blob and File, and the blob: URLs that name them.

const { Buffer } = require('buffer');
const { codeError, invalidArgType, invalidArgValue, validateObject, missingArgs } = require('internal/errors');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const MAX_LENGTH = 2 ** 32;
const made = Symbol('made');

// bytesOf copies what a part of a Blob may be.
function bytesOf(source, endings) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength));
  if (native.kindOf(source) === 'arrayBuffer') return new Uint8Array(source.slice(0));
  let text = `${source}`;
  if (endings === 'native') text = text.replace(/\r\n|\n/g, '\n');
  return native.bufEncode(text, 'utf8');
}

const typeOf = (type) => (/[^\u0020-\u007e]/.test(type) ? '' : type.toLowerCase());

class Blob {
  #parts; // Uint8Arrays that nobody changes
  #size;
  #type;

  constructor(sources = [], options = undefined) {
    if (sources === made) {
      this.#parts = options.parts;
      this.#type = options.type;
      this.#size = options.parts.reduce((sum, part) => sum + part.byteLength, 0);
      return;
    }
    if (sources === null || typeof sources === 'string' || typeof sources[Symbol.iterator] !== 'function') {
      throw invalidArgType('sources', 'a sequence', sources);
    }
    if (options !== undefined && options !== null && typeof options !== 'function') dictionary(options);
    let { type = '', endings = 'transparent' } = options || {};
    endings = `${endings}`;
    if (endings !== 'transparent' && endings !== 'native') throw invalidArgValue('options.endings', endings);
    this.#parts = [];
    this.#size = 0;
    for (const source of sources) {
      const parts = isBlob(source) ? source.#parts : [bytesOf(source, endings)];
      for (const part of parts) {
        this.#size += part.byteLength;
        this.#parts.push(part);
      }
    }
    if (this.#size > MAX_LENGTH) throw codeError(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${MAX_LENGTH} bytes`);
    this.#type = typeOf(`${type}`);
  }

  get size() {
    check(this);
    return this.#size;
  }

  get type() {
    check(this);
    return this.#type;
  }

  slice(start = 0, end = undefined, contentType = '') {
    check(this);
    if (end === undefined) end = this.#size;
    const within = (n) => Math.trunc((n < 0 ? Math.max(this.#size + n, 0) : Math.min(n, this.#size)) || 0);
    let from = within(start);
    let left = Math.max(within(end) - from, 0);
    const parts = [];
    for (const part of this.#parts) {
      if (left === 0) break;
      if (from >= part.byteLength) {
        from -= part.byteLength;
        continue;
      }
      const piece = part.subarray(from, Math.min(from + left, part.byteLength));
      parts.push(piece);
      left -= piece.byteLength;
      from = 0;
    }
    return new Blob(made, { parts, type: typeOf(`${contentType}`) });
  }

  async arrayBuffer() {
    check(this);
    return new Uint8Array(Buffer.concat(this.#parts)).buffer;
  }

  async text() {
    check(this);
    const all = Buffer.concat(this.#parts);
    return (all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf ? all.subarray(3) : all).toString();
  }

  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }

  stream() {
    check(this);
    const { ReadableStream } = require('stream/web');
    const parts = this.#parts.filter((part) => part.byteLength > 0);
    let i = 0;
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (i < parts.length) {
          controller.enqueue(new Uint8Array(parts[i++]));
          return;
        }
        controller.close();
        if (controller.byobRequest) controller.byobRequest.respond(0);
      },
    }, { highWaterMark: 0 });
  }

  [inspect](depth, options) {
    return show(this, 'Blob', { size: this.size, type: this.type }, depth, options);
  }

  static [made](blob) {
    return blob.#parts;
  }

  static [inspect](value) {
    return value !== null && typeof value === 'object' && #parts in value;
  }
}

const { [made]: partsOf, [inspect]: isBlob } = Blob;
delete Blob[made];
delete Blob[inspect];

function check(value) {
  if (!isBlob(value)) throw codeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type Blob');
}

function dictionary(options) {
  if (Array.isArray(options)) return;
  validateObject(options, 'options');
}

function show(value, name, properties, depth, options) {
  if (depth < 0) return value;
  const inner = { ...options, depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 };
  return `${name} ${require('util').inspect(properties, inner)}`;
}

for (const name of ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer']) Object.defineProperty(Blob.prototype, name, { enumerable: true });
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { value: 'Blob', configurable: true });

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = {}) {
    if (arguments.length < 2) throw missingArgs('fileBits', 'fileName');
    super(fileBits, options);
    const { lastModified } = options || {};
    this.#lastModified = lastModified === undefined ? Date.now() : +lastModified || 0;
    this.#name = `${fileName}`.toWellFormed();
  }

  get name() {
    return this.#name;
  }

  get lastModified() {
    return this.#lastModified;
  }

  [inspect](depth, options) {
    return show(this, 'File', { size: this.size, type: this.type, name: this.#name, lastModified: this.#lastModified }, depth, options);
  }
}

for (const name of ['name', 'lastModified']) Object.defineProperty(File.prototype, name, { enumerable: true });
Object.defineProperty(File.prototype, Symbol.toStringTag, { value: 'File', configurable: true });

const urls = new Map(); // id → Blob

exports.createObjectURL = (object) => {
  if (!isBlob(object)) throw invalidArgType('obj', 'Blob', object);
  const id = require('crypto').randomUUID();
  urls.set(id, object);
  return `blob:nodedata:${id}`;
};

function idOf(url) {
  const match = /^blob:nodedata:([^:?#]+)$/.exec(url);
  return match === null ? undefined : match[1];
}

exports.revokeObjectURL = (url) => {
  urls.delete(idOf(url));
};

exports.resolveObjectURL = (url) => {
  const blob = urls.get(idOf(`${url}`));
  return blob === undefined ? undefined : new Blob(made, { parts: partsOf(blob), type: blob.type });
};

exports.Blob = Blob;
exports.File = File;
exports.isBlob = isBlob;
// partsOf gives the bytes of a Blob, which are not to be changed; undefined for
// what only looks like one.
exports.partsOf = (value) => (isBlob(value) ? partsOf(value) : undefined);
// blobOf makes a Blob of bytes that nobody else holds.
exports.blobOf = (parts, type) => new Blob(made, { parts, type });
