'use strict';
// The operations that are one call of Go's file system. Each checks its
// arguments and gives {call: [operation, ...], map: result → value}; fs makes a
// Sync and a callback form of it, fs/promises a third.

const base = require('internal/fs/base');
const stats = require('internal/fs/stats');
const { codeError, invalidArgType, validateBoolean, validateInteger } = require('internal/errors');

const nothing = () => undefined;
const id = (value, name) => {
  validateInteger(value, name, -1, 2 ** 32 - 1);
  return value;
};
const length = (value) => {
  if (value === undefined || value === null) return 0;
  validateInteger(value, 'len');
  return Math.max(0, value);
};

function statOptions(options) {
  return options !== null && typeof options === 'object' ? options : {};
}

// checkAccess words its error as Node's getValidMode does.
function checkAccess(mode) {
  if (typeof mode === 'number' && Number.isInteger(mode) && (mode < 0 || mode > 7)) {
    throw codeError(RangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range: >= 0 && <= 7');
  }
  validateInteger(mode, 'mode');
}

function access(path, mode) {
  if (mode === undefined || mode === null || typeof mode === 'function') mode = 0;
  checkAccess(mode);
  return { call: ['access', base.path(path), mode], map: nothing };
}

function copyFile(src, dest, mode) {
  src = base.path(src, 'src');
  dest = base.path(dest, 'dest');
  if (mode === undefined || mode === null || typeof mode === 'function') mode = 0;
  checkAccess(mode);
  return { call: ['copyFile', src, dest, mode], map: nothing };
}

function stat(operation) {
  return (path, options) => ({
    call: [operation, base.path(path)],
    map: (list) => stats.make(list, statOptions(options).bigint === true),
  });
}

function mkdir(path, options) {
  path = base.path(path);
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = base.mode(options, 'mode');
  } else if (options !== null && typeof options === 'object') {
    if (options.recursive !== undefined) {
      validateBoolean(options.recursive, 'options.recursive');
      recursive = options.recursive;
    }
    if (options.mode !== undefined) mode = base.mode(options.mode, 'mode');
  }
  return { call: ['mkdir', path, mode, recursive], map: (first) => first };
}

function mkdtemp(prefix, options) {
  const { encoding } = base.options(options);
  return { call: ['mkdtemp', base.path(prefix, 'prefix')], map: (path) => base.encoded(path, encoding) };
}

function realpath(path, options) {
  const { encoding } = base.options(options);
  return { call: ['realpath', base.path(path), 'lstat'], map: (found) => base.encoded(found, encoding) };
}

function readlink(path, options) {
  const { encoding } = base.options(options);
  return { call: ['readlink', base.path(path, 'oldPath')], map: (target) => base.encoded(target, encoding) };
}

function symlink(target, path, type) {
  if (type !== undefined && type !== null && typeof type !== 'function' && !['dir', 'file', 'junction'].includes(type)) {
    throw codeError(Error, 'ERR_FS_INVALID_SYMLINK_TYPE', `Symlink type must be one of "dir", "file", or "junction". Received "${type}"`);
  }
  return { call: ['symlink', base.path(target, 'target'), base.path(path)], map: nothing };
}

function open(path, flags, mode) {
  if (typeof flags === 'function') flags = undefined;
  if (typeof mode === 'function') mode = undefined;
  return { call: ['open', base.path(path), base.flags(flags), base.mode(mode, 'mode', 0o666)], map: (fd) => fd };
}

// isFd says whether Node takes a path for an open file; other numbers are wrong
// paths.
const isFd = (path) => typeof path === 'number' && path === (path | 0);

function readFile(path, options) {
  const { encoding, flag } = base.options(options, { flag: 'r' });
  const target = isFd(path) ? base.fd(path) : base.path(path);
  return {
    call: ['readFile', target, base.flags(flag)],
    map: (bytes) => {
      const buffer = base.asBuffer(bytes);
      return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
    },
  };
}

