'use strict';
// Node's streams as web streams and the other way round.

const { Readable, Writable, Duplex, finished, destroy } = require('stream');
const { ReadableStream, WritableStream, CountQueuingStrategy } = require('stream/web');
const { Buffer } = require('buffer');
const { AbortError, invalidArgType } = require('internal/errors');

const bytes = (chunk) => (Buffer.isBuffer(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : chunk);

exports.readableToWeb = (stream, options = {}) => {
  if (!stream || typeof stream.on !== 'function' || typeof stream.read !== 'function') throw invalidArgType('streamReadable', 'stream.Readable', stream);
  const objectMode = stream.readableObjectMode;
  let strategy = options.strategy;
  if (!strategy) {
    strategy = objectMode
      ? new CountQueuingStrategy({ highWaterMark: stream.readableHighWaterMark })
      : { highWaterMark: stream.readableHighWaterMark, size: (chunk) => chunk.byteLength ?? 1 };
  }
  let canceled = false;
  let controller;
  stream.pause();
  finished(stream, { writable: false }, (error) => {
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') error = new AbortError(undefined, { cause: error });
    stream.on('error', () => {});
    if (canceled) return;
    if (error) controller.error(error);
    else controller.close();
  });
  stream.on('data', (chunk) => {
    controller.enqueue(objectMode ? chunk : bytes(chunk));
    if (controller.desiredSize <= 0) stream.pause();
  });
  return new ReadableStream({
    start(c) {
      controller = c;
      stream.pause();
    },
    pull() {
      stream.resume();
    },
    cancel(reason) {
      canceled = true;
      destroy(stream, reason);
    },
  }, strategy);
};

exports.readableFromWeb = (stream, options = {}) => {
  if (!(stream instanceof ReadableStream)) throw invalidArgType('readableStream', 'ReadableStream', stream);
  const reader = stream.getReader();
  let closed = false;
  const readable = new Readable({
    objectMode: options.objectMode,
    highWaterMark: options.highWaterMark,
    encoding: options.encoding,
    signal: options.signal,
    read() {
      reader.read().then((chunk) => {
        if (chunk.done) readable.push(null);
        else readable.push(chunk.value);
      }, (error) => destroy(readable, error));
    },
    destroy(error, callback) {
      const done = () => process.nextTick(() => callback(error));
      if (closed) done();
      else reader.cancel(error).then(done, done);
    },
  });
  reader.closed.then(() => {
    closed = true;
  }, (error) => {
    closed = true;
    destroy(readable, error);
  });
  return readable;
};

exports.writableToWeb = (stream) => {
  if (!stream || typeof stream.write !== 'function') throw invalidArgType('streamWritable', 'stream.Writable', stream);
  const objectMode = stream.writableObjectMode;
  const highWaterMark = stream.writableHighWaterMark;
  let drained = null;
  let closing = null;
  let controller;
  const end = finished(stream, { readable: false }, (error) => {
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') error = new AbortError(undefined, { cause: error });
    end();
    stream.on('error', () => {});
    if (error) {
      if (drained) drained.reject(error);
      if (closing) closing.reject(error);
      controller.error(error);
      return;
    }
    if (closing) closing.resolve();
    else controller.error(new AbortError());
  });
  stream.on('drain', () => {
    if (drained) drained.resolve();
    drained = null;
  });
  return new WritableStream({
    start(c) {
      controller = c;
    },
    write(chunk) {
      if (stream.writableNeedDrain || !stream.write(chunk)) {
        return new Promise((resolve, reject) => {
          drained = { resolve, reject };
        });
      }
      return undefined;
    },
    abort(reason) {
      destroy(stream, reason);
    },
    close() {
      return new Promise((resolve, reject) => {
        closing = { resolve, reject };
        stream.end();
      });
    },
  }, objectMode ? new CountQueuingStrategy({ highWaterMark }) : { highWaterMark });
};

exports.writableFromWeb = (stream, options = {}) => {
  if (!(stream instanceof WritableStream)) throw invalidArgType('writableStream', 'WritableStream', stream);
  const writer = stream.getWriter();
  let closed = false;
  const writable = new Writable({
    objectMode: options.objectMode,
    highWaterMark: options.highWaterMark,
    decodeStrings: options.decodeStrings,
    signal: options.signal,
    write(chunk, encoding, callback) {
      if (typeof chunk === 'string' && !options.objectMode) chunk = Buffer.from(chunk, encoding);
      writer.ready.then(() => writer.write(bytes(chunk))).then(() => callback(), callback);
    },
    final(callback) {
      const done = (error) => process.nextTick(() => callback(error));
      if (closed) done();
      else writer.close().then(() => done(), done);
    },
    destroy(error, callback) {
      const done = () => process.nextTick(() => callback(error));
      if (closed) done();
      else if (error) writer.abort(error).then(done, done);
      else writer.close().then(done, done);
    },
  });
  writer.closed.then(() => {
    closed = true;
  }, (error) => {
    closed = true;
    destroy(writable, error);
  });
  return writable;
};

exports.duplexToWeb = (stream) => ({
  writable: stream.writable ? exports.writableToWeb(stream) : closedWritable(),
  readable: stream.readable ? exports.readableToWeb(stream) : closedReadable(),
});

function closedReadable() {
  return new ReadableStream({ start: (controller) => controller.close() });
}

function closedWritable() {
  const stream = new WritableStream();
  stream.close();
  return stream;
}

exports.duplexFromWeb = (pair, options = {}) => {
  if (!pair || !(pair.readable instanceof ReadableStream)) throw invalidArgType('pair.readable', 'ReadableStream', pair && pair.readable);
  if (!(pair.writable instanceof WritableStream)) throw invalidArgType('pair.writable', 'WritableStream', pair.writable);
  return Duplex.from({
    readable: exports.readableFromWeb(pair.readable, { ...options, objectMode: options.readableObjectMode || options.objectMode }),
    writable: exports.writableFromWeb(pair.writable, { ...options, objectMode: options.writableObjectMode || options.objectMode }),
  });
};
