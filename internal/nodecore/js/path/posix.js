'use strict';
// The path/posix module.

module.exports = require('path').posix;
