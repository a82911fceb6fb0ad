'use strict';
// The sys module, util's old name.
module.exports = require('util');
