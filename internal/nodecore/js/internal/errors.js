'use strict';
// Errors as Node words them, and how any thrown value is described.

function codeError(Base, code, message) {
  const error = new Base(message);
  Object.defineProperty(error, 'code', { value: code, writable: true, enumerable: true, configurable: true });
  // The first line of Node's own errors shows the code too.
  Object.defineProperty(error, native.nodeErrorSymbol, { value: true, writable: true, enumerable: false, configurable: true });
  Object.defineProperty(error, 'toString', { value: nodeErrorText, writable: true, enumerable: false, configurable: true });
  return error;
}

function nodeErrorText() {
  return `${this.name} [${this.code}]: ${this.message}`;
}

exports.codeError = codeError;

// " Received …" of a refused argument.
function received(value) {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor && value.constructor.name) return ` Received an instance of ${value.constructor.name}`;
    return ` Received ${require('util').inspect(value, { depth: -1 })}`;
  }
  let text = shown(value);
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return ` Received type ${typeof value} (${text})`;
}

// shown is util.inspect, which is only loaded for what is not plain.
function shown(value) {
  switch (typeof value) {
    case 'string':
      if (/^[ -&(-[\]-~]*$/.test(value)) return `'${value}'`;
      break;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
  }
  return require('util').inspect(value);
}

exports.received = received;
exports.shown = shown;

function list(words, join) {
  if (words.length < 3) return words.join(` ${join} `);
  return `${words.slice(0, -1).join(', ')}, ${join} ${words[words.length - 1]}`;
}

exports.list = list;

const PRIMITIVES = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'];

// expectation says what an argument must be: expected is a name or a list of
// names of types ("string"), classes ("Buffer") or other words.
function expectation(expected) {
  const types = [];
  let classes = [];
  const others = [];
  for (const word of Array.isArray(expected) ? expected : [expected]) {
    if (PRIMITIVES.includes(word)) types.push(word.toLowerCase());
    else if (/^(?:[A-Z][a-zA-Z0-9]*)+$/.test(word)) classes.push(word);
    else others.push(word);
  }
  if (classes.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    classes = [...classes, 'Object'];
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${list(types, 'or')}`);
  if (classes.length > 0) parts.push(`an instance of ${list(classes, 'or')}`);
  if (others.length > 1) parts.push(`one of ${list(others, 'or')}`);
  else if (others.length === 1) parts.push(others[0].toLowerCase() === others[0] ? others[0] : `an ${others[0]}`);
  return parts.join(' or ');
}

// argument names what was wrong: "size" argument, "options.size" property.
function argument(name) {
  if (name.endsWith(' argument')) return `The ${name}`;
  return `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

exports.invalidArgType = (name, expected, value) =>
  codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `${argument(name)} must be ${expectation(expected)}.${received(value)}`);

exports.invalidArgValue = (name, value, reason = 'is invalid', Base = TypeError) => {
  let text = require('util').inspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  const what = name.includes('.') ? 'property' : 'argument';
  return codeError(Base, 'ERR_INVALID_ARG_VALUE', `The ${what} '${name}' ${reason}. Received ${text}`);
};

// grouped writes big numbers as 1_000_000.
function grouped(value) {
  if (typeof value === 'bigint') {
    const text = String(value);
    return (value > 2n ** 32n || value < -(2n ** 32n) ? separate(text) : text) + 'n';
  }
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) return separate(String(value));
  return shown(value);
}

function separate(digits) {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, '_');
}

exports.outOfRange = (name, range, value) =>
  codeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${grouped(value)}`);

exports.missingArgs = (...names) => {
  const quoted = names.map((name) => (Array.isArray(name) ? name.map((n) => `"${n}"`).join(' or ') : `"${name}"`));
  const what = quoted.length === 1 ? `${quoted[0]} argument` : `${list(quoted, 'and')} arguments`;
  return codeError(TypeError, 'ERR_MISSING_ARGS', `The ${what} must be specified`);
};

exports.unknownEncoding = (encoding) => codeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);

// refused is what functions throw that the embedded engine does not have.
exports.refused = (what, why) =>
  codeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${what} is not available in the embedded engine: ${why}`);

// Checks of arguments, named as Node names them in its own sources.

exports.validateString = (value, name) => {
  if (typeof value !== 'string') throw exports.invalidArgType(name, 'string', value);
};

exports.validateFunction = (value, name) => {
  if (typeof value !== 'function') throw exports.invalidArgType(name, 'function', value);
};

exports.validateBoolean = (value, name) => {
  if (typeof value !== 'boolean') throw exports.invalidArgType(name, 'boolean', value);
};

exports.validateObject = (value, name) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw exports.invalidArgType(name, 'object', value);
};

exports.validateArray = (value, name) => {
  if (!Array.isArray(value)) throw exports.invalidArgType(name, 'Array', value);
};

exports.validateNumber = (value, name, min, max) => {
  if (typeof value !== 'number') throw exports.invalidArgType(name, 'number', value);
  if ((min !== undefined && value < min) || (max !== undefined && value > max) || ((min !== undefined || max !== undefined) && Number.isNaN(value))) {
    const from = min === undefined ? '' : `>= ${min}`;
    const to = max === undefined ? '' : `<= ${max}`;
    throw exports.outOfRange(name, [from, to].filter(Boolean).join(' && '), value);
  }
};

exports.validateInteger = (value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) => {
  if (typeof value !== 'number') throw exports.invalidArgType(name, 'number', value);
  if (!Number.isInteger(value)) throw exports.outOfRange(name, 'an integer', value);
  if (value < min || value > max) throw exports.outOfRange(name, `>= ${min} && <= ${max}`, value);
};

exports.validateAbortSignal = (signal, name) => {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw exports.invalidArgType(name, 'AbortSignal', signal);
  }
};

exports.validateOneOf = (value, name, allowed) => {
  if (!allowed.includes(value)) {
    throw exports.invalidArgValue(name, value, `must be one of: ${allowed.map((v) => (typeof v === 'string' ? `'${v}'` : String(v))).join(', ')}`);
  }
};

// AbortError is what an aborted call rejects with.
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

exports.AbortError = AbortError;

exports.describe = (error) => {
  const text = (v) => {
    try {
      return String(v);
    } catch {
      return '[object]';
    }
  };
  if (error === null || typeof error !== 'object' || typeof error.stack !== 'string') {
    return { name: '', message: text(error), stack: '', code: '' };
  }
  return {
    name: text(error.name),
    message: text(error.message),
    stack: error.stack,
    code: typeof error.code === 'string' ? error.code : '',
  };
};
