'use strict';
// What V8 has of the language and goja does not, as far as it can be added from
// outside. Each addition is made only where it is missing.

function method(target, name, value) {
  if (target[name] !== undefined) return;
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}

// The longest string that V8 allows; goja would try to make any.
const MAX_STRING = 2 ** 29 - 24;

exports.install = (target) => {
  weakReferences(target);
  promises();
  collections();
  strings();
  accessors();
  dates();
  regexps(target);
  iterators(target);
};

// goja cannot tell when an object dies, so a WeakRef holds on to its target and
// a FinalizationRegistry never calls back, which the language allows.
function weakReferences(target) {
  if (target.WeakRef === undefined) {
    class WeakRef {
      #target;

      constructor(value) {
        if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')) {
          throw new TypeError('WeakRef: invalid target');
        }
        this.#target = value;
      }

      deref() {
        return this.#target;
      }
    }
    Object.defineProperty(WeakRef.prototype, Symbol.toStringTag, { value: 'WeakRef', configurable: true });
    method(target, 'WeakRef', WeakRef);
  }
  if (target.FinalizationRegistry === undefined) {
    class FinalizationRegistry {
      constructor(cleanup) {
        if (typeof cleanup !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable');
      }

      register() {}

      unregister() {
        return false;
      }
    }
    Object.defineProperty(FinalizationRegistry.prototype, Symbol.toStringTag, { value: 'FinalizationRegistry', configurable: true });
    method(target, 'FinalizationRegistry', FinalizationRegistry);
  }
  if (target.SharedArrayBuffer === undefined) {
    // There are no threads to share with: an ArrayBuffer under the other name.
    class SharedArrayBuffer {
      constructor(length) {
        const buffer = new ArrayBuffer(length);
        Object.setPrototypeOf(buffer, new.target.prototype);
        return buffer;
      }
    }
    Object.setPrototypeOf(SharedArrayBuffer.prototype, ArrayBuffer.prototype);
    Object.defineProperty(SharedArrayBuffer.prototype, Symbol.toStringTag, { value: 'SharedArrayBuffer', configurable: true });
    method(target, 'SharedArrayBuffer', SharedArrayBuffer);
  }
  if (target.Atomics === undefined) {
    const swap = (compute) => (array, index, value) => {
      const before = array[index];
      array[index] = compute(before, value);
      return before;
    };
    const atomics = {
      load: (array, index) => array[index],
      store: (array, index, value) => { array[index] = value; return value; },
      add: swap((a, b) => a + b),
      sub: swap((a, b) => a - b),
      and: swap((a, b) => a & b),
      or: swap((a, b) => a | b),
      xor: swap((a, b) => a ^ b),
      exchange: swap((a, b) => b),
      compareExchange(array, index, expected, value) {
        const before = array[index];
        if (before === expected) array[index] = value;
        return before;
      },
      isLockFree: (size) => size === 1 || size === 2 || size === 4 || size === 8,
      notify: () => 0,
      wait() {
        throw new TypeError('Atomics.wait cannot be called in this context');
      },
    };
    const namespace = Object.create(Object.prototype, { [Symbol.toStringTag]: { value: 'Atomics', configurable: true } });
    for (const name of Object.keys(atomics)) method(namespace, name, atomics[name]);
    method(target, 'Atomics', namespace);
  }
}

function promises() {
  method(Promise, 'withResolvers', function withResolvers() {
    let resolve;
    let reject;
    const promise = new this((a, b) => {
      resolve = a;
      reject = b;
    });
    return { promise, resolve, reject };
  });
  // goja's own rejects with an error that has no message.
  delete Promise.any;
  method(Promise, 'any', function any(iterable) {
    return new this((resolve, reject) => {
      const errors = [];
      let waiting = 1;
      const lost = () => {
        if (--waiting === 0) reject(new AggregateError(errors, 'All promises were rejected'));
      };
      let i = 0;
      for (const item of iterable) {
        const at = i++;
        waiting++;
        let seen = false;
        this.resolve(item).then(resolve, (error) => {
          if (seen) return;
          seen = true;
          errors[at] = error;
          lost();
        });
      }
      lost();
    });
  });
  method(Promise, 'try', function (callback, ...args) {
    return new this((resolve) => resolve(callback(...args)));
  });
}

