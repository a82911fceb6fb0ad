'use strict';
// What zlib's stream classes share: a Transform above a native codec.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const { constants: c } = require('internal/zlib/constants');
const settings = require('internal/zlib/settings');
const { Transform, finished } = require('stream');

const FLUSH_FLAG = Symbol('kFlushFlag');

// Flush values from the weakest to the strongest.
const STRENGTH = [c.Z_NO_FLUSH, c.Z_BLOCK, c.Z_PARTIAL_FLUSH, c.Z_SYNC_FLUSH, c.Z_FULL_FLUSH, c.Z_FINISH];
const stronger = (a, b) => (STRENGTH.indexOf(a) > STRENGTH.indexOf(b) ? a : b);

function ZlibBase(options, mode, wanted) {
  if (options && (options.encoding || options.objectMode || options.writableObjectMode)) {
    options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
  }
  Transform.call(this, { autoDestroy: true, ...options });
  this.bytesWritten = 0;
  this._handle = native.zlibNew(mode, wanted.inner);
  this._chunkSize = wanted.chunkSize;
  this._defaultFlushFlag = wanted.flush;
  this._finishFlushFlag = wanted.finishFlush;
  this._defaultFullFlushFlag = wanted.fullFlush;
  this._info = options && options.info;
  this._maxOutputLength = wanted.maxOutputLength;
  this._left = 0; // input that the codec holds back
  this._waiting = null; // goes on when the reader wants more
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

function define(Class, members) {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(Class.prototype, name, { value, writable: true, configurable: true, enumerable: true });
  }
}

exports.define = define;

Object.defineProperty(ZlibBase.prototype, '_closed', { configurable: true, enumerable: true, get() { return !this._handle; } });
Object.defineProperty(ZlibBase.prototype, 'bytesRead', {
  configurable: true,
  enumerable: true,
  get() { return this.bytesWritten; },
  set(value) { this.bytesWritten = value; },
});

// run feeds a chunk to the codec until it has nothing more to give.
function run(self, chunk, flush, callback) {
  const handle = self._handle;
  if (!handle) {
    process.nextTick(callback);
    return;
  }
  const step = (input) => {
    native.zlibWrite(handle, flush, input, self._chunkSize, (error, result) => {
      if (self.destroyed) {
        callback();
        return;
      }
      if (error) {
        self.destroy(error);
        return;
      }
      self.bytesWritten += self._left + (input ? input.byteLength : 0) - result.left;
      self._left = result.left;
      const room = result.out.length === 0 || self.push(check.toBuffer(result.out));
      if (self.destroyed) {
        callback();
      } else if (result.more) {
        if (room) step(undefined);
        else self._waiting = () => step(undefined);
      } else {
        // Input behind the end of the data is not looked at.
        if (result.over && result.left > 0) self.push(null);
        callback();
      }
    });
  };
  step(chunk);
}

define(ZlibBase, {
  _read: function _read(size) {
    const resume = this._waiting;
    if (resume) {
      this._waiting = null;
      resume();
      return;
    }
    Transform.prototype._read.call(this, size);
  },
  reset: function reset() {
    if (!this._handle) throw codeError(Error, 'ERR_INTERNAL_ASSERTION', 'zlib binding closed');
    native.zlibReset(this._handle);
    this._left = 0;
  },
  // _flush of Transform: the codec's last bytes come with the last chunk.
  _flush: function _flush(callback) {
    this._transform(Buffer.alloc(0), '', callback);
  },
  _final: function _final(callback) {
    Transform.prototype._final.call(this, callback);
  },
  flush: function flush(kind, callback) {
    if (typeof kind === 'function' || (kind === undefined && !callback)) [kind, callback] = [this._defaultFullFlushFlag, kind];
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      if (!(kind >= 0 && kind <= c.Z_BLOCK)) this.write(undefined);
      const marker = Buffer.alloc(0);
      marker[FLUSH_FLAG] = kind;
      this.write(marker, '', callback);
    }
  },
  close: function close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  },
  _destroy: function _destroy(error, callback) {
    this._handle = null;
    this._waiting = null;
    callback(error);
  },
  _transform: function _transform(chunk, encoding, callback) {
    let flush = this._defaultFlushFlag;
    if (typeof chunk[FLUSH_FLAG] === 'number') flush = chunk[FLUSH_FLAG];
    else if (this.writableEnded && this.writableLength === chunk.byteLength) flush = stronger(flush, this._finishFlushFlag);
    run(this, chunk, flush, callback);
  },
  // What old code calls for a synchronous result.
  _processChunk: function _processChunk(chunk, flush, callback) {
    if (typeof callback === 'function') {
      run(this, chunk, flush, callback);
      return undefined;
    }
    if (!this._handle) throw codeError(Error, 'ERR_INTERNAL_ASSERTION', 'zlib binding closed');
    const parts = [];
    for (let input = chunk, more = true; more; input = undefined) {
      const result = native.zlibWrite(this._handle, flush, input, this._chunkSize);
      this.bytesWritten += this._left + (input ? input.byteLength : 0) - result.left;
      this._left = result.left;
      parts.push(check.toBuffer(result.out));
      more = result.more;
    }
    this._handle = null;
    return Buffer.concat(parts);
  },
});

function Zlib(options, mode) {
  const wanted = settings.zlib(options, mode);
  ZlibBase.call(this, options, mode, wanted);
  this._level = wanted.inner.level;
  this._strategy = wanted.inner.strategy;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

define(Zlib, {
  params: function params(level, strategy, callback) {
    for (const [name, value, low, high] of [['level', level, c.Z_MIN_LEVEL, c.Z_MAX_LEVEL], ['strategy', strategy, c.Z_DEFAULT_STRATEGY, c.Z_FIXED]]) {
      if (typeof value !== 'number') throw check.wrongType(name, 'of type number', value);
      settings.inRange(value, name, low, high, 0);
    }
    if (this._level === level && this._strategy === strategy) {
      process.nextTick(callback);
      return;
    }
    this.flush(c.Z_SYNC_FLUSH, () => {
      if (!this._handle) return;
      native.zlibParams(this._handle, level, strategy);
      this._level = level;
      this._strategy = strategy;
      if (callback) callback();
    });
  },
});

function Brotli(options, mode) {
  ZlibBase.call(this, options, mode, settings.brotli(options));
}
Object.setPrototypeOf(Brotli.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Brotli, ZlibBase);

exports.Zlib = Zlib;
exports.Brotli = Brotli;
