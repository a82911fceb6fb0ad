'use strict';
// Random values, primes and timingSafeEqual.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');

const MAX = 2 ** 31 - 1;

function size(name, value, offset, length) {
  if (typeof value !== 'number') throw check.wrongType(name, 'of type number', value);
  if (Number.isNaN(value) || value > Math.min(length, MAX) || value < 0) {
    throw check.outOfRange(name, `>= 0 && <= ${Math.min(length, MAX)}`, value);
  }
  return value >>> 0;
}

exports.randomBytes = function randomBytes(count, callback) {
  count = size('size', count, 0, Infinity);
  if (callback === undefined) return check.toBuffer(native.randomBytes(count));
  check.func('callback', callback);
  native.randomBytes(count, (error, bytes) => callback(error || null, error ? undefined : check.toBuffer(bytes)));
};

// region gives the part of buf that is to be filled.
function region(buf, offset, count) {
  if (!check.isBinary(buf)) throw check.wrongType('buf', 'an instance of ArrayBuffer or ArrayBufferView', buf);
  const unit = buf.BYTES_PER_ELEMENT || 1;
  const begin = size('offset', offset === undefined ? 0 : offset, 0, buf.byteLength / unit) * unit;
  let length = buf.byteLength - begin;
  if (count !== undefined) {
    if (typeof count !== 'number') throw check.wrongType('size', 'of type number', count);
    length = size('size', count, 0, MAX) * unit;
    if (begin + length > buf.byteLength) throw check.outOfRange('size + offset', `<= ${buf.byteLength}`, begin + length);
  }
  return new Uint8Array(buf.buffer || buf, (buf.byteOffset || 0) + begin, length);
}

exports.randomFillSync = function randomFillSync(buf, offset, count) {
  native.randomFill(region(buf, offset, count));
  return buf;
};

exports.randomFill = function randomFill(buf, offset, count, callback) {
  if (!check.isBinary(buf)) throw check.wrongType('buf', 'an instance of ArrayBuffer or ArrayBufferView', buf);
  if (typeof offset === 'function') [offset, count, callback] = [undefined, undefined, offset];
  else if (typeof count === 'function') [count, callback] = [undefined, count];
  else check.func('callback', callback);
  native.randomFill(region(buf, offset, count), (error) => (error ? callback(error) : callback(null, buf)));
};

exports.randomInt = function randomInt(min, max, callback) {
  const short = max === undefined || typeof max === 'function';
  if (short) [min, max, callback] = [0, min, max];
  if (callback !== undefined) check.func('callback', callback);
  if (!Number.isSafeInteger(min)) throw check.wrongType('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw check.wrongType('max', 'a safe integer', max);
  if (max <= min) throw check.outOfRange('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= 0xffffffffffff)) {
    throw check.outOfRange(short ? 'max' : 'max - min', '<= 281474976710655', range);
  }
  const value = min + native.randomInt(range);
  if (callback === undefined) return value;
  process.nextTick(callback, undefined, value);
};

exports.randomUUID = function randomUUID(options) {
  if (options !== undefined) {
    check.object('options', options);
    if (options.disableEntropyCache !== undefined) check.boolean('options.disableEntropyCache', options.disableEntropyCache);
  }
  return native.randomUUID();
};

exports.timingSafeEqual = function timingSafeEqual(buf1, buf2) {
  for (const [name, value] of [['buf1', buf1], ['buf2', buf2]]) {
    if (!check.isBinary(value)) {
      throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    }
  }
  if (buf1.byteLength !== buf2.byteLength) {
    throw codeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return native.timingSafeEqual(buf1, buf2);
};

function primeBytes(name, value) {
  if (typeof value === 'bigint') {
    if (value < 0) throw check.outOfRange(name, '>= 0', `${value}n`);
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex');
  }
  if (!check.isBinary(value)) throw check.wrongType(name, 'an instance of ArrayBuffer, TypedArray, Buffer, DataView, or bigint', value);
  return value;
}

function prime(bits, options, callback) {
  check.integer('size', bits, 1, MAX);
  check.object('options', options);
  const { safe = false, bigint = false, add, rem } = options;
  check.boolean('options.safe', safe);
  check.boolean('options.bigint', bigint);
  const step = add === undefined ? undefined : primeBytes('options.add', add);
  const rest = rem === undefined ? undefined : primeBytes('options.rem', rem);
  const give = (bytes) => {
    if (bigint) return BigInt('0x' + check.toBuffer(bytes).toString('hex'));
    return bytes.buffer;
  };
  if (!callback) return give(native.generatePrime(bits, safe, step, rest));
  native.generatePrime(bits, safe, step, rest, (error, bytes) => (error ? callback(error) : callback(undefined, give(bytes))));
}

exports.generatePrime = function generatePrime(bits, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  check.func('callback', callback);
  prime(bits, options, callback);
};

exports.generatePrimeSync = function generatePrimeSync(bits, options = {}) {
  return prime(bits, options);
};

function checkOptions(options) {
  check.object('options', options);
  const { checks = 0 } = options;
  check.integer('options.checks', checks, 0, MAX);
  return checks;
}

exports.checkPrime = function checkPrime(candidate, options = {}, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  check.func('callback', callback);
  native.checkPrime(primeBytes('candidate', candidate), checkOptions(options), (error, is) => (error ? callback(error) : callback(undefined, is)));
};

exports.checkPrimeSync = function checkPrimeSync(candidate, options = {}) {
  return native.checkPrime(primeBytes('candidate', candidate), checkOptions(options));
};
