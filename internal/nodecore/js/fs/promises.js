'use strict';
// The fs/promises module.

const base = require('internal/fs/base');
const operations = require('internal/fs/operations');
const tree = require('internal/fs/tree');
const errors = require('internal/errors');

function define(name, fn) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  exports[name] = fn;
}

async function run({ call, map }) {
  return map(await base.promise(...call));
}

// fdOf gives the descriptor of a FileHandle, undefined for anything else.
function fdOf(value) {
  return value !== null && typeof value === 'object' && typeof value.getAsyncId === 'function' ? value.fd : undefined;
}

for (const name of ['access', 'copyFile']) define(name, async (...args) => run(operations.paths[name](...args)));
define('cp', async (...args) => tree.drive(tree.cp(...args)));
define('open', async (path, flags, mode) => {
  const { FileHandle } = require('internal/fs/handle');
  return new FileHandle(await run(operations.open(path, flags, mode)));
});
define('opendir', async (path, options) => tree.drive(require('internal/fs/dir').open(path, options)));
for (const name of ['rename', 'truncate']) define(name, async (...args) => run(operations.paths[name](...args)));
define('rm', async (path, options) => tree.drive(tree.rm(path, options)));
define('rmdir', async (path, options) => tree.drive(tree.rmdir(path, options)));
define('mkdir', async (...args) => run(operations.paths.mkdir(...args)));
define('readdir', async (path, options) => tree.drive(tree.readdir(path, options)));
for (const name of ['readlink', 'symlink', 'lstat', 'stat', 'statfs', 'link', 'unlink', 'chmod']) {
  define(name, async (...args) => run(operations.paths[name](...args)));
}
define('lchmod', async () => {
  throw errors.codeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The lchmod() method is not implemented');
});
for (const name of ['lchown', 'chown', 'utimes', 'lutimes', 'realpath', 'mkdtemp']) {
  define(name, async (...args) => run(operations.paths[name](...args)));
}

// target gives what a path argument means; numbers are no file descriptors here.
function target(value) {
  const fd = fdOf(value);
  return fd === undefined ? base.path(value) : fd;
}

// gather collects what writeFile accepts beside text and bytes: streams and
// other iterables.
async function gather(data, encoding) {
  const chunks = [];
  for await (const chunk of data) chunks.push(base.bytes(chunk, encoding, 'data'));
  return require('buffer').Buffer.concat(chunks);
}

function iterable(data) {
  return data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
}

function write(name) {
  return async (path, data, options) => {
    const { encoding, signal } = base.options(options, { encoding: 'utf8' });
    if (signal && signal.aborted) throw base.aborted(signal);
    if (iterable(data)) data = await gather(data, encoding);
    const result = await run(operations.paths[name](target(path), data, options));
    if (signal && signal.aborted) throw base.aborted(signal);
    return result;
  };
}
define('writeFile', write('writeFile'));
define('appendFile', write('appendFile'));
define('readFile', async (path, options) => {
  const { signal } = base.options(options);
  if (signal && signal.aborted) throw base.aborted(signal);
  const result = await run(operations.paths.readFile(target(path), options));
  if (signal && signal.aborted) throw base.aborted(signal);
  return result;
});
define('watch', () => {
  throw errors.refused('fs.watch', 'the files of a function do not change while it runs');
});
exports.constants = require('internal/fs/constants');
