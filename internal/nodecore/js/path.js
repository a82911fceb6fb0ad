'use strict';
// The path module; the paths of Windows load when they are asked for.

const posix = require('internal/path/posix');

module.exports = posix;
