'use strict';
// fs.ReadStream and fs.WriteStream.

const { Readable, Writable, finished } = require('stream');
const { Buffer } = require('buffer');
const base = require('internal/fs/base');
const { invalidArgType, outOfRange, validateBoolean, validateFunction, validateInteger } = require('internal/errors');

// Where a stream's calls go: the options' fs, a FileHandle, or this fs.
function plumbing(options) {
  return options.fs || require('fs');
}

function adoptHandle(stream, handle) {
  stream._handle = handle;
  const fd = handle.fd;
  const promised = (promise, callback, ...values) => promise.then((result) => callback(null, ...values.map((pick) => pick(result))), callback);
  stream._fs = {
    open: null,
    read: (_, buffer, offset, length, position, callback) => promised(handle.read(buffer, offset, length, position), callback, (r) => r.bytesRead, (r) => r.buffer),
    write: (_, buffer, offset, length, position, callback) => promised(handle.write(buffer, offset, length, position), callback, (r) => r.bytesWritten, (r) => r.buffer),
    close: (_, callback) => promised(handle.close(), callback),
    fsync: (_, callback) => promised(handle.sync(), callback),
  };
  handle.on('close', () => { if (!stream.destroyed) stream.destroy(); });
  return fd;
}

function setUp(stream, path, options) {
  if (options.fd === undefined || options.fd === null) {
    stream.fd = null;
    stream._fs = plumbing(options);
    stream.path = base.path(path);
    stream.flags = options.flags === undefined ? (stream instanceof Readable ? 'r' : 'w') : options.flags;
    stream.mode = options.mode === undefined ? 0o666 : options.mode;
  } else if (typeof options.fd === 'number') {
    stream._fs = plumbing(options);
    stream.fd = base.fd(options.fd);
  } else if (typeof options.fd === 'object' && typeof options.fd.readFile === 'function') {
    stream.fd = adoptHandle(stream, options.fd);
  } else {
    throw invalidArgType('options.fd', ['number', 'FileHandle'], options.fd);
  }
  Object.defineProperty(stream, '_fs', { enumerable: false });
  stream._closes = options.autoClose === undefined ? true : Boolean(options.autoClose);
  Object.defineProperty(stream, '_closes', { enumerable: false });
  if (stream._handle) Object.defineProperty(stream, '_handle', { enumerable: false });
}

function settings(options) {
  return base.options(options);
}

function construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
    return;
  }
  if (this.open !== ReadStream.prototype.open && this.open !== WriteStream.prototype.open) {
    // Old packages (graceful-fs) replace open and emit 'open' themselves.
    const emit = this.emit;
    this.emit = (...args) => {
      if (args[0] === 'open') {
        this.emit = emit;
        callback();
        emit.apply(this, args);
      } else if (args[0] === 'error') {
        this.emit = emit;
        callback(args[1]);
      } else {
        emit.apply(this, args);
      }
    };
    this.open();
    return;
  }
  this._fs.open(this.path, this.flags, this.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    this.fd = fd;
    callback();
    this.emit('open', this.fd);
    this.emit('ready');
  });
}

function close(stream, error, callback) {
  const done = (closeError) => callback(closeError || error);
  const fd = stream.fd;
  stream.fd = null;
  stream._fs.close(fd, done);
}

function destroy(error, callback) {
  // A read or write under way must end before its descriptor is closed.
  const end = () => {
    if (typeof this.fd === 'number' && this._closes !== false) close(this, error, callback);
    else callback(error);
  };
  if (this._busy) this._whenIdle = end;
  else end();
}

function busy(stream, callback) {
  stream._busy = true;
  return (...args) => {
    stream._busy = false;
    if (stream._whenIdle) {
      stream._whenIdle();
      return;
    }
    callback(...args);
  };
}

