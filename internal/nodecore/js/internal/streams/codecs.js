'use strict';
// The transforms of the web platform: text and compression.

const { TransformStream } = require('stream/web');
const { codeError } = require('internal/errors');

// expose makes the members of a class enumerable, as those of the web platform are.
function expose(Class, members) {
  for (const name of ['readable', 'writable', ...members]) {
    Object.defineProperty(Class.prototype, name, { enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

class TextEncoderStream {
  #pair;
  #lead = ''; // a high surrogate that waits for its other half

  constructor() {
    const encoder = new TextEncoder();
    this.#pair = new TransformStream({
      transform: (chunk, controller) => {
        let text = this.#lead + String(chunk);
        this.#lead = '';
        const last = text.charCodeAt(text.length - 1);
        if (last >= 0xd800 && last <= 0xdbff) {
          this.#lead = text[text.length - 1];
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
      },
      flush: (controller) => {
        if (this.#lead !== '') controller.enqueue(new Uint8Array([0xef, 0xbf, 0xbd]));
      },
    });
  }

  get encoding() {
    return 'utf-8';
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

class TextDecoderStream {
  #pair;
  #decoder;

  constructor(encoding = 'utf-8', options = {}) {
    this.#decoder = new TextDecoder(encoding, options);
    this.#pair = new TransformStream({
      transform: (chunk, controller) => {
        const text = this.#decoder.decode(chunk, { stream: true });
        if (text) controller.enqueue(text);
      },
      flush: (controller) => {
        const text = this.#decoder.decode();
        if (text) controller.enqueue(text);
      },
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }

  get fatal() {
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

function zlibPair(format, makers) {
  if (!Object.hasOwn(makers, format)) {
    throw codeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'format' is invalid. Received ${require('util').inspect(format)}`);
  }
  return require('stream').Duplex.toWeb(require('zlib')[makers[format]]());
}

class CompressionStream {
  #pair;

  constructor(format) {
    this.#pair = zlibPair(format, { deflate: 'createDeflate', 'deflate-raw': 'createDeflateRaw', gzip: 'createGzip' });
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

class DecompressionStream {
  #pair;

  constructor(format) {
    this.#pair = zlibPair(format, { deflate: 'createInflate', 'deflate-raw': 'createInflateRaw', gzip: 'createGunzip' });
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }
}

expose(TextEncoderStream, ['encoding']);
expose(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM']);
expose(CompressionStream, []);
expose(DecompressionStream, []);

require('internal/streams/show').showPairs([
  [TextEncoderStream, ['encoding']], [TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM']], [CompressionStream, []], [DecompressionStream, []],
]);

module.exports = { TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream };
