'use strict';
// Request.

const { brand, need, fault, isObject, byteString, usvString, domString, dictionary, expose, inspected } = require('internal/fetch/idl');
const { HeadersList, wrap, guardOf, fill, convertInit, isToken } = require('internal/fetch/headers');
const bodies = require('internal/fetch/body');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const NORMAL = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];
const SIMPLE = ['GET', 'HEAD', 'POST'];

const anything = (value) => value;
const boolean = (value) => Boolean(value);
const nullable = (convert) => (value, where, argument) => (value === null ? null : convert(value, where, argument));

const MEMBERS = [
  ['method', byteString],
  ['headers', convertInit],
  ['body', nullable(bodies.convert)],
  ['referrer', usvString],
  ['referrerPolicy', domString, undefined, ['', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin',
    'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url']],
  ['mode', domString, undefined, ['navigate', 'same-origin', 'no-cors', 'cors']],
  ['credentials', domString, undefined, ['omit', 'same-origin', 'include']],
  ['cache', domString, undefined, ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached']],
  ['redirect', domString, undefined, ['follow', 'manual', 'error']],
  ['integrity', domString],
  ['keepalive', boolean],
  ['signal', anything],
  ['window', anything],
  ['duplex', domString, undefined, ['half']],
  ['dispatcher', anything],
];

const made = Symbol('made');
let warned = false;

class Request {
  #state;
  #headers = null;
  #signal = null;
  #follows = null; // the signal that aborts this request's own
  #guard = 'request';

  constructor(input, init = {}) {
    if (input === made) {
      this.#state = init.state;
      this.#follows = init.follows;
      this.#guard = init.guard;
      return;
    }
    const where = 'Request constructor';
    need(arguments, 1, where);
    if (!(isObject(input) && #state in input)) input = usvString(input);
    init = dictionary(init, where, 'init', MEMBERS);
    const has = Object.keys(init).length !== 0;

    let state;
    let mode = init.mode;
    if (typeof input === 'string') {
      state = { ...BLANK, urlList: [parse(input)], headersList: new HeadersList() };
      if (mode === undefined) mode = 'cors';
    } else {
      const other = input.#state;
      state = { ...other, body: null, urlList: [...other.urlList], headersList: new HeadersList(other.headersList) };
      this.#follows = input.signal;
    }
    if (init.dispatcher !== undefined) state.dispatcher = init.dispatcher;
    if (init.window !== null && init.window !== undefined) throw new TypeError("'window' option 'client' must be null");
    if (has) {
      state.referrer = 'client';
      state.referrerPolicy = '';
      state.urlList = [state.urlList[state.urlList.length - 1]];
    }
    if (init.referrer !== undefined) state.referrer = referrer(init.referrer);
    if (init.referrerPolicy !== undefined) state.referrerPolicy = init.referrerPolicy;
    if (mode === 'navigate') throw fault(where, 'invalid request mode navigate.');
    if (mode !== undefined) state.mode = mode;
    if (init.credentials !== undefined) state.credentials = init.credentials;
    if (init.cache !== undefined) state.cache = init.cache;
    if (state.cache === 'only-if-cached' && state.mode !== 'same-origin') throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
    if (init.redirect !== undefined) state.redirect = init.redirect;
    if (init.integrity !== undefined) state.integrity = init.integrity;
    if (init.keepalive !== undefined) state.keepalive = init.keepalive;
    if (init.method !== undefined) state.method = method(init.method);
    if (init.signal !== undefined) this.#follows = init.signal;
    const signal = this.#follows;
    if (signal !== null && (!signal || typeof signal.aborted !== 'boolean' || typeof signal.addEventListener !== 'function')) {
      throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    }
    this.#state = state;
    if (mode === 'no-cors') {
      if (!SIMPLE.includes(state.method)) throw new TypeError(`'${state.method} is unsupported in no-cors mode.`);
      this.#guard = 'request-no-cors';
    }
    if (init.headers !== undefined) {
      state.headersList.clear();
      fill(this.headers, init.headers);
    }
    this.#setBody(input, init);
  }

  #setBody(input, init) {
    const state = this.#state;
    const inherited = typeof input === 'string' ? null : input.#state.body;
    const given = init.body !== null && init.body !== undefined;
    if ((given || inherited !== null) && (state.method === 'GET' || state.method === 'HEAD')) {
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    }
    let own = null;
    if (given) {
      const { body, type } = bodies.extract(init.body, state.keepalive);
      own = body;
      if (type && !state.headersList.contains('content-type')) this.headers.append('content-type', type);
    }
    const body = own || inherited;
    if (body !== null && body.source === null) {
      if (own !== null && init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
      if (state.mode !== 'same-origin' && state.mode !== 'cors') {
        throw new TypeError('If request is made from ReadableStream, mode should be "same-origin" or "cors"');
      }
    }
    if (own === null && inherited !== null) {
      if (inherited.unusable) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
      state.body = inherited.moved();
    } else {
      state.body = own;
    }
  }

  get method() {
    return stateOf(this).method;
  }

  get url() {
    const { urlList } = stateOf(this);
    return urlList[0].href;
  }

  get headers() {
    brand(this, Request);
    if (this.#headers === null) this.#headers = wrap(this.#state.headersList, this.#guard);
    return this.#headers;
  }

  get destination() {
    brand(this, Request);
    return '';
  }

  get referrer() {
    const { referrer: value } = stateOf(this);
    if (value === 'no-referrer') return '';
    return value === 'client' ? 'about:client' : value.toString();
  }

  get referrerPolicy() {
    return stateOf(this).referrerPolicy;
  }

  get mode() {
    return stateOf(this).mode;
  }

  get credentials() {
    return stateOf(this).credentials;
  }

  get cache() {
    return stateOf(this).cache;
  }

  get redirect() {
    return stateOf(this).redirect;
  }

  get integrity() {
    return stateOf(this).integrity;
  }

  get keepalive() {
    return stateOf(this).keepalive;
  }

  get isReloadNavigation() {
    brand(this, Request);
    return false;
  }

  get isHistoryNavigation() {
    brand(this, Request);
    return false;
  }

  get signal() {
    brand(this, Request);
    if (this.#signal === null) {
      const controller = new AbortController();
      this.#signal = controller.signal;
      const source = this.#follows;
      if (source !== null) {
        if (source.aborted) controller.abort(source.reason);
        else source.addEventListener('abort', () => controller.abort(source.reason), { once: true });
      }
    }
    return this.#signal;
  }

  get body() {
    const { body } = stateOf(this);
    return body === null ? null : body.stream;
  }

  get bodyUsed() {
    const { body } = stateOf(this);
    return body !== null && body.used;
  }

  get duplex() {
    brand(this, Request);
    return 'half';
  }

  clone() {
    const state = stateOf(this);
    if (state.body !== null && state.body.unusable) throw new TypeError('unusable');
    const copy = { ...state, headersList: new HeadersList(state.headersList), urlList: [...state.urlList] };
    if (state.body !== null) copy.body = state.body.fork();
    return new Request(made, { state: copy, follows: this.signal, guard: guardOf(this.headers) });
  }

  [inspect](depth, options) {
    const shown = {};
    for (const name of ['method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect',
      'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal']) shown[name] = this[name];
    return inspected('Request', depth, options, shown);
  }

  static [made](request) {
    return { state: request.#state, signal: request.#signal === null ? request.#follows : request.#signal };
  }
}

const { [made]: inside } = Request;
delete Request[made];

// BLANK is a request before anything is known of it.
const BLANK = Object.freeze({
  method: 'GET', body: null, keepalive: false, referrer: 'client', referrerPolicy: '', mode: 'no-cors', credentials: 'same-origin', cache: 'default',
  redirect: 'follow', integrity: '', dispatcher: undefined,
});

function stateOf(request) {
  brand(request, Request);
  return inside(request).state;
}

function parse(input) {
  let url;
  try {
    url = new URL(input);
  } catch (error) {
    throw new TypeError(`Failed to parse URL from ${input}`, { cause: error });
  }
  if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
  return url;
}

function referrer(text) {
  if (text === '') return 'no-referrer';
  let url;
  try {
    url = new URL(text);
  } catch (error) {
    throw new TypeError(`Referrer "${text}" is not a valid URL.`, { cause: error });
  }
  return url.protocol === 'about:' && url.hostname === 'client' ? 'client' : url;
}

function method(name) {
  const upper = name.toUpperCase();
  if (NORMAL.includes(upper)) return upper;
  if (!isToken(name)) throw new TypeError(`'${name}' is not a valid HTTP method.`);
  if (FORBIDDEN.includes(upper)) throw new TypeError(`'${name}' HTTP method is unsupported.`);
  if (name === 'patch' && !warned) {
    warned = true;
    process.emitWarning('Using `patch` is highly likely to result in a `405 Method Not Allowed`. `PATCH` is much more likely to succeed.', { code: 'UNDICI-FETCH-patch' });
  }
  return name;
}

expose(Request, ['method', 'url', 'headers', 'redirect', 'clone', 'signal', 'duplex', 'destination', 'body', 'bodyUsed', 'isHistoryNavigation',
  'isReloadNavigation', 'keepalive', 'integrity', 'cache', 'credentials', 'referrerPolicy', 'referrer', 'mode']);
bodies.mixin(Request, (request) => inside(request).state);

exports.Request = Request;
// open gives {state, signal} of a Request; signal may be null.
exports.open = inside;
