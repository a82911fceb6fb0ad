'use strict';
// How util.inspect shows the streams of the web platform.

const inspect = Symbol.for('nodejs.util.inspect.custom');

function shows(Class, describe) {
  Object.defineProperty(Class.prototype, inspect, {
    configurable: true,
    enumerable: false,
    writable: true,
    value: function(depth, options) {
      const { name } = this.constructor;
      if (depth < 0) return `[${name}]`;
      const shown = require('util').inspect(describe(this), { ...options, depth: options.depth === null ? null : options.depth - 1 });
      return `${name} ${shown}`;
    },
  });
}

// showStreams gives the classes of the polyfill, whose state is in properties
// with underscores, Node's appearance.
exports.showStreams = (web) => {
  const isBytes = (stream) => stream._readableStreamController instanceof web.ReadableByteStreamController;
  shows(web.ReadableStream, (s) => ({ locked: s.locked, state: s._state, supportsBYOB: isBytes(s) }));
  shows(web.WritableStream, (s) => ({ locked: s.locked, state: s._state }));
  shows(web.TransformStream, (s) => ({ readable: s._readable, writable: s._writable, backpressure: s._backpressure }));
  shows(web.ReadableStreamDefaultReader, (r) => ({ stream: r._ownerReadableStream, readRequests: r._readRequests.length, close: r.closed }));
  shows(web.ReadableStreamBYOBReader, (r) => ({ stream: r._ownerReadableStream, requests: r._readIntoRequests.length, close: r.closed }));
  shows(web.WritableStreamDefaultWriter, (w) => ({ stream: w._ownerWritableStream, close: w.closed, ready: w.ready, desiredSize: w._ownerWritableStream ? w.desiredSize : undefined }));
  for (const Class of [web.ByteLengthQueuingStrategy, web.CountQueuingStrategy]) shows(Class, (s) => ({ highWaterMark: s.highWaterMark }));
  for (const Class of [web.ReadableStreamDefaultController, web.ReadableByteStreamController]) shows(Class, () => ({}));
  shows(web.WritableStreamDefaultController, (c) => ({ stream: c._controlledWritableStream }));
  shows(web.TransformStreamDefaultController, (c) => ({ stream: c._controlledTransformStream }));
};

// showPairs does the same for the transforms of text and compression.
exports.showPairs = (classes) => {
  for (const [Class, names] of classes) shows(Class, (s) => Object.fromEntries([...names, 'readable', 'writable'].map((name) => [name, s[name]])));
};
