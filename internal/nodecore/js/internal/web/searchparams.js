'use strict';
// URLSearchParams.

const { codeError } = require('internal/errors');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const text = (value) => {
  const string = `${value}`;
  return string.isWellFormed === undefined || string.isWellFormed() ? string : string.toWellFormed();
};

function decode(part) {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    // Not UTF-8 throughout: what is no valid escape stays, bytes that are no
    // text become U+FFFD.
    const { Buffer } = require('buffer');
    const out = [];
    for (const piece of spaced.split(/((?:%[0-9A-Fa-f]{2})+)/)) {
      out.push(/^%[0-9A-Fa-f]{2}/.test(piece) ? Buffer.from(piece.replaceAll('%', ''), 'hex').toString() : piece);
    }
    return out.join('');
  }
}

function encode(part) {
  return encodeURIComponent(text(part)).replace(/%20|[!'()~]/g, (c) => {
    switch (c) {
      case '%20': return '+';
      case '!': return '%21';
      case "'": return '%27';
      case '(': return '%28';
      case ')': return '%29';
      default: return '%7E';
    }
  });
}

// parse gives the list of [name, value] in a query without its question mark.
function parse(query) {
  const list = [];
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    if (at < 0) list.push([decode(pair), '']);
    else list.push([decode(pair.slice(0, at)), decode(pair.slice(at + 1))]);
  }
  return list;
}

const serialize = (list) => list.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

const notTuple = () => codeError(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');

// pairs reads what the constructor takes.
function pairs(init) {
  if (init === undefined || init === null) return [];
  if (typeof init !== 'object' && typeof init !== 'function') {
    const query = text(init);
    return parse(query.startsWith('?') ? query.slice(1) : query);
  }
  const iterate = init[Symbol.iterator];
  if (iterate !== undefined && iterate !== null) {
    if (typeof iterate !== 'function') throw codeError(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
    const list = [];
    for (const pair of init) {
      if (pair === null || (typeof pair !== 'object' && typeof pair !== 'function') || typeof pair[Symbol.iterator] !== 'function') throw notTuple();
      const both = Array.from(pair);
      if (both.length !== 2) throw notTuple();
      list.push([text(both[0]), text(both[1])]);
    }
    return list;
  }
  const found = new Map();
  for (const name of Reflect.ownKeys(init)) {
    const property = Reflect.getOwnPropertyDescriptor(init, name);
    if (property && property.enumerable) found.set(text(name), text(init[name]));
  }
  return Array.from(found);
}

function need(args, ...names) {
  if (args.length >= names.length) return;
  const list = names.map((n) => `"${n}"`);
  throw codeError(TypeError, 'ERR_MISSING_ARGS', `The ${list.join(' and ')} argument${list.length > 1 ? 's' : ''} must be specified`);
}

const states = new WeakMap(); // URLSearchParams → {list, changed}

function stateOf(object) {
  const state = states.get(object);
  if (!state) throw codeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type URLSearchParams');
  return state;
}

class URLSearchParams {
  constructor(init = undefined) {
    states.set(this, { list: pairs(init), changed: () => {} });
  }

  get size() {
    return stateOf(this).list.length;
  }

  append(name, value) {
    const state = stateOf(this);
    need(arguments, 'name', 'value');
    state.list.push([text(name), text(value)]);
    state.changed();
  }

  delete(name, value = undefined) {
    const state = stateOf(this);
    need(arguments, 'name');
    name = text(name);
    if (value !== undefined) value = text(value);
    state.list = state.list.filter((pair) => pair[0] !== name || (value !== undefined && pair[1] !== value));
    state.changed();
  }

  get(name) {
    const { list } = stateOf(this);
    need(arguments, 'name');
    name = text(name);
    const found = list.find((pair) => pair[0] === name);
    return found ? found[1] : null;
  }

  getAll(name) {
    const { list } = stateOf(this);
    need(arguments, 'name');
    name = text(name);
    return list.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }

  has(name, value = undefined) {
    const { list } = stateOf(this);
    need(arguments, 'name');
    name = text(name);
    if (value !== undefined) value = text(value);
    return list.some((pair) => pair[0] === name && (value === undefined || pair[1] === value));
  }

  set(name, value) {
    const state = stateOf(this);
    need(arguments, 'name', 'value');
    name = text(name);
    value = text(value);
    const first = state.list.find((pair) => pair[0] === name);
    if (first) {
      first[1] = value;
      state.list = state.list.filter((pair) => pair === first || pair[0] !== name);
    } else {
      state.list.push([name, value]);
    }
    state.changed();
  }

  sort() {
    const state = stateOf(this);
    state.list.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    state.changed();
  }

  entries() {
    return iterator(this, (pair) => [pair[0], pair[1]]);
  }

  forEach(callback, self = undefined) {
    const state = stateOf(this);
    if (typeof callback !== 'function') throw require('internal/errors').invalidArgType('callback', 'function', callback);
    for (let i = 0; i < state.list.length; i++) callback.call(self, state.list[i][1], state.list[i][0], this);
  }

  keys() {
    return iterator(this, (pair) => pair[0]);
  }

  values() {
    return iterator(this, (pair) => pair[1]);
  }

  toString() {
    return serialize(stateOf(this).list);
  }

  [inspect](depth, options) {
    const { list } = stateOf(this);
    if (typeof depth === 'number' && depth < 0) return '[Object]';
    if (list.length === 0) return 'URLSearchParams {}';
    const { inspect: show } = require('util');
    return `URLSearchParams { ${list.map(([name, value]) => `${show(name, options)} => ${show(value, options)}`).join(', ')} }`;
  }
}

const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), {
  next: {
    enumerable: true,
    configurable: true,
    writable: true,
    value: function next() {
      return advance(this);
    },
  },
  [Symbol.toStringTag]: { configurable: true, value: 'URLSearchParams Iterator' },
  [inspect]: {
    enumerable: false,
    configurable: true,
    value: function(depth, options) {
      const it = iterators.get(this);
      if (!it || (typeof depth === 'number' && depth < 0)) return '[Object]';
      const { inspect: show } = require('util');
      const rest = it.state.list.slice(it.at).map((pair) => show(it.pick(pair), options));
      return rest.length ? `URLSearchParams Iterator { ${rest.join(', ')} }` : 'URLSearchParams Iterator {  }';
    },
  },
});

const iterators = new WeakMap();

function advance(self) {
  const it = iterators.get(self);
  if (!it) throw codeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type URLSearchParamsIterator');
  if (it.at >= it.state.list.length) return { value: undefined, done: true };
  return { value: it.pick(it.state.list[it.at++]), done: false };
}

function iterator(params, pick) {
  const object = Object.create(iteratorPrototype);
  iterators.set(object, { state: stateOf(params), at: 0, pick });
  return object;
}

for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys', 'values', 'toString', 'size']) {
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
}
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, { value: URLSearchParams.prototype.entries, configurable: true, writable: true });

exports.URLSearchParams = URLSearchParams;

// bind makes the searchParams of a URL: changed(search) hears every change,
// reload(search) takes over the URL's own.
exports.bind = (search, changed) => {
  const object = new URLSearchParams(search);
  const state = stateOf(object);
  state.changed = () => {
    const query = serialize(state.list);
    changed(query === '' ? '' : `?${query}`);
  };
  return {
    object,
    reload(next) {
      state.list = parse(next.slice(1));
    },
  };
};
