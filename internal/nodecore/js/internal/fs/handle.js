'use strict';
// FileHandle, what fs.promises.open gives.

const EventEmitter = require('events');
const base = require('internal/fs/base');
const operations = require('internal/fs/operations');
const { codeError } = require('internal/errors');

const numbers = { last: 0 };

class FileHandle extends EventEmitter {
  #fd;
  #id = ++numbers.last;
  #closing = null;

  constructor(fd) {
    super();
    this.#fd = fd;
  }

  get fd() {
    return this.#fd;
  }

  getAsyncId() {
    return this.#id;
  }

  async #do(prepare, syscall) {
    if (this.#fd === -1) {
      const error = codeError(Error, 'EBADF', 'file closed');
      error.syscall = syscall;
      throw error;
    }
    const { call, map } = prepare(this.#fd);
    return map(await base.promise(...call));
  }

  appendFile(data, options) {
    return require('fs/promises').appendFile(this, data, options);
  }

  chmod(mode) {
    return this.#do((fd) => operations.descriptors.fchmod(fd, mode), 'fchmod');
  }

  chown(uid, gid) {
    return this.#do((fd) => operations.descriptors.fchown(fd, uid, gid), 'fchown');
  }

  datasync() {
    return this.#do((fd) => operations.descriptors.fdatasync(fd), 'fdatasync');
  }

  sync() {
    return this.#do((fd) => operations.descriptors.fsync(fd), 'fsync');
  }

  async read(buffer, offset, length, position) {
    if (!ArrayBuffer.isView(buffer)) {
      ({ buffer = require('buffer').Buffer.alloc(16384), offset, length, position } = buffer || {});
    }
    const span = operations.span(buffer, offset, length, position);
    const bytesRead = await this.#do((fd) => ({ call: ['read', fd, span.bytes, span.position], map: (n) => n }), 'read');
    return { bytesRead, buffer };
  }

  async readv(buffers, position) {
    let bytesRead = 0;
    for (const buffer of buffers) {
      const at = typeof position === 'number' ? position + bytesRead : null;
      const { bytesRead: n } = await this.read(buffer, 0, buffer.byteLength, at);
      bytesRead += n;
      if (n < buffer.byteLength) break;
    }
    return { bytesRead, buffers };
  }

  readFile(options) {
    return require('fs/promises').readFile(this, options);
  }

  readLines(options = undefined) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  stat(options) {
    return this.#do((fd) => operations.descriptors.fstat(fd, options), 'fstat');
  }

  truncate(length = 0) {
    return this.#do((fd) => operations.descriptors.ftruncate(fd, length), 'ftruncate');
  }

  utimes(atime, mtime) {
    return this.#do((fd) => operations.descriptors.futimes(fd, atime, mtime), 'futimes');
  }

  async write(buffer, offset, length, position) {
    const span = ArrayBuffer.isView(buffer) ? operations.span(buffer, offset, length, position) :
      { bytes: base.bytes(buffer, length, 'buffer'), position: typeof offset === 'number' ? offset : -1 };
    const bytesWritten = await this.#do((fd) => ({ call: ['write', fd, span.bytes, span.position], map: (n) => n }), 'write');
    return { bytesWritten, buffer };
  }

  async writev(buffers, position) {
    let bytesWritten = 0;
    for (const buffer of buffers) {
      const at = typeof position === 'number' ? position + bytesWritten : null;
      bytesWritten += (await this.write(buffer, 0, buffer.byteLength, at)).bytesWritten;
    }
    return { bytesWritten, buffers };
  }

  writeFile(data, options) {
    return require('fs/promises').writeFile(this, data, options);
  }

  close() {
    if (this.#fd === -1) return Promise.resolve();
    if (!this.#closing) {
      this.#closing = (async () => {
        const fd = this.#fd;
        this.#fd = -1;
        await base.promise('close', fd);
        this.emit('close');
      })();
    }
    return this.#closing;
  }

  readableWebStream() {
    return require('stream').Readable.toWeb(this.createReadStream({ autoClose: false }));
  }

  createReadStream(options = undefined) {
    const { ReadStream } = require('internal/fs/streams');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('internal/fs/streams');
    return new WriteStream(undefined, { ...options, fd: this });
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}

exports.FileHandle = FileHandle;
