'use strict';
// fs.Dir, an open folder. Its entries are read when it is opened.

const { codeError, invalidArgType, validateFunction } = require('internal/errors');

class Dir {
  #path;
  #entries;
  #closed = false;

  constructor(entries, path) {
    this.#entries = entries;
    this.#path = path;
  }

  get path() {
    return this.#path;
  }

  #check() {
    if (this.#closed) throw codeError(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed');
  }

  readSync() {
    this.#check();
    return this.#entries.length > 0 ? this.#entries.shift() : null;
  }

  read(callback) {
    if (callback === undefined) {
      return this.#closed ? Promise.reject(codeError(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed')) : Promise.resolve(this.readSync());
    }
    validateFunction(callback, 'callback');
    this.#check();
    const entry = this.readSync();
    process.nextTick(() => callback(null, entry));
    return undefined;
  }

  closeSync() {
    this.#check();
    this.#closed = true;
  }

  close(callback) {
    if (callback === undefined) {
      if (this.#closed) return Promise.reject(codeError(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed'));
      this.#closed = true;
      return Promise.resolve();
    }
    validateFunction(callback, 'callback');
    if (this.#closed) {
      process.nextTick(() => callback(codeError(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed')));
    } else {
      this.#closed = true;
      process.nextTick(() => callback(null));
    }
    return undefined;
  }

  async* entries() {
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) break;
        yield entry;
      }
    } finally {
      if (!this.#closed) this.closeSync();
    }
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Dir.prototype.entries, enumerable: false, writable: true, configurable: true,
});

Object.defineProperty(Dir, 'length', { value: 3, configurable: true });

exports.Dir = Dir;

exports.open = function(path, options) {
  const tree = require('internal/fs/tree');
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'string') throw invalidArgType('options', ['string', 'Object'], options);
  const settings = typeof options === 'string' ? { encoding: options } : options || {};
  const entries = tree.readdir(path, { encoding: settings.encoding, recursive: settings.recursive, withFileTypes: true });
  return (function* () {
    try {
      return new Dir(yield* entries, require('internal/fs/base').path(path));
    } catch (error) {
      if (error.syscall === 'scandir') {
        throw require('internal/fs/base').failure({ failed: error.code, errno: error.errno, syscall: 'opendir', path: error.path });
      }
      throw error;
    }
  })();
};
