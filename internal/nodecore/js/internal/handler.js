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

// One call of main under way. What comes after its first end is ignored.
class Call {
  constructor(settle, id) {
    this.settle = settle;
    this.id = id;
    this.ended = false;
  }

  end(kind, value) {
    if (this.ended) return;
    this.ended = true;
    this.settle(this.id, kind, value);
  }

  answer(value) {
    if (this.ended) return;
    let text;
    try {
      text = JSON.stringify(value);
    } catch (error) {
      this.end('response', error);
      return;
    }
    if (text === undefined && typeof value === 'function') {
      this.end('response', new TypeError('a function is not an answer'));
      return;
    }
    this.end('ok', text === undefined ? 'null' : text);
  }

  fail(error) {
    this.end('throw', error);
  }
}

exports.start = (module, context, callback, settle, id) => {
  const call = new Call(settle, id);
  const main = module === null || module === undefined ? undefined : module.main;
  if (typeof main !== 'function') {
    call.end('no-main', main === undefined ? 'missing' : typeof main);
    return;
  }
  const answer = (value) => call.answer(value);
  // A callback handler may return a response instead, or return something that
  // is not meant as an answer, such as the timer or the request it started.
  const returned = callback ? (value) => { if (isResponse(value)) call.answer(value); } : answer;
  const result = callback ? main(context, answer) : main(context);
  if (isThenable(result)) result.then(returned, (error) => call.fail(error));
  else returned(result);
  ticks.run();
};
