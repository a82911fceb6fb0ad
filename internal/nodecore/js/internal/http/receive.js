'use strict';
// What comes back on a request's socket: bytes to the native parser, its events
// to the request.

const { Buffer } = require('buffer');
const { nextTick } = require('internal/ticks');
const { connReset } = require('internal/net/errors');
const { kNeedDrain } = require('internal/http/outgoing');
const IncomingMessage = require('internal/http/incoming');

// begin connects a request and its socket.
exports.begin = (req, socket) => {
  const parser = { native: native.httpParser(req.method, req.maxHeaderSize), incoming: null, over: false };
  req.socket = socket;
  req.parser = parser;
  socket.parser = parser;
  socket._httpMessage = req;
  socket.on('error', onError);
  socket.on('data', onData);
  socket.on('end', onEnd);
  socket.on('close', onClose);
  socket.on('drain', onDrain);
};

function detach(socket) {
  socket.removeListener('close', onClose);
  socket.removeListener('error', onError);
  socket.removeListener('data', onData);
  socket.removeListener('end', onEnd);
}

function free(parser, req, socket) {
  if (req && req.parser === parser) req.parser = null;
  if (socket && socket.parser === parser) socket.parser = null;
}

// tellError reports a failure on the request, once.
function tellError(req, error) {
  req.emit('error', error);
}

function onDrain() {
  const message = this._httpMessage;
  if (message && !message.finished && message[kNeedDrain]) {
    message[kNeedDrain] = false;
    message.emit('drain');
  }
}

function onError(error) {
  const socket = this;
  const req = socket._httpMessage;
  if (req) {
    socket._hadError = true;
    tellError(req, error);
  }
  if (socket.parser) {
    finish(socket);
    free(socket.parser, req, socket);
  }
  socket.removeListener('data', onData);
  socket.removeListener('end', onEnd);
  socket.destroy();
}

function onEnd() {
  const socket = this;
  const req = socket._httpMessage;
  if (!req.res && !socket._hadError) {
    socket._hadError = true;
    tellError(req, connReset('socket hang up'));
  }
  if (socket.parser) {
    finish(socket);
    free(socket.parser, req, socket);
  }
  socket.end();
}

function onClose() {
  const socket = this;
  const { parser } = socket;
  const req = socket._httpMessage;
  const { res } = req;
  req.destroyed = true;
  if (parser) finish(socket);
  if (res) {
    if (!res.complete) res.destroy(connReset('aborted'));
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!socket._hadError) {
      socket._hadError = true;
      tellError(req, connReset('socket hang up'));
    }
    req._closed = true;
    req.emit('close');
  }
  if (req.outputData) req.outputData.length = 0;
  if (parser) free(parser, req, socket);
}

function onData(bytes) {
  const socket = this;
  const { parser } = socket;
  const req = socket._httpMessage;
  if (!parser) return;
  const events = native.httpParse(parser.native, bytes);
  const consumed = events.pop();
  for (const event of events) {
    if (take(socket, req, parser, event, bytes, consumed)) return;
  }
  if (consumed < bytes.length && !socket.destroyed && parser.over) {
    // Bytes nobody asked for: the connection cannot be trusted any more.
    socket.destroy();
  }
}

// finish tells the parser that the connection ended.
function finish(socket) {
  const { parser } = socket;
  const req = socket._httpMessage;
  if (!parser || parser.over || parser.failed) return;
  const events = native.httpParse(parser.native, undefined);
  events.pop();
  for (const event of events) {
    if (event[0] === 'end') take(socket, req, parser, event);
  }
}

// take acts on one event; true ends the reading of these bytes.
function take(socket, req, parser, event, bytes, consumed) {
  switch (event[0]) {
    case 'headers':
      return takeHead(socket, req, parser, event, bytes, consumed);
    case 'body': {
      const { incoming } = parser;
      if (!incoming || incoming._dumped) return false;
      const part = event[1];
      if (!incoming.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength))) socket.pause();
      return false;
    }
    case 'end': {
      const { incoming } = parser;
      parser.over = true;
      if (!incoming) return false;
      incoming.complete = true;
      incoming.rawTrailers = event[1] || [];
      incoming.push(null);
      if (socket.readable) socket.resume();
      return false;
    }
    default:
      broken(socket, req, parser, event, bytes);
      return true;
  }
}

