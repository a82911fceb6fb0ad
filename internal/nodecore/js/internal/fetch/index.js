'use strict';
// fetch.

const { Request, open } = require('internal/fetch/request');
const { HeadersList, isValue } = require('internal/fetch/headers');
const { wrapState, REDIRECTS } = require('internal/fetch/response');
const bodies = require('internal/fetch/body');

const MAX_REDIRECTS = 20;
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'host'];

// Ports that no fetch may go to.
const BAD_PORTS = new Set(('1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 '
  + '161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 '
  + '6000 6566 6665 6666 6667 6668 6669 6679 6697 10080').split(' '));

const isHTTP = (url) => url.protocol === 'http:' || url.protocol === 'https:';
const sameOrigin = (a, b) => a.protocol === b.protocol && a.hostname === b.hostname && a.port === b.port;

// trustworthy tells whether nobody on the way can read what goes to a URL.
function trustworthy(url) {
  return ['https:', 'wss:', 'data:', 'file:'].includes(url.protocol) || /^(127(\.\d+){3}|\[::1\]|(.*\.)?localhost)$/.test(url.hostname);
}

// referrerFor gives the Referer header of a request to url, '' for none.
function referrerFor(state, url) {
  const { referrer } = state;
  if (typeof referrer === 'string' || ['file:', 'about:', 'blank:'].includes(referrer.protocol)) return '';
  const full = new URL(referrer.href);
  full.username = '';
  full.password = '';
  full.hash = '';
  const origin = referrer.origin === 'null' ? full.href : `${referrer.origin}/`;
  const downgrade = trustworthy(referrer) && !trustworthy(url);
  switch (state.referrerPolicy || 'strict-origin-when-cross-origin') {
    case 'no-referrer': return '';
    case 'origin': return origin;
    case 'unsafe-url': return full.href;
    // Node takes no two URLs for the same origin under these two.
    case 'same-origin': return '';
    case 'origin-when-cross-origin': return origin;
    case 'strict-origin-when-cross-origin': return sameOrigin(referrer, url) ? full.href : downgrade ? '' : origin;
    default: return downgrade ? '' : origin;
  }
}

// headersFor completes the user's headers.
function headersFor(state, url) {
  const list = new HeadersList(state.headersList);
  const { body, method } = state;
  const unless = (name, value) => {
    if (!list.contains(name)) list.append(name, value);
  };
  if (body === null && (method === 'POST' || method === 'PUT')) list.append('content-length', '0');
  else if (body !== null && body.length !== null) list.append('content-length', `${body.length}`);
  const referrer = referrerFor(state, url);
  if (referrer !== '') list.append('referer', referrer);
  list.set('sec-fetch-mode', state.mode);
  unless('user-agent', 'node');
  if (state.cache === 'no-cache') unless('cache-control', 'max-age=0');
  if (state.cache === 'no-store' || state.cache === 'reload') {
    unless('pragma', 'no-cache');
    unless('cache-control', 'no-cache');
  }
  if (list.contains('range')) list.append('accept-encoding', 'identity');
  unless('accept-encoding', url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
  list.delete('host');
  return list;
}

// target gives where a response redirects to, null for nowhere.
function target(response, url) {
  let location = response.headersList.get('location');
  if (location === null || !isValue(location)) return null;
  // What is not ASCII is UTF-8 that was read as Latin-1.
  if (/[^\u0020-\u007e]/.test(location)) location = require('buffer').Buffer.from(location, 'latin1').toString();
  const next = new URL(location, url);
  if (next.hash === '') next.hash = url.hash;
  return next;
}

// redirected turns the request to where a response points.
function redirected(state, response, from, to) {
  const { status } = response;
  if (((status === 301 || status === 302) && state.method === 'POST') || (status === 303 && state.method !== 'GET' && state.method !== 'HEAD')) {
    state.method = 'GET';
    state.body = null;
    for (const name of BODY_HEADERS) state.headersList.delete(name);
  }
  if (!sameOrigin(from, to)) for (const name of SECRET_HEADERS) state.headersList.delete(name);
  if (state.body !== null) state.body = bodies.again(state.body.source, state.body.length);
  state.urlList.push(to);
}

async function follow(state, control) {
  let tainting = 'basic';
  for (let count = 0; ; count++) {
    const url = state.urlList[state.urlList.length - 1];
    if (isHTTP(url) && BAD_PORTS.has(url.port)) throw new Error('bad port');
    if (tainting !== 'basic' || !(sameOrigin(url, state.urlList[0]) || url.protocol === 'data:')) {
      if (state.mode === 'same-origin') throw new Error('request mode cannot be "same-origin"');
      tainting = state.mode === 'no-cors' ? 'opaque' : 'cors';
    }
    const response = await one(state, url, control);
    if (REDIRECTS.includes(response.status) && isHTTP(url)) {
      if (state.redirect === 'error') {
        if (response.body !== null) response.body.cancel();
        throw new Error('unexpected redirect');
      }
      const to = state.redirect === 'follow' ? target(response, url) : null;
      if (to !== null) {
        if (!isHTTP(to)) throw new Error('URL scheme must be a HTTP(S) scheme');
        if (count === MAX_REDIRECTS) throw new Error('redirect count exceeded');
        if (state.mode === 'cors' && (to.username || to.password) && !sameOrigin(url, to)) throw new Error('cross origin not allowed for request mode "cors"');
        if (tainting === 'cors' && (to.username || to.password)) throw new Error('URL cannot contain credentials for request mode "cors"');
        if (response.status !== 303 && state.body !== null && state.body.source === null) throw new Error();
        redirected(state, response, url, to);
        continue;
      }
    }
    if (state.method === 'HEAD') response.body = null;
    response.urlList = [...state.urlList];
    response.type = tainting;
    return response;
  }
}

// one asks one place.
function one(state, url, control) {
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return require('internal/fetch/network').exchange(state, url, headersFor(state, url), control);
    case 'data:':
      return require('internal/fetch/local').data(url);
    case 'blob:':
      return require('internal/fetch/local').blob(state, url);
    case 'about:':
      throw new Error('about scheme is not supported');
    case 'file:':
      throw new Error('not implemented... yet...');
    default:
      throw new Error('unknown scheme');
  }
}

