'use strict';
// How main is called, for both contracts.

const ticks = require('internal/ticks');

function isThenable(v) {
  return v !== null && (typeof v === 'object' || typeof v === 'function') && typeof v.then === 'function';
}

function isResponse(value) {
  if (value === null || typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype)
    && ['statusCode', 'body', 'headers', 'multiValueHeaders'].some((key) => key in value);
}

// answer stringifies what main gave. settle takes the first end of a call and
// ignores what comes after it.
function answer(value, settle, id) {
  let text;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    settle(id, 'response', error);
    return;
  }
  if (text === undefined) {
    if (typeof value === 'function') {
      settle(id, 'response', new TypeError('a function is not an answer'));
      return;
    }
    text = 'null';
  }
  settle(id, 'ok', text);
}

exports.start = (module, context, callback, settle, id) => {
  const main = module === null || module === undefined ? undefined : module.main;
  if (typeof main !== 'function') {
    settle(id, 'no-main', main === undefined ? 'missing' : typeof main);
    return;
  }
  let result;
  let returned;
  if (callback) {
    const sendResponse = (value) => answer(value, settle, id);
    // A callback handler may return a response instead, or return something that
    // is not meant as an answer, such as the timer or the request it started.
    returned = (value) => { if (isResponse(value)) sendResponse(value); };
    result = main(context, sendResponse);
  } else {
    returned = (value) => answer(value, settle, id);
    result = main(context);
  }
  if (isThenable(result)) result.then(returned, (error) => settle(id, 'throw', error));
  else returned(result);
  ticks.run();
};
