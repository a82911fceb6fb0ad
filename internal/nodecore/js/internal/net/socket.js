'use strict';
// net.Socket: a connection outwards, as a stream.

const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const { nextTick } = require('internal/ticks');
const { codeError, validateFunction, validateNumber } = require('internal/errors');
const { socketError } = require('internal/net/errors');
const { normalizeArgs, connect } = require('internal/net/connect');

const MAX_TIMEOUT = 2 ** 31 - 1;

// Sockets are made with and without new, and old packages inherit from them the
// old way: Socket is a function, its methods come from a class.
function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') {
    throw codeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'net.Socket of a file descriptor is not available in the embedded engine: it opens its own connections only');
  }
  options = { ...options };
  Duplex.call(this, {
    ...options,
    signal: undefined, // listened to below, when there is something to destroy
    allowHalfOpen: Boolean(options.allowHalfOpen),
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
  });
  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this.allowHalfOpen = Boolean(options.allowHalfOpen);
  this._sockname = null;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;
  hide(this, {
    _handle: null,
    _open: false, // data can flow
    _waiting: [], // what runs when it can
    _reading: false, // a native read is under way
    _bytesRead: 0,
    _bytesWritten: 0,
    _timer: null,
    _refed: true,
    _facts: null,
    _cancel: null, // stops a connection attempt
    _tcp: { noDelay: Boolean(options.noDelay), keepAlive: Boolean(options.keepAlive), delay: options.keepAliveInitialDelay },
  });
  this.on('end', onEnd);
  if (options.signal) require('stream').addAbortSignal(options.signal, this);
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

class Methods {
  // _begin lets data flow.
  _begin() {
    this._open = true;
    for (const step of this._waiting.splice(0)) step();
  }

  _applyOptions() {
    const { noDelay, keepAlive, delay } = this._tcp;
    if (noDelay) native.netOption(this._handle, 'noDelay', true, 0);
    if (keepAlive) native.netOption(this._handle, 'keepAlive', true, delay || 0);
  }

  connect(...args) {
    const [options, callback] = Array.isArray(args[0]) && args[0].normalized ? args[0] : normalizeArgs(args);
    if (callback !== null) this.once('connect', callback);
    if (this.destroyed) {
      Object.assign(this, { _open: false, _waiting: [], _handle: null, _reading: false });
      this._undestroy();
    }
    this.connecting = true;
    this._hadError = false;
    for (const name of ['noDelay', 'keepAlive']) if (options[name] !== undefined) this._tcp[name] = Boolean(options[name]);
    if (options.keepAliveInitialDelay !== undefined) this._tcp.delay = options.keepAliveInitialDelay;
    connect(this, options);
    return this;
  }

  // _connected is called when the connection stands.
  _connected(handle, facts) {
    this.connecting = false;
    this._cancel = null;
    this._handle = handle;
    this._facts = facts;
    this._applyOptions();
    if (!this._refed) native.netRef(handle, false);
    this._touch();
    this._opened();
    this.emit('connect');
    this.emit('ready');
    if (this._open && !this.isPaused()) this.read(0);
  }

  // _opened is where TLS comes between.
  _opened() {
    this._begin();
  }

  _read(n) {
    if (!this._open) {
      if (this.connecting || this._handle) this._waiting.push(() => this._read(n));
      return;
    }
    if (this._reading || this.destroyed) return;
    this._reading = true;
    native.netRead(this._handle, (code, bytes) => {
      this._reading = false;
      if (this.destroyed) return;
      this._touch();
      if (code !== undefined) {
        this.destroy(this._readError(code));
      } else if (bytes === undefined) {
        this.push(null);
        this.read(0);
      } else {
        this._bytesRead += bytes.length;
        this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      }
    });
  }

  _readError(code) {
    return socketError('read', code);
  }

