'use strict';
// publicEncrypt, privateDecrypt and the two that go the other way.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const keys = require('internal/crypto/keys');

const PKCS1 = 1;
const OAEP = 4;

function rsa(name, use, defaultPadding) {
  const run = function (options, buffer) {
    const key = keys.describe(options, use);
    const settings = options !== null && typeof options === 'object' ? options : {};
    const padding = settings.padding || defaultPadding;
    if (name === 'privateDecrypt' && padding === PKCS1) {
      throw codeError(TypeError, 'ERR_INVALID_ARG_VALUE', 'RSA_PKCS1_PADDING is no longer supported for private decryption, this can be reverted with --security-revert=CVE-2023-46809');
    }
    const { oaepHash, encoding } = settings;
    if (oaepHash !== undefined) check.string('key.oaepHash', oaepHash);
    let { oaepLabel } = settings;
    if (oaepLabel !== undefined) oaepLabel = Buffer.from(check.bytes('key.oaepLabel', oaepLabel, encoding));
    return check.toBuffer(native[name](key.handle, check.bytes('buffer', buffer, encoding), padding, oaepHash, oaepLabel));
  };
  Object.defineProperty(run, 'name', { value: name, configurable: true });
  return run;
}

exports.publicEncrypt = rsa('publicEncrypt', keys.USE_PUBLIC, OAEP);
exports.publicDecrypt = rsa('publicDecrypt', keys.USE_PUBLIC, PKCS1);
exports.privateEncrypt = rsa('privateEncrypt', keys.USE_PRIVATE, PKCS1);
exports.privateDecrypt = rsa('privateDecrypt', keys.USE_PRIVATE, OAEP);
