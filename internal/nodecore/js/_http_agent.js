'use strict';
const http = require('http');

exports.Agent = http.Agent;
exports.globalAgent = http.globalAgent;
