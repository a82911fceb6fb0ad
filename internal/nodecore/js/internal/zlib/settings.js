'use strict';
// The options of zlib's classes and functions, checked as Node checks them.

const check = require('internal/crypto/check');
const { constants: c } = require('internal/zlib/constants');

const MAX_LENGTH = 2 ** 32; // buffer.kMaxLength

// given reports whether a number was given at all.
function given(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  if (typeof value !== 'number') throw check.wrongType(name, 'of type number', value);
  throw check.outOfRange(name, 'a finite number', value);
}

function inRange(value, name, low, high, fallback) {
  if (!given(value, name)) return fallback;
  if (value < low || value > high) throw check.outOfRange(name, `>= ${low} and <= ${high}`, value);
  return value;
}

exports.inRange = inRange;

// common reads what all classes take.
function common(options, operations) {
  const { flush, finish, maxFlush } = operations;
  const out = { chunkSize: c.Z_DEFAULT_CHUNK, flush, finishFlush: finish, maxOutputLength: MAX_LENGTH };
  if (!options) return out;
  if (given(options.chunkSize, 'options.chunkSize')) {
    if (options.chunkSize < c.Z_MIN_CHUNK) throw check.outOfRange('options.chunkSize', `>= ${c.Z_MIN_CHUNK}`, options.chunkSize);
    out.chunkSize = options.chunkSize;
  }
  out.flush = inRange(options.flush, 'options.flush', 0, maxFlush, flush);
  out.finishFlush = inRange(options.finishFlush, 'options.finishFlush', 0, maxFlush, finish);
  out.maxOutputLength = inRange(options.maxOutputLength, 'options.maxOutputLength', 1, MAX_LENGTH, MAX_LENGTH);
  return out;
}

// zlib reads the options of a DEFLATE class.
exports.zlib = (options, mode) => {
  const out = common(options, { flush: c.Z_NO_FLUSH, finish: c.Z_FINISH, maxFlush: c.Z_BLOCK });
  const inner = { level: c.Z_DEFAULT_COMPRESSION, windowBits: c.Z_DEFAULT_WINDOWBITS, strategy: c.Z_DEFAULT_STRATEGY };
  const detects = mode === c.INFLATE || mode === c.GUNZIP || mode === c.UNZIP;
  if (options) {
    if ((options.windowBits === undefined || options.windowBits === null || options.windowBits === 0) && detects) inner.windowBits = 0;
    else inner.windowBits = inRange(options.windowBits, 'options.windowBits', mode === c.GZIP ? 9 : 8, c.Z_MAX_WINDOWBITS, c.Z_DEFAULT_WINDOWBITS);
    inner.level = inRange(options.level, 'options.level', c.Z_MIN_LEVEL, c.Z_MAX_LEVEL, c.Z_DEFAULT_LEVEL);
    inRange(options.memLevel, 'options.memLevel', c.Z_MIN_MEMLEVEL, c.Z_MAX_MEMLEVEL, c.Z_DEFAULT_MEMLEVEL);
    inner.strategy = inRange(options.strategy, 'options.strategy', c.Z_DEFAULT_STRATEGY, c.Z_FIXED, c.Z_DEFAULT_STRATEGY);
    if (options.dictionary !== undefined) {
      if (!check.isBinary(options.dictionary)) {
        throw check.wrongType('options.dictionary', 'an instance of Buffer, TypedArray, DataView, or ArrayBuffer', options.dictionary);
      }
      inner.dictionary = options.dictionary;
    }
  }
  return { ...out, inner, fullFlush: c.Z_FULL_FLUSH };
};

const MAX_PARAM = c.BROTLI_PARAM_NDIRECT;

// brotli reads the options of a Brotli class.
exports.brotli = (options) => {
  const out = common(options, { flush: c.BROTLI_OPERATION_PROCESS, finish: c.BROTLI_OPERATION_FINISH, maxFlush: c.BROTLI_OPERATION_EMIT_METADATA });
  const params = {};
  if (options && options.params) {
    for (const key of Object.keys(options.params)) {
      const number = +key;
      if (Number.isNaN(number) || number < 0 || number > MAX_PARAM || params[number] !== undefined) {
        throw require('internal/errors').codeError(RangeError, 'ERR_BROTLI_INVALID_PARAM', `${key} is not a valid Brotli parameter`);
      }
      const value = options.params[key];
      if (typeof value !== 'number' && typeof value !== 'boolean') throw check.wrongType('options.params[key]', 'of type number', value);
      params[number] = Number(value);
    }
  }
  const clamp = (value, low, high, fallback) => (value === undefined ? fallback : Math.trunc(Math.min(Math.max(value, low), high)));
  const inner = {
    quality: clamp(params[c.BROTLI_PARAM_QUALITY], 0, 11, c.BROTLI_DEFAULT_QUALITY),
    window: clamp(params[c.BROTLI_PARAM_LGWIN], 10, 24, c.BROTLI_DEFAULT_WINDOW),
  };
  return { ...out, inner, fullFlush: c.BROTLI_OPERATION_FLUSH };
};
