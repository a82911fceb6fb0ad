'use strict';
// OutgoingMessage: headers and body on their way to a socket.

const { Stream, getDefaultHighWaterMark } = require('stream');
const { Buffer } = require('buffer');
const { nextTick } = require('internal/ticks');
const { codeError, invalidArgType } = require('internal/errors');
const { validateHeaderName, validateHeaderValue } = require('internal/http/headers');
const { head, kOutHeaders } = require('internal/http/head');

const kCorked = Symbol('corked');
const kNeedDrain = Symbol('kNeedDrain');
const kErrored = Symbol('errored');
const kHighWaterMark = Symbol('kHighWaterMark');
const kChunkedBuffer = Symbol('kChunkedBuffer');
const kChunkedLength = Symbol('kChunkedLength');
const kBytesWritten = Symbol('kBytesWritten');
const CRLF = '\r\n';

function OutgoingMessage(options) {
  Stream.call(this);
  this.outputData = [];
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this[kBytesWritten] = 0;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this[kNeedDrain] = false;
  this.finished = false;
  this._headerSent = false;
  this[kCorked] = 0;
  this[kChunkedBuffer] = [];
  this[kChunkedLength] = 0;
  this._closed = false;
  this.socket = null;
  this._header = null;
  this[kOutHeaders] = null;
  this._keepAliveTimeout = 0;
  this._onPendingData = () => {};
  this[kErrored] = null;
  this[kHighWaterMark] = options && options.highWaterMark !== undefined ? options.highWaterMark : getDefaultHighWaterMark();
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const proto = OutgoingMessage.prototype;
for (const [name, method] of Object.entries(head)) proto[name] = method;

function getter(name, get) {
  Object.defineProperty(proto, name, { configurable: true, enumerable: false, get });
}

getter('errored', function() { return this[kErrored]; });
getter('closed', function() { return this._closed; });
getter('writableFinished', function() {
  return this.finished && this.outputSize === 0 && (!this.socket || this.socket.writableLength === 0);
});
getter('writableObjectMode', () => false);
getter('writableLength', function() {
  return this.outputSize + this[kChunkedLength] + (this.socket ? this.socket.writableLength : 0);
});
getter('writableHighWaterMark', function() { return this.socket ? this.socket.writableHighWaterMark : this[kHighWaterMark]; });
getter('writableCorked', function() { return this[kCorked]; });
getter('writableEnded', function() { return this.finished; });
getter('writableNeedDrain', function() { return !this.destroyed && !this.finished && this[kNeedDrain]; });
getter('headersSent', function() { return Boolean(this._header); });
Object.defineProperty(proto, 'connection', {
  configurable: true,
  get() { return this.socket; },
  set(value) { this.socket = value; },
});
Object.defineProperty(proto, '_headers', { configurable: true, get() { return this.getHeaders(); } });

proto.cork = function() {
  this[kCorked]++;
  if (this.socket) this.socket.cork();
};

proto.uncork = function() {
  if (this[kCorked] > 0) this[kCorked]--;
  if (this.socket) this.socket.uncork();
  if (this[kCorked] || this[kChunkedBuffer].length === 0) return;
  const parts = this[kChunkedBuffer];
  const length = this[kChunkedLength];
  this[kChunkedBuffer] = [];
  this[kChunkedLength] = 0;
  this._send(length.toString(16), 'latin1', null);
  this._send(CRLF, null, null);
  for (const { data, encoding, callback } of parts) this._send(data, encoding, callback);
  this._send(CRLF, null, null);
};

proto.setTimeout = function setTimeout(ms, callback) {
  if (callback) this.on('timeout', callback);
  if (!this.socket) this.once('socket', (socket) => socket.setTimeout(ms));
  else this.socket.setTimeout(ms);
  return this;
};

proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this.socket) this.socket.destroy(error);
  else this.once('socket', (socket) => socket.destroy(error));
  return this;
};

