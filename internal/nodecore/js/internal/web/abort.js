'use strict';
// AbortController and AbortSignal.

const { Event, EventTarget, handlerProperty, dispatch } = require('internal/web/events');
const { codeError, invalidArgType, validateInteger } = require('internal/errors');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const domException = (message, name) => new (require('internal/web/domexception').DOMException)(message, name);

// The right to make a signal; AbortSignal has no public constructor.
const key = Symbol('AbortSignal');
const abort = Symbol('abort');

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #dependents = null;

  constructor(right = undefined) {
    if (right !== key) throw codeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
  }

  get aborted() {
    return this.#aborted;
  }

  get reason() {
    return this.#reason;
  }

  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  [abort](reason) {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    const dependents = (this.#dependents || []).filter((signal) => !signal.#aborted);
    this.#dependents = null;
    for (const signal of dependents) {
      signal.#aborted = true;
      signal.#reason = reason;
    }
    dispatch(this, new Event('abort'));
    for (const signal of dependents) dispatch(signal, new Event('abort'));
  }

  [inspect](depth, options) {
    return show('AbortSignal', { aborted: this.#aborted }, depth, options);
  }

  static abort(reason = domException('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(key);
    signal.#aborted = true;
    signal.#reason = reason;
    return signal;
  }

  static timeout(delay) {
    validateInteger(delay, 'delay', 0, 2 ** 32 - 1);
    const signal = new AbortSignal(key);
    setTimeout(() => signal[abort](domException('The operation was aborted due to timeout', 'TimeoutError')), delay).unref();
    return signal;
  }

  static any(signals) {
    const list = Array.from(signals);
    for (const [i, source] of list.entries()) {
      if (!(source instanceof AbortSignal)) throw invalidArgType(`signals[${i}]`, 'AbortSignal', source);
    }
    const signal = new AbortSignal(key);
    const aborted = list.find((source) => source.#aborted);
    if (aborted) {
      signal.#aborted = true;
      signal.#reason = aborted.#reason;
      return signal;
    }
    for (const source of list) {
      source.#dependents = source.#dependents || [];
      source.#dependents.push(signal);
    }
    return signal;
  }
}
handlerProperty(AbortSignal, 'abort');

class AbortController {
  #signal = null;

  get signal() {
    if (this.#signal === null) this.#signal = new AbortSignal(key);
    return this.#signal;
  }

  abort(reason = domException('This operation was aborted', 'AbortError')) {
    this.signal[abort](reason);
  }

  [inspect](depth, options) {
    return show('AbortController', { signal: this.signal }, depth, options);
  }
}

function show(name, value, depth, options) {
  if (depth < 0) return name;
  return `${name} ${require('util').inspect(value, { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth })}`;
}

for (const [Class, names] of [[AbortSignal, ['aborted', 'reason', 'throwIfAborted']], [AbortController, ['signal', 'abort']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

exports.AbortSignal = AbortSignal;
exports.AbortController = AbortController;
