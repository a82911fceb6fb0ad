'use strict';
// The process.nextTick queue. Node empties it after every macrotask, before the
// promise jobs, and again whenever the promise jobs added to it.

let queue = [];
let head = 0;
let inContext = null; // wraps a callback in the async context of now, once one is kept

exports.nextTick = function nextTick(fn, ...args) {
  if (typeof fn !== 'function') {
    throw require('internal/errors').invalidArgType('callback', 'function', fn);
  }
  const call = args.length === 0 ? fn : () => fn(...args);
  queue.push(inContext === null ? call : inContext(call));
};

exports.keep = (wrap) => {
  inContext = wrap;
};

exports.hasTicks = () => head < queue.length;

function run() {
  while (head < queue.length) {
    const fn = queue[head++];
    if (head === queue.length) {
      queue = [];
      head = 0;
    }
    try {
      fn();
    } catch (error) {
      // Not the caller's error: nothing called this function.
      if (!require('process').__uncaught(error, 'uncaughtException')) throw error;
    }
  }
}

exports.run = run;

exports.task = (fn, ...args) => {
  fn(...args);
  run();
};
