'use strict';
// The path/win32 module.

module.exports = require('path').win32;
