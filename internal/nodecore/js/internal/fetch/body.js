'use strict';
// Bodies of requests and responses. A body is pulled part by part from where it
// comes from; a ReadableStream is made of it only for those who ask for one,
// because web streams cost more than most fetches.

const { fault, brand, usvString, domString, isObject } = require('internal/fetch/idl');
const { Buffer } = require('buffer');

const isStream = (value) => isObject(value) && value[Symbol.toStringTag] === 'ReadableStream' && typeof value.getReader === 'function' && typeof value.tee === 'function';
const isBlobLike = (value) => isObject(value) && (value[Symbol.toStringTag] === 'Blob' || value[Symbol.toStringTag] === 'File')
  && (typeof value.stream === 'function' || typeof value.arrayBuffer === 'function');
const isFormData = (value) => isObject(value) && value[Symbol.toStringTag] === 'FormData'
  && ['append', 'delete', 'get', 'getAll', 'has', 'set'].every((name) => typeof value[name] === 'function');
const isBuffer = (value) => isObject(value) && native.kindOf(value) === 'arrayBuffer';
const isParams = (value) => isObject(value) && value[Symbol.toStringTag] === 'URLSearchParams' && value instanceof URLSearchParams;

const disturbed = (stream) => Boolean(stream._disturbed) || require('stream').isDisturbed(stream);

// bytesOf gives the bytes of a chunk that somebody's stream gave.
function bytesOf(chunk) {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError('Received non-Uint8Array chunk');
}

// A feed is {pull, cancel}: pull() promises the next bytes, null at the end.

function listFeed(parts) {
  let i = 0;
  return {
    async pull() {
      return i < parts.length ? parts[i++] : null;
    },
    cancel() {
      i = parts.length;
    },
  };
}

function iteratorFeed(object) {
  const open = object[Symbol.asyncIterator] || object[Symbol.iterator];
  let iterator = null;
  return {
    async pull() {
      if (iterator === null) iterator = open.call(object);
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return null;
        const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value);
        if (bytes.byteLength > 0) return bytes;
      }
    },
    async cancel(reason) {
      if (iterator !== null && typeof iterator.return === 'function') await iterator.return(reason);
    },
  };
}

function streamFeed(stream) {
  let reader = null;
  return {
    async pull() {
      if (reader === null) reader = stream.getReader();
      const { done, value } = await reader.read();
      return done ? null : value;
    },
    cancel(reason) {
      return reader === null ? stream.cancel(reason) : reader.cancel(reason);
    },
  };
}

// partsFeed reads a list of bytes and of blobs of other makers.
function partsFeed(parts) {
  let i = 0;
  let inner = null;
  return {
    async pull() {
      for (;;) {
        if (inner !== null) {
          const bytes = await inner.pull();
          if (bytes !== null) return bytes;
          inner = null;
        }
        if (i >= parts.length) return null;
        const part = parts[i++];
        if (part instanceof Uint8Array) return part;
        if (typeof part.stream === 'function') inner = iteratorFeed(part.stream());
        else return new Uint8Array(await part.arrayBuffer());
      }
    },
    cancel() {
      i = parts.length;
      inner = null;
    },
  };
}

// forked gives two feeds of one.
function forked(feed) {
  const sides = [{ queue: [], canceled: false }, { queue: [], canceled: false }];
  let reading = null;
  let ended = false;
  const read = () => {
    if (reading === null) {
      reading = feed.pull().then((bytes) => {
        reading = null;
        if (bytes === null) ended = true;
        else for (const side of sides) if (!side.canceled) side.queue.push(bytes);
      }, (error) => {
        reading = null;
        throw error;
      });
    }
    return reading;
  };
  return sides.map((side) => ({
    async pull() {
      while (side.queue.length === 0 && !ended) await read();
      return side.queue.length > 0 ? side.queue.shift() : null;
    },
    cancel(reason) {
      side.canceled = true;
      side.queue = [];
      return sides.every((s) => s.canceled) ? feed.cancel(reason) : undefined;
    },
  }));
}

