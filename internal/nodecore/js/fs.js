'use strict';
// The fs module. What is one operation of Go's file system comes from
// internal/fs/operations, what walks through folders from internal/fs/tree.

const base = require('internal/fs/base');
const operations = require('internal/fs/operations');
const tree = require('internal/fs/tree');
const constants = require('internal/fs/constants');
const { Stats, Dirent } = require('internal/fs/stats');
const errors = require('internal/errors');

const fs = exports;
const custom = Symbol.for('nodejs.util.promisify.custom');

// define sets a function with the name and length that Node's has.
function define(name, length, fn) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  fs[name] = fn;
}

// split takes the callback off the end of the arguments; most is how many there
// may be at all, the callback being the last.
function split(args, most = Infinity) {
  let last = args.length - 1;
  while (last > 0 && args[last] === undefined) last--;
  if (typeof args[last] !== 'function') base.callback(args.length < most ? undefined : args[most - 1]);
  return [args.slice(0, Math.max(last, 0)), args[last]];
}

// Numbers of declared parameters, which Node's functions show as length.
const LENGTHS = { fstat: 1, lstat: 1, stat: 1, statfs: 1, close: 1, ftruncate: 1 };

function both(name, prepare) {
  const length = LENGTHS[name] || prepare.length;
  define(`${name}Sync`, name === 'symlink' ? 3 : length, (...args) => {
    const { call, map } = prepare(...args);
    return map(base.sync(...call));
  });
  define(name, LENGTHS[name] || length + 1, (...args) => {
    const [rest, callback] = split(args, prepare.length + 1);
    start(prepare(...rest), callback);
  });
}

function start({ call, map }, callback) {
  base.run((error, result) => {
    if (error) {
      callback(error);
      return;
    }
    let value;
    try {
      value = map(result);
    } catch (failure) {
      callback(failure);
      return;
    }
    if (value === undefined) callback(null);
    else callback(null, value);
  }, ...call);
}

for (const [name, prepare] of Object.entries(operations.paths)) both(name, prepare);
for (const [name, prepare] of Object.entries(operations.descriptors)) both(name, prepare);
both('open', operations.open);

fs.close = function close(fd, callback = (error) => { if (error) throw error; }) {
  start(operations.descriptors.close(fd), base.callback(callback));
};

// throwIfNoEntry and signals are what the plain forms do not know.
for (const name of ['stat', 'lstat']) {
  const plain = fs[`${name}Sync`];
  define(`${name}Sync`, 1, (path, options) => {
    if (!options || options.throwIfNoEntry !== false) return plain(path, options);
    try {
      return plain(path, options);
    } catch (error) {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    }
  });
}
for (const name of ['readFile', 'writeFile']) {
  const plain = fs[name];
  define(name, plain.length, (...args) => {
    const [rest, callback] = split(args, plain.length);
    const options = rest[rest.length - 1];
    const signal = options && typeof options === 'object' && !ArrayBuffer.isView(options) ? options.signal : undefined;
    if (!signal) {
      plain(...rest, callback);
      return;
    }
    errors.validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) {
      process.nextTick(() => callback(base.aborted(signal)));
      return;
    }
    plain(...rest, (error, value) => callback(signal.aborted ? base.aborted(signal) : error, value));
  });
}

// What walks through folders.
function walking(name, length, prepare) {
  define(`${name}Sync`, length, (...args) => tree.driveSync(prepare(...args)));
  define(name, length + 1, (...args) => {
    const [rest, callback] = split(args);
    tree.drive(prepare(...rest)).then(
      (value) => process.nextTick(() => (value === undefined ? callback(null) : callback(null, value))),
      (error) => process.nextTick(() => callback(error)),
    );
  });
}
walking('readdir', 2, tree.readdir);
walking('rm', 2, tree.rm);
walking('rmdir', 2, tree.rmdir);
walking('cp', 3, tree.cp);
walking('opendir', 2, (path, options) => require('internal/fs/dir').open(path, options));

