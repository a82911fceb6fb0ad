'use strict';
// One request over HTTP: the head as undici writes it, the body sent and the
// answer read as they are asked for.

const { httpRequest, httpWrite, httpEnd, httpRead, httpAbort } = require('internal/http/exchange');
const { HeadersList } = require('internal/fetch/headers');
const { newState, NULL_BODY, REDIRECTS } = require('internal/fetch/response');
const { Body } = require('internal/fetch/body');
const errors = require('internal/fetch/errors');
const { Buffer } = require('buffer');

const CONNECT_TIMEOUT = 10_000; // ms, undici's
const DISCARD = 128 * 1024; // how much of an unwanted body is read to keep the connection

// Methods for which undici says that there is no body.
const EXPECTS_BODY = ['PUT', 'POST', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'];
const BODYLESS = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];
const REPEATABLE = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

// head gives the lines of a request, raw and in order, and how its body goes.
function head(state, url, list) {
  const lines = ['host', url.host, 'connection', 'keep-alive'];
  let length = null;
  for (const [key, { name, value }] of list.map) {
    switch (key) {
      case 'content-length':
        length = parseInt(value, 10);
        if (!Number.isFinite(length)) throw errors.invalidArgument('invalid content-length header');
        break;
      case 'connection':
        if (value.toLowerCase() === 'close') lines[3] = 'close';
        else if (value.toLowerCase() !== 'keep-alive') throw errors.invalidArgument('invalid connection header');
        break;
      case 'transfer-encoding':
      case 'keep-alive':
      case 'upgrade':
        throw errors.invalidArgument(`invalid ${key} header`);
      case 'expect':
        throw errors.notSupported('expect header not supported');
      default:
        lines.push(name, value);
    }
  }
  if (state.body === null) {
    if (length > 0) throw errors.lengthMismatch();
    if (EXPECTS_BODY.includes(state.method) || !BODYLESS.includes(state.method)) lines.push('content-length', '0');
    return { lines, kind: 'plain', length: 0 };
  }
  if (length === null) {
    lines.push('transfer-encoding', 'chunked');
    return { lines, kind: 'chunked', length };
  }
  lines.push('content-length', `${length}`);
  return { lines, kind: 'plain', length };
}

// A Transfer is one exchange with a server.
class Transfer {
  constructor(control) {
    this.control = control; // {reason: why the fetch was aborted, stopped(): …}
    this.exchange = null;
    this.failed = null;
    this.ended = false;
    this.onFailure = null; // hears a failure while something waits
  }

  // fail ends what waits; the error is what the body then fails with.
  fail(error) {
    if (this.failed !== null || this.ended) return;
    this.failed = error;
    if (this.exchange !== null) httpAbort(this.exchange);
    if (this.onFailure !== null) this.onFailure(error);
  }

  socket() {
    const { request } = this.exchange;
    return request ? request.socket : null;
  }

