'use strict';
// The URL class, over the native parser.

const { codeError } = require('internal/errors');
const { URLSearchParams, bind } = require('internal/web/searchparams');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const PARTS = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
const [HREF, PROTOCOL, USERNAME, PASSWORD, HOST, HOSTNAME, PORT, PATHNAME, SEARCH, HASH] = PARTS.keys();

const text = (value) => {
  const string = `${value}`;
  return string.isWellFormed === undefined || string.isWellFormed() ? string : string.toWellFormed();
};

function missing() {
  return codeError(TypeError, 'ERR_MISSING_ARGS', 'The "url" argument must be specified');
}

function parse(input, base) {
  const parts = base === undefined ? native.urlParse(input) : native.urlParse(input, base);
  if (parts === undefined) {
    const error = codeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
    error.input = input;
    if (base !== undefined) error.base = base;
    throw error;
  }
  return parts;
}

class URL {
  #parts;
  #params = null;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw missing();
    this.#parts = parse(text(input), base === undefined ? undefined : text(base));
  }

  static canParse(input, base = undefined) {
    if (arguments.length === 0) throw missing();
    return (base === undefined ? native.urlParse(text(input)) : native.urlParse(text(input), text(base))) !== undefined;
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw missing();
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  static createObjectURL(object) {
    return require('internal/web/blob').createObjectURL(object);
  }

  static revokeObjectURL(url) {
    require('internal/web/blob').revokeObjectURL(`${url}`);
  }

  #set(part, value) {
    this.#parts = native.urlSet(this.#parts[HREF], part, text(value)) || this.#parts;
  }

  #sync() {
    if (this.#params) this.#params.reload(this.#parts[SEARCH]);
  }

  get href() {
    return this.#parts[HREF];
  }

  set href(value) {
    this.#parts = parse(text(value));
    this.#sync();
  }

  get origin() {
    switch (this.#parts[PROTOCOL]) {
      case 'http:':
      case 'https:':
      case 'ws:':
      case 'wss:':
      case 'ftp:':
        return `${this.#parts[PROTOCOL]}//${this.#parts[HOST]}`;
      case 'blob:': {
        const inner = native.urlParse(this.#parts[PATHNAME]);
        return inner && /^https?:$/.test(inner[PROTOCOL]) ? `${inner[PROTOCOL]}//${inner[HOST]}` : 'null';
      }
      default:
        return 'null';
    }
  }

  get protocol() {
    return this.#parts[PROTOCOL];
  }

  set protocol(value) {
    this.#set('protocol', value);
  }

  get username() {
    return this.#parts[USERNAME];
  }

  set username(value) {
    this.#set('username', value);
  }

  get password() {
    return this.#parts[PASSWORD];
  }

  set password(value) {
    this.#set('password', value);
  }

  get host() {
    return this.#parts[HOST];
  }

  set host(value) {
    this.#set('host', value);
  }

  get hostname() {
    return this.#parts[HOSTNAME];
  }

  set hostname(value) {
    this.#set('hostname', value);
  }

  get port() {
    return this.#parts[PORT];
  }

  set port(value) {
    this.#set('port', value);
  }

  get pathname() {
    return this.#parts[PATHNAME];
  }

  set pathname(value) {
    this.#set('pathname', value);
  }

  get search() {
    return this.#parts[SEARCH];
  }

  set search(value) {
    this.#set('search', value);
    this.#sync();
  }

  get searchParams() {
    if (!this.#params) {
      this.#params = bind(this.#parts[SEARCH], (search) => {
        this.#set('search', search);
      });
    }
    return this.#params.object;
  }

  get hash() {
    return this.#parts[HASH];
  }

  set hash(value) {
    this.#set('hash', value);
  }

  toString() {
    return this.#parts[HREF];
  }

  toJSON() {
    return this.#parts[HREF];
  }

  [inspect](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = {};
    Object.defineProperty(shown, 'constructor', { value: this.constructor === URL ? URL : this.constructor, enumerable: false });
    for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash']) {
      shown[name] = this[name];
    }
    return `${this.constructor.name} ${require('util').inspect(Object.assign({}, shown), options)}`;
  }
}

for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash', 'toString', 'toJSON']) {
  Object.defineProperty(URL.prototype, name, { enumerable: true });
}
for (const name of ['canParse', 'parse', 'createObjectURL', 'revokeObjectURL']) Object.defineProperty(URL, name, { enumerable: true });
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });

exports.URL = URL;
exports.URLSearchParams = URLSearchParams;
