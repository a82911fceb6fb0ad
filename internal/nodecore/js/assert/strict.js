'use strict';
// The assert/strict module.

module.exports = require('assert').strict;