  // respond sends the request and promises the answer's head.
  respond(state, url, { lines, kind, length }) {
    return new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const host = url.hostname.replace(/^\[|\]$/g, '');
      const port = Number(url.port) || (secure ? 443 : 80);
      this.onFailure = reject;
      const timer = setTimeout(() => this.fail(errors.connectTimeout(host, port, CONNECT_TIMEOUT)), CONNECT_TIMEOUT);
      timer.unref();
      try {
        this.exchange = httpRequest({
          tls: secure, host, port, servername: secure && require('net').isIP(host) === 0 ? host : undefined, method: state.method,
          path: url.pathname + url.search, headers: lines, body: kind, pool: 'fetch',
        }, (event, ...facts) => {
          if (event === 'connect' || event === 'response') clearTimeout(timer);
          if (event === 'response') {
            this.onFailure = null;
            resolve({ status: facts[0], statusText: facts[1], rawHeaders: facts[3] });
          } else if (event === 'error') {
            clearTimeout(timer);
            this.fail(errors.translated(facts[0], this.socket()));
          }
        });
      } catch (error) {
        clearTimeout(timer);
        reject(error);
        return;
      }
      this.send(state.body, length).catch((error) => {
        if (error && error.name === 'AbortError') this.control.bodyAborted = true;
        this.fail(error);
      });
    });
  }

  async send(body, length) {
    const { exchange } = this;
    if (body !== null) {
      const feed = body.take();
      let sent = 0;
      for (;;) {
        const part = await feed.pull();
        if (this.failed !== null) {
          await feed.cancel(this.failed);
          return;
        }
        if (part === null) break;
        const bytes = Buffer.isBuffer(part) ? part : Buffer.from(part);
        sent += bytes.byteLength;
        if (length !== null && sent > length) throw errors.lengthMismatch();
        if (bytes.byteLength > 0) await new Promise((resolve) => httpWrite(exchange, bytes, resolve));
        if (this.failed !== null) return;
      }
      if (length !== null && sent !== length) throw errors.lengthMismatch();
    }
    httpEnd(exchange, null, () => {});
  }

  // pull promises the next bytes of the answer's body.
  pull() {
    if (this.failed !== null) return Promise.reject(this.failed);
    if (this.ended) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.onFailure = reject;
      httpRead(this.exchange, (error, bytes) => {
        this.onFailure = null;
        if (error) {
          this.failed = new TypeError('terminated', { cause: errors.translated(error, this.socket()) });
          this.control.stopped();
          reject(this.failed);
          return;
        }
        if (bytes === null) {
          this.ended = true;
          this.control.stopped();
        }
        resolve(bytes);
      });
    });
  }

  cancel(reason) {
    if (!this.ended && this.failed === null) this.fail(reason);
    this.control.stopped();
  }

  // discard reads a body that nobody wants, if it is short.
  async discard() {
    let read = 0;
    try {
      for (let bytes = await this.pull(); bytes !== null; bytes = await this.pull()) {
        read += bytes.byteLength;
        if (read > DISCARD) {
          this.fail(new Error('the body was not wanted'));
          return;
        }
      }
    } catch {
      // the answer is known already
    }
  }
}

// begun opens a request, once more if a kept connection turned out to be closed.
async function begun(state, url, wire, control) {
  const repeat = REPEATABLE.includes(state.method) && (state.body === null || state.body.source !== null);
  for (;;) {
    const transfer = new Transfer(control);
    control.transfer = transfer;
    const { body } = state;
    try {
      return { transfer, answer: await transfer.respond(state, url, wire) };
    } catch (error) {
      const reused = transfer.exchange !== null && transfer.exchange.request && transfer.exchange.request.reusedSocket;
      if (!repeat || !reused || control.over || !['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(error.code)) throw error;
      if (body !== null) state.body = require('internal/fetch/body').again(body.source, body.length);
    }
  }
}

// exchange sends the request of a state to url with the headers of a list and
// gives the state of the response.
exports.exchange = async (state, url, list, control) => {
  const { transfer, answer } = await begun(state, url, head(state, url, list), control);
  const headersList = new HeadersList();
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) headersList.append(answer.rawHeaders[i].toLowerCase(), answer.rawHeaders[i + 1]);
  const response = newState({ status: answer.status, statusText: answer.statusText, headersList });
  const followed = state.redirect === 'follow' && REDIRECTS.includes(answer.status) && headersList.get('location') !== null;
  if (followed || state.method === 'HEAD' || NULL_BODY.includes(answer.status)) {
    transfer.discard();
    return response;
  }
  const coding = headersList.get('content-encoding');
  const raw = { pull: () => transfer.pull(), cancel: (reason) => transfer.cancel(reason) };
  if (coding === null || coding === '') {
    response.body = new Body(raw);
    return response;
  }
  const feed = require('internal/fetch/decode').decoded(coding, raw);
  response.body = new Body({
    async pull() {
      try {
        return await feed.pull();
      } catch (error) {
        if (transfer.failed !== null) throw transfer.failed;
        // The bytes came, but are not what the header says.
        transfer.cancel(error);
        transfer.failed = new TypeError('terminated', { cause: error });
        throw transfer.failed;
      }
    },
    cancel: raw.cancel,
  });
  return response;
};
