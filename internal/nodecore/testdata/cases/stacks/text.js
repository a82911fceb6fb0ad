'use strict';
// What a function sees of its own stack.

const place = (stack) => stack.split('\n')
  .filter((line) => line.includes('text.js'))
  .map((line) => line.replace(/^ *at (?:.*[/(])?/, '').replace(')', ''));

function inner() {
  return new Error('shown').stack;
}

exports.main = () => {
  const seen = { lines: place(inner()), header: inner().split('\n')[0] };
  const holder = {};
  Error.captureStackTrace(holder);
  seen.captured = place(holder.stack);
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => sites[0];
  const site = new Error('sites').stack;
  Error.prepareStackTrace = before;
  seen.site = [site.getLineNumber(), site.getColumnNumber(), site.getFileName().split('/').pop()];
  seen.after = place(new Error('after').stack).length > 0;
  Error.stackTraceLimit = 1;
  seen.limited = inner().split('\n').length;
  return seen;
};
