'use strict';
// timers/promises.

const timers = require('timers');

function aborted(signal) {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}

function wait(start, clear, value, { signal, ref = true } = {}) {
  if (signal && signal.aborted) return Promise.reject(aborted(signal));
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clear(timer);
      reject(aborted(signal));
    };
    const timer = start(() => {
      if (signal) signal.removeEventListener('abort', onAbort);
      resolve(value);
    });
    if (!ref) timer.unref();
    if (signal) signal.addEventListener('abort', onAbort, { once: true });
  });
}

exports.setTimeout = function setTimeout(delay, value, options) {
  return wait((done) => timers.setTimeout(done, delay), timers.clearTimeout, value, options);
};

exports.setImmediate = function setImmediate(value, options) {
  return wait((done) => timers.setImmediate(done), timers.clearImmediate, value, options);
};

exports.setInterval = async function* setInterval(delay, value, options = {}) {
  const { signal, ref = true } = options;
  let due = 0;
  let wake = () => {};
  let failed = null;
  const timer = timers.setInterval(() => {
    due++;
    wake();
  }, delay);
  if (!ref) timer.unref();
  const onAbort = () => {
    failed = aborted(signal);
    wake();
  };
  try {
    if (signal) {
      if (signal.aborted) throw aborted(signal);
      signal.addEventListener('abort', onAbort, { once: true });
    }
    for (;;) {
      if (failed) throw failed;
      if (due === 0) await new Promise((resolve) => { wake = resolve; });
      for (; due > 0 && !failed; due--) yield value;
    }
  } finally {
    timers.clearInterval(timer);
    if (signal) signal.removeEventListener('abort', onAbort);
  }
};

exports.scheduler = {
  wait: (delay, options) => exports.setTimeout(delay, undefined, options),
  yield: () => exports.setImmediate(),
};
