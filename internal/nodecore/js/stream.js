'use strict';
// The stream module: readable-stream, which is Node's own, in Node's shape. What
// is seldom used (the iterator operators, compose, web adapters) runs when asked.

const { codeError } = require('internal/errors');
const { Stream } = require('readable-stream/lib/internal/streams/legacy');
const utils = require('readable-stream/lib/internal/streams/utils');
const state = require('readable-stream/lib/internal/streams/state');
const destroy = require('readable-stream/lib/internal/streams/destroy');
const finished = require('readable-stream/lib/internal/streams/end-of-stream');
const { pipeline } = require('readable-stream/lib/internal/streams/pipeline');
const Readable = require('readable-stream/lib/internal/streams/readable');
const Writable = require('readable-stream/lib/internal/streams/writable');
const Duplex = require('readable-stream/lib/internal/streams/duplex');

// The operators and how many arguments Node declares for each.
const STREAM_OPERATORS = { asIndexedPairs: 0, drop: 1, filter: 1, flatMap: 1, map: 1, take: 1, compose: 1 };
const PROMISE_OPERATORS = { every: 1, forEach: 1, reduce: 2, toArray: 0, some: 1, find: 1 };

module.exports = Stream;
Stream.isDestroyed = utils.isDestroyed;
Stream.isDisturbed = utils.isDisturbed;
Stream.isErrored = utils.isErrored;
Stream.isReadable = utils.isReadable;
Stream.isWritable = utils.isWritable;
Stream.Readable = Readable;
Stream.Writable = Writable;
Stream.Duplex = Duplex;
Stream.Transform = require('readable-stream/lib/internal/streams/transform');
Stream.PassThrough = require('readable-stream/lib/internal/streams/passthrough');
Stream.duplexPair = (options) => require('internal/streams/pair')(options);
Stream.pipeline = pipeline;
Stream.addAbortSignal = require('readable-stream/lib/internal/streams/add-abort-signal').addAbortSignal;
Stream.finished = finished;
Stream.destroy = destroy.destroyer;
Stream.compose = function compose(...streams) {
  return require('readable-stream/lib/internal/streams/compose')(...streams);
};
Stream.setDefaultHighWaterMark = state.setDefaultHighWaterMark;
Stream.getDefaultHighWaterMark = state.getDefaultHighWaterMark;

const promises = { finished: finished.finished };
promises.pipeline = function pipeline(...streams) {
  return new Promise((resolve, reject) => {
    const last = streams[streams.length - 1];
    let options = {};
    if (last && typeof last === 'object' && !utils.isNodeStream(last) && !utils.isIterable(last) && !utils.isWebStream(last)) {
      options = streams.pop();
    }
    const { pipelineImpl } = require('readable-stream/lib/internal/streams/pipeline');
    pipelineImpl(streams, (error, value) => (error ? reject(error) : resolve(value)), { signal: options.signal, end: options.end });
  });
};
Object.defineProperty(Stream, 'promises', { configurable: true, enumerable: true, get: () => promises });

const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(pipeline, custom, { enumerable: true, get: () => promises.pipeline });
Object.defineProperty(finished, custom, { enumerable: true, get: () => promises.finished });

Stream.Stream = Stream;
Stream._isArrayBufferView = (value) => ArrayBuffer.isView(value);
Stream._isUint8Array = (value) => value instanceof Uint8Array;
Stream._uint8ArrayToBuffer = (chunk) => require('buffer').Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

// Chunks may be any view of bytes, as in Node since 20.18.
function takeViews(prototype, method) {
  const original = prototype[method];
  prototype[method] = function(chunk, encoding, callback) {
    if (ArrayBuffer.isView(chunk) && !(chunk instanceof Uint8Array)) {
      const state = method === 'write' ? this._writableState : this._readableState;
      if (state && !state.objectMode) chunk = Stream._uint8ArrayToBuffer(chunk);
    }
    return original.call(this, chunk, encoding, callback);
  };
  Object.defineProperty(prototype[method], 'name', { value: original.name });
}

takeViews(Readable.prototype, 'push');
takeViews(Readable.prototype, 'unshift');
takeViews(Writable.prototype, 'write');
takeViews(Duplex.prototype, 'write');

function operator(name, length, group, wrap) {
  const fn = function(...args) {
    if (new.target) throw codeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    const operators = require('readable-stream/lib/internal/streams/operators')[group];
    const made = operators[name].apply(this, args);
    return wrap ? Readable.from(made) : made;
  };
  Object.defineProperty(fn, 'name', { value: name });
  Object.defineProperty(fn, 'length', { value: length });
  Object.defineProperty(Readable.prototype, name, { value: fn, enumerable: false, configurable: true, writable: true });
}

for (const [name, length] of Object.entries(STREAM_OPERATORS)) operator(name, length, 'streamReturningOperators', true);
for (const [name, length] of Object.entries(PROMISE_OPERATORS)) operator(name, length, 'promiseReturningOperators', false);

const adapters = () => require('internal/streams/web');
Readable.fromWeb = (stream, options) => adapters().readableFromWeb(stream, options);
Readable.toWeb = (stream, options) => adapters().readableToWeb(stream, options);
Writable.fromWeb = (stream, options) => adapters().writableFromWeb(stream, options);
Writable.toWeb = (stream) => adapters().writableToWeb(stream);
Duplex.fromWeb = (pair, options) => adapters().duplexFromWeb(pair, options);
Duplex.toWeb = (stream) => adapters().duplexToWeb(stream);
