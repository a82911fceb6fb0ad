'use strict';
// What the methods of crypto.subtle share: their arguments and errors.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const { CryptoKey, domException } = require('internal/crypto/webcrypto');

const fail = (message = 'The operation failed for an operation-specific reason') => domException(message, 'OperationError');
const dataError = (message) => domException(message, 'DataError');
const ORDINALS = { 1: '1st', 2: '2nd', 3: '3rd', 4: '4th', 5: '5th' };

function bytes(value, method, n) {
  if (check.isBinary(value)) {
    // A copy: the caller may change its own while the work waits.
    return new Uint8Array(value.buffer || value, value.byteOffset || 0, value.byteLength).slice();
  }
  throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[n]} argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
}

function keyArgument(value, method, n) {
  if (!(value instanceof CryptoKey)) {
    throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[n]} argument is not of type CryptoKey.`);
  }
  return value;
}

// exact gives an ArrayBuffer of just these bytes.
const exact = (view) => (view.byteLength === view.buffer.byteLength ? view.buffer : view.slice().buffer);

// waiting runs a native that takes its callback last.
const waiting = (name, ...args) =>
  new Promise((resolve, reject) => native[name](...args, (error, value) => (error ? reject(error) : resolve(value))));

const FORMATS = ['raw', 'pkcs8', 'spki', 'jwk'];

function checkFormat(format, method, n) {
  if (!FORMATS.includes(format)) {
    throw codeError(TypeError, 'ERR_INVALID_ARG_VALUE', `Failed to execute '${method}' on 'SubtleCrypto': ${ORDINALS[n]} argument value '${format}' is not a valid enum value of type KeyFormat.`);
  }
}

function aesLength(length) {
  if (![128, 192, 256].includes(length)) throw fail('AES key length must be 128, 192, or 256 bits');
}

Object.assign(exports, { fail, dataError, bytes, keyArgument, exact, waiting, checkFormat, aesLength });