class Body {
  #feed; // null once it is read, or read through the stream
  #stream = null;

  // source is what the body can be made of once more, null if nothing; length is
  // null if unknown.
  constructor(feed, { source = null, length = null, stream = null } = {}) {
    this.#feed = feed;
    this.#stream = stream;
    this.source = source;
    this.length = length;
  }

  get stream() {
    if (this.#stream === null) this.#stream = this.#feed === null ? spent() : streamOf(this.#feed);
    return this.#stream;
  }

  get used() {
    return this.#stream === null ? this.#feed === null : disturbed(this.#stream);
  }

  get unusable() {
    return this.#stream === null ? this.#feed === null : this.#stream.locked || disturbed(this.#stream);
  }

  // take gives the feed to its one reader.
  take() {
    if (this.#stream !== null) return streamFeed(this.#stream);
    const feed = this.#feed;
    this.#feed = null;
    return feed;
  }

  // fork splits the body into this one and the one it returns.
  fork() {
    const { source, length } = this;
    if (this.#stream !== null) {
      const [mine, other] = this.#stream.tee();
      this.#stream = mine;
      return new Body(null, { source, length, stream: other });
    }
    const [mine, other] = forked(this.#feed);
    this.#feed = mine;
    return new Body(other, { source, length });
  }

  // moved gives a body that reads what this one would have; this one is used up.
  moved() {
    const { source, length } = this;
    return new Body(this.take(), { source, length });
  }

  // cancel ends the reading for good.
  cancel(reason) {
    if (this.#stream === null) {
      if (this.#feed !== null) Promise.resolve(this.#feed.cancel(reason)).catch(() => {});
    } else if (!this.#stream.locked) {
      this.#stream.cancel(reason).catch(() => {});
    }
  }
}

function streamOf(feed) {
  const { ReadableStream } = require('stream/web');
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      let bytes;
      do bytes = await feed.pull(); while (bytes !== null && bytes.byteLength === 0);
      if (bytes === null) {
        controller.close();
        if (controller.byobRequest) controller.byobRequest.respond(0);
      } else {
        // The reader may do with the memory as it likes.
        controller.enqueue(new Uint8Array(bytes));
      }
    },
    cancel(reason) {
      return feed.cancel(reason);
    },
  }, { highWaterMark: 0 });
}

// spent is the stream of a body that was read without one.
function spent() {
  const { ReadableStream } = require('stream/web');
  const stream = new ReadableStream({ type: 'bytes', start: (controller) => controller.close() });
  stream.getReader().read();
  return stream;
}

// convert checks what may be a body and makes text of what is nothing else.
exports.convert = (value, where, argument) => {
  if (isStream(value)) return value;
  if (isObject(value) && value[Symbol.asyncIterator]) return value;
  if (typeof value === 'string') return usvString(value);
  if (isBlobLike(value) || isFormData(value) || isParams(value) || isBuffer(value)) return value;
  if (ArrayBuffer.isView(value)) {
    if (typeof SharedArrayBuffer === 'function' && value.buffer instanceof SharedArrayBuffer) throw fault('ArrayBuffer', 'SharedArrayBuffer is not allowed.');
    return value;
  }
  return domString(value, where, argument);
};

function ofBytes(bytes, source = bytes) {
  return new Body(listFeed(bytes.byteLength > 0 ? [bytes] : []), { source, length: bytes.byteLength });
}

// extract makes the body of what a user gave, and says its type.
exports.extract = (object, keepalive = false) => {
  if (typeof object === 'string') return { body: ofBytes(Buffer.from(object)), type: 'text/plain;charset=UTF-8' };
  if (isParams(object)) return { body: ofBytes(Buffer.from(object.toString())), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  if (isBuffer(object)) return { body: ofBytes(Buffer.from(object.slice(0))), type: null };
  if (ArrayBuffer.isView(object)) {
    return { body: ofBytes(Buffer.from(object.buffer.slice(object.byteOffset, object.byteOffset + object.byteLength))), type: null };
  }
  if (isFormData(object)) {
    const { parts, length, type } = require('internal/web/multipart').encode(object);
    return { body: new Body(partsFeed(parts), { source: parts, length }), type };
  }
  if (isBlobLike(object)) {
    const own = require('internal/web/blob').partsOf(object);
    const parts = own === undefined ? [object] : own;
    return { body: new Body(partsFeed(parts), { source: parts, length: object.size }), type: object.type || null };
  }
  if (keepalive) throw new TypeError('keepalive');
  if (isStream(object)) {
    if (object.locked || disturbed(object)) throw new TypeError('Response body object should not be disturbed or locked');
    return { body: new Body(null, { stream: object }), type: null };
  }
  if (require('stream').isDisturbed(object) || object.locked) throw new TypeError('Response body object should not be disturbed or locked');
  return { body: new Body(iteratorFeed(object)), type: null };
};

// again makes a body of the source of another.
exports.again = (source, length) => new Body(Array.isArray(source) ? partsFeed(source) : listFeed([source]), { source, length });

// readAll reads a feed to its end.
async function readAll(feed) {
  const parts = [];
  for (;;) {
    const bytes = await feed.pull();
    if (bytes === null) break;
    parts.push(bytesOf(bytes));
  }
  if (parts.length === 1) return Buffer.from(parts[0].buffer, parts[0].byteOffset, parts[0].byteLength);
  return Buffer.concat(parts);
}

exports.readAll = readAll;

function text(bytes) {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
  return bytes.toString();
}

// typeOf gives the MIMEType of a list of headers, null if there is none.
function typeOf(list) {
  const value = list.get('content-type');
  if (value === null) return null;
  const { MIMEType } = require('internal/mime');
  let found = null;
  for (const part of value.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) || []) {
    let type;
    try {
      type = new MIMEType(part);
    } catch {
      continue;
    }
    if (type.essence === '*/*') continue;
    if (found !== null && found.essence === type.essence && found.params.has('charset') && !type.params.has('charset')) {
      type.params.set('charset', found.params.get('charset'));
    }
    found = type;
  }
  return found;
}

function formData(bytes, list) {
  const type = typeOf(list);
  const { FormData } = require('internal/web/formdata');
  if (type !== null && type.essence === 'multipart/form-data') {
    return require('internal/web/multipart').parse(bytes, type.params.get('boundary'));
  }
  if (type !== null && type.essence === 'application/x-www-form-urlencoded') {
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(bytes.toString())) form.append(name, value);
    return form;
  }
  throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
}

