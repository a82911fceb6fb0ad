'use strict';
// stream/web: the streams of the web platform, with Node's errors for what is
// locked.

const polyfill = require('web-streams-polyfill');
const { codeError } = require('internal/errors');

for (const name of [
  'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
  'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController',
  'WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy',
]) {
  exports[name] = polyfill[name];
}
for (const name of ['TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream']) {
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => require('internal/streams/codecs')[name] });
}

const locked = (name) => codeError(TypeError, 'ERR_INVALID_STATE', `Invalid state: ${name} is locked`);

// guard makes a method fail as Node's does if the stream it is called on, or the
// one it is given, is locked.
function guard(Class, method, { rejects = false, article = '', other = '' }) {
  const original = Class.prototype[method];
  const guarded = { [method](...args) {
    let error = null;
    if (this instanceof Class && this.locked) error = locked(`${article}${Class.name}`);
    else if (other && args[0] instanceof exports[other] && args[0].locked) error = locked(`The ${other}`);
    if (error && rejects) return Promise.reject(error);
    if (error) throw error;
    return original.apply(this, args);
  } }[method];
  Object.defineProperty(guarded, 'length', { value: original.length });
  Object.defineProperty(Class.prototype, method, { ...Object.getOwnPropertyDescriptor(Class.prototype, method), value: guarded });
}

const { ReadableStream, WritableStream } = exports;
guard(ReadableStream, 'getReader', {});
guard(ReadableStream, 'tee', {});
guard(ReadableStream, 'values', {});
guard(ReadableStream, 'cancel', { rejects: true });
guard(ReadableStream, 'pipeTo', { rejects: true, article: 'The ', other: 'WritableStream' });
guard(ReadableStream, 'pipeThrough', { article: 'The ' });
guard(WritableStream, 'getWriter', {});
guard(WritableStream, 'abort', { rejects: true });
guard(WritableStream, 'close', { rejects: true });

require('internal/streams/show').showStreams(exports);
