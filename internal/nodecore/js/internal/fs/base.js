'use strict';
// What all of fs shares: how Go's file system is called, Node's errors, and the
// checks of arguments.

const errors = require('internal/errors');
const { codeError, invalidArgType, invalidArgValue, outOfRange, validateFunction } = errors;

const MESSAGES = {
  EPERM: 'operation not permitted', ENOENT: 'no such file or directory', EIO: 'i/o error', EBADF: 'bad file descriptor',
  ENOMEM: 'not enough memory', EACCES: 'permission denied', EBUSY: 'resource busy or locked', EEXIST: 'file already exists',
  EXDEV: 'cross-device link not permitted', ENOTDIR: 'not a directory', EISDIR: 'illegal operation on a directory',
  EINVAL: 'invalid argument', ENFILE: 'file table overflow', EMFILE: 'too many open files', ETXTBSY: 'text file is busy',
  EFBIG: 'file too large', ENOSPC: 'no space left on device', ESPIPE: 'invalid seek', EROFS: 'read-only file system',
  EMLINK: 'too many links', ENAMETOOLONG: 'name too long', ENOSYS: 'function not implemented', ENOTEMPTY: 'directory not empty',
  ELOOP: 'too many symbolic links encountered', ENOTSUP: 'operation not supported on socket', EAGAIN: 'resource temporarily unavailable',
};

// failure makes Node's error of a failed operation.
function failure({ failed, errno, syscall, path, dest }) {
  let message = `${failed}: ${MESSAGES[failed] || 'unknown error'}, ${syscall}`;
  if (path !== undefined) message += ` '${path}'`;
  if (dest !== undefined) message += ` -> '${dest}'`;
  const error = new Error(message);
  error.errno = errno;
  error.code = failed;
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

function isFailure(result) {
  return typeof result === 'object' && result !== null && typeof result.failed === 'string';
}

// sync runs an operation and gives its result or throws.
exports.sync = (operation, ...args) => {
  const result = native.fs(operation, ...args);
  if (isFailure(result)) throw failure(result);
  return result;
};

// run starts an operation; callback(error, result).
exports.run = (callback, operation, ...args) => {
  native.fsAsync((result) => {
    if (isFailure(result)) callback(failure(result));
    else callback(null, result);
  }, operation, ...args);
};

// promise runs an operation and gives a promise of its result.
exports.promise = (operation, ...args) => new Promise((resolve, reject) => {
  native.fsAsync((result) => {
    if (isFailure(result)) reject(failure(result));
    else resolve(result);
  }, operation, ...args);
});

exports.failure = failure;

const buffers = () => require('buffer').Buffer;

// asBuffer makes a Buffer of bytes that Go made.
exports.asBuffer = (bytes) => buffers().from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

// path gives the text of a path argument.
exports.path = (value, name = 'path') => {
  let text = value;
  if (typeof value !== 'string') {
    if (value instanceof Uint8Array) text = buffers().from(value).toString();
    else if (value !== null && typeof value === 'object' && typeof value.href === 'string' && typeof value.protocol === 'string') text = fromURL(value);
    else throw invalidArgType(name, ['string', 'Buffer', 'URL'], value);
  }
  if (text.includes('\u0000')) throw invalidArgValue(name, value, 'must be a string, Uint8Array, or URL without null bytes');
  return text;
};

function fromURL(url) {
  if (url.protocol !== 'file:') throw codeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (url.hostname !== '') throw codeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(url.pathname)) throw codeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  const path = decodeURIComponent(url.pathname);
  return /^\/[a-zA-Z]:/.test(path) ? path.slice(1) : path;
}

const FLAGS = {
  'r': 0, 'rs': 1052672, 'sr': 1052672, 'r+': 2, 'rs+': 1052674, 'sr+': 1052674,
  'w': 577, 'wx': 705, 'xw': 705, 'w+': 578, 'wx+': 706, 'xw+': 706,
  'a': 1089, 'ax': 1217, 'xa': 1217, 'as': 1053761, 'sa': 1053761,
  'a+': 1090, 'ax+': 1218, 'xa+': 1218, 'as+': 1053762, 'sa+': 1053762,
};

exports.flags = (flags, name = 'flags') => {
  if (typeof flags === 'number') {
    errors.validateInteger(flags, name, -(2 ** 31), 2 ** 31 - 1);
    return flags;
  }
  if (flags === undefined || flags === null) return 0;
  const value = FLAGS[flags];
  if (value === undefined) throw invalidArgValue(name, flags);
  return value;
};

exports.mode = (value, name, byDefault) => {
  if (value === undefined || value === null) value = byDefault;
  if (typeof value === 'string') {
    if (!/^[0-7]+$/.test(value)) throw invalidArgValue(name, value, 'must be a 32-bit unsigned integer or an octal string');
    value = parseInt(value, 8);
  }
  if (typeof value !== 'number') throw invalidArgType(name, 'number', value);
  errors.validateInteger(value, name, 0, 2 ** 32 - 1);
  return value;
};

exports.fd = (value, name = 'fd') => {
  if (typeof value !== 'number') throw invalidArgType(name, 'number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < 0 || value > 2 ** 31 - 1) throw outOfRange(name, '>= 0 && <= 2147483647', value);
  return value;
};

// options gives the options object of an argument that may be an encoding.
exports.options = (options, defaults = {}) => {
  if (options === null || options === undefined || typeof options === 'function') return defaults;
  let given = options;
  if (typeof options === 'string') given = { encoding: options };
  else if (typeof options !== 'object') throw invalidArgType('options', ['string', 'Object'], options);
  checkEncoding(given.encoding);
  if (given.signal !== undefined) errors.validateAbortSignal(given.signal, 'options.signal');
  return { ...defaults, ...given };
};

function checkEncoding(encoding) {
  if (encoding && encoding !== 'buffer' && !buffers().isEncoding(encoding)) {
    throw invalidArgValue('encoding', encoding, 'is invalid encoding');
  }
}

exports.checkEncoding = checkEncoding;

// encoded gives a name of a file in the encoding that was asked for.
exports.encoded = (text, encoding) => {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return text;
  const bytes = buffers().from(text);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
};

// callback gives the function among the arguments' last, and throws if there is none.
exports.callback = (value) => {
  validateFunction(value, 'cb');
  return value;
};

// bytes gives the bytes of data that is written.
exports.bytes = (data, encoding, name = 'data') => {
  if (typeof data === 'string') return buffers().from(data, encoding || 'utf8');
  if (ArrayBuffer.isView(data)) {
    return data instanceof Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  throw invalidArgType(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
};

// time gives seconds of a time argument.
exports.time = (value, name) => {
  if (typeof value === 'string' && +value == value) return +value; // eslint-disable-line eqeqeq
  if (Number.isFinite(value)) return value < 0 ? Date.now() / 1000 : value;
  if (value instanceof Date) return value.getTime() / 1000;
  throw invalidArgType(name, ['Date', 'Time in seconds'], value);
};

exports.aborted = (signal) => new errors.AbortError(undefined, { cause: signal.reason });
