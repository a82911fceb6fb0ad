'use strict';
// How main is called, for both contracts.

const ticks = require('internal/ticks');

function isThenable(v) {
  return v !== null && (typeof v === 'object' || typeof v === 'function') && typeof v.then === 'function';
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
  const result = callback ? main(context, answer) : main(context);
  if (isThenable(result)) {
    // A callback handler may be async and answer through the callback.
    result.then(callback ? (value) => { if (value !== undefined) call.answer(value); } : answer, (error) => call.fail(error));
  } else if (!callback || result !== undefined) {
    call.answer(result);
  }
  ticks.run();
};
