'use strict';
// The checks of arguments that crypto and zlib share, in Node's words.

const { codeError, received, shown } = require('internal/errors');
const { outOfRange } = require('internal/errors');

const BINARY = 'of type string or an instance of Buffer, TypedArray, or DataView';
const ANY_BUFFER = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
exports.ANY_BUFFER = ANY_BUFFER;

function wrongType(name, expected, value) {
  const what = name.includes('.') ? 'property' : 'argument';
  return codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${what} must be ${expected}.${received(value)}`);
}

exports.wrongType = wrongType;

function wrongValue(name, value, reason = 'is invalid') {
  const what = name.includes('.') ? 'property' : 'argument';
  const got = shown(value);
  return codeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${what} '${name}' ${reason}. Received ${got.length > 128 ? got.slice(0, 128) + '...' : got}`);
}

exports.wrongValue = wrongValue;

exports.outOfRange = outOfRange;

exports.string = (name, value) => {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
};

exports.boolean = (name, value) => {
  if (typeof value !== 'boolean') throw wrongType(name, 'of type boolean', value);
};

exports.func = (name, value) => {
  if (typeof value !== 'function') throw wrongType(name, 'of type function', value);
};

exports.object = (name, value) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrongType(name, 'of type object', value);
};

exports.integer = (name, value, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) => {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < min || value > max) throw outOfRange(name, `>= ${min} && <= ${max}`, value);
};

exports.oneOf = (name, value, list) => {
  if (!list.includes(value)) {
    throw wrongValue(name, value, `must be one of: ${list.map((v) => (typeof v === 'string' ? `'${v}'` : String(v))).join(', ')}`);
  }
};

const isBinary = (value) => ArrayBuffer.isView(value) || isAnyArrayBuffer(value);

function isAnyArrayBuffer(value) {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]' && typeof value.byteLength === 'number';
}

exports.isBinary = isBinary;
exports.isAnyArrayBuffer = isAnyArrayBuffer;

const ENCODINGS = { 'utf-8': 'utf8', utf8: 'utf8', hex: 'hex', base64: 'base64', base64url: 'base64url', latin1: 'latin1', binary: 'latin1', ascii: 'ascii', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le' };

// encoding gives an encoding's proper name, undefined for anything else.
function encoding(name) {
  return typeof name === 'string' ? ENCODINGS[name] || ENCODINGS[name.toLowerCase()] : undefined;
}

exports.encoding = encoding;

// text turns a string into what natives take: itself if it means UTF-8.
function text(value, enc) {
  const name = encoding(enc);
  if (name === undefined || name === 'utf8') return value;
  if (name === 'hex' && value.length % 2 !== 0) {
    throw wrongValue('encoding', enc, `is invalid for data of length ${value.length}`);
  }
  return Buffer.from(value, name);
}

// data checks the data of update() and the like.
exports.data = (name, value, enc) => {
  if (typeof value === 'string') return text(value, enc);
  if (!ArrayBuffer.isView(value)) throw wrongType(name, BINARY, value);
  return value;
};

// bytes checks what may be a string or anything binary.
exports.bytes = (name, value, enc) => {
  if (typeof value === 'string') return text(value, enc);
  if (!isBinary(value)) throw wrongType(name, ANY_BUFFER, value);
  return value;
};

// toBuffer makes a Buffer of bytes that a native gave, without copying.
function toBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

exports.toBuffer = toBuffer;

// out gives bytes in the encoding asked for: a Buffer if none.
exports.out = (bytes, enc) => {
  const buffer = toBuffer(bytes);
  return enc === undefined || enc === null || enc === 'buffer' ? buffer : buffer.toString(enc);
};
