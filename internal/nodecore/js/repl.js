'use strict';
// The repl module: refused.

const { fns } = require('internal/refused');

const WHY = 'a function has no terminal';

fns(exports, 'repl', { start: 6 }, WHY);
exports.writer = function writer(value) {
  return require('util').inspect(value, { showProxy: true });
};
fns(exports, 'repl', { REPLServer: 6 }, WHY);
exports.REPL_MODE_SLOPPY = Symbol('repl-sloppy');
exports.REPL_MODE_STRICT = Symbol('repl-strict');
fns(exports, 'repl', { Recoverable: 1 }, WHY);
exports.isValidSyntax = function isValidSyntax(code) {
  try {
    native.compileScript(code, 'repl');
    return true;
  } catch {
    return false;
  }
};
Object.defineProperty(exports, 'builtinModules', { enumerable: true, configurable: true, get: () => require('module').builtinModules.filter((m) => !m.startsWith('_')) });