async function finish(state, response) {
  if (response.status === 407) throw new Error('');
  if (state.integrity !== '') {
    if (response.type === 'opaque' || response.body === null) throw new Error('');
    const bytes = await bodies.readAll(response.body.take());
    if (!matches(bytes, state.integrity)) throw new Error('integrity mismatch');
    response.body = bodies.extract(bytes).body;
  }
  if (response.type === 'opaque') Object.assign(response, { status: 0, statusText: '', body: null, urlList: [] });
  return response;
}

const STRENGTH = ['sha256', 'sha384', 'sha512'];

// matches compares with the strongest of the hashes that are known.
function matches(bytes, integrity) {
  const found = [];
  for (const part of integrity.split(' ')) {
    const match = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?.*)?$/i.exec(part);
    if (match !== null) found.push({ algorithm: match[1].toLowerCase(), hash: match[2] });
  }
  if (found.length === 0) return true;
  const strongest = STRENGTH.filter((name) => found.some((f) => f.algorithm === name)).pop();
  const digest = require('crypto').createHash(strongest).update(bytes).digest('base64').replace(/=+$/, '');
  return found.some((f) => f.algorithm === strongest && f.hash.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/') === digest);
}

// A Control is what the signal of a fetch acts on.
class Control {
  transfer = null;
  over = false; // aborted
  bodyAborted = false; // by the body that was to be sent
  response = null; // the state of the answer
  off = null; // takes the listener off the signal

  abort(reason) {
    this.over = true;
    if (this.response !== null) this.response.aborted = true;
    if (this.transfer !== null) this.transfer.fail(reason);
  }

  stopped() {
    if (this.off !== null) this.off();
    this.off = null;
  }
}

exports.fetch = function fetch(input, init = undefined) {
  return new Promise((resolve, reject) => {
    const { state, signal } = open(new Request(input, init));
    if (signal !== null && signal.aborted) {
      if (state.body !== null) state.body.cancel(signal.reason);
      reject(signal.reason);
      return;
    }
    const control = new Control();
    if (signal !== null) {
      const onAbort = () => {
        reject(signal.reason);
        if (control.over) return;
        if (state.body !== null && !state.body.unusable) state.body.cancel(signal.reason);
        control.abort(signal.reason);
        control.off = null;
      };
      signal.addEventListener('abort', onAbort, { once: true });
      control.off = () => signal.removeEventListener('abort', onAbort);
    }
    if (!state.headersList.contains('accept')) state.headersList.append('accept', '*/*');
    if (!state.headersList.contains('accept-language')) state.headersList.append('accept-language', '*');
    follow(state, control).then((response) => finish(state, response)).then((response) => {
      control.response = response;
      if (control.over) response.aborted = true;
      resolve(wrapState(response, 'immutable'));
    }, (error) => {
      control.stopped();
      // A body that was aborted aborts the fetch.
      if (control.bodyAborted) reject(new (require('internal/web/domexception').DOMException)('The operation was aborted.', 'AbortError'));
      else reject(new TypeError('fetch failed', { cause: error }));
    });
  });
};