function broken(socket, req, parser, [, code, message], bytes) {
  const error = new Error(message);
  error.bytesParsed = 0;
  error.code = code;
  error.reason = message.replace(/^Parse Error: /, '');
  error.rawPacket = bytes;
  parser.failed = true;
  free(parser, req, socket);
  socket.removeListener('data', onData);
  socket.removeListener('end', onEnd);
  socket._hadError = true;
  socket.destroy();
  tellError(req, error);
}

function takeHead(socket, req, parser, [, major, minor, status, reason, rawHeaders, keepAlive, upgrade], bytes, consumed) {
  const res = new IncomingMessage(socket);
  res.httpVersionMajor = major;
  res.httpVersionMinor = minor;
  res.httpVersion = `${major}.${minor}`;
  res.rawHeaders = rawHeaders;
  res.joinDuplicateHeaders = req.joinDuplicateHeaders;
  res.upgrade = upgrade;
  res.statusCode = status;
  res.statusMessage = reason;
  if (upgrade) {
    req.upgradeOrConnect = true;
    takeUpgrade(socket, req, parser, res, bytes.slice(consumed));
    return true;
  }
  if (status < 200) {
    informed(req, res);
    return false;
  }
  if (req.res) {
    socket.destroy();
    return true;
  }
  parser.incoming = res;
  req.res = res;
  res.req = req;
  if (req.shouldKeepAlive && !keepAlive && !req.upgradeOrConnect) req.shouldKeepAlive = false;
  res.on('end', onResponseEnd);
  req.on('finish', onRequestFinish);
  if (req.aborted || !req.emit('response', res)) res._dump();
  return false;
}

function informed(req, res) {
  if (res.statusCode === 100) req.emit('continue');
  if (req.listenerCount('information') === 0) return;
  req.emit('information', {
    statusCode: res.statusCode,
    statusMessage: res.statusMessage,
    httpVersion: res.httpVersion,
    httpVersionMajor: res.httpVersionMajor,
    httpVersionMinor: res.httpVersionMinor,
    headers: res.headers,
    rawHeaders: res.rawHeaders,
  });
}

// takeUpgrade hands the socket over after 101 or an answered CONNECT.
function takeUpgrade(socket, req, parser, res, head) {
  req.res = res;
  res.req = req;
  res.complete = true;
  parser.over = true;
  detach(socket);
  socket.removeListener('drain', onDrain);
  free(parser, req, socket);
  if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
  socket.removeAllListeners('timeout');
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (req.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  // Who takes the socket over chooses how to read it.
  socket._readableState.flowing = null;
  socket.emit('agentRemove');
  req.emit(event, res, socket, head);
  req.destroyed = true;
  req._closed = true;
  req.emit('close');
}

function onResponseEnd() {
  const { req } = this;
  const { socket } = req;
  if (socket) {
    if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
    if (this._onTimeout) socket.removeListener('timeout', this._onTimeout);
  }
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (socket && socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (req.writableFinished && !this.aborted) {
    keep(req);
  }
}

function onRequestFinish() {
  if (this.shouldKeepAlive && this._ended) keep(this);
}

const kept = new WeakSet();

// keep gives a socket back to its agent, once: the end of the answer and the end
// of the request may come at the same time.
function keep(req) {
  const { socket } = req;
  if (kept.has(req)) return;
  kept.add(req);
  if (req.timeoutCb) {
    socket.setTimeout(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  detach(socket);
  socket.removeListener('drain', onDrain);
  free(socket.parser, req, socket);
  req.destroyed = true;
  if (req.res) req.res.socket = null;
  nextTick(() => {
    req._closed = true;
    req.emit('close');
    if (req.socket) req.socket.emit('free');
  });
}
