'use strict';
// url.parse, url.format and url.resolve: URLs as Node understood them before the
// WHATWG URL standard.

const { codeError, invalidArgType } = require('internal/errors');

const NO_SLASHES = new Set(['javascript', 'javascript:']);
const SLASHED = new Set(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss', 'http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);
const SIMPLE_PATH = /^(\/\/?(?!\/)[^?\s]*)(\?\S*)?$/;
const SPACE = '\\s\\ufeff';
const MAX_HOST = 255;

// What is escaped wherever it stands in the rest of a URL.
const ESCAPED = { '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', "'": '%27', '<': '%3C', '>': '%3E', '\\': '%5C', '^': '%5E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D' };

class Url {
  constructor() {
    this.protocol = null;
    this.slashes = null;
    this.auth = null;
    this.host = null;
    this.port = null;
    this.hostname = null;
    this.hash = null;
    this.search = null;
    this.query = null;
    this.pathname = null;
    this.path = null;
    this.href = null;
  }
}

function invalidURL(input) {
  const error = codeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
  error.input = input;
  return error;
}

function parse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  const parsed = new Url();
  parsed.parse(url, parseQueryString, slashesDenoteHost);
  return parsed;
}

const querystring = () => require('querystring');

// clean trims the text and turns backslashes before a query into slashes.
function clean(url) {
  const trimmed = url.replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g'), '');
  const at = trimmed.search(/[?#]/);
  const head = at < 0 ? trimmed : trimmed.slice(0, at);
  return head.replaceAll('\\', '/') + (at < 0 ? '' : trimmed.slice(at));
}

function emptyQuery(url, parseQueryString) {
  if (!parseQueryString) return;
  url.search = null;
  url.query = Object.create(null);
}

function parseInto(self, url, parseQueryString, slashesDenoteHost) {
  if (typeof url !== 'string') throw invalidArgType('url', 'string', url);
  let rest = clean(url);

  if (!slashesDenoteHost && !rest.includes('#') && !/[\s@]/.test(rest)) {
    const simple = SIMPLE_PATH.exec(rest);
    if (simple) {
      self.path = rest;
      self.href = rest;
      self.pathname = simple[1];
      if (simple[2]) {
        self.search = simple[2];
        self.query = parseQueryString ? querystring().parse(self.search.slice(1)) : self.search.slice(1);
      } else {
        emptyQuery(self, parseQueryString);
      }
      return self;
    }
  }

  const scheme = /^[a-z0-9.+-]+:/i.exec(rest);
  let proto = '';
  let lower = '';
  if (scheme) {
    proto = scheme[0];
    lower = proto.toLowerCase();
    self.protocol = lower;
    rest = rest.slice(proto.length);
  }

  let slashes = false;
  if (slashesDenoteHost || proto || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
    slashes = rest.startsWith('//');
    if (slashes && !(proto && NO_SLASHES.has(lower))) {
      rest = rest.slice(2);
      self.slashes = true;
    }
  }

  if (!NO_SLASHES.has(lower) && (slashes || (proto && !SLASHED.has(proto)))) rest = parseAuthority(self, rest, url);

  if (!NO_SLASHES.has(lower)) rest = rest.replace(/[\t\n\r "'<>\\^`{|}]/g, (c) => ESCAPED[c]);

  const hash = rest.indexOf('#');
  if (hash >= 0) {
    self.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf('?');
  if (question >= 0) {
    self.search = rest.slice(question);
    self.query = self.search.slice(1);
    if (parseQueryString) self.query = querystring().parse(self.query);
    rest = rest.slice(0, question);
  } else {
    emptyQuery(self, parseQueryString);
  }
  if (rest) self.pathname = rest;
  if (SLASHED.has(lower) && self.hostname && !self.pathname) self.pathname = '/';
  if (self.pathname || self.search) self.path = (self.pathname || '') + (self.search || '');
  self.href = self.format();
  return self;
}

// parseAuthority takes auth and host off rest, which begins with them.
function parseAuthority(self, rest, input) {
  // The host ends at the first of / ? #, but the last @ before that separates
  // the auth; what cannot stand in a host ends it, too.
  let hostEnd = -1;
  let at = -1;
  let bad = -1;
  for (let i = 0; i < rest.length && hostEnd < 0; i++) {
    const c = rest[i];
    if (c === '/' || c === '?' || c === '#') {
      if (bad < 0) bad = i;
      hostEnd = i;
    } else if (c === '@') {
      at = i;
      bad = -1;
    } else if (bad < 0 && /[\t\n\r "%';<>\\^`{|}]/.test(c)) {
      bad = i;
    }
  }
  let start = 0;
  if (at >= 0) {
    try {
      self.auth = decodeURIComponent(rest.slice(0, at));
    } catch {
      throw codeError(URIError, 'ERR_INVALID_URI', 'URI malformed');
    }
    start = at + 1;
  }
  const end = bad < 0 ? rest.length : bad;
  self.host = rest.slice(start, end);
  rest = rest.slice(end);

  const port = /:[0-9]*$/.exec(self.host);
  if (port) {
    if (port[0] !== ':') self.port = port[0].slice(1);
    self.hostname = self.host.slice(0, -port[0].length);
  } else {
    self.hostname = self.host;
  }
  if (typeof self.hostname !== 'string') self.hostname = '';

  const ipv6 = self.hostname[0] === '[' && self.hostname.endsWith(']');
  if (self.hostname.length > MAX_HOST) self.hostname = '';
  else self.hostname = self.hostname.toLowerCase();
  if (!ipv6) {
    const valid = /^[^\0-\x1f\x7f "#%'/:;<>?@[\\\]^`{|}]*/.exec(self.hostname)[0];
    if (/[\0-\x1f\x7f "#%'<>?@[\\\]^`{|}]/.test(self.hostname[valid.length] || '')) throw invalidURL(input);
    if (valid.length < self.hostname.length) {
      rest = `/${self.hostname.slice(valid.length)}${rest}`;
      self.hostname = valid;
    }
    if (/[^\0-\x7f]/.test(self.hostname)) {
      const ascii = native.domainToASCII(self.hostname);
      if (ascii === '') throw invalidURL(input);
      self.hostname = ascii;
    }
  } else if (/[\0-\x1f "#%'/;<>?@\\^`{|}]/.test(self.hostname)) {
    throw invalidURL(input);
  }
  self.host = self.hostname + (self.port ? `:${self.port}` : '');
  if (ipv6) {
    self.hostname = self.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  }
  return rest;
}

function format(urlObject) {
  if (typeof urlObject === 'string') urlObject = parse(urlObject);
  else if (typeof urlObject !== 'object' || urlObject === null) {
    throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "urlObject" argument must be one of type object or string.${require('internal/errors').received(urlObject)}`);
  }
  return formatUrl.call(urlObject);
}

function formatUrl() {
  let auth = this.auth || '';
  if (auth) auth = `${encodeURIComponent(auth).replace(/%3A/i, ':')}@`;
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    host = auth + (this.hostname.includes(':') && this.hostname[0] !== '[' ? `[${this.hostname}]` : this.hostname);
    if (this.port) host += `:${this.port}`;
  }
  const query = this.query !== null && typeof this.query === 'object' ? querystring().stringify(this.query) : '';
  let search = this.search || (query && `?${query}`) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replace(/[#?]/g, (c) => (c === '#' ? '%23' : '%3F'));
  if (this.slashes || SLASHED.has(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (/^file$|^file:/.test(protocol)) {
      host = '//';
    }
  }
  search = search.replaceAll('#', '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + host + pathname + search + hash;
}

function copy(from) {
  return Object.assign(new Url(), from);
}

// splitHost moves an auth that stands in the host to where it belongs.
function splitHost(url) {
  const at = url.host ? url.host.indexOf('@') : -1;
  if (at <= 0) return;
  url.auth = url.host.slice(0, at);
  url.host = url.hostname = url.host.slice(at + 1);
}

function withPath(url) {
  if (url.pathname !== null || url.search !== null) url.path = (url.pathname || '') + (url.search || '');
  url.href = url.format();
  return url;
}

function resolveObject(relative) {
  const result = copy(this);
  result.hash = relative.hash;
  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  if (relative.slashes && !relative.protocol) {
    for (const key of Object.keys(relative)) if (key !== 'protocol') result[key] = relative[key];
    if (SLASHED.has(result.protocol) && result.hostname && !result.pathname) result.path = result.pathname = '/';
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) return otherProtocol(result, relative);
  return samePlace(result, relative);
}

function otherProtocol(result, relative) {
  if (!SLASHED.has(relative.protocol)) {
    Object.assign(result, relative);
    result.href = result.format();
    return result;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !NO_SLASHES.has(relative.protocol)) {
    const path = (relative.pathname || '').split('/');
    while (path.length && !(relative.host = path.shift()));
    relative.host = relative.host || '';
    relative.hostname = relative.hostname || '';
    if (path[0] !== '') path.unshift('');
    if (path.length < 2) path.unshift('');
    result.pathname = path.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = (result.pathname || '') + (result.search || '');
  result.slashes = result.slashes || relative.slashes;
  result.href = result.format();
  return result;
}

function samePlace(result, relative) {
  const absolute = result.pathname && result.pathname[0] === '/';
  const relativeAbsolute = relative.host || (relative.pathname && relative.pathname[0] === '/');
  let mustEndAbsolute = relativeAbsolute || absolute || (result.host && relative.pathname);
  const removeAllDots = mustEndAbsolute;
  let source = (result.pathname && result.pathname.split('/')) || [];
  const relativePath = (relative.pathname && relative.pathname.split('/')) || [];
  const noSlashes = result.protocol && !SLASHED.has(result.protocol);

  if (noSlashes) {
    result.hostname = '';
    result.port = null;
    if (result.host) {
      if (source[0] === '') source[0] = result.host;
      else source.unshift(result.host);
    }
    result.host = '';
    if (relative.protocol) {
      relative.hostname = null;
      relative.port = null;
      result.auth = null;
      if (relative.host) {
        if (relativePath[0] === '') relativePath[0] = relative.host;
        else relativePath.unshift(relative.host);
      }
      relative.host = null;
    }
    mustEndAbsolute = mustEndAbsolute && (relativePath[0] === '' || source[0] === '');
  }

  if (relativeAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    source = relativePath;
  } else if (relativePath.length > 0) {
    source.pop();
    source = source.concat(relativePath);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    if (noSlashes) {
      result.hostname = result.host = source.shift();
      splitHost(result);
    }
    result.search = relative.search;
    result.query = relative.query;
    return withPath(result);
  }

  if (source.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    result.href = result.format();
    return result;
  }
  return joinPath(result, relative, source, mustEndAbsolute, removeAllDots, noSlashes);
}

function joinPath(result, relative, source, mustEndAbsolute, removeAllDots, noSlashes) {
  let last = source[source.length - 1];
  const trailing = ((result.host || relative.host || source.length > 1) && (last === '.' || last === '..')) || last === '';
  let up = 0;
  for (let i = source.length - 1; i >= 0; i--) {
    last = source[i];
    if (last === '.') {
      source.splice(i, 1);
    } else if (last === '..') {
      source.splice(i, 1);
      up++;
    } else if (up > 0) {
      source.splice(i, 1);
      up--;
    }
  }
  if (!mustEndAbsolute && !removeAllDots) while (up-- > 0) source.unshift('..');
  if (mustEndAbsolute && source[0] !== '' && (!source[0] || source[0][0] !== '/')) source.unshift('');
  if (trailing && !source.join('/').endsWith('/')) source.push('');
  const isAbsolute = source[0] === '' || (source[0] && source[0][0] === '/');
  if (noSlashes) {
    result.hostname = result.host = isAbsolute ? '' : source.length ? source.shift() : '';
    splitHost(result);
  }
  mustEndAbsolute = mustEndAbsolute || (result.host && source.length);
  if (mustEndAbsolute && !isAbsolute) source.unshift('');
  if (source.length === 0) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = source.join('/');
  }
  if (result.pathname !== null || result.search !== null) result.path = (result.pathname || '') + (result.search || '');
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
  result.href = result.format();
  return result;
}

function define(name, value) {
  Object.defineProperty(Url.prototype, name, { value, enumerable: true, configurable: true, writable: true });
}

define('parse', function(url, parseQueryString, slashesDenoteHost) {
  return parseInto(this, url, parseQueryString, slashesDenoteHost);
});
define('format', formatUrl);
define('resolve', function(relative) {
  return this.resolveObject(parse(relative, false, true)).format();
});
define('resolveObject', function(relative) {
  if (typeof relative === 'string') {
    const parsed = new Url();
    parsed.parse(relative, false, true);
    relative = parsed;
  }
  return resolveObject.call(this, relative);
});
define('parseHost', function() {
  const port = /:[0-9]*$/.exec(this.host);
  let host = this.host;
  if (port) {
    if (port[0] !== ':') this.port = port[0].slice(1);
    host = host.slice(0, -port[0].length);
  }
  if (host) this.hostname = host;
});

exports.Url = Url;
exports.parse = parse;
exports.format = format;
exports.resolve = function resolve(from, to) {
  return parse(from, false, true).resolve(to);
};
exports.resolveObject = function resolveObject(from, to) {
  return from ? parse(from, false, true).resolveObject(to) : to;
};