function writes(defaultFlag) {
  return (path, data, options) => {
    const { encoding, flag, mode, flush } = base.options(options, { encoding: 'utf8', mode: 0o666, flag: defaultFlag });
    if (flush !== undefined && flush !== null) validateBoolean(flush, 'options.flush');
    const target = isFd(path) ? base.fd(path) : path;
    const bytes = base.bytes(data, encoding);
    return {
      call: ['writeFile', isFd(target) ? target : base.path(target), bytes, base.flags(flag), base.mode(mode, 'mode', 0o666), flush === true],
      map: nothing,
    };
  };
}

function times(operation, name) {
  return (target, atime, mtime) => ({
    call: [operation, name === 'fd' ? base.fd(target) : base.path(target), base.time(atime, 'time'), base.time(mtime, 'time')],
    map: nothing,
  });
}

function chown(operation) {
  return (path, uid, gid) => ({ call: [operation, base.path(path), id(uid, 'uid'), id(gid, 'gid'), operation], map: nothing });
}

// In these, path is a path or a URL.
exports.paths = {
  access,
  chmod: (path, mode) => ({ call: ['chmod', base.path(path), base.mode(mode, 'mode')], map: nothing }),
  chown: chown('chown'),
  lchown: chown('lchown'),
  copyFile,
  link: (existing, fresh) => ({ call: ['link', base.path(existing, 'existingPath'), base.path(fresh, 'newPath')], map: nothing }),
  lstat: stat('lstat'),
  stat: stat('stat'),
  statfs: (path, options) => ({ call: ['statfs', base.path(path)], map: (list) => new stats.StatFs(list, statOptions(options).bigint === true) }),
  mkdir,
  mkdtemp,
  readlink,
  realpath,
  rename: (from, to) => ({ call: ['rename', base.path(from, 'oldPath'), base.path(to, 'newPath')], map: nothing }),
  symlink,
  truncate: (path, len) => ({ call: ['truncate', base.path(path), length(typeof len === 'function' ? 0 : len)], map: nothing }),
  unlink: (path) => ({ call: ['unlink', base.path(path)], map: nothing }),
  utimes: times('utimes', 'path'),
  lutimes: times('lutimes', 'path'),
  readFile,
  writeFile: writes('w'),
  appendFile: writes('a'),
};

// In these, the first argument is a file descriptor.
exports.descriptors = {
  close: (fd) => ({ call: ['close', base.fd(fd)], map: nothing }),
  fchmod: (fd, mode) => ({ call: ['fchmod', base.fd(fd), base.mode(mode, 'mode')], map: nothing }),
  fchown: (fd, uid, gid) => ({ call: ['fchown', base.fd(fd), id(uid, 'uid'), id(gid, 'gid')], map: nothing }),
  fdatasync: (fd) => ({ call: ['fsync', base.fd(fd), 'fdatasync'], map: nothing }),
  fsync: (fd) => ({ call: ['fsync', base.fd(fd), 'fsync'], map: nothing }),
  fstat: (fd, options) => ({ call: ['fstat', base.fd(fd)], map: (list) => stats.make(list, statOptions(options).bigint === true) }),
  ftruncate: (fd, len) => ({ call: ['ftruncate', base.fd(fd), length(typeof len === 'function' ? 0 : len)], map: nothing }),
  futimes: times('futimes', 'fd'),
};

exports.open = open;

// span gives the part of a buffer that read and write mean: fs.read(fd, buffer,
// offset, length, position) or fs.read(fd, buffer, {offset, length, position}).
exports.span = (buffer, offset, count, position, name = 'buffer') => {
  if (!ArrayBuffer.isView(buffer)) throw invalidArgType(name, ['Buffer', 'TypedArray', 'DataView'], buffer);
  if (offset !== null && typeof offset === 'object') ({ offset, length: count, position } = offset);
  if (offset === undefined || offset === null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (count === undefined || count === null) count = buffer.byteLength - offset;
  validateInteger(count, 'length');
  if (count < 0) throw require('internal/errors').outOfRange('length', '>= 0', count);
  if (count > buffer.byteLength - offset) throw require('internal/errors').outOfRange('length', `<= ${buffer.byteLength - offset}`, count);
  if (typeof position === 'bigint') position = Number(position);
  if (typeof position !== 'number') position = -1;
  return { bytes: new Uint8Array(buffer.buffer, buffer.byteOffset + offset, count), position };
};
