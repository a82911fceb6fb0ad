'use strict';
// Deep equality, as assert and util.isDeepStrictEqual see it.

const kindOf = (value) => native.kindOf(value);
const tagOf = (value) => Object.prototype.toString.call(value);
const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const isObject = (value) => value !== null && typeof value === 'object';
const BOXES = ['number', 'string', 'boolean', 'bigint', 'symbol'];
const isIndex = (key) => /^(?:0|[1-9]\d*)$/.test(key) && +key < 2 ** 32 - 1;

function equal(a, b, strict, pairs) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict) {
    if (typeof a !== 'object') return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b);
    if (!isObject(a) || !isObject(b)) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  } else {
    if (!isObject(a)) return !isObject(b) && (a == b || (a !== a && b !== b));
    if (!isObject(b)) return false;
  }
  if (tagOf(a) !== tagOf(b)) return false;
  return contents(a, b, strict, pairs);
}

function bytesOf(value) {
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value);
}

function sameViews(a, b, strict) {
  if (a.byteLength !== b.byteLength) return false;
  if (!strict && (a instanceof Float32Array || a instanceof Float64Array)) {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
    return true;
  }
  return native.bufCompare(bytesOf(a), bytesOf(b)) === 0;
}

function contents(a, b, strict, pairs) {
  const kind = kindOf(a);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    const keys = Object.keys(a).filter((key) => !isIndex(key));
    if (keys.length !== Object.keys(b).filter((key) => !isIndex(key)).length) return false;
    return properties(a, b, strict, pairs, keys, () => items(a, b, strict, pairs));
  }
  if (Array.isArray(b)) return false;
  if (kind === 'date') {
    if (kindOf(b) !== 'date' || Date.prototype.getTime.call(a) !== Date.prototype.getTime.call(b)) return false;
  } else if (kind === 'regexp') {
    if (kindOf(b) !== 'regexp' || a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) return false;
  } else if (kind === 'error' || a instanceof Error) {
    if ((kindOf(b) !== 'error' && !(b instanceof Error)) || a.message !== b.message || a.name !== b.name) return false;
  } else if (ArrayBuffer.isView(a)) {
    if (!ArrayBuffer.isView(b) || !sameViews(a, b, strict)) return false;
    const keys = Object.keys(a).filter((key) => !isIndex(key));
    if (keys.length !== Object.keys(b).filter((key) => !isIndex(key)).length) return false;
    return properties(a, b, strict, pairs, keys, () => true);
  } else if (kind === 'set' || kind === 'map') {
    if (kindOf(b) !== kind || a.size !== b.size) return false;
    const same = kind === 'set' ? sets : maps;
    return properties(a, b, strict, pairs, undefined, () => same(a, b, strict, pairs));
  } else if (kind === 'arrayBuffer') {
    if (kindOf(b) !== kind || a.byteLength !== b.byteLength || native.bufCompare(bytesOf(a), bytesOf(b)) !== 0) return false;
  } else if (BOXES.includes(kind)) {
    if (kindOf(b) !== kind || !Object.is(a.valueOf(), b.valueOf())) return false;
  } else {
    const other = kindOf(b);
    if (ArrayBuffer.isView(b) || ['date', 'regexp', 'set', 'map', 'arrayBuffer', 'error', ...BOXES].includes(other)) return false;
  }
  return properties(a, b, strict, pairs, undefined, () => true);
}

// properties compares the enumerable properties and then what rest looks at.
function properties(a, b, strict, pairs, keys, rest) {
  if (keys === undefined) {
    keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
  }
  if (!keys.every((key) => hasOwn(b, key))) return false;
  if (strict) {
    const symbols = (value) => Object.getOwnPropertySymbols(value).filter((s) => Object.prototype.propertyIsEnumerable.call(value, s));
    const own = symbols(a);
    if (own.length !== symbols(b).length) return false;
    for (const s of own) {
      if (!Object.prototype.propertyIsEnumerable.call(b, s)) return false;
      keys = [...keys, s];
    }
  }
  // Two objects that are being compared already are taken for equal.
  const known = pairs.get(a);
  if (known !== undefined && known === b) return true;
  const before = known;
  pairs.set(a, b);
  const same = rest() && keys.every((key) => equal(a[key], b[key], strict, pairs));
  if (before === undefined) pairs.delete(a);
  else pairs.set(a, before);
  return same;
}

function items(a, b, strict, pairs) {
  for (let i = 0; i < a.length; i++) {
    if (hasOwn(a, i) !== hasOwn(b, i)) return false;
    if (!equal(a[i], b[i], strict, pairs)) return false;
  }
  return true;
}

// sets and maps look for a partner of every entry that is not found at once.
function sets(a, b, strict, pairs) {
  const open = [...b].filter((value) => !(a.has(value) && (strict || !isObject(value))));
  for (const value of a) {
    if (b.has(value)) continue;
    if (strict && !isObject(value)) return false;
    const at = open.findIndex((other) => equal(value, other, strict, pairs));
    if (at === -1) return false;
    open.splice(at, 1);
  }
  return true;
}

function maps(a, b, strict, pairs) {
  const open = [...b.keys()].filter((key) => !a.has(key));
  for (const [key, value] of a) {
    if (b.has(key)) {
      if (!equal(value, b.get(key), strict, pairs)) return false;
      continue;
    }
    if (strict && !isObject(key)) return false;
    const at = open.findIndex((other) => equal(key, other, strict, pairs) && equal(value, b.get(other), strict, pairs));
    if (at === -1) return false;
    open.splice(at, 1);
  }
  return true;
}

exports.isDeepEqual = (a, b) => equal(a, b, false, new Map());
exports.isDeepStrictEqual = function isDeepStrictEqual(a, b) {
  return equal(a, b, true, new Map());
};
