'use strict';
// The readline module: lines of a stream. A function has no terminal, so nothing
// here edits lines or keeps a history.

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { AbortError, codeError, invalidArgValue, validateAbortSignal, validateFunction } = require('internal/errors');

const closed = () => codeError(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  EventEmitter.call(this);
  let options = input;
  if (!input || !input.input) options = { input, output, completer, terminal };
  const crlfDelay = options.crlfDelay;
  if (options.prompt !== undefined) this._prompt = String(options.prompt);
  else this._prompt = '> ';
  if (options.tabSize !== undefined && !(options.tabSize >= 1)) throw invalidArgValue('tabSize', options.tabSize);
  this.terminal = false;
  this.line = '';
  this.cursor = 0;
  this.input = options.input;
  this.output = options.output;
  this.closed = false;
  this.paused = false;
  this.crlfDelay = crlfDelay ? Math.max(100, crlfDelay) : 100;
  this.history = [];
  const state = { decoder: new StringDecoder('utf8'), rest: '', sawReturn: 0, question: null, listeners: [] };
  Object.defineProperty(this, '_state', { value: state, enumerable: false });
  const listen = (name, fn) => {
    this.input.on(name, fn);
    state.listeners.push([name, fn]);
  };
  listen('error', (error) => this.emit('error', error));
  listen('data', (chunk) => feed(this, typeof chunk === 'string' ? chunk : state.decoder.write(chunk)));
  listen('end', () => {
    const last = state.rest + state.decoder.end();
    state.rest = '';
    if (last.length > 0) emitLine(this, last);
    this.close();
  });
  if (options.signal) {
    validateAbortSignal(options.signal, 'options.signal');
    const abort = () => this.close();
    if (options.signal.aborted) process.nextTick(abort);
    else {
      options.signal.addEventListener('abort', abort, { once: true });
      this.once('close', () => options.signal.removeEventListener('abort', abort));
    }
  }
  this.input.resume();
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function emitLine(rl, line) {
  if (rl.closed) return;
  const question = rl._state.question;
  if (question) {
    rl._state.question = null;
    rl._prompt = question.prompt;
    question.callback(line);
    return;
  }
  rl.emit('line', line);
}

const BREAK = /\r\n|\n|\r(?!\n)/g;

function feed(rl, text) {
  const state = rl._state;
  if (text === '') return;
  if (state.sawReturn && text[0] === '\n' && Date.now() - state.sawReturn <= rl.crlfDelay) text = text.slice(1);
  state.sawReturn = text.endsWith('\r') ? Date.now() : 0;
  const lines = (state.rest + text).split(BREAK);
  state.rest = lines.pop();
  for (const line of lines) emitLine(rl, line);
}

Object.assign(Interface.prototype, {
  getPrompt() {
    return this._prompt;
  },
  setPrompt(prompt) {
    this._prompt = String(prompt);
  },
  prompt() {
    if (this.paused) this.resume();
    if (this.output) this.output.write(this._prompt);
  },
  question(query, options, callback) {
    if (typeof options === 'function') {
      callback = options;
      options = {};
    }
    if (this.closed) throw closed();
    const signal = options && options.signal;
    if (signal) {
      validateAbortSignal(signal, 'options.signal');
      if (signal.aborted) return;
      signal.addEventListener('abort', () => { this._state.question = null; }, { once: true });
    }
    if (typeof callback !== 'function') return;
    if (this._state.question) {
      this.prompt();
      return;
    }
    this._state.question = { callback, prompt: this._prompt };
    this._prompt = query;
    this.prompt();
  },
  close() {
    if (this.closed) return;
    this.pause();
    for (const [name, fn] of this._state.listeners) this.input.removeListener(name, fn);
    this.closed = true;
    this.emit('close');
  },
  pause() {
    if (this.paused) return undefined;
    if (typeof this.input.pause === 'function') this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },
  resume() {
    if (!this.paused) return undefined;
    if (typeof this.input.resume === 'function') this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },
  write(data) {
    if (this.closed) throw closed();
    if (this.paused) this.resume();
    if (data !== undefined && data !== null) feed(this, String(data));
  },
  getCursorPos() {
    return { cols: this._prompt.length, rows: 0 };
  },
  [Symbol.asyncIterator]() {
    const iterator = EventEmitter.on(this, 'line', { close: ['close'], highWaterMark: 1024, lowWaterMark: 1 });
    return {
      next: () => iterator.next().then(({ value, done }) => ({ value: done ? undefined : value[0], done })),
      return: () => {
        this.close();
        return iterator.return();
      },
      throw: (error) => iterator.throw(error),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  },
  [Symbol.dispose]() {
    this.close();
  },
});

const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(Interface.prototype.question, custom, {
  value(query, options) {
    return new Promise((resolve, reject) => {
      const signal = options && options.signal;
      if (signal && signal.aborted) {
        reject(new AbortError(undefined, { cause: signal.reason }));
        return;
      }
      if (signal) signal.addEventListener('abort', () => reject(new AbortError(undefined, { cause: signal.reason })), { once: true });
      this.question(query, options || {}, resolve);
    });
  },
});

exports.Interface = Interface;

// The control sequences of terminals; there is none, but a stream takes them.
function sequence(stream, text, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}
exports.clearLine = function clearLine(stream, dir, callback) {
  return sequence(stream, dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K', callback);
};
exports.clearScreenDown = function clearScreenDown(stream, callback) {
  return sequence(stream, '\x1b[0J', callback);
};
exports.createInterface = function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
};
exports.cursorTo = function cursorTo(stream, x, y, callback) {
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  return sequence(stream, typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`, callback);
};
exports.emitKeypressEvents = function emitKeypressEvents() {};
exports.moveCursor = function moveCursor(stream, dx, dy, callback) {
  const parts = [];
  if (dx < 0) parts.push(`\x1b[${-dx}D`);
  else if (dx > 0) parts.push(`\x1b[${dx}C`);
  if (dy < 0) parts.push(`\x1b[${-dy}A`);
  else if (dy > 0) parts.push(`\x1b[${dy}B`);
  return sequence(stream, parts.join(''), callback);
};
Object.defineProperty(exports, 'promises', { enumerable: true, configurable: true, get: () => require('readline/promises') });