function collections() {
  method(Array, 'fromAsync', async function fromAsync(items, map, thisArg) {
    const out = [];
    const add = async (value) => out.push(map ? await map.call(thisArg, await value, out.length) : await value);
    const open = items[Symbol.asyncIterator] || items[Symbol.iterator];
    if (typeof open !== 'function') {
      for (let i = 0; i < items.length; i++) await add(items[i]);
      return out;
    }
    const iterator = open.call(items);
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) await add(step.value);
    return out;
  });
  method(Object, 'groupBy', function groupBy(items, key) {
    const groups = Object.create(null);
    let i = 0;
    for (const item of items) {
      const name = key(item, i++);
      if (name in groups) groups[name].push(item);
      else groups[name] = [item];
    }
    return groups;
  });
  method(Map, 'groupBy', function groupBy(items, key) {
    const groups = new Map();
    let i = 0;
    for (const item of items) {
      const name = key(item, i++);
      if (groups.has(name)) groups.get(name).push(item);
      else groups.set(name, [item]);
    }
    return groups;
  });
}

function strings() {
  const lone = (text, i) => {
    const c = text.charCodeAt(i);
    if (c < 0xd800 || c > 0xdfff) return false;
    if (c > 0xdbff) return true;
    const next = text.charCodeAt(i + 1);
    return !(next >= 0xdc00 && next <= 0xdfff);
  };
  const isPair = (text, i) => text.charCodeAt(i) >= 0xd800 && text.charCodeAt(i) <= 0xdbff && !lone(text, i);
  method(String.prototype, 'isWellFormed', function isWellFormed() {
    const text = String(this);
    for (let i = 0; i < text.length; i++) {
      if (lone(text, i)) return false;
      if (isPair(text, i)) i++;
    }
    return true;
  });
  method(String.prototype, 'toWellFormed', function toWellFormed() {
    const text = String(this);
    const out = [];
    for (let i = 0; i < text.length; i++) {
      if (lone(text, i)) out.push('\ufffd');
      else if (isPair(text, i)) out.push(text[i] + text[++i]);
      else out.push(text[i]);
    }
    return out.join('');
  });

  const { repeat, padStart, padEnd } = String.prototype;
  const guard = (name, native, length) => {
    Object.defineProperty(String.prototype, name, {
      value: { [name](count, fill) {
        if (length(this, count) > MAX_STRING) throw new RangeError('Invalid string length');
        return fill === undefined ? native.call(this, count) : native.call(this, count, fill);
      } }[name],
      writable: true,
      enumerable: false,
      configurable: true,
    });
  };
  guard('repeat', repeat, (text, count) => {
    if (count < 0 || count === Infinity) throw new RangeError(`Invalid count value: ${count}`);
    return String(text).length * Math.trunc(+count || 0);
  });
  guard('padStart', padStart, (text, count) => +count);
  guard('padEnd', padEnd, (text, count) => +count);
}

// The accessors of Annex B, which old packages still use.
function accessors() {
  const define = (field) => function (name, accessor) {
    if (typeof accessor !== 'function') throw new TypeError(`Object.prototype.__define${field === 'get' ? 'G' : 'S'}etter__: Expecting function`);
    Object.defineProperty(this, name, { [field]: accessor, enumerable: true, configurable: true });
  };
  const lookup = (field) => function (name) {
    for (let object = Object(this); object !== null; object = Object.getPrototypeOf(object)) {
      const found = Object.getOwnPropertyDescriptor(object, name);
      if (found) return found[field];
    }
    return undefined;
  };
  method(Object.prototype, '__defineGetter__', define('get'));
  method(Object.prototype, '__defineSetter__', define('set'));
  method(Object.prototype, '__lookupGetter__', lookup('get'));
  method(Object.prototype, '__lookupSetter__', lookup('set'));
}

// Dates as texts, in which V8 writes the name of the time zone in full.
function dates() {
  for (const name of ['toString', 'toTimeString']) {
    const original = Date.prototype[name];
    const value = {
      [name]() {
        const text = original.call(this);
        const open = text.lastIndexOf('(');
        if (open < 0) return text; // Invalid Date
        return `${text.slice(0, open + 1)}${text.endsWith('(UTC)') ? 'Coordinated Universal Time' : zoneName(this)})`;
      },
    }[name];
    Object.defineProperty(Date.prototype, name, { value, writable: true, enumerable: false, configurable: true });
  }
}

