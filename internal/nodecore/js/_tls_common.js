'use strict';
// The old name of a part of tls.

const { SecureContext, createSecureContext } = require('tls');

exports.SecureContext = SecureContext;
exports.createSecureContext = createSecureContext;
