'use strict';
// TextEncoder and TextDecoder.

const { codeError, invalidArgType } = require('internal/errors');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class TextEncoder {
  get encoding() {
    return 'utf-8';
  }

  encode(input = '') {
    return native.bufEncode(`${input}`, 'utf8');
  }

  encodeInto(source, destination) {
    if (typeof source !== 'string') throw invalidArgType('src', 'string', source);
    if (!(destination instanceof Uint8Array)) throw invalidArgType('dest', 'Uint8Array', destination);
    const written = native.bufWrite(source, 'utf8', destination);
    if (written === 0) return { read: 0, written };
    return { read: native.bufDecode(destination.subarray(0, written), 'utf8').length, written };
  }

  [inspectCustom](depth, options, inspect) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = Object.create({ constructor: TextEncoder });
    shown.encoding = this.encoding;
    return inspect(shown, options);
  }
}
for (const name of ['encode', 'encodeInto', 'encoding']) Object.defineProperty(TextEncoder.prototype, name, { enumerable: true });
Object.defineProperty(TextEncoder.prototype, Symbol.toStringTag, { value: 'TextEncoder', configurable: true });

class TextDecoder {
  #handle;
  #name;
  #fatal;
  #ignoreBOM;

  constructor(encoding = 'utf-8', options = {}) {
    if (options !== null && typeof options !== 'object' && typeof options !== 'function') throw invalidArgType('options', 'Object', options);
    const label = `${encoding}`;
    this.#fatal = Boolean(options && options.fatal);
    this.#ignoreBOM = Boolean(options && options.ignoreBOM);
    const made = native.textDecoder(label, this.#fatal, this.#ignoreBOM);
    if (made === undefined) throw codeError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
    this.#handle = made.handle;
    this.#name = made.name;
  }

  get encoding() {
    return this.#name;
  }

  get fatal() {
    return this.#fatal;
  }

  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  decode(input, options) {
    if (input !== undefined && !ArrayBuffer.isView(input) && native.kindOf(input) !== 'arrayBuffer') {
      throw invalidArgType('list', ['ArrayBuffer', 'ArrayBufferView'], input);
    }
    const text = native.textDecode(this.#handle, input, Boolean(options && options.stream));
    if (text === undefined) throw codeError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', `The encoded data was not valid for encoding ${this.#name}`);
    return text;
  }

  [inspectCustom](depth, options, inspect) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = Object.create({ constructor: TextDecoder });
    Object.assign(shown, { encoding: this.#name, fatal: this.#fatal, ignoreBOM: this.#ignoreBOM });
    return inspect(shown, options);
  }
}
for (const name of ['decode', 'encoding', 'fatal', 'ignoreBOM']) Object.defineProperty(TextDecoder.prototype, name, { enumerable: true });
Object.defineProperty(TextDecoder.prototype, Symbol.toStringTag, { value: 'TextDecoder', configurable: true });

exports.TextEncoder = TextEncoder;
exports.TextDecoder = TextDecoder;
