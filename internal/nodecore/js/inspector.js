'use strict';
// The inspector module: refused. url() says that no inspector listens, as in Node.

const { fns } = require('internal/refused');

const WHY = 'there is no V8 to inspect; run the function with --engine node --inspect to debug it';

fns(exports, 'inspector', { open: 3 }, WHY);
exports.close = function close() {};
exports.url = function url() {
  return undefined;
};
fns(exports, 'inspector', { waitForDebugger: 0 }, WHY);
Object.defineProperty(exports, 'console', { enumerable: true, configurable: true, get: () => console });
fns(exports, 'inspector', { Session: 0 }, WHY);
exports.Network = {};
