'use strict';
// AssertionError and the messages it makes.

const { inspect } = require('internal/inspect');
const errors = require('internal/errors');

const SAYS = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

const MOST_LINES = 50;

const show = (value) => inspect(value, {
  compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true, getters: true,
});

const isReference = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

// mark points below the first character that differs.
function mark(a, b) {
  let i = 0;
  while (a[i] === b[i]) i++;
  return i > 2 ? `\n  ${' '.repeat(i)}^` : '';
}

// unlike reports whether two lines differ in more than a comma at the end.
function unlike(a, b) {
  return a !== b && a !== `${b},` && b !== `${a},`;
}

class Diff {
  constructor() {
    this.out = [];
    this.minus = [];
    this.same = 0;
    this.printed = 0;
    this.skipped = false;
  }

  // catchUp writes the last of the same lines in front of a difference.
  catchUp(lines, i) {
    if (this.same > 2) {
      if (this.same > 5) {
        this.out.push('...');
        this.skipped = true;
      } else if (this.same === 5) {
        this.line(`  ${lines[i - 3]}`);
      }
      if (this.same > 3) this.line(`  ${lines[i - 2]}`);
      this.line(`  ${lines[i - 1]}`);
    }
    this.same = 0;
  }

  line(text) {
    this.out.push(text);
    this.printed++;
  }

  expected(text) {
    this.minus.push(`- ${text}`);
    this.printed++;
  }

  equal(text) {
    this.out.push(...this.minus);
    this.minus = [];
    this.same++;
    if (this.same <= 2) this.line(`  ${text}`);
  }
}

// difference shows two values line by line under a headline, the user's message
// if there is one.
function difference(actual, expected, operator, message) {
  const whole = show(actual);
  const a = whole.split('\n');
  const b = show(expected).split('\n');
  if (operator === 'strictEqual' && isReference(actual) && isReference(expected) && typeof actual === typeof expected) operator = 'strictEqualObject';
  let pointer = '';
  if (a.length === 1 && b.length === 1 && a[0] !== b[0]) {
    const length = a[0].length + b[0].length;
    if (length <= 12) {
      const plain = (value) => typeof value !== 'object' || value === null;
      if (plain(actual) && plain(expected) && (actual !== 0 || expected !== 0)) return `${message || SAYS[operator]}\n\n${a[0]} !== ${b[0]}\n`;
    } else if (operator !== 'strictEqualObject' && length < 80) {
      pointer = mark(a[0], b[0]);
    }
  }
  const tail = [];
  while (a.length > 0 && b.length > 0 && a[a.length - 1] === b[b.length - 1]) {
    tail.unshift(a.pop());
    b.pop();
  }
  const most = Math.max(a.length, b.length);
  if (most === 0) {
    const lines = whole.split('\n');
    if (lines.length > MOST_LINES) lines.splice(46, lines.length, '...');
    return `${SAYS.notIdentical}\n\n${lines.join('\n')}\n`;
  }
  const diff = new Diff();
  let end = tail;
  if (tail.length > 3) {
    const last = tail.slice(-3).map((line) => `  ${line}`);
    if (tail.length >= 5) {
      last.unshift('...');
      diff.skipped = true;
    }
    last.unshift(`  ${tail[0]}`);
    end = last;
  } else {
    end = tail.map((line) => `  ${line}`);
  }
  const longer = a.length < most ? b : a;
  const common = Math.min(a.length, b.length);
  const head = `${message || SAYS[operator]}\n+ actual - expected`;
  for (let i = 0; i < most; i++) {
    if (i >= common) {
      diff.catchUp(longer, i);
      if (longer === a) diff.line(`+ ${a[i]}`);
      else diff.expected(b[i]);
    } else if (unlike(a[i], b[i])) {
      diff.catchUp(a, i);
      diff.line(`+ ${a[i]}`);
      diff.expected(b[i]);
    } else {
      diff.equal(a[i] !== b[i] && b[i].endsWith(',') ? b[i] : a[i]);
    }
    if (diff.printed > MOST_LINES && i < most - 2) {
      return `${head} ... Lines skipped\n\n${[...diff.out, '...', ...diff.minus, '...'].join('\n')}`;
    }
  }
  const body = [...diff.out, ...diff.minus, ...end].join('\n');
  return `${head}${diff.skipped ? ' ... Lines skipped' : ''}\n\n${body}${pointer}`;
}

function unequal(actual, operator) {
  const lines = show(actual).split('\n');
  const says = operator === 'notStrictEqual' && isReference(actual) ? SAYS.notStrictEqualObject : SAYS[operator];
  if (lines.length > MOST_LINES) lines.splice(46, lines.length, '...');
  if (lines.length === 1) return `${says}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  return `${says}\n\n${lines.join('\n')}\n`;
}

function loose(actual, expected, operator) {
  let a = show(actual);
  let b = show(expected);
  if (operator === 'notDeepEqual' && a === b) {
    const text = `${SAYS[operator]}\n\n${a}`;
    return text.length > 1024 ? `${text.slice(0, 1021)}...` : text;
  }
  if (a.length > 512) a = `${a.slice(0, 509)}...`;
  if (b.length > 512) b = `${b.slice(0, 509)}...`;
  if (operator === 'deepEqual') return `${SAYS[operator]}\n\n${a}\n\nshould loosely deep-equal\n\n${b}`;
  const says = SAYS[`${operator}Unequal`];
  return says ? `${says}\n\n${a}\n\nshould not loosely deep-equal\n\n${b}` : `${a} ${operator} ${b}`;
}

function generate(options) {
  let { actual, expected } = options;
  const { operator } = options;
  // The stacks of two errors differ always and say nothing.
  if (isReference(actual) && isReference(expected) && actual instanceof Error && expected instanceof Error) {
    [actual, expected] = [copyError(actual), copyError(expected)];
  }
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return difference(actual, expected, operator, options.message);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return unequal(actual, operator);
  return loose(actual, expected, operator);
}

function copyError(error) {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(error)), error);
  Object.defineProperty(copy, 'message', { value: error.message });
  return copy;
}

class AssertionError extends Error {
  constructor(options) {
    errors.validateObject(options, 'options');
    const { message, operator, stackStartFn, stackStartFunction } = options;
    const own = message !== undefined && message !== null;
    const shown = own && operator !== 'deepStrictEqual' && operator !== 'strictEqual';
    super(shown ? String(message) : generate(options));
    this.generatedMessage = !message;
    Object.defineProperty(this, 'name', { value: 'AssertionError', enumerable: false, writable: true, configurable: true });
    this.code = 'ERR_ASSERTION';
    if (options.details !== undefined) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
    } else {
      this.actual = options.actual;
      this.expected = options.expected;
      this.operator = operator;
    }
    Object.defineProperty(this, native.nodeErrorSymbol, { value: true, enumerable: false, writable: true, configurable: true });
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return inspect(this, { ...options, customInspect: false, depth: 0 });
  }
}

exports.AssertionError = AssertionError;
