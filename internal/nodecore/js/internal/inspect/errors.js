'use strict';
// How util.inspect writes errors.

const { prefix } = require('internal/inspect/names');
const { stackOf } = require('internal/stack');

const isError = (value) => native.kindOf(value) === 'error' || value instanceof Error;
exports.isError = isError;

function textOf(error) {
  const stack = stackOf(error);
  return stack ? String(stack) : Error.prototype.toString.call(error);
}

// nameStack puts the constructor's name into a stack that was made before the
// error had one.
function nameStack(stack, constructor, name, tag) {
  let length = name.length;
  const regular = name.endsWith('Error') && stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== null && !regular) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) || /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = (start && start[1]) || '';
    length = fallback.length;
    fallback = fallback || 'Error';
  }
  const wanted = prefix(constructor, tag, fallback).slice(0, -1);
  if (name === wanted) return stack;
  if (wanted.includes(name)) return length === 0 ? `${wanted}: ${stack}` : `${wanted}${stack.slice(length)}`;
  return `${wanted} [${name}]${stack.slice(length)}`;
}

// shared finds a run of more than three frames that two stacks have in common.
function shared(a, b) {
  for (let i = 0; i < a.length - 3; i++) {
    const at = b.indexOf(a[i]);
    if (at === -1) continue;
    const rest = b.length - at;
    if (rest <= 3) continue;
    const most = Math.min(a.length - i, rest);
    let length = 1;
    while (length < most && a[i + length] === b[at + length]) length++;
    if (length > 3) return { at: i, length };
  }
  return null;
}

function frames(ctx, error, text) {
  const lines = text.split('\n');
  let cause;
  try {
    ({ cause } = error);
  } catch {
    // a getter that throws hides the cause
  }
  if (cause !== null && cause !== undefined && isError(cause)) {
    const causeText = textOf(cause);
    const start = causeText.indexOf('\n    at');
    const same = start === -1 ? null : shared(lines, causeText.slice(start + 1).split('\n'));
    if (same) {
      const skipped = same.length - 2;
      lines.splice(same.at + 1, skipped, ctx.stylize(`    ... ${skipped} lines matching cause stack trace ...`, 'undefined'));
    }
  }
  return lines;
}

exports.format = (error, constructor, tag, ctx, keys) => {
  const name = error.name !== null && error.name !== undefined ? String(error.name) : 'Error';
  let stack = textOf(error);
  if (!ctx.showHidden) {
    for (const key of ['name', 'message', 'stack']) {
      const index = keys.indexOf(key);
      if (index !== -1 && (typeof error[key] !== 'string' || stack.includes(error[key]) || key === 'stack')) keys.splice(index, 1);
    }
  }
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  const own = Object.getOwnPropertyDescriptor(error, 'errors');
  if (own !== undefined && Array.isArray(own.value) && !keys.includes('errors')) keys.push('errors');
  stack = nameStack(stack, constructor, name, tag);
  let at = (error.message && stack.indexOf(error.message)) || -1;
  if (at !== -1) at += error.message.length;
  const start = stack.indexOf('\n    at', at);
  if (start === -1) {
    stack = `[${stack}]`;
  } else {
    let lines = frames(ctx, error, stack.slice(start + 1));
    if (ctx.colors) lines = lines.map((line) => (/\(?node:/.test(line) ? ctx.stylize(line, 'undefined') : line));
    stack = `${stack.slice(0, start)}\n${lines.join('\n')}`;
  }
  if (ctx.indentationLvl !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
  return stack;
};
