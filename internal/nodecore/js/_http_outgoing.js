'use strict';
// The old name of http.OutgoingMessage.

const { OutgoingMessage, validateHeaderName, validateHeaderValue } = require('http');

exports.validateHeaderName = validateHeaderName;
exports.validateHeaderValue = validateHeaderValue;
exports.OutgoingMessage = OutgoingMessage;
