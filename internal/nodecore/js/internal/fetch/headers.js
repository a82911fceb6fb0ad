'use strict';
// Headers, and the list below it that keeps the names as they were written.

const { fault, brand, need, notConvertible, invalid, isObject, byteString, sequence, record, expose, iterable } = require('internal/fetch/idl');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;

class HeadersList {
  constructor(other = null) {
    this.map = new Map(other === null ? undefined : other.map); // name in lower case → {name, value}
    this.cookies = other === null || other.cookies === null ? null : [...other.cookies];
    this.sorted = null;
  }

  contains(name) {
    return this.map.has(name.toLowerCase());
  }

  get(name) {
    const found = this.map.get(name.toLowerCase());
    return found === undefined ? null : found.value;
  }

  append(name, value) {
    this.sorted = null;
    const key = name.toLowerCase();
    const found = this.map.get(key);
    if (found) this.map.set(key, { name: found.name, value: `${found.value}${key === 'cookie' ? '; ' : ', '}${value}` });
    else this.map.set(key, { name, value });
    if (key === 'set-cookie') {
      if (this.cookies === null) this.cookies = [];
      this.cookies.push(value);
    }
  }

  set(name, value) {
    this.sorted = null;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = [value];
    this.map.set(key, { name, value });
  }

  delete(name) {
    this.sorted = null;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = null;
    this.map.delete(key);
  }

  clear() {
    this.sorted = null;
    this.cookies = null;
    this.map.clear();
  }

  // take replaces everything by another list.
  take(other) {
    this.clear();
    for (const { name, value } of other.map.values()) this.set(name, value);
    this.cookies = other.cookies === null ? null : [...other.cookies];
  }

  // pairs gives [name in lower case, value] in order of names; each cookie is
  // one of its own.
  pairs() {
    if (this.sorted !== null) return this.sorted;
    const list = [];
    for (const key of [...this.map.keys()].sort()) {
      if (key === 'set-cookie') for (const cookie of this.cookies) list.push([key, cookie]);
      else list.push([key, this.map.get(key).value]);
    }
    this.sorted = list;
    return list;
  }

  // written gives [name, value] as they were given, in that order.
  written() {
    const list = [];
    for (const [key, { name, value }] of this.map) {
      if (key === 'set-cookie') for (const cookie of this.cookies) list.push([name, cookie]);
      else list.push([name, value]);
    }
    return list;
  }
}

function trim(value) {
  return value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
}

function isValue(value) {
  return !/[\0\r\n]|^[\t ]|[\t ]$/.test(value); // eslint-disable-line no-control-regex
}

function checkName(name, where) {
  if (!TOKEN.test(name)) throw invalid(where, name, 'header name');
}

function named(headers, args, name, where) {
  brand(headers, Headers);
  need(args, 1, where);
  name = byteString(name, where, 'name');
  checkName(name, where);
  return name;
}

const made = Symbol('made'); // the constructor's word for Headers that are given a list

class Headers {
  #list = new HeadersList();
  #guard = 'none';

  constructor(init = undefined) {
    if (init === undefined || init === made) return;
    fill(this, exports.convertInit(init, 'Headers contructor', 'init'));
  }

  append(name, value) {
    brand(this, Headers);
    need(arguments, 2, 'Headers.append');
    name = byteString(name, 'Headers.append', 'name');
    value = byteString(value, 'Headers.append', 'value');
    add(this, name, value);
  }

  delete(name) {
    name = named(this, arguments, name, 'Headers.delete');
    this.#mayChange();
    this.#list.delete(name);
  }

  get(name) {
    name = named(this, arguments, name, 'Headers.get');
    return this.#list.get(name);
  }

  has(name) {
    name = named(this, arguments, name, 'Headers.has');
    return this.#list.contains(name);
  }

  set(name, value) {
    brand(this, Headers);
    need(arguments, 2, 'Headers.set');
    name = byteString(name, 'Headers.set', 'name');
    value = trim(byteString(value, 'Headers.set', 'value'));
    checkName(name, 'Headers.set');
    if (!isValue(value)) throw invalid('Headers.set', value, 'header value');
    this.#mayChange();
    this.#list.set(name, value);
  }

  getSetCookie() {
    brand(this, Headers);
    return this.#list.cookies === null ? [] : [...this.#list.cookies];
  }

  #mayChange() {
    if (this.#guard === 'immutable') throw new TypeError('immutable');
  }

  [inspect](depth, options) {
    if (options.depth === undefined || options.depth === null) options.depth = depth;
    const shown = {};
    for (const { name, value } of this.#list.map.values()) shown[name] = value;
    return `Headers ${require('util').formatWithOptions(options, shown)}`;
  }

  static [made](headers, list, guard) {
    headers.#list = list;
    headers.#guard = guard;
    return headers;
  }

  static [inspect](headers) {
    return { list: headers.#list, guard: headers.#guard };
  }
}

// What only this piece may do with Headers is taken off the class again.
const { [made]: give, [inspect]: inside } = Headers;
delete Headers[made];
delete Headers[inspect];

expose(Headers, ['append', 'delete', 'get', 'has', 'set', 'getSetCookie']);
iterable(Headers, (headers) => inside(headers).list.pairs());

function add(headers, name, value) {
  value = trim(value);
  checkName(name, 'Headers.append');
  if (!isValue(value)) throw invalid('Headers.append', value, 'header value');
  const { list, guard } = inside(headers);
  if (guard === 'immutable') throw new TypeError('immutable');
  list.append(name, value);
}

function fill(headers, init) {
  if (!Array.isArray(init)) {
    for (const name of Object.keys(init)) add(headers, name, init[name]);
    return;
  }
  for (const pair of init) {
    if (pair.length !== 2) throw fault('Headers constructor', `expected name/value pair to be length 2, found ${pair.length}.`);
    add(headers, pair[0], pair[1]);
  }
}

const PAIR_TYPES = ['sequence<sequence<ByteString>>', 'record<ByteString, ByteString>'];

// convertInit gives a list of pairs or a record of what Headers are made from.
exports.convertInit = (init, where, argument) => {
  if (!isObject(init)) throw notConvertible('Headers constructor', 'Argument 1', PAIR_TYPES);
  const open = init[Symbol.iterator];
  if (open === Headers.prototype.entries && init instanceof Headers) return inside(init).list.written();
  if (typeof open !== 'function') return record(init, where, argument, byteString);
  return sequence(init, where, argument, (pair, at, name) => sequence(pair, at, name, byteString));
};

exports.Headers = Headers;
exports.HeadersList = HeadersList;
exports.isToken = (text) => TOKEN.test(text);
exports.isValue = isValue;
exports.fill = fill;
// wrap makes Headers above a list; guard is 'none', 'request', 'response' or 'immutable'.
exports.wrap = (list, guard) => give(new Headers(made), list, guard);
exports.guardOf = (headers) => inside(headers).guard;
exports.listOf = (headers) => inside(headers).list;
