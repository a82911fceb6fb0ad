'use strict';
// The head of a message: its headers, and how they decide about the connection
// and the framing of the body. The methods become those of OutgoingMessage.

const { codeError, invalidArgType, validateString } = require('internal/errors');
const { validateHeaderName, validateHeaderValue } = require('internal/http/headers');

const kOutHeaders = Symbol('kOutHeaders');
const CRLF = '\r\n';
const head = {};

// storeHeader writes the whole head, deciding about the connection and the
// framing of the body where the caller has not.
head._storeHeader = function(firstLine, headers) {
  const state = { lines: [firstLine], connection: false, contLen: false, te: false, date: false, expect: false, trailer: false };
  if (headers) {
    if (headers === this[kOutHeaders]) {
      for (const key of Object.keys(headers)) storeEntry(this, state, headers[key][0], headers[key][1], false);
    } else if (Array.isArray(headers)) {
      if (headers.length && Array.isArray(headers[0])) {
        for (const [name, value] of headers) storeEntry(this, state, name, value, true);
      } else {
        if (headers.length % 2 !== 0) throw require('internal/errors').invalidArgValue('headers', headers);
        for (let n = 0; n < headers.length; n += 2) storeEntry(this, state, headers[n], headers[n + 1], true);
      }
    } else {
      for (const name of Object.keys(headers)) storeEntry(this, state, name, headers[name], true);
    }
  }
  const { lines } = state;

  if (this._removedConnection) {
    this.shouldKeepAlive = false;
  } else if (!state.connection) {
    const keep = this.shouldKeepAlive && (state.contLen || this.useChunkedEncodingByDefault || this.agent);
    if (keep && !this.maxRequestsOnConnectionReached) {
      lines.push(`Connection: keep-alive${CRLF}`);
    } else {
      if (!keep) this._last = true;
      lines.push(`Connection: close${CRLF}`);
    }
  }

  if (!state.contLen && !state.te) {
    if (!this._hasBody) {
      this.chunkedEncoding = false;
    } else if (!this.useChunkedEncodingByDefault) {
      this._last = true;
    } else if (!state.trailer && !this._removedContLen && typeof this._contentLength === 'number') {
      lines.push(`Content-Length: ${this._contentLength}${CRLF}`);
    } else if (!this._removedTE) {
      lines.push(`Transfer-Encoding: chunked${CRLF}`);
      this.chunkedEncoding = true;
    }
  }
  if (this.chunkedEncoding !== true && state.trailer) {
    throw codeError(Error, 'ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding');
  }
  lines.push(CRLF);
  this._header = lines.join('');
  this._headerSent = false;
  if (state.expect) this._send('');
};

function storeEntry(message, state, name, value, validate) {
  if (validate) validateHeaderName(name);
  if (Array.isArray(value)) {
    if ((value.length < 2 || name.toLowerCase() !== 'cookie')) {
      for (const one of value) storeLine(message, state, name, one, validate);
      return;
    }
    value = value.join('; ');
  }
  storeLine(message, state, name, value, validate);
}

function storeLine(message, state, name, value, validate) {
  if (validate) validateHeaderValue(name, value);
  state.lines.push(`${name}: ${value}${CRLF}`);
  switch (name.toLowerCase()) {
    case 'connection':
      state.connection = true;
      message._removedConnection = false;
      if (/(?:^|\W)close(?:$|\W)/i.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      break;
    case 'transfer-encoding':
      state.te = true;
      message._removedTE = false;
      if (/(?:^|\W)chunked(?:$|\W)/i.test(value)) message.chunkedEncoding = true;
      break;
    case 'content-length':
      state.contLen = true;
      message._contentLength = +value;
      message._removedContLen = false;
      break;
    case 'expect':
      state.expect = true;
      break;
    case 'trailer':
      state.trailer = true;
      break;
    case 'keep-alive':
      message._defaultKeepAlive = false;
      break;
  }
}

function headersSent(what) {
  return codeError(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);
}

head.setHeader = function setHeader(name, value) {
  if (this._header) throw headersSent('set');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  if (this[kOutHeaders] === null) this[kOutHeaders] = Object.create(null);
  this[kOutHeaders][name.toLowerCase()] = [name, value];
  return this;
};

head.setHeaders = function setHeaders(headers) {
  if (this._header) throw headersSent('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw invalidArgType('headers', ['Headers', 'Map'], headers);
  }
  for (const [name, value] of headers) this.setHeader(name, value);
  return this;
};

head.appendHeader = function appendHeader(name, value) {
  if (this._header) throw headersSent('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const key = name.toLowerCase();
  if (this[kOutHeaders] === null || !this[kOutHeaders][key]) return this.setHeader(name, value);
  const entry = this[kOutHeaders][key];
  entry[1] = (Array.isArray(entry[1]) ? entry[1] : [entry[1]]).concat(value);
  return this;
};

head.getHeader = function getHeader(name) {
  validateString(name, 'name');
  const entry = this[kOutHeaders] && this[kOutHeaders][name.toLowerCase()];
  return entry && entry[1];
};

head.getHeaderNames = function getHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.keys(this[kOutHeaders]);
};

head.getRawHeaderNames = function getRawHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.values(this[kOutHeaders]).map(([name]) => name);
};

head.getHeaders = function getHeaders() {
  const all = Object.create(null);
  for (const key of this.getHeaderNames()) all[key] = this[kOutHeaders][key][1];
  return all;
};

head.hasHeader = function hasHeader(name) {
  validateString(name, 'name');
  return this[kOutHeaders] !== null && Boolean(this[kOutHeaders][name.toLowerCase()]);
};

head.removeHeader = function removeHeader(name) {
  validateString(name, 'name');
  if (this._header) throw headersSent('remove');
  const key = name.toLowerCase();
  if (key === 'connection') this._removedConnection = true;
  else if (key === 'content-length') this._removedContLen = true;
  else if (key === 'transfer-encoding') this._removedTE = true;
  if (this[kOutHeaders] !== null) delete this[kOutHeaders][key];
};

head._renderHeaders = function() {
  if (this._header) throw headersSent('render');
  const all = {};
  for (const [name, value] of Object.values(this[kOutHeaders] || {})) all[name] = value;
  return all;
};

module.exports = { head, kOutHeaders };