function hide(stream) {
  Object.defineProperty(stream, '_busy', { value: false, writable: true, enumerable: false });
  Object.defineProperty(stream, '_whenIdle', { value: null, writable: true, enumerable: false });
}

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = { ...settings(options) };
  if (options.highWaterMark === undefined) options.highWaterMark = 64 * 1024;
  if (options.autoDestroy === undefined) options.autoDestroy = false;
  hide(this);
  setUp(this, path, options);
  this.start = options.start;
  this.end = options.end === undefined ? Infinity : options.end;
  this.pos = undefined;
  this.bytesRead = 0;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) throw outOfRange('start', `<= "end" (here: ${this.end})`, this.start);
  }
  options.autoDestroy = this._closes;
  Reflect.apply(Readable, this, [options]);
  if (options.encoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

ReadStream.prototype._construct = construct;
ReadStream.prototype._destroy = destroy;
ReadStream.prototype._read = function _read(n) {
  n = this.pos !== undefined ? Math.min(this.end - this.pos + 1, n) : Math.min(this.end - this.bytesRead + 1, n);
  if (n <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.allocUnsafeSlow(n);
  this._fs.read(this.fd, buffer, 0, n, this.pos, busy(this, (error, count) => {
    if (error) {
      this.destroy(error);
      return;
    }
    if (count === 0) {
      this.push(null);
      return;
    }
    if (this.pos !== undefined) this.pos += count;
    this.bytesRead += count;
    this.push(count === n ? buffer : buffer.subarray(0, count));
  }));
};
ReadStream.prototype.close = function(callback) {
  if (typeof callback === 'function') finished(this, callback);
  this.destroy();
};

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = { ...settings(options), decodeStrings: true };
  hide(this);
  setUp(this, path, options);
  if (options.flush !== undefined && options.flush !== null) validateBoolean(options.flush, 'options.flush');
  this.flush = options.flush === undefined ? false : options.flush;
  this.start = options.start;
  this.pos = undefined;
  this.bytesWritten = 0;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  options.autoDestroy = this._closes;
  Reflect.apply(Writable, this, [options]);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

WriteStream.prototype._construct = construct;
WriteStream.prototype._destroy = destroy;

function writeAll(stream, data, position, callback) {
  stream._fs.write(stream.fd, data, 0, data.length, position, (error, count) => {
    if (error) {
      callback(error);
      return;
    }
    stream.bytesWritten += count;
    if (count < data.length) writeAll(stream, data.subarray(count), position === undefined ? position : position + count, callback);
    else callback();
  });
}

WriteStream.prototype._write = function _write(data, encoding, callback) {
  const at = this.pos;
  if (at !== undefined) this.pos += data.length;
  writeAll(this, data, at, busy(this, callback));
};
WriteStream.prototype._writev = function _writev(chunks, callback) {
  this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer', callback);
};
WriteStream.prototype._final = function _final(callback) {
  if (this.flush && this._fs.fsync) this._fs.fsync(this.fd, callback);
  else callback();
};
WriteStream.prototype.close = function(callback) {
  if (callback) {
    validateFunction(callback, 'cb');
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  if (!this._closes) this.on('finish', this.destroy);
  this.end();
};
WriteStream.prototype.destroySoon = WriteStream.prototype.end;

for (const Class of [ReadStream, WriteStream]) {
  Class.prototype.open = function open() {
    this._fs.open(this.path, this.flags, this.mode, (error, fd) => {
      if (error) {
        if (this._closes) this.destroy();
        this.emit('error', error);
        return;
      }
      this.fd = fd;
      this.emit('open', fd);
      this.emit('ready');
    });
  };
  Object.defineProperty(Class.prototype, 'autoClose', {
    configurable: true,
    get() { return this._closes; },
    set(value) { this._closes = value; },
  });
  Object.defineProperty(Class.prototype, 'pending', { configurable: true, get() { return this.fd === null; } });
}

exports.ReadStream = ReadStream;
exports.WriteStream = WriteStream;
