'use strict';
// What may be a header, and how the headers of an answer are joined.

const { codeError } = require('internal/errors');

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

exports.isToken = (text) => TOKEN.test(text);

exports.validateHeaderName = (name, label) => {
  if (typeof name !== 'string' || !name || !TOKEN.test(name)) {
    throw codeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label || 'Header name'} must be a valid HTTP token ["${name}"]`);
  }
};

exports.validateHeaderValue = (name, value) => {
  if (value === undefined) {
    throw codeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
  }
  if (BAD_VALUE.test(value)) {
    throw codeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }
};

// Headers of which only the first counts.
const SINGLE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]);

// add puts one header into the object form.
function add(target, name, value, joinDuplicates) {
  const key = name.toLowerCase();
  if (key === 'set-cookie') {
    if (target[key] === undefined) target[key] = [value];
    else target[key].push(value);
  } else if (target[key] === undefined) {
    target[key] = value;
  } else if (key === 'cookie') {
    target[key] += `; ${value}`;
  } else if (joinDuplicates || !SINGLE.has(key)) {
    target[key] += `, ${value}`;
  }
}

exports.joined = (raw, joinDuplicates) => {
  const target = {};
  for (let i = 0; i + 1 < raw.length; i += 2) add(target, raw[i], raw[i + 1], joinDuplicates);
  return target;
};

exports.addHeader = add;

exports.distinct = (raw) => {
  const target = Object.create(null);
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const key = raw[i].toLowerCase();
    if (target[key]) target[key].push(raw[i + 1]);
    else target[key] = [raw[i + 1]];
  }
  return target;
};
