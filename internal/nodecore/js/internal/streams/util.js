'use strict';
// Stands in for readable-stream's own util, so that streams pull in neither
// util.inspect nor AbortController before they are needed.

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

exports.AggregateError = AggregateError;
exports.kEmptyObject = Object.freeze({});

exports.once = (callback) => {
  let called = false;
  return function(...args) {
    if (called) return;
    called = true;
    callback.apply(this, args);
  };
};

exports.createDeferredPromise = () => {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => {
    deferred.resolve = resolve;
    deferred.reject = reject;
  });
  return deferred;
};

exports.promisify = (fn) => new Promise((resolve, reject) => {
  fn((error, ...args) => (error ? reject(error) : resolve(...args)));
});
exports.promisify.custom = Symbol.for('nodejs.util.promisify.custom');

exports.debuglog = () => () => {};
exports.deprecate = (fn) => fn;
exports.format = (...args) => require('util').format(...args);
exports.inspect = (...args) => require('util').inspect(...args);
exports.isBlob = (value) => typeof value === 'object' && value !== null && value[Symbol.toStringTag] === 'Blob' && typeof value.arrayBuffer === 'function';
exports.types = {
  isAsyncFunction: (fn) => fn instanceof AsyncFunction,
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
};
exports.addAbortListener = (signal, listener) => require('events').addAbortListener(signal, listener);
exports.AbortSignalAny = (signals) => AbortSignal.any(signals);
