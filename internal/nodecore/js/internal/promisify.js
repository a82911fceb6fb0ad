'use strict';
// util.promisify.

const custom = Symbol.for('nodejs.util.promisify.custom');
// The names of a callback's results where there are several, as fs.read has.
const customArgs = Symbol.for('fns.promisify.args');

function promisify(original) {
  const { validateFunction, invalidArgType } = require('internal/errors');
  validateFunction(original, 'original');
  if (original[custom]) {
    const fn = original[custom];
    if (typeof fn !== 'function') throw invalidArgType('util.promisify.custom', 'Function', fn);
    return Object.defineProperty(fn, custom, { value: fn, enumerable: false, writable: false, configurable: true });
  }
  const names = original[customArgs];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) {
          reject(error);
        } else if (names !== undefined && values.length > 1) {
          const result = {};
          for (let i = 0; i < names.length; i++) result[names[i]] = values[i];
          resolve(result);
        } else {
          resolve(values[0]);
        }
      }]);
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, custom, { value: fn, enumerable: false, writable: false, configurable: true });
  const own = Object.getOwnPropertyDescriptors(original);
  for (const key of Reflect.ownKeys(own)) Object.defineProperty(fn, key, own[key]);
  return fn;
}
promisify.custom = custom;

exports.promisify = promisify;
exports.customArgs = customArgs;
