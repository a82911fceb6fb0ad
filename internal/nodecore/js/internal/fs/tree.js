'use strict';
// What walks through folders: readdir, rm, rmdir, cp, opendir. Each is written
// once over an accessor, sync or promise, with a tiny driver for both.

const base = require('internal/fs/base');
const { Dirent } = require('internal/fs/stats');
const { codeError, validateBoolean, validateFunction, validateObject } = require('internal/errors');

// drive runs a generator that yields [operation, ...args]; sync or as a promise.
exports.driveSync = (generator) => {
  let step = generator.next();
  while (!step.done) {
    let result;
    try {
      result = typeof step.value === 'function' ? step.value() : base.sync(...step.value);
    } catch (error) {
      step = generator.throw(error);
      continue;
    }
    step = generator.next(result);
  }
  return step.value;
};

exports.drive = async (generator) => {
  let step = generator.next();
  while (!step.done) {
    let result;
    try {
      result = await (typeof step.value === 'function' ? step.value() : base.promise(...step.value));
    } catch (error) {
      step = generator.throw(error);
      continue;
    }
    step = generator.next(result);
  }
  return step.value;
};

function join(folder, name) {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

function* list(top, folder, prefix, settings, out) {
  const pairs = yield ['readdir', folder, 'scandir'];
  const deeper = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i];
    if (settings.withFileTypes) {
      out.push(new Dirent(base.encoded(name, settings.encoding), pairs[i + 1], settings.shown(folder)));
    } else {
      out.push(base.encoded(prefix + name, settings.encoding));
    }
    if (settings.recursive && pairs[i + 1] === 2) deeper.push(name);
  }
  for (const name of deeper) yield* list(top, join(folder, name), `${prefix}${name}/`, settings, out);
}

exports.readdir = function(path, options) {
  const settings = base.options(options);
  if (settings.recursive !== undefined && settings.recursive !== null) validateBoolean(settings.recursive, 'options.recursive');
  const folder = base.path(path);
  settings.shown = (at) => (at === folder ? folder : at);
  return (function* () {
    const out = [];
    yield* list(folder, folder, '', settings, out);
    return out;
  })();
};

const KIND = 61440;
const FOLDER = 16384;
const LINK = 40960;

function systemError(code, message, info) {
  const error = codeError(Error, code, `${message}: ${info.syscall} returned ${info.code} (${info.message}) ${info.path}`);
  Object.defineProperty(error, 'name', { value: 'SystemError', writable: true, configurable: true });
  Object.defineProperty(error, 'stack', { value: `SystemError [${code}]: ${error.message}`, writable: true, configurable: true });
  error.info = info;
  for (const name of ['errno', 'syscall', 'path']) error[name] = info[name];
  return error;
}

function isFolder(stat) {
  return (stat[1] & KIND) === FOLDER;
}

exports.rm = function(path, options) {
  const target = base.path(path);
  if (options !== undefined && options !== null) validateObject(options, 'options');
  const { force = false, recursive = false } = options || {};
  validateBoolean(recursive, 'options.recursive');
  validateBoolean(force, 'options.force');
  return (function* () {
    let stat;
    try {
      stat = yield ['lstat', target];
    } catch (error) {
      if (force && error.code === 'ENOENT') return;
      throw error;
    }
    if (isFolder(stat) && !recursive) {
      throw systemError('ERR_FS_EISDIR', 'Path is a directory', { code: 'EISDIR', message: 'is a directory', path: target, syscall: 'rm', errno: 21 });
    }
    yield ['rm', target];
  })();
};

exports.rmdir = function(path, options) {
  if (options !== undefined && options !== null && typeof options !== 'function') validateObject(options, 'options');
  const recursive = Boolean(options && options.recursive);
  const target = base.path(path);
  return (function* () {
    if (!recursive) {
      yield ['rmdir', target];
      return;
    }
    const stat = yield ['lstat', target];
    if (!isFolder(stat)) throw base.failure({ failed: 'ENOTDIR', errno: -20, syscall: 'rmdir', path: target });
    yield ['rm', target];
  })();
};