function zoneName(date) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'long' }).formatToParts(date);
  return parts.find((part) => part.type === 'timeZoneName').value;
}

// new RegExp(…) with what goja does not know: \p{…}, the flags d and v, and classes
// of halves of surrogate pairs.
// Literals are rewritten before they are compiled.
function regexps(target) {
  const Native = target.RegExp;
  native.replaceConstructor('RegExp', (args) => {
    let [pattern, flags] = args;
    if (pattern instanceof Native) {
      if (flags === undefined) return args;
      pattern = pattern.source;
    }
    if (typeof pattern === 'string' && /\\u[dD]|[\ud800-\udbff]/.test(pattern) && !(typeof flags === 'string' && /[uv]/.test(flags))) pattern = native.separateHalves(pattern);
    if (typeof flags !== 'string' || !/[udv]/.test(flags)) return flags === undefined ? [pattern] : [pattern, flags];
    if (/[uv]/.test(flags) && /\\[pP]\{/.test(pattern)) pattern = native.expandPattern(String(pattern));
    return [pattern, flags.replace('d', '').replace('v', 'u')];
  });
}

// Iterator helpers: the global Iterator and the methods of its prototype.
function iterators(target) {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  if (target.Iterator === undefined) {
    const Iterator = function Iterator() {
      if (new.target === undefined || new.target === Iterator) throw new TypeError('Abstract class Iterator not directly constructable');
    };
    Object.defineProperty(Iterator, 'prototype', { value: prototype });
    Iterator.from = (items) => {
      const iterator = typeof items[Symbol.iterator] === 'function' ? items[Symbol.iterator]() : items;
      return iterator instanceof Iterator ? iterator : wrap({ next: () => iterator.next(), return: () => (iterator.return ? iterator.return() : { done: true }) });
    };
    method(target, 'Iterator', Iterator);
  }
  const wrap = (steps) => Object.assign(Object.create(prototype), steps);
  const callable = (fn) => {
    if (typeof fn !== 'function') throw new TypeError(`${String(fn)} is not a function`);
    return fn;
  };
  const lazily = (name, generate) => method(prototype, name, { [name](argument) {
    if (name === 'take' || name === 'drop') {
      if (!(Number(argument) >= 0)) throw new RangeError(`${argument} must be positive`);
    } else callable(argument);
    return generate(this, argument);
  } }[name]);
  const each = (iterator) => ({ [Symbol.iterator]: () => iterator });
  lazily('map', function* map(items, fn) { let i = 0; for (const v of each(items)) yield fn(v, i++); });
  lazily('filter', function* filter(items, fn) { let i = 0; for (const v of each(items)) if (fn(v, i++)) yield v; });
  lazily('flatMap', function* flatMap(items, fn) { let i = 0; for (const v of each(items)) yield* fn(v, i++); });
  lazily('take', function* take(items, n) { if (n < 1) { if (items.return) items.return(); return; } let left = Math.trunc(n); for (const v of each(items)) { yield v; if (--left <= 0) return; } });
  lazily('drop', function* drop(items, n) { let left = Math.trunc(n); for (const v of each(items)) if (left-- <= 0) yield v; });
  method(prototype, 'toArray', function toArray() { return [...each(this)]; });
  method(prototype, 'forEach', function forEach(fn) { let i = 0; for (const v of each(this)) callable(fn)(v, i++); });
  method(prototype, 'some', function some(fn) { let i = 0; for (const v of each(this)) if (callable(fn)(v, i++)) return true; return false; });
  method(prototype, 'every', function every(fn) { let i = 0; for (const v of each(this)) if (!callable(fn)(v, i++)) return false; return true; });
  method(prototype, 'find', function find(fn) { let i = 0; for (const v of each(this)) if (callable(fn)(v, i++)) return v; return undefined; });
  method(prototype, 'reduce', function reduce(fn, ...initial) {
    let i = 0;
    let result = initial[0];
    let empty = initial.length === 0;
    for (const v of each(this)) {
      if (empty) result = v;
      else result = callable(fn)(result, v, i);
      empty = false;
      i++;
    }
    if (empty) throw new TypeError('Reduce of a done iterator with no initial value');
    return result;
  });
}
