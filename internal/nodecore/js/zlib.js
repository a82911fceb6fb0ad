'use strict';
// The zlib module. Its stream classes load when first used; the functions that
// take a whole buffer need none of them.

const check = require('internal/crypto/check');
const { constants, codes, zlibNames } = require('internal/zlib/constants');
const settings = require('internal/zlib/settings');

const CLASSES = {
  Deflate: 'DEFLATE', Inflate: 'INFLATE', Gzip: 'GZIP', Gunzip: 'GUNZIP', DeflateRaw: 'DEFLATERAW',
  InflateRaw: 'INFLATERAW', Unzip: 'UNZIP', BrotliCompress: 'BROTLI_ENCODE', BrotliDecompress: 'BROTLI_DECODE',
};

exports.crc32 = function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) check.data('data', data);
  check.integer('value', value, 0, 2 ** 32 - 1);
  return native.crc32(data, value);
};

const isBrotli = (name) => name.startsWith('Brotli');

// makeClass makes a stream class; like Node's it works without new.
function makeClass(name) {
  const bases = require('internal/zlib/stream');
  const Base = isBrotli(name) ? bases.Brotli : bases.Zlib;
  const mode = constants[CLASSES[name]];
  const Class = {
    [name]: function (options) {
      if (!(this instanceof Class)) return new Class(options);
      if (name === 'DeflateRaw' && options && options.windowBits === 8) options = { ...options, windowBits: 9 };
      Base.call(this, options, mode);
    },
  }[name];
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
  return Class;
}

for (const name of Object.keys(CLASSES)) {
  Object.defineProperty(exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = makeClass(name);
      Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

function bytesOf(buffer) {
  if (typeof buffer !== 'string' && !check.isBinary(buffer)) {
    throw check.wrongType('buffer', 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', buffer);
  }
  return buffer;
}

// result gives what the caller gets: with options.info also the engine.
function result(name, options, bytes) {
  const buffer = check.toBuffer(bytes);
  return options && options.info ? { buffer, engine: new exports[name](options) } : buffer;
}

function whole(name) {
  const mode = constants[CLASSES[name]];
  const read = isBrotli(name) ? settings.brotli : settings.zlib;
  return (buffer, options, callback) => {
    const wanted = read(options, mode);
    const data = bytesOf(buffer);
    const args = [mode, wanted.inner, wanted.finishFlush, data, wanted.chunkSize, wanted.maxOutputLength];
    if (!callback) return result(name, options, native.zlibAll(...args).out);
    native.zlibAll(...args, (error, made) => (error ? callback(error) : callback(null, result(name, options, made.out))));
  };
}

const FUNCTIONS = {
  deflate: 'Deflate', gzip: 'Gzip', deflateRaw: 'DeflateRaw', unzip: 'Unzip', inflate: 'Inflate', gunzip: 'Gunzip',
  inflateRaw: 'InflateRaw', brotliCompress: 'BrotliCompress', brotliDecompress: 'BrotliDecompress',
};

for (const [name, Class] of Object.entries(FUNCTIONS)) {
  const run = whole(Class);
  exports[name] = function asyncBufferWrapper(buffer, options, callback) {
    if (typeof options === 'function') [options, callback] = [{}, options];
    check.func('callback', callback);
    run(buffer, options, callback);
  };
  exports[`${name}Sync`] = function syncBufferWrapper(buffer, options) {
    return run(buffer, options);
  };
}

for (const name of ['Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Gzip', 'Gunzip', 'Unzip', 'BrotliCompress', 'BrotliDecompress']) {
  const create = function (options) {
    return new exports[name](options);
  };
  Object.defineProperty(create, 'name', { value: 'value', configurable: true });
  Object.defineProperty(exports, `create${name}`, { value: create, enumerable: true, configurable: false, writable: false });
}

Object.defineProperty(exports, 'constants', { value: constants, enumerable: true, configurable: false, writable: false });
Object.defineProperty(exports, 'codes', { value: codes, enumerable: true, configurable: false, writable: false });
// The old places of the constants.
for (const name of zlibNames) Object.defineProperty(exports, name, { value: constants[name], enumerable: false });
