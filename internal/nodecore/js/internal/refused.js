'use strict';
// Modules whose functions load but throw, because a function runs alone in its
// sandbox.

const { refused } = require('internal/errors');

const WHY = 'a function runs alone in its sandbox and cannot start, debug or reach other processes there';

// fn makes a function or class that throws.
exports.fn = (module, name, length = 0, why = WHY) => {
  const thrower = function() {
    throw refused(`${module}.${name}`, why);
  };
  Object.defineProperty(thrower, 'name', { value: name, configurable: true });
  Object.defineProperty(thrower, 'length', { value: length, configurable: true });
  return thrower;
};

// fns defines several on exports: {name: number of parameters}.
exports.fns = (target, module, lengths, why = WHY) => {
  for (const [name, length] of Object.entries(lengths)) target[name] = exports.fn(module, name, length, why);
};