// mixin gives a class the methods that read its body; stateOf(object) gives
// {body, headersList, aborted}.
exports.mixin = (Class, stateOf) => {
  const consume = async (object, convert) => {
    brand(object, Class);
    const state = stateOf(object);
    if (state.body !== null && state.body.unusable) throw new TypeError('Body is unusable: Body has already been read');
    if (state.aborted) throw new (require('internal/web/domexception').DOMException)('The operation was aborted.', 'AbortError');
    return convert(state.body === null ? Buffer.alloc(0) : await readAll(state.body.take()), state.headersList);
  };
  const methods = {
    blob() {
      return consume(this, (bytes, list) => {
        const type = typeOf(list);
        return new Blob([bytes], { type: type === null ? '' : type.toString() });
      });
    },
    arrayBuffer() {
      return consume(this, (bytes) => new Uint8Array(bytes).buffer);
    },
    text() {
      return consume(this, text);
    },
    json() {
      return consume(this, (bytes) => JSON.parse(text(bytes)));
    },
    formData() {
      return consume(this, formData);
    },
    bytes() {
      return consume(this, (bytes) => new Uint8Array(bytes));
    },
  };
  for (const name of Object.keys(methods)) Class.prototype[name] = methods[name];
};

exports.Body = Body;
exports.isBlobLike = isBlobLike;
