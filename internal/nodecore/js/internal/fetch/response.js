'use strict';
// Response.

const { fault, brand, need, byteString, usvString, unsignedShort, dictionary, expose, inspected } = require('internal/fetch/idl');
const { HeadersList, wrap, guardOf, fill, convertInit } = require('internal/fetch/headers');
const bodies = require('internal/fetch/body');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const NULL_BODY = [101, 204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];

// newState is what a Response knows: type, status, statusText, headersList, body,
// urlList, aborted, error.
function newState(facts = {}) {
  return { type: 'default', status: 200, statusText: '', headersList: new HeadersList(), body: null, urlList: [], aborted: false, error: null, ...facts };
}

const convertResponseInit = (init) => dictionary(init, undefined, undefined, [
  ['status', unsignedShort, 200],
  ['statusText', byteString, ''],
  ['headers', convertInit],
]);

const made = Symbol('made');

class Response {
  #state;
  #headers = null;
  #guard = 'response';

  constructor(body = null, init = {}) {
    if (body === made) {
      this.#state = init.state;
      this.#guard = init.guard;
      return;
    }
    if (body !== null) body = bodies.convert(body, undefined, undefined);
    init = convertResponseInit(init);
    this.#state = newState();
    initialize(this, this.#state, init, body === null || body === undefined ? null : bodies.extract(body));
  }

  static error() {
    return wrapState(newState({ type: 'error', status: 0 }), 'immutable');
  }

  static json(data, init = {}) {
    need(arguments, 1, 'Response.json');
    if (init !== null) init = convertResponseInit(init);
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = wrapState(newState(), 'response');
    const { body } = bodies.extract(text);
    initialize(response, response.#state, init, { body, type: 'application/json' });
    return response;
  }

  static redirect(url, status = 302) {
    need(arguments, 1, 'Response.redirect');
    url = usvString(url);
    status = unsignedShort(status);
    let parsed;
    try {
      parsed = new URL(url);
    } catch (error) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause: error });
    }
    if (!REDIRECTS.includes(status)) throw new RangeError(`Invalid status code ${status}`);
    const state = newState({ status });
    state.headersList.append('location', parsed.href);
    return wrapState(state, 'immutable');
  }

  get type() {
    return stateOf(this).type;
  }

  get url() {
    const { urlList } = stateOf(this);
    return urlList.length === 0 ? '' : withoutHash(urlList[urlList.length - 1]);
  }

  get redirected() {
    return stateOf(this).urlList.length > 1;
  }

  get status() {
    return stateOf(this).status;
  }

  get ok() {
    const { status } = stateOf(this);
    return status >= 200 && status <= 299;
  }

  get statusText() {
    return stateOf(this).statusText;
  }

  get headers() {
    brand(this, Response);
    if (this.#headers === null) this.#headers = wrap(this.#state.headersList, this.#guard);
    return this.#headers;
  }

  get body() {
    const { body } = stateOf(this);
    return body === null ? null : body.stream;
  }

  get bodyUsed() {
    const { body } = stateOf(this);
    return body !== null && body.used;
  }

  clone() {
    const state = stateOf(this);
    if (state.body !== null && state.body.unusable) throw fault('Response.clone', 'Body has already been consumed.');
    const copy = { ...state, headersList: new HeadersList(state.headersList), urlList: [...state.urlList] };
    if (state.body !== null) copy.body = state.body.fork();
    return wrapState(copy, guardOf(this.headers));
  }

  [inspect](depth, options) {
    const shown = {};
    for (const name of ['status', 'statusText', 'headers', 'body', 'bodyUsed', 'ok', 'redirected', 'type', 'url']) shown[name] = this[name];
    return inspected('Response', depth, options, shown);
  }

  static [made](response) {
    return response.#state;
  }
}

const { [made]: inside } = Response;
delete Response[made];

function stateOf(response) {
  brand(response, Response);
  return inside(response);
}

function wrapState(state, guard) {
  return new Response(made, { state, guard });
}

function initialize(response, state, init, content) {
  if (init === null) throw new TypeError("Cannot read properties of null (reading 'status')");
  if (init.status < 200 || init.status > 599) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  const { status = state.status, statusText = state.statusText } = init;
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(statusText)) throw new TypeError('Invalid statusText');
  state.status = status;
  state.statusText = statusText;
  if (init.headers !== undefined) fill(response.headers, init.headers);
  if (content === null) return;
  if (NULL_BODY.includes(state.status)) throw fault('Response constructor', `Invalid response status code ${state.status}`);
  state.body = content.body;
  if (content.type !== null && !state.headersList.contains('content-type')) state.headersList.append('content-type', content.type);
}

function withoutHash(url) {
  const { href } = url;
  const at = href.indexOf('#');
  return at < 0 ? href : href.slice(0, at);
}

expose(Response, ['type', 'url', 'status', 'ok', 'redirected', 'statusText', 'headers', 'clone', 'body', 'bodyUsed']);
for (const name of ['json', 'redirect', 'error']) Object.defineProperty(Response, name, { enumerable: true });
bodies.mixin(Response, inside);

exports.Response = Response;
exports.newState = newState;
exports.wrapState = wrapState;
exports.NULL_BODY = NULL_BODY;
exports.REDIRECTS = REDIRECTS;
exports.withoutHash = withoutHash;
