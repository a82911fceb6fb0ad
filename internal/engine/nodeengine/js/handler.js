'use strict';
// How main is called, for both contracts; the embedded engine's
// nodecore/js/internal/handler.js does the same.

const records = require('./records.js');

function isThenable(v) {
  return v !== null && (typeof v === 'object' || typeof v === 'function') && typeof v.then === 'function';
}

function isResponse(value) {
  if (value === null || typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype)
    && ['statusCode', 'body', 'headers', 'multiValueHeaders'].some((key) => key in value);
}

// run calls exported.main. end(error, payload) is called with how it ended, if own
// is still the invocation under way, which current() tells.
exports.run = (exported, context, fn, thrown, end, own, current) => {
  const settle = (error, payload) => {
    if (current() === own) end(error, payload);
  };
  const main = exported === null || exported === undefined ? undefined : exported.main;
  if (typeof main !== 'function') {
    settle(records.noMain(main));
    return;
  }
  const answer = (value) => {
    let text;
    try {
      text = JSON.stringify(value);
      if (text === undefined && typeof value === 'function') throw new TypeError('a function is not an answer');
    } catch (error) {
      settle({ ...thrown('response', error), hint: records.NOT_JSON });
      return;
    }
    if (text === undefined) text = 'null';
    const limit = fn.limits.response;
    const size = Buffer.byteLength(text);
    if (limit > 0 && size > limit) settle(records.tooLarge(size, limit));
    else settle(undefined, text);
  };
  const callback = fn.contract === 'callback';
  // A callback handler may return a response instead, or return something that
  // is not meant as an answer, such as the timer or the request it started.
  const returned = callback ? (value) => { if (isResponse(value)) answer(value); } : answer;
  try {
    const result = callback ? main(context, answer) : main(context);
    if (isThenable(result)) result.then(returned, (error) => settle(thrown('error', error)));
    else returned(result);
  } catch (error) {
    settle(thrown('error', error));
  }
};