// _send puts the header before the first data.
proto._send = function(data, encoding, callback, byteLength) {
  if (!this._headerSent) {
    const header = this._header;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      // A header is latin1; text that follows may hold more than that.
      if (encoding === 'latin1' || !/[^\0-\x7f]/.test(header)) data = header + data;
      else this._queue(header, 'latin1', null);
    } else {
      this._queue(header, 'latin1', null);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

proto._queue = function(data, encoding, callback) {
  this.outputSize += data.length;
  this.outputData.unshift({ data, encoding, callback });
};

proto._writeRaw = function(data, encoding, callback) {
  const socket = this.socket;
  if (socket && socket.destroyed) return false;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this[kHighWaterMark];
};

proto._flushOutput = function(socket) {
  const list = this.outputData;
  if (list.length === 0) return undefined;
  socket.cork();
  let ok;
  for (const { data, encoding, callback } of list) ok = socket.write(data, encoding, callback);
  nextTick(() => socket.uncork());
  this.outputData = [];
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return ok;
};

proto._flush = function() {
  const { socket } = this;
  if (!socket || !socket.writable) return;
  const ok = this._flushOutput(socket);
  if (this.finished) this._finish();
  else if (ok && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

proto._implicitHeader = function() {
  throw codeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented');
};

proto.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const ok = writeChunk(this, chunk, encoding, callback);
  if (!ok) this[kNeedDrain] = true;
  return ok;
};

function refuse(message, error, callback) {
  nextTick(() => {
    message.emit('error', error);
    if (callback) callback(error);
  });
  return false;
}

function checkChunk(chunk) {
  if (chunk === null) throw codeError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) throw invalidArgType('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
}

function writeChunk(message, chunk, encoding, callback) {
  if (typeof callback !== 'function') callback = () => {};
  checkChunk(chunk);
  const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
  let failure;
  if (message.finished) failure = codeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
  else if (message.destroyed) failure = codeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
  if (failure) {
    if (message.destroyed) {
      nextTick(callback, failure);
      return false;
    }
    return refuse(message, failure, callback);
  }
  if (!message._header) {
    if (message._fromEnd) message._contentLength = length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    nextTick(callback);
    return true;
  }
  if (message.socket && !message._fromEnd && !message.socket.writableCorked) {
    message.socket.cork();
    nextTick(() => { if (message.socket) message.socket.uncork(); });
  }
  if (!message.chunkedEncoding || length === 0) return message._send(chunk, encoding, callback, length);
  if (message[kCorked] && !message._fromEnd) {
    message[kChunkedBuffer].push({ data: chunk, encoding, callback });
    message[kChunkedLength] += length;
    return message[kChunkedLength] < message[kHighWaterMark];
  }
  message._send(length.toString(16), 'latin1', null);
  message._send(CRLF, null, null);
  message._send(chunk, encoding, null, length);
  return message._send(CRLF, null, callback);
}

proto.addTrailers = function addTrailers(headers) {
  this._trailer = '';
  const list = Array.isArray(headers) ? headers : Object.keys(headers).map((name) => [name, headers[name]]);
  for (const [name, value] of list) {
    validateHeaderName(name, 'Trailer name');
    for (const one of Array.isArray(value) ? value : [value]) {
      validateHeaderValue(name, one);
      this._trailer += `${name}: ${one}${CRLF}`;
    }
  }
};

proto.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (chunk !== undefined && chunk !== null && chunk !== '') {
    if (this.finished) {
      endAgain(this, codeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), callback);
      return this;
    }
    if (this[kCorked]) while (this[kCorked]) this.uncork();
    if (this.socket) this.socket.cork();
    Object.defineProperty(this, '_fromEnd', { value: true, configurable: true, writable: true });
    writeChunk(this, chunk, encoding, null);
    this._fromEnd = false;
  } else if (this.finished) {
    if (typeof callback === 'function') endAgain(this, codeError(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'), callback);
    return this;
  } else if (!this._header) {
    if (this.socket) this.socket.cork();
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') this.once('finish', callback);
  const finish = (error) => {
    if (!error || this.destroyed === false) onFinish(this, error);
  };
  if (this._hasBody && this.chunkedEncoding) this._send(`0${CRLF}${this._trailer}${CRLF}`, 'latin1', finish);
  else if (!this._headerSent || this.writableLength || chunk) this._send('', 'latin1', finish);
  else nextTick(finish);
  if (this.socket) {
    while (this.socket.writableCorked) this.socket.uncork();
  }
  this[kCorked] = 0;
  this.finished = true;
  if (this.outputData.length === 0 && this.socket && this.socket._httpMessage === this) this._finish();
  return this;
};

function endAgain(message, error, callback) {
  if (typeof callback === 'function') nextTick(callback, error);
  if (error.code === 'ERR_STREAM_WRITE_AFTER_END') nextTick(() => message.emit('error', error));
}

function onFinish(message, error) {
  if (error && error.code === 'ERR_SOCKET_CLOSED') return;
  if (message.socket && message.socket._hadError) return;
  message.emit('finish');
}

proto._finish = function() {
  this.emit('prefinish');
};

proto.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

proto.pipe = function pipe() {
  this.emit('error', codeError(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
};

module.exports = { OutgoingMessage, kOutHeaders, kNeedDrain, kErrored };
