'use strict';
// stream/web: the streams of the web platform.

const polyfill = require('web-streams-polyfill');
const codecs = require('internal/streams/codecs');

for (const name of [
  'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
  'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController',
  'WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy',
]) {
  exports[name] = polyfill[name];
}
for (const name of ['TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream']) {
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => codecs[name] });
}