// mkdtemp's callback form takes (prefix, callback) and (prefix, options, callback),
// realpath has a .native twin that names another syscall.
const nativeRealpath = (path, options) => {
  const prepared = operations.paths.realpath(path, options);
  prepared.call[2] = 'realpath';
  return prepared;
};
fs.realpathSync.native = function native(path, options) {
  const { call, map } = nativeRealpath(path, options);
  return map(base.sync(...call));
};
fs.realpath.native = function native(...args) {
  const [rest, callback] = split(args);
  start(nativeRealpath(...rest), callback);
};

define('existsSync', 1, (path) => {
  try {
    base.sync('access', base.path(path), 0);
    return true;
  } catch {
    return false;
  }
});
define('exists', 2, (path, callback) => {
  base.callback(callback);
  let text;
  try {
    text = base.path(path);
  } catch {
    callback(false);
    return;
  }
  base.run((error) => callback(!error), 'access', text, 0);
});
Object.defineProperty(fs.exists, custom, { value: (path) => new Promise((resolve) => fs.exists(path, resolve)) });

// The standard streams are no files here: output goes where console's goes.
function standard(fd) {
  return fd === 1 ? process.stdout : fd === 2 ? process.stderr : undefined;
}

function writeSpan(fd, buffer, offsetOrOptions, count, position) {
  fd = base.fd(fd);
  if (ArrayBuffer.isView(buffer)) return { fd, ...operations.span(buffer, offsetOrOptions, count, position) };
  if (typeof buffer !== 'string') throw errors.invalidArgType('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
  // write(fd, string, position, encoding)
  return { fd, bytes: base.bytes(buffer, count), position: typeof offsetOrOptions === 'number' ? offsetOrOptions : -1 };
}

function readSpan(fd, buffer, offset, count, position) {
  fd = base.fd(fd);
  const span = operations.span(buffer, offset, count, position);
  if (span.bytes.byteLength === 0 && buffer.byteLength === 0) {
    throw errors.invalidArgValue('buffer', buffer, 'is empty and cannot be written');
  }
  return { fd, ...span };
}

define('writeSync', 5, (fd, buffer, offset, count, position) => {
  const span = writeSpan(fd, buffer, offset, count, position);
  const out = standard(span.fd);
  if (out) {
    out.write(require('buffer').Buffer.from(span.bytes));
    return span.bytes.byteLength;
  }
  return base.sync('write', span.fd, span.bytes, span.position);
});
define('write', 6, (fd, buffer, ...rest) => {
  const [[offset, count, position], callback] = split(rest);
  const span = writeSpan(fd, buffer, offset, count, position);
  const out = standard(span.fd);
  if (out) {
    out.write(require('buffer').Buffer.from(span.bytes), () => callback(null, span.bytes.byteLength, buffer));
    return;
  }
  base.run((error, written) => callback(error, written || 0, buffer), 'write', span.fd, span.bytes, span.position);
});
define('readSync', 5, (fd, buffer, offset, count, position) => {
  const span = readSpan(fd, buffer, offset, count, position);
  return span.fd === 0 ? 0 : base.sync('read', span.fd, span.bytes, span.position);
});
define('read', 6, (fd, ...args) => {
  const [rest, callback] = split(args);
  let [buffer, offset, count, position] = rest;
  if (!ArrayBuffer.isView(buffer)) {
    const options = buffer || {};
    ({ buffer = require('buffer').Buffer.alloc(16384), offset, length: count, position } = options);
  }
  const span = readSpan(fd, buffer, offset, count, position);
  if (span.fd === 0) {
    process.nextTick(() => callback(null, 0, buffer));
    return;
  }
  base.run((error, bytesRead) => callback(error, bytesRead || 0, buffer), 'read', span.fd, span.bytes, span.position);
});

function checkVectors(buffers) {
  if (!Array.isArray(buffers) || !buffers.every((b) => ArrayBuffer.isView(b))) throw errors.invalidArgType('buffers', 'ArrayBufferView[]', buffers);
}

function vectorSync(name, one) {
  define(name, 3, (fd, buffers, position) => {
    checkVectors(buffers);
    let at = typeof position === 'number' ? position : null;
    let sum = 0;
    for (const buffer of buffers) {
      const n = one(fd, buffer, 0, buffer.byteLength, at);
      sum += n;
      if (at !== null) at += n;
      if (n < buffer.byteLength) break;
    }
    return sum;
  });
}
vectorSync('writevSync', (...args) => fs.writeSync(...args));
vectorSync('readvSync', (...args) => fs.readSync(...args));

function vector(name, one) {
  define(name, 4, (fd, buffers, ...rest) => {
    const [[position], callback] = split(rest);
    checkVectors(buffers);
    let at = typeof position === 'number' ? position : null;
    let sum = 0;
    const next = (i) => {
      if (i === buffers.length) {
        process.nextTick(() => callback(null, sum, buffers));
        return;
      }
      one(fd, buffers[i], 0, buffers[i].byteLength, at, (error, n) => {
        sum += n || 0;
        if (error) callback(error, sum, buffers);
        else if (n < buffers[i].byteLength) callback(null, sum, buffers);
        else {
          if (at !== null) at += n;
          next(i + 1);
        }
      });
    };
    next(0);
  });
}
vector('writev', (...args) => fs.write(...args));
vector('readv', (...args) => fs.read(...args));

for (const [name, count, what] of [['read', 'bytesRead', 'buffer'], ['write', 'bytesWritten', 'buffer'], ['readv', 'bytesRead', 'buffers'], ['writev', 'bytesWritten', 'buffers']]) {
  const fn = fs[name];
  Object.defineProperty(fn, custom, {
    value: (...args) => new Promise((resolve, reject) => {
      fn(...args, (error, n, value) => (error ? reject(error) : resolve({ [count]: n, [what]: value })));
    }),
  });
}

function noWatch(name) {
  return () => {
    throw errors.refused(`fs.${name}`, 'the files of a function do not change while it runs');
  };
}
define('watch', 3, noWatch('watch'));
define('watchFile', 3, noWatch('watchFile'));
define('unwatchFile', 2, () => {});

define('createReadStream', 2, (path, options) => new fs.ReadStream(path, options));
define('createWriteStream', 2, (path, options) => new fs.WriteStream(path, options));
define('openAsBlob', 1, async (path, options = {}) => {
  errors.validateObject(options, 'options');
  return new Blob([await base.promise('readFile', base.path(path), 0)], { type: options.type || '' });
});
fs._toUnixTimestamp = function toUnixTimestamp(time, name = 'time') {
  return base.time(time, name);
};

fs.lchmod = undefined;
fs.lchmodSync = undefined;
fs.Dirent = Dirent;
fs.Stats = Stats;

// lazy members load their piece when they are first read.
function lazy(name, get, enumerable = true) {
  let value;
  let loaded = false;
  Object.defineProperty(fs, name, {
    enumerable,
    configurable: true,
    get() {
      if (!loaded) {
        value = get();
        loaded = true;
      }
      return value;
    },
    set(replacement) {
      value = replacement;
      loaded = true;
    },
  });
}
lazy('ReadStream', () => require('internal/fs/streams').ReadStream);
lazy('WriteStream', () => require('internal/fs/streams').WriteStream);
lazy('FileReadStream', () => require('internal/fs/streams').ReadStream);
lazy('FileWriteStream', () => require('internal/fs/streams').WriteStream);
lazy('Dir', () => require('internal/fs/dir').Dir);
lazy('promises', () => require('fs/promises'));

for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK']) {
  Object.defineProperty(fs, name, { value: constants[name], enumerable: true });
}
Object.defineProperty(fs, 'constants', { value: constants, enumerable: true });
