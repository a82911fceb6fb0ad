'use strict';
// What the classes of Intl have in common: reading options and locales.

// nothing is the error for null. The engine takes this message for its own where it
// is given to the constructor, and rewords it.
function nothing() {
  const error = new TypeError();
  Object.defineProperty(error, 'message', { value: 'Cannot convert undefined or null to object', writable: true, enumerable: false, configurable: true });
  error.stack = error.stack.replace(/^TypeError/, `TypeError: ${error.message}`);
  return error;
}

// locales gives the canonical tags of a list; direct tells the function that does
// nothing else.
exports.locales = (list, direct = false) => {
  if (list === undefined) return [];
  if (list === null) throw nothing();
  const items = typeof list === 'string' || (typeof list === 'object' && Object.prototype.toString.call(list) === '[object Intl.Locale]') ? [list] : Array.from(list);
  const tags = [];
  for (const item of items) {
    if (typeof item !== 'string' && (typeof item !== 'object' || item === null)) throw new TypeError('Incorrect locale information provided');
    const tag = native.intlCanonical(String(item));
    if (tag === undefined) throw new RangeError(direct && String(item).length > 1 ? `Invalid language tag: ${item}` : 'Incorrect locale information provided');
    if (!tags.includes(tag)) tags.push(tag);
  }
  return tags;
};

// resolve gives the locale in force and the keys of its Unicode extension.
exports.resolve = (list, options) => {
  const tags = exports.locales(list);
  if (options !== undefined) exports.option(options, 'localeMatcher', ['lookup', 'best fit'], 'best fit');
  const [locale, keys] = native.intlResolve(tags);
  return { locale, keys };
};

exports.supported = (list, options) => {
  const tags = exports.locales(list);
  if (options !== undefined) exports.option(Object(options), 'localeMatcher', ['lookup', 'best fit'], 'best fit');
  return tags.filter((tag) => native.intlSupported(tag) !== undefined);
};

// option reads one that is text; allowed lists its values, undefined allows any.
exports.option = (options, name, allowed, fallback) => {
  let value = options[name];
  if (value === undefined) return fallback;
  value = String(value);
  if (allowed !== undefined && !allowed.includes(value)) throw new RangeError(`Value ${value} out of range for ${exports.option.owner} options property ${name}`);
  return value;
};
exports.option.owner = 'Intl.NumberFormat';

exports.number = (options, name, min, max, fallback) => exports.defaultNumber(options[name], name, min, max, fallback);

exports.defaultNumber = (value, name, min, max, fallback) => {
  if (value === undefined) return fallback;
  const n = Number(value);
  if (Number.isNaN(n) || n < min || n > max) throw new RangeError(`${name} value is out of range.`);
  return Math.floor(n);
};

exports.object = (options) => {
  if (options === undefined) return Object.create(null);
  if (options === null) throw nothing();
  return Object(options);
};

// strict is object for the classes that take objects only.
exports.strict = (options) => {
  if (options === undefined) return Object.create(null);
  if (typeof options !== 'object' || options === null) throw new TypeError('invalid_argument');
  return options;
};

// parts makes objects of a flat list of types and values.
exports.parts = (flat) => {
  const list = [];
  for (let i = 0; i < flat.length; i += 2) list.push({ type: flat[i], value: flat[i + 1] });
  return list;
};

// define makes a class of Intl look as V8's: a tag, hidden methods.
exports.define = (Class, name, length = 0) => {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  Object.defineProperty(Class, 'length', { value: length, configurable: true });
  return Class;
};

// callable lets a class be called without new, as the oldest ones of Intl can.
exports.callable = (Class) => {
  function Callable(...args) {
    return Reflect.construct(Class, args, new.target || Callable);
  }
  Object.defineProperty(Callable, 'name', { value: Class.name, configurable: true });
  Object.defineProperty(Callable, 'length', { value: 0, configurable: true });
  Object.defineProperty(Callable, 'prototype', { value: Class.prototype, writable: false });
  Object.defineProperty(Callable, 'supportedLocalesOf', { value: Class.supportedLocalesOf, writable: true, configurable: true });
  Object.defineProperty(Class.prototype, 'constructor', { value: Callable, writable: true, configurable: true });
  return Callable;
};
