'use strict';
// IncomingMessage: the answer to a request, as a stream.

const { Readable, finished } = require('stream');
const { nextTick } = require('internal/ticks');
const { addHeader, distinct, joined } = require('internal/http/headers');

const kHeaders = Symbol('kHeaders');
const kHeadersDistinct = Symbol('kHeadersDistinct');
const kHeadersCount = Symbol('kHeadersCount');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
const kTrailersCount = Symbol('kTrailersCount');

class IncomingMessage extends Readable {
  constructor(socket) {
    super(socket ? { highWaterMark: socket.readableHighWaterMark } : undefined);
    this._readableState.readingMore = true;
    this.socket = socket;
    this.httpVersionMajor = null;
    this.httpVersionMinor = null;
    this.httpVersion = null;
    this.complete = false;
    this[kHeaders] = null;
    this[kHeadersCount] = 0;
    this.rawHeaders = [];
    this[kTrailers] = null;
    this[kTrailersCount] = 0;
    this.rawTrailers = [];
    this.joinDuplicateHeaders = false;
    this.aborted = false;
    this.upgrade = null;
    this.url = '';
    this.method = null;
    this.statusCode = null;
    this.statusMessage = null;
    this.client = socket;
    this._consuming = false;
    this._dumped = false;
  }

  get connection() {
    return this.socket;
  }

  set connection(value) {
    this.socket = value;
  }

  get headers() {
    if (!this[kHeaders]) this[kHeaders] = joined(this.rawHeaders, this.joinDuplicateHeaders);
    return this[kHeaders];
  }

  set headers(value) {
    this[kHeaders] = value;
  }

  get headersDistinct() {
    if (!this[kHeadersDistinct]) this[kHeadersDistinct] = distinct(this.rawHeaders);
    return this[kHeadersDistinct];
  }

  set headersDistinct(value) {
    this[kHeadersDistinct] = value;
  }

  get trailers() {
    if (!this[kTrailers]) this[kTrailers] = joined(this.rawTrailers, this.joinDuplicateHeaders);
    return this[kTrailers];
  }

  set trailers(value) {
    this[kTrailers] = value;
  }

  get trailersDistinct() {
    if (!this[kTrailersDistinct]) this[kTrailersDistinct] = distinct(this.rawTrailers);
    return this[kTrailersDistinct];
  }

  set trailersDistinct(value) {
    this[kTrailersDistinct] = value;
  }

  setTimeout(ms, callback) {
    if (callback) this.on('timeout', callback);
    this.socket.setTimeout(ms);
    return this;
  }

  _read() {
    if (!this._consuming) {
      this._readableState.readingMore = false;
      this._consuming = true;
    }
    if (this.socket && this.socket.readable) this.socket.resume();
  }

  // What remains of a body that ends too early is an error only for those who
  // listen: the request has told the others.
  _destroy(error, callback) {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit('aborted');
    }
    if (this.socket && !this.socket.destroyed && this.aborted) {
      this.socket.destroy(error);
      const cleanup = finished(this.socket, (failure) => {
        if (failure && failure.code === 'ERR_STREAM_PREMATURE_CLOSE') failure = null;
        cleanup();
        nextTick(tell, this, failure || error, callback);
      });
    } else {
      nextTick(tell, this, error, callback);
    }
  }

  // _dump reads and forgets the rest.
  _dump() {
    if (this._dumped) return;
    this._dumped = true;
    this.removeAllListeners('data');
    this.resume();
  }

  _addHeaderLine(name, value, target) {
    addHeader(target, name, value, this.joinDuplicateHeaders);
  }
}

function tell(message, error, callback) {
  if (message.listenerCount('error') === 0) callback();
  else callback(error);
}

module.exports = IncomingMessage;