  _send(bytes, callback) {
    if (!this._open) {
      if (!this.connecting && !this._handle) {
        callback(codeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
        return;
      }
      this._waiting.push(() => this._send(bytes, callback));
      return;
    }
    if (!this._handle) {
      callback(codeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
      return;
    }
    this._touch();
    this._bytesWritten += bytes.length;
    native.netWrite(this._handle, bytes, (code) => {
      if (this.destroyed && code !== undefined) {
        callback(codeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
        return;
      }
      this._touch();
      callback(code === undefined ? null : socketError('write', code));
    });
  }

  _write(chunk, encoding, callback) {
    this._send(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk, callback);
  }

  _writev(chunks, callback) {
    this._send(Buffer.concat(chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk))), callback);
  }

  _final(callback) {
    if (!this._open) {
      if (!this.connecting && !this._handle) callback();
      else this._waiting.push(() => this._final(callback));
      return;
    }
    native.netShutdown(this._handle, (code) => {
      callback(code === undefined || code === 'ENOTCONN' || this.destroyed ? null : socketError('shutdown', code));
    });
  }

  _destroy(error, callback) {
    this.connecting = false;
    this.setTimeout(0);
    if (this._cancel) this._cancel();
    this._cancel = null;
    const handle = this._handle;
    this._handle = null;
    this._open = false;
    this._waiting.length = 0;
    if (handle) native.netClose(handle, this._resetting === true);
    callback(error);
    nextTick(() => this.emit('close', Boolean(error)));
  }

  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  }

  resetAndDestroy() {
    if (!this._handle) {
      this.destroy(codeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
      return this;
    }
    hide(this, { _resetting: true });
    return this.destroy();
  }

  setTimeout(ms, callback) {
    if (this.destroyed && ms !== 0) return this;
    this.timeout = ms;
    validateNumber(ms, 'msecs', 0);
    if (ms > MAX_TIMEOUT) ms = MAX_TIMEOUT;
    if (this._timer) clearTimeout(this._timer);
    this._timer = null;
    if (ms === 0) {
      if (callback !== undefined) {
        validateFunction(callback, 'callback');
        this.removeListener('timeout', callback);
      }
      return this;
    }
    this._timer = setTimeout(() => this._onTimeout(), ms);
    this._timer.unref();
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.once('timeout', callback);
    }
    return this;
  }

  _onTimeout() {
    this.emit('timeout');
  }

  // _touch starts the idle time anew.
  _touch() {
    if (this._timer) this._timer.refresh();
  }

  _unrefTimer() {
    this._touch();
  }

  setNoDelay(enable) {
    this._tcp.noDelay = enable === undefined ? true : Boolean(enable);
    if (this._handle) native.netOption(this._handle, 'noDelay', this._tcp.noDelay, 0);
    return this;
  }

  setKeepAlive(enable, delay) {
    this._tcp.keepAlive = Boolean(enable);
    this._tcp.delay = delay;
    if (this._handle) native.netOption(this._handle, 'keepAlive', this._tcp.keepAlive, Number(delay) || 0);
    return this;
  }

  ref() {
    this._refed = true;
    if (this._handle) native.netRef(this._handle, true);
    return this;
  }

  unref() {
    this._refed = false;
    if (this._handle) native.netRef(this._handle, false);
    return this;
  }

  address() {
    const { localAddress: address, localFamily: family, localPort: port } = this._facts || {};
    return address === undefined ? {} : { address, family, port };
  }

  get pending() {
    return !this._handle || this.connecting;
  }

  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable) return 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  get bufferSize() {
    return this._handle ? this.writableLength : undefined;
  }

  get bytesRead() {
    return this._bytesRead;
  }

  get bytesWritten() {
    return this._bytesWritten;
  }

  get _bytesDispatched() {
    return this._bytesWritten;
  }

  get _connecting() {
    return this.connecting;
  }
}

for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(Methods.prototype))) {
  if (name !== 'constructor') Object.defineProperty(Socket.prototype, name, property);
}

for (const name of ['remoteAddress', 'remoteFamily', 'remotePort', 'localAddress', 'localPort', 'localFamily']) {
  Object.defineProperty(Socket.prototype, name, {
    configurable: true,
    enumerable: false,
    get() {
      return this._facts ? this._facts[name] : undefined;
    },
  });
}

// onEnd: a socket that may not be half open answers the end with its own.
function onEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterEnd;
}

function writeAfterEnd(chunk, encoding, callback) {
  if (!this.writableEnded) {
    if (typeof encoding === 'function') callback = encoding;
    const error = codeError(Error, 'EPIPE', 'This socket has been ended by the other party');
    if (typeof callback === 'function') nextTick(callback, error);
    this.destroy(error);
    return false;
  }
  return Duplex.prototype.write.call(this, chunk, encoding, callback);
}

function hide(target, properties) {
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

module.exports = Socket;
