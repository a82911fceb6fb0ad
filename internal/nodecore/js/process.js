'use strict';
const ticks = require('internal/ticks');
module.exports = { env: native.env(), nextTick: ticks.nextTick, __uncaught: () => false, exit: (c) => native.exit(c || 0) };