const CP = { dereference: false, errorOnExist: false, force: true, preserveTimestamps: false, recursive: false, verbatimSymlinks: false };

exports.cp = function(src, dest, options) {
  if (options !== undefined && options !== null && typeof options !== 'function') validateObject(options, 'options');
  const settings = { ...CP, filter: undefined, mode: 0, ...(typeof options === 'object' ? options : {}) };
  for (const name of Object.keys(CP)) validateBoolean(settings[name], `options.${name}`);
  if (settings.filter !== undefined) validateFunction(settings.filter, 'options.filter');
  src = base.path(src, 'src');
  dest = base.path(dest, 'dest');
  return (function* () {
    yield* copy(src, dest, settings, true);
  })();
};

function* look(operation, path) {
  try {
    return yield [operation, path];
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parent(path) {
  const at = path.replace(/\/+$/, '').lastIndexOf('/');
  return at > 0 ? path.slice(0, at) : at === 0 ? '/' : '.';
}

function* copy(src, dest, settings, top) {
  if (settings.filter && !(yield () => settings.filter(src, dest))) return;
  const from = yield [settings.dereference ? 'stat' : 'lstat', src];
  const to = yield* look(settings.dereference ? 'stat' : 'lstat', dest);
  const refuse = (code, message, why, path, short, errno) => {
    throw systemError(code, message, { message: why, path, syscall: 'cp', errno, code: short });
  };
  if (isFolder(from)) {
    if (top && !settings.recursive) {
      refuse('ERR_FS_EISDIR', 'Path is a directory', `${src} is a directory (not copied)`, src, 'EISDIR', 22);
    }
    if (to && !isFolder(to)) refuse('ERR_FS_CP_DIR_TO_NON_DIR', 'Cannot overwrite non-directory with directory', `cannot overwrite non-directory ${dest} with directory ${src}`, dest, 'EISDIR', 21);
    if (`${dest}/`.startsWith(`${src}/`)) {
      refuse('ERR_FS_CP_EINVAL', 'Invalid src or dest', dest === src ? 'src and dest cannot be the same' : `cannot copy ${src} to a subdirectory of self ${dest}`, dest, 'EINVAL', 22);
    }
    if (!to) yield ['mkdir', dest, from[1] & 0o777, true];
    const pairs = yield ['readdir', src, 'scandir'];
    for (let i = 0; i < pairs.length; i += 2) yield* copy(join(src, pairs[i]), join(dest, pairs[i]), settings, false);
    return;
  }
  if (to && isFolder(to)) refuse('ERR_FS_CP_NON_DIR_TO_DIR', 'Cannot overwrite directory with non-directory', `cannot overwrite directory ${dest} with non-directory ${src}`, dest, 'ENOTDIR', 20);
  if (src === dest) refuse('ERR_FS_CP_EINVAL', 'Invalid src or dest', 'src and dest cannot be the same', dest, 'EINVAL', 22);
  if (to && !settings.force) {
    if (settings.errorOnExist) refuse('ERR_FS_CP_EEXIST', 'Target already exists', `${dest} already exists`, dest, 'EEXIST', 17);
    return;
  }
  if (top && !to) yield ['mkdir', parent(dest), 0o777, true];
  if ((from[1] & KIND) === LINK) {
    const target = yield ['readlink', src];
    if (to) yield ['unlink', dest];
    yield ['symlink', target.startsWith('/') || settings.verbatimSymlinks ? target : join(parent(src), target), dest];
    return;
  }
  yield ['copyFile', src, dest, settings.mode];
  if (settings.preserveTimestamps) yield ['utimes', dest, from[10] + from[11] / 1e9, from[12] + from[13] / 1e9];
}
