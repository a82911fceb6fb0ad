'use strict';
// events.on: the events of an emitter as an async iterator.

const { AbortError, invalidArgType, validateAbortSignal, validateInteger } = require('internal/errors');

module.exports = (emitter, name, options, attach, detach) => {
  const signal = options.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const high = options.highWaterMark === undefined ? Number.MAX_SAFE_INTEGER : options.highWaterMark;
  const low = options.lowWaterMark === undefined ? 1 : options.lowWaterMark;
  validateInteger(high, 'options.highWaterMark', 1);
  validateInteger(low, 'options.lowWaterMark', 1);
  const listening = [];
  const ready = []; // events nobody asked for yet
  const waiting = []; // those who ask
  let failed = null;
  let finished = false;
  let paused = false;

  function onEvent(...args) {
    const next = waiting.shift();
    if (next) {
      next.resolve({ value: args, done: false });
      return;
    }
    ready.push(args);
    if (!paused && ready.length > high && typeof emitter.pause === 'function') {
      paused = true;
      emitter.pause();
    }
  }

  function close() {
    for (const [target, type, listener] of listening) detach(target, type, listener);
    listening.length = 0;
    finished = true;
    for (const next of waiting.splice(0)) next.resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }

  function onError(error) {
    const next = waiting.shift();
    if (next) next.reject(error);
    else failed = error;
    close();
  }

  function listen(target, type, listener) {
    attach(target, type, listener, false);
    listening.push([target, type, listener]);
  }

  listen(emitter, name, onEvent);
  if (name !== 'error' && typeof emitter.on === 'function') listen(emitter, 'error', onError);
  for (const end of options.close || []) listen(emitter, end, close);
  if (signal) listen(signal, 'abort', () => onError(new AbortError(undefined, { cause: signal.reason })));

  const prototype = Object.getPrototypeOf(async function* () {}).prototype || {};
  return Object.setPrototypeOf({
    next() {
      if (ready.length > 0) {
        const value = ready.shift();
        if (paused && ready.length < low) {
          emitter.resume();
          paused = false;
        }
        return Promise.resolve({ value, done: false });
      }
      if (failed) {
        const error = failed;
        failed = null;
        return Promise.reject(error);
      }
      if (finished) return close();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: close,
    throw(error) {
      if (!error || !(error instanceof Error)) throw invalidArgType('EventEmitter.AsyncIterator', 'Error', error);
      onError(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  }, prototype);
};
