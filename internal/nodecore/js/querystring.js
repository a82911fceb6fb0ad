'use strict';
// The querystring module.

const { codeError } = require('internal/errors');

const isHex = (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);

// unescapeBuffer decodes escapes into bytes, leaving what is none.
exports.unescapeBuffer = function unescapeBuffer(s, decodeSpaces) {
  const { Buffer } = require('buffer');
  const out = Buffer.allocUnsafe(s.length);
  let n = 0;
  for (let i = 0; i < s.length; i++) {
    let c = s.charCodeAt(i);
    if (c === 43 && decodeSpaces) c = 32;
    if (c === 37 && i + 2 < s.length && isHex(s.charCodeAt(i + 1)) && isHex(s.charCodeAt(i + 2))) {
      c = parseInt(s.slice(i + 1, i + 3), 16);
      i += 2;
    }
    out[n++] = c;
  }
  return out.slice(0, n);
};

exports.unescape = function unescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return exports.unescapeBuffer(s, decodeSpaces).toString();
  }
};

exports.escape = function escape(value) {
  let text = value;
  if (typeof value !== 'string') text = typeof value === 'object' ? String(value) : `${value}`;
  try {
    return encodeURIComponent(text);
  } catch {
    throw codeError(URIError, 'ERR_INVALID_URI', 'URI malformed');
  }
};

function primitive(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': return `${value}`;
    case 'boolean': return value ? 'true' : 'false';
    default: return '';
  }
}

exports.stringify = function stringify(object, separator, equals, options) {
  separator = separator || '&';
  equals = equals || '=';
  if (object === null || typeof object !== 'object') return '';
  const custom = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : exports.escape;
  const encode = (value) => {
    const text = primitive(value);
    return text === '' ? '' : custom(text);
  };
  const fields = [];
  for (const key of Object.keys(object)) {
    const name = encode(key) + equals;
    const value = object[key];
    if (Array.isArray(value)) for (const item of value) fields.push(name + encode(item));
    else fields.push(name + encode(value));
  }
  return fields.join(separator);
};
exports.encode = exports.stringify;

exports.parse = function parse(query, separator, equals, options) {
  const result = Object.create(null);
  if (typeof query !== 'string' || query.length === 0) return result;
  separator = separator ? `${separator}` : '&';
  equals = equals ? `${equals}` : '=';
  let max = 1000;
  let custom = exports.unescape;
  if (options) {
    if (typeof options.maxKeys === 'number') max = options.maxKeys;
    if (typeof options.decodeURIComponent === 'function') custom = options.decodeURIComponent;
  }
  const decode = (part) => {
    const spaced = part.replaceAll('+', '%20');
    if (custom === exports.unescape && !spaced.includes('%')) return spaced;
    try {
      return custom(spaced);
    } catch {
      return exports.unescape(spaced, true);
    }
  };
  let count = 0;
  for (const pair of query.split(separator)) {
    if (pair === '') continue;
    if (max > 0 && count >= max) break;
    count++;
    const at = pair.indexOf(equals);
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + equals.length));
    if (!(name in result)) result[name] = value;
    else if (Array.isArray(result[name])) result[name].push(value);
    else result[name] = [result[name], value];
  }
  return result;
};
exports.decode = exports.parse;
