'use strict';
// pbkdf2, scrypt and hkdf.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');

const MAX = 2 ** 31 - 1;

// answer gives natives' bytes to a callback as Buffers or ArrayBuffers.
const answer = (callback, give) => (error, bytes) => (error ? callback(error) : callback(null, give(bytes)));

function pbkdf2Args(password, salt, iterations, keylen, digest) {
  check.string('digest', digest);
  password = check.bytes('password', password);
  salt = check.bytes('salt', salt);
  check.integer('iterations', iterations, 1, MAX);
  check.integer('keylen', keylen, 0, MAX);
  return [password, salt, iterations, keylen, digest];
}

exports.pbkdf2 = function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') [digest, callback] = [undefined, digest];
  const args = pbkdf2Args(password, salt, iterations, keylen, digest);
  check.func('callback', callback);
  native.pbkdf2(...args, answer(callback, check.toBuffer));
};

exports.pbkdf2Sync = function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  return check.toBuffer(native.pbkdf2(...pbkdf2Args(password, salt, iterations, keylen, digest)));
};

// option reads one of the two names of a parameter of scrypt.
function option(options, short, long, fallback) {
  const has = (name) => options[name] !== undefined;
  if (has(short) && has(long)) throw codeError(Error, 'ERR_CRYPTO_SCRYPT_INVALID_PARAMETER', 'Invalid scrypt parameter');
  const name = has(short) ? short : long;
  if (!has(name)) return fallback;
  check.integer(name, options[name], 0, 2 ** 32 - 1);
  return options[name] || fallback;
}

function scryptArgs(password, salt, keylen, options) {
  password = check.bytes('password', password);
  salt = check.bytes('salt', salt);
  check.integer('keylen', keylen, 0, MAX);
  options = options || {};
  const N = option(options, 'N', 'cost', 16384);
  const r = option(options, 'r', 'blockSize', 8);
  const p = option(options, 'p', 'parallelization', 1);
  let maxmem = 32 * 1024 * 1024;
  if (options.maxmem !== undefined) {
    check.integer('maxmem', options.maxmem, 0);
    maxmem = options.maxmem;
  }
  return [password, salt, keylen, N, r, p, maxmem];
}

exports.scrypt = function scrypt(password, salt, keylen, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  const args = scryptArgs(password, salt, keylen, options);
  check.func('callback', callback);
  native.scrypt(...args, answer(callback, check.toBuffer));
};

exports.scryptSync = function scryptSync(password, salt, keylen, options) {
  return check.toBuffer(native.scrypt(...scryptArgs(password, salt, keylen, options)));
};

function hkdfArgs(digest, key, salt, info, length) {
  check.string('digest', digest);
  key = require('internal/crypto/secret').secretBytes('ikm', key);
  salt = check.bytes('salt', salt);
  info = check.bytes('info', info);
  check.integer('length', length, 0, MAX);
  const size = typeof info === 'string' ? Buffer.byteLength(info) : info.byteLength;
  if (size > 1024) throw check.outOfRange('info', 'must not contain more than 1024 bytes', size);
  return [digest, key, salt, info, length];
}

exports.hkdf = function hkdf(digest, key, salt, info, length, callback) {
  const args = hkdfArgs(digest, key, salt, info, length);
  check.func('callback', callback);
  native.hkdf(...args, answer(callback, (bytes) => bytes.buffer));
};

exports.hkdfSync = function hkdfSync(digest, key, salt, info, length) {
  return native.hkdf(...hkdfArgs(digest, key, salt, info, length)).buffer;
};
