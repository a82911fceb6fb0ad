'use strict';
// How the classes of the fetch family check and convert what they are given, in
// the words that Node uses.

function fault(where, message) {
  return new TypeError(`${where}: ${message}`);
}

exports.fault = fault;

exports.brand = (value, Class) => {
  if (value instanceof Class) return;
  const error = new TypeError('Illegal invocation');
  error.code = 'ERR_INVALID_THIS';
  throw error;
};

exports.need = (args, least, where) => {
  if (args.length >= least) return;
  throw fault(where, `${least} argument${least !== 1 ? 's' : ''} required, but${args.length ? ' only' : ''} ${args.length} found.`);
};

exports.notConvertible = (where, argument, types) =>
  fault(where, `${argument} could not be converted to${types.length === 1 ? '' : ' one of'}: ${types.join(', ')}.`);

exports.invalid = (where, value, what) => fault(where, `"${value}" is an invalid ${what}.`);

const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');

exports.isObject = isObject;

function typeName(value) {
  if (value === null) return 'Null';
  if (isObject(value)) return 'Object';
  if (typeof value === 'bigint') return 'BigInt';
  const name = typeof value;
  return name[0].toUpperCase() + name.slice(1);
}

function shown(value) {
  if (isObject(value)) return require('util').inspect(value);
  if (typeof value === 'symbol') return `Symbol(${value.description})`;
  return typeof value === 'string' ? `"${value}"` : `${value}`;
}

exports.shown = shown;

function domString(value, where, argument) {
  if (typeof value === 'symbol') throw fault(where, `${argument} is a symbol, which cannot be converted to a DOMString.`);
  return String(value);
}

exports.domString = domString;

exports.byteString = (value, where, argument) => {
  const text = domString(value, where, argument);
  const at = text.search(/[^\u0000-\u00ff]/); // eslint-disable-line no-control-regex
  if (at >= 0) {
    throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${at} has a value of ${text.charCodeAt(at)} which is greater than 255.`);
  }
  return text;
};

exports.usvString = (value) => {
  const text = `${value}`;
  return text.isWellFormed() ? text : text.toWellFormed();
};

exports.unsignedShort = (value) => {
  const n = Number(value);
  return Number.isFinite(n) ? Math.trunc(n) % 65536 : 0;
};

// sequence converts what can be iterated, each item with convert.
exports.sequence = (value, where, argument, convert) => {
  if (!isObject(value)) throw fault(where, `${argument} (${shown(value)}) is not iterable.`);
  const open = value[Symbol.iterator];
  const iterator = typeof open === 'function' ? open.call(value) : undefined;
  if (iterator === undefined || typeof iterator.next !== 'function') throw fault(where, `${argument} is not iterable.`);
  const items = [];
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    items.push(convert(step.value, where, `${argument}[${items.length}]`));
  }
  return items;
};

// record converts the own properties of an object.
exports.record = (value, where, argument, convert) => {
  if (!isObject(value)) throw fault(where, `${argument} ("${typeName(value)}") is not an Object.`);
  const out = {};
  for (const key of Reflect.ownKeys(value)) {
    if (native.kindOf(value) === 'proxy') {
      const found = Reflect.getOwnPropertyDescriptor(value, key);
      if (!found || !found.enumerable) continue;
    }
    const name = convert(key, where, argument);
    out[name] = convert(value[key], where, argument);
  }
  return out;
};

// dictionary reads known members: [name, convert, fallback, allowed values].
exports.dictionary = (value, where, argument, members) => {
  const out = {};
  if (value === null || value === undefined) return out;
  if (!isObject(value)) throw fault(where, `Expected ${value} to be one of: Null, Undefined, Object.`);
  for (const [key, convert, fallback, allowed] of members) {
    let member = value[key];
    if (member === undefined) member = fallback;
    if (member === undefined) continue;
    member = convert(member, where, `${argument}.${key}`);
    if (allowed && !allowed.includes(member)) throw fault(where, `${member} is not an accepted type. Expected one of ${allowed.join(', ')}.`);
    out[key] = member;
  }
  return out;
};

// expose makes the members of a class enumerable and names the class.
exports.expose = (Class, members) => {
  for (const name of members) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
};

// iterable gives a class of pairs keys(), values(), entries() and forEach();
// pairs(object) gives the list as it is now.
exports.iterable = (Class, pairs) => {
  const { name } = Class;
  const states = new WeakMap();
  const prototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), {
    next: {
      enumerable: true,
      configurable: true,
      writable: true,
      value: function next() {
        const state = states.get(this);
        if (!state) throw new TypeError(`'next' called on an object that does not implement interface ${name} Iterator.`);
        const list = pairs(state.target);
        if (state.at >= list.length) return { value: undefined, done: true };
        return { value: state.pick(list[state.at++]), done: false };
      },
    },
    [Symbol.toStringTag]: { configurable: true, value: `${name} Iterator` },
  });
  const iterate = (target, pick) => {
    exports.brand(target, Class);
    const object = Object.create(prototype);
    states.set(object, { target, pick, at: 0 });
    return object;
  };
  const methods = {
    keys() {
      return iterate(this, (pair) => pair[0]);
    },
    values() {
      return iterate(this, (pair) => pair[1]);
    },
    entries() {
      return iterate(this, (pair) => [pair[0], pair[1]]);
    },
    forEach(callback, self = globalThis) {
      exports.brand(this, Class);
      exports.need(arguments, 1, `${name}.forEach`);
      if (typeof callback !== 'function') throw new TypeError(`Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'Function'.`);
      for (const [key, value] of iterate(this, (pair) => pair)) callback.call(self, value, key, this);
    },
  };
  for (const [key, value] of Object.entries(methods)) {
    Object.defineProperty(Class.prototype, key, { value, writable: true, enumerable: true, configurable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.iterator, { value: methods.entries, writable: true, enumerable: false, configurable: true });
};

// inspected shows an object of a class as its properties.
exports.inspected = (name, depth, options, properties) => {
  if (options.depth === null) options.depth = 2;
  return `${name} ${require('util').formatWithOptions(options, properties)}`;
};
