'use strict';
// util.format. inspect loads only for what is neither text nor number.

function inspect(value, options) {
  return require('internal/inspect').inspect(value, options);
}

function number(n) {
  return Object.is(n, -0) ? '-0' : `${n}`;
}

// ownText reports whether an object has a toString of the user's making.
function ownText(value) {
  let kind = native.kindOf(value);
  while (kind === 'proxy') {
    [value] = native.proxyDetails(value);
    if (value === null) return false;
    kind = native.kindOf(value);
  }
  if (typeof value.toString !== 'function') return false;
  if (Object.prototype.hasOwnProperty.call(value, 'toString')) return true;
  let holder = value;
  do {
    holder = Object.getPrototypeOf(holder);
  } while (holder !== null && !Object.prototype.hasOwnProperty.call(holder, 'toString'));
  const d = holder === null ? undefined : Object.getOwnPropertyDescriptor(holder, 'constructor');
  return !(d !== undefined && typeof d.value === 'function' && require('internal/inspect/names').builtIns.has(d.value.name));
}

function json(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError && /circular/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

function placeholder(letter, value, options) {
  switch (letter) {
    case 's':
      if (typeof value === 'number') return number(value);
      if (typeof value === 'bigint') return `${value}n`;
      if (typeof value !== 'object' || value === null || ownText(value)) return String(value);
      return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    case 'j':
      return json(value);
    case 'd':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' ? 'NaN' : number(Number(value));
    case 'i':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' ? 'NaN' : number(parseInt(value));
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : number(parseFloat(value));
    case 'O':
      return inspect(value, options);
    case 'o':
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
  }
  return '';
}

function format(options, args) {
  const first = args[0];
  const out = [];
  let used = 0;
  let gap = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    let last = 0;
    for (let i = 0; i < first.length - 1; i++) {
      if (first[i] !== '%') continue;
      const letter = first[++i];
      if (letter === '%') {
        out.push(first.slice(last, i));
        last = i + 1;
      } else if (used + 1 !== args.length && 'sjdOoifc'.includes(letter)) {
        if (last !== i - 1) out.push(first.slice(last, i - 1));
        out.push(`${placeholder(letter, args[++used], options)}`);
        last = i + 1;
      }
    }
    if (last !== 0) {
      used++;
      gap = ' ';
      if (last < first.length) out.push(first.slice(last));
    }
  }
  for (; used < args.length; used++) {
    const value = args[used];
    if (gap) out.push(gap);
    out.push(typeof value === 'string' ? value : typeof value === 'number' && !options.colors && !options.numericSeparator ? number(value) : inspect(value, options));
    gap = ' ';
  }
  return out.join('');
}

exports.format = format;
