'use strict';
// ClientRequest.

const { OutgoingMessage, kErrored, kOutHeaders } = require('internal/http/outgoing');
const { finished, addAbortSignal } = require('stream');
const { Buffer } = require('buffer');
const { nextTick } = require('internal/ticks');
const { codeError, invalidArgType, validateBoolean, validateNumber } = require('internal/errors');
const { connReset } = require('internal/net/errors');
const { isToken } = require('internal/http/headers');
const receive = require('internal/http/receive');

const kError = Symbol('kError');
const MAX_TIMEOUT = 2 ** 31 - 1;

// Methods whose requests have no body unless one is written.
const BODYLESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function validHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw invalidArgType(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function isURL(value) {
  return Boolean(value && value.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function duration(ms, name) {
  validateNumber(ms, name);
  if (ms < 0 || !Number.isFinite(ms)) throw require('internal/errors').outOfRange(name, 'a non-negative finite number', ms);
  return Math.min(ms, MAX_TIMEOUT);
}

// computes tells agents whose protocol is worked out at each look, as the agents
// on agent-base do: from the names of Node's own files in the stack, where those
// of the layer are not shown. They take the answer as options.secureEndpoint.
function computes(agent) {
  for (let o = agent; o; o = Object.getPrototypeOf(o)) {
    const property = Object.getOwnPropertyDescriptor(o, 'protocol');
    if (property) return typeof property.get === 'function';
  }
  return false;
}

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  const { urlToHttpOptions } = require('url');
  if (typeof input === 'string') {
    input = urlToHttpOptions(new URL(input));
  } else if (isURL(input)) {
    input = urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }

  const { globalAgent } = require('http');
  let { agent } = options;
  const defaultAgent = options._defaultAgent || globalAgent;
  if (agent === false) {
    agent = new defaultAgent.constructor();
  } else if (agent === null || agent === undefined) {
    if (typeof options.createConnection !== 'function') agent = defaultAgent;
  } else if (typeof agent.addRequest !== 'function') {
    throw invalidArgType('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  this.agent = agent;

  const protocol = options.protocol || defaultAgent.protocol;
  const computed = computes(this.agent);
  const expected = this.agent && this.agent.protocol && !computed ? this.agent.protocol : defaultAgent.protocol;
  if (options.path) {
    const path = String(options.path);
    if (/[^\u0021-\u00ff]/.test(path)) throw codeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  }
  if (protocol !== expected) {
    throw codeError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${expected}"`);
  }

  if (computed && options.secureEndpoint === undefined) options.secureEndpoint = protocol === 'https:';
  const defaultPort = options.defaultPort || (this.agent && (computed ? defaultAgent : this.agent).defaultPort);
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = validHost(options.hostname, 'hostname') || validHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : true;

  this._removedConnection = false;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = duration(options.timeout, 'timeout');

  const { signal } = options;
  if (signal) addAbortSignal(signal, this);

  let { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') throw invalidArgType('options.method', 'string', method);
  if (method) {
    if (!isToken(method)) throw codeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`);
    method = this.method = method.toUpperCase();
  } else {
    method = this.method = 'GET';
  }

  if (options.maxHeaderSize !== undefined) require('internal/errors').validateInteger(options.maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = options.maxHeaderSize;
  this.insecureHTTPParser = options.insecureHTTPParser;
  if (options.joinDuplicateHeaders !== undefined) validateBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this.path = options.path || '/';
  if (callback) this.once('response', callback);
  this.useChunkedEncodingByDefault = !BODYLESS.has(method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  if (this.agent) {
    // A connection that is not kept is told so to the server.
    if (!this.agent.keepAlive && !Number.isFinite(this.agent.maxSockets)) {
      this._last = true;
      this.shouldKeepAlive = false;
    } else {
      this._last = false;
      this.shouldKeepAlive = true;
    }
  }

  const isList = Array.isArray(options.headers);
  if (!isList) {
    if (options.headers) {
      for (const name of Object.keys(options.headers)) this.setHeader(name, options.headers[name]);
    }
    if (host && !this.getHeader('host') && setHost) this.setHeader('Host', hostHeader(host, port, defaultPort));
    if (options.auth && !this.getHeader('Authorization')) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (this.getHeader('expect')) {
      if (this._header) throw codeError(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot render headers after they are sent to the client');
      this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
    }
  } else {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, options.headers);
  }

  if (this.agent) {
    this.agent.addRequest(this, options);
    return;
  }
  // Without an agent a connection serves this request only.
  this._last = true;
  this.shouldKeepAlive = false;
  let once = false;
  const opened = (error, socket) => {
    if (once) return;
    once = true;
    if (error) nextTick(() => this.emit('error', error));
    else this.onSocket(socket);
  };
  if (options.createConnection) {
    if (options.socketPath) options.path = options.socketPath;
    const socket = options.createConnection(options, opened);
    if (socket) opened(null, socket);
  } else {
    this.onSocket(require('net').createConnection(options));
  }
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

function hostHeader(host, port, defaultPort) {
  // An IPv6 address stands in brackets.
  const bare = host.includes(':') && host.indexOf(':') !== host.lastIndexOf(':') && !host.startsWith('[') ? `[${host}]` : host;
  return port && +port !== defaultPort ? `${bare}:${port}` : bare;
}

const proto = ClientRequest.prototype;

proto._finish = function() {
  OutgoingMessage.prototype._finish.call(this);
};

proto._implicitHeader = function() {
  if (this._header) throw codeError(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot render headers after they are sent to the client');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
};

proto.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(() => this.emit('abort'));
  this.destroy();
};

proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  if (this.res) this.res._dump();
  this[kError] = error;
  this[kErrored] = error;
  if (this.socket) this.socket.destroy(error);
  return this;
};

// fail ends a request that never had a socket of its own.
function fail(req, error) {
  if (!req.agent || req.socket) {
    if (!error) error = connReset('socket hang up');
  }
  if (error || !req.aborted) error = error || connReset('socket hang up');
  if (error) req.emit('error', error);
  req._closed = true;
  req.emit('close');
}

proto.onSocket = function onSocket(socket, error) {
  nextTick(() => {
    if (!this.destroyed && !error) {
      start(this, socket);
      return;
    }
    const reason = error || this[kError];
    fail(this, reason);
    if (!socket) return;
    if (!error && this.agent && !socket.destroyed) socket.emit('free');
    else finished(socket.destroy(reason), () => {});
  });
};

function start(req, socket) {
  receive.begin(req, socket);
  if (req.timeout !== undefined) listenTimeout(req);
  req.emit('socket', socket);
  if (req.destroyed || socket.destroyed) return;
  req._flush();
}

function onTimeout() {
  const req = this._httpMessage;
  if (req) req.emit('timeout');
}

function listenTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = onTimeout;
  if (req.socket) req.socket.once('timeout', onTimeout);
  else req.on('socket', (socket) => socket.once('timeout', onTimeout));
}

proto.setTimeout = function setTimeout(ms, callback) {
  if (this._ended) return this;
  listenTimeout(this);
  ms = duration(ms, 'msecs');
  if (callback) this.once('timeout', callback);
  if (this.socket) socketTimeout(this.socket, ms);
  else this.once('socket', (socket) => socketTimeout(socket, ms));
  return this;
};

function socketTimeout(socket, ms) {
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(ms));
  else socket.setTimeout(ms);
}

// deferred runs a method of the socket as soon as there is one that stands.
function deferred(req, method, args) {
  const call = () => {
    if (req.socket) req.socket[method](...args);
  };
  const onSocket = () => {
    if (req.socket.writable) call();
    else req.socket.once('connect', call);
  };
  if (!req.socket) req.once('socket', onSocket);
  else onSocket();
}

proto.setNoDelay = function setNoDelay(noDelay) {
  deferred(this, 'setNoDelay', [noDelay]);
};

proto.setSocketKeepAlive = function setSocketKeepAlive(enable, delay) {
  deferred(this, 'setKeepAlive', [enable, delay]);
};

proto.clearTimeout = function clearTimeout(callback) {
  this.setTimeout(0, callback);
};

exports.ClientRequest = ClientRequest;
