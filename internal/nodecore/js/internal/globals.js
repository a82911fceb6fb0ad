'use strict';
// The globals that goja lacks. What is costly is loaded at first use.

const SYMBOLS = ['asyncIterator', 'dispose', 'asyncDispose'];

function define(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}

// lazy defines a global that loads its piece when it is first read.
function lazy(target, name, piece, member = name) {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = member === null ? require(piece) : require(piece)[member];
      define(target, name, value);
      return value;
    },
    set(value) {
      define(target, name, value);
    },
  });
}

// lazyLocales gives the methods that format for a locale; the first call of one
// loads them all.
function lazyLocales() {
  const owners = [
    [Number.prototype, ['toLocaleString']], [BigInt.prototype, ['toLocaleString']], [Date.prototype, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']],
    [String.prototype, ['localeCompare', 'toLocaleUpperCase', 'toLocaleLowerCase']], [Array.prototype, ['toLocaleString']],
  ];
  for (const [prototype, names] of owners) {
    for (const name of names) {
      define(prototype, name, {
        [name](...args) {
          require('internal/intl/index').install();
          return prototype[name].apply(this, args);
        },
      }[name]);
    }
  }
}

exports.install = (target) => {
  for (const name of SYMBOLS) {
    if (!Symbol[name]) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
  }
  require('internal/language').install(target);
  define(target, 'global', target);
  lazy(target, 'process', 'process', null);
  lazy(target, 'console', 'console', null);
  for (const name of ['performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver', 'PerformanceObserverEntryList', 'PerformanceResourceTiming']) {
    lazy(target, name, 'perf_hooks');
  }
  for (const name of ['Buffer', 'atob', 'btoa']) lazy(target, name, 'buffer');
  for (const name of ['TextEncoder', 'TextDecoder']) lazy(target, name, 'internal/encoding');
  for (const name of ['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto']) lazy(target, name, 'internal/crypto/webcrypto');
  for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate']) {
    lazy(target, name, 'timers');
  }
  for (const name of ['URL', 'URLSearchParams']) lazy(target, name, 'internal/web/url');
  for (const name of ['Event', 'EventTarget', 'CustomEvent']) lazy(target, name, 'internal/web/events');
  for (const name of ['AbortController', 'AbortSignal']) lazy(target, name, 'internal/web/abort');
  lazy(target, 'Intl', 'internal/intl/index');
  lazyLocales();
  lazy(target, 'DOMException', 'internal/web/domexception');
  lazy(target, 'fetch', 'internal/fetch/index');
  lazy(target, 'Headers', 'internal/fetch/headers');
  lazy(target, 'Request', 'internal/fetch/request');
  lazy(target, 'Response', 'internal/fetch/response');
  lazy(target, 'FormData', 'internal/web/formdata');
  for (const name of ['Blob', 'File']) lazy(target, name, 'internal/web/blob');
  lazy(target, 'structuredClone', 'internal/web/clone');
  lazy(target, 'WebAssembly', 'internal/web/wasm');
  for (const name of ['MessageChannel', 'MessagePort', 'MessageEvent', 'BroadcastChannel']) lazy(target, name, 'internal/web/messaging');
  for (const name of [
    'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableByteStreamController',
    'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultWriter',
    'WritableStreamDefaultController', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'TextEncoderStream', 'TextDecoderStream',
    'CompressionStream', 'DecompressionStream',
  ]) lazy(target, name, 'stream/web');
  define(target, 'queueMicrotask', function queueMicrotask(callback) {
    if (typeof callback !== 'function') throw require('internal/errors').invalidArgType('callback', 'function', callback);
    Promise.resolve().then(() => callback()).catch((error) => require('process').nextTick(() => { throw error; }));
  });
};
