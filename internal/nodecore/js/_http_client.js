'use strict';
// The old name of http.ClientRequest.

exports.ClientRequest = require('http').ClientRequest;
