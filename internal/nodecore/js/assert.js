'use strict';
// The assert module.

const errors = require('internal/errors');
const { codeError, invalidArgType, invalidArgValue } = errors;

const deep = () => require('internal/deep_equal');
const inspect = (value, options) => require('internal/inspect').inspect(value, options);

const NO_EXCEPTION = {};

function fail(options) {
  if (options.message instanceof Error) throw options.message;
  throw new assert.AssertionError(options);
}

function truthy(fn, count, value, message) {
  if (value) return;
  let generated = false;
  if (count === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message === undefined || message === null) {
    generated = true;
    message = 'The expression evaluated to a falsy value:\n\n  ' + `${fn === assert ? 'assert' : 'assert.ok'}(${inspect(value)})\n`;
  } else if (message instanceof Error) {
    throw message;
  }
  const error = new assert.AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: fn });
  error.generatedMessage = generated;
  throw error;
}

function assert(...args) {
  truthy(assert, args.length, ...args);
}

Object.defineProperty(assert, 'AssertionError', {
  configurable: true,
  enumerable: true,
  get() {
    const { AssertionError } = require('internal/assertion_error');
    Object.defineProperty(assert, 'AssertionError', { value: AssertionError, writable: true, enumerable: true, configurable: true });
    return AssertionError;
  },
});

assert.fail = function fail_(message, expected, more, operator, stackStartFn) {
  if (arguments.length <= 1) {
    if (message instanceof Error) throw message;
    const error = new assert.AssertionError({ message: message === undefined ? 'Failed' : message, operator: 'fail', stackStartFn: fail_ });
    error.generatedMessage = message === undefined;
    throw error;
  }
  const error = new assert.AssertionError({
    actual: message, expected, message: more, operator: operator || (arguments.length === 2 ? '!=' : 'fail'), stackStartFn: stackStartFn || fail_,
  });
  error.generatedMessage = more === undefined;
  throw error;
};
Object.defineProperty(assert.fail, 'name', { value: 'fail' });

assert.ok = function ok(...args) {
  truthy(ok, args.length, ...args);
};

// compare makes an assertion that two values hold a relation.
function compare(name, operator, holds) {
  const check = {
    [name](actual, expected, message) {
      if (arguments.length < 2) throw errors.missingArgs('actual', 'expected');
      if (!holds(actual, expected)) fail({ actual, expected, message, operator, stackStartFn: check });
    },
  }[name];
  assert[name] = check;
}

const looselyEqual = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));
compare('equal', '==', looselyEqual);
compare('notEqual', '!=', (a, b) => !looselyEqual(a, b));
compare('deepEqual', 'deepEqual', (a, b) => deep().isDeepEqual(a, b));
compare('notDeepEqual', 'notDeepEqual', (a, b) => !deep().isDeepEqual(a, b));
compare('deepStrictEqual', 'deepStrictEqual', (a, b) => deep().isDeepStrictEqual(a, b));
compare('notDeepStrictEqual', 'notDeepStrictEqual', (a, b) => !deep().isDeepStrictEqual(a, b));
compare('strictEqual', 'strictEqual', Object.is);
compare('notStrictEqual', 'notStrictEqual', (a, b) => !Object.is(a, b));

// matches checks what was thrown against what throws() was told to expect.
function matches(actual, expected, message, fn) {
  let generated = false;
  let throwOwn = false;
  if (typeof expected !== 'function') {
    if (native.kindOf(expected) === 'regexp') {
      const text = String(actual);
      if (expected.test(text)) return;
      if (!message) {
        generated = true;
        message = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
      }
      throwOwn = true;
    } else if (typeof actual !== 'object' || actual === null) {
      const error = new assert.AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn });
      error.operator = fn.name;
      throw error;
    } else {
      const keys = Object.keys(expected);
      if (expected instanceof Error) keys.push('name', 'message');
      else if (keys.length === 0) throw invalidArgValue('error', expected, 'may not be an empty object');
      for (const key of keys) {
        if (typeof actual[key] === 'string' && native.kindOf(expected[key]) === 'regexp' && expected[key].test(actual[key])) continue;
        compareKey(actual, expected, key, message, keys, fn);
      }
      return;
    }
  } else if (expected.prototype !== undefined && actual instanceof expected) {
    return;
  } else if (Object.prototype.isPrototypeOf.call(Error, expected) || expected === Error) {
    if (!message) {
      generated = true;
      message = `The error is expected to be an instance of "${expected.name}". Received `;
      if (actual instanceof Error) message += `"${actual.name}"`;
      else message += `"${inspect(actual, { depth: -1 })}"`;
      if (actual && actual.message) message += `\n\nError message:\n\n${actual.message}`;
    }
    throwOwn = true;
  } else {
    const result = expected.call({}, actual);
    if (result === true) return;
    if (!message) {
      generated = true;
      const name = expected.name ? `"${expected.name}" ` : '';
      message = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
      if (actual instanceof Error) message += `\n\nCaught error:\n\n${actual}`;
    }
    throwOwn = true;
  }
  if (throwOwn) {
    const error = new assert.AssertionError({ actual, expected, message, operator: fn.name, stackStartFn: fn });
    error.generatedMessage = generated;
    throw error;
  }
}

// Comparison is what the message of a failed object comparison shows.
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const useActual = actual !== undefined && typeof actual[key] === 'string' && native.kindOf(object[key]) === 'regexp' && object[key].test(actual[key]);
      this[key] = useActual ? actual[key] : object[key];
    }
  }
}

function compareKey(actual, expected, key, message, keys, fn) {
  if (key in actual && deep().isDeepStrictEqual(actual[key], expected[key])) return;
  if (!message) {
    const a = new Comparison(actual, keys);
    const b = new Comparison(expected, keys, actual);
    const error = new assert.AssertionError({ actual: a, expected: b, operator: 'deepStrictEqual', stackStartFn: fn });
    error.actual = actual;
    error.expected = expected;
    error.operator = fn.name;
    throw error;
  }
  fail({ actual, expected, message, operator: fn.name, stackStartFn: fn });
}

function caught(fn) {
  errors.validateFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NO_EXCEPTION;
}

async function rejected(promise) {
  let running = promise;
  if (typeof promise === 'function') {
    running = promise();
    if (!running || typeof running.then !== 'function') {
      throw codeError(TypeError, 'ERR_INVALID_RETURN_VALUE', `Expected instance of Promise to be returned from the "promiseFn" function but got ${running === null ? 'null' : `${running && running.constructor ? `an instance of ${running.constructor.name}` : `type ${typeof running}`}`}.`);
    }
  } else if (!promise || typeof promise.then !== 'function' || typeof promise.catch !== 'function') {
    throw invalidArgType('promiseFn', ['Function', 'Promise'], promise);
  }
  try {
    await running;
  } catch (error) {
    return error;
  }
  return NO_EXCEPTION;
}

function expectError(fn, actual, error, message) {
  if (typeof error === 'string') {
    if (arguments.length === 4 && message !== undefined) throw invalidArgType('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    if (typeof actual === 'object' && actual !== null ? actual.message === error : actual === error) {
      throw codeError(TypeError, 'ERR_AMBIGUOUS_ARGUMENT', `The "error/message" argument is ambiguous. The error ${typeof actual === 'object' ? `message "${actual.message}"` : `"${actual}"`} is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error !== null && error !== undefined && typeof error !== 'object' && typeof error !== 'function') {
    throw invalidArgType('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === NO_EXCEPTION) {
    let details = '';
    if (error && error.name) details += ` (${error.name})`;
    details += message ? `: ${message}` : '.';
    const what = fn.name === 'rejects' ? 'rejection' : 'exception';
    fail({ actual: undefined, expected: error, operator: fn.name, message: `Missing expected ${what}${details}`, stackStartFn: fn });
  }
  if (error) matches(actual, error, message, fn);
}

function expectNone(fn, actual, error, message) {
  if (actual === NO_EXCEPTION) return;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  let unwanted = !error;
  if (error) {
    if (native.kindOf(error) === 'regexp') unwanted = error.test(String(actual));
    else if (typeof error === 'function') unwanted = (error.prototype !== undefined && actual instanceof error) || (!Object.prototype.isPrototypeOf.call(Error, error) && error.call({}, actual) === true);
    else throw invalidArgType('expected', ['Function', 'RegExp'], error);
  }
  if (unwanted) {
    const what = fn.name === 'doesNotReject' ? 'rejection' : 'exception';
    fail({
      actual, expected: error, operator: fn.name, stackStartFn: fn,
      message: `Got unwanted ${what}${message ? `: ${message}` : '.'}\nActual message: "${actual && actual.message}"`,
    });
  }
  throw actual;
}

assert.throws = function throws(fn, ...args) {
  expectError(throws, caught(fn), ...args);
};
assert.rejects = async function rejects(promiseFn, ...args) {
  expectError(rejects, await rejected(promiseFn), ...args);
};
assert.doesNotThrow = function doesNotThrow(fn, ...args) {
  expectNone(doesNotThrow, caught(fn), ...args);
};
assert.doesNotReject = async function doesNotReject(fn, ...args) {
  expectNone(doesNotReject, await rejected(fn), ...args);
};

assert.ifError = function ifError(value) {
  if (value === null || value === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof value === 'object' && typeof value.message === 'string') {
    message += value.message.length === 0 && value.constructor ? value.constructor.name : value.message;
  } else {
    message += inspect(value);
  }
  const error = new assert.AssertionError({ actual: value, expected: null, operator: 'ifError', message, stackStartFn: ifError });
  throw error;
};

function matching(name, wanted) {
  const check = {
    [name](string, regexp, message) {
      if (native.kindOf(regexp) !== 'regexp') throw invalidArgType('regexp', 'RegExp', regexp);
      if (typeof string === 'string' && regexp.test(string) === wanted) return;
      if (message instanceof Error) throw message;
      const generated = !message;
      if (generated) {
        if (typeof string !== 'string') message = `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`;
        else message = `${wanted ? 'The input did not match the regular expression ' : 'The input was expected to not match the regular expression '}${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
      }
      const error = new assert.AssertionError({ actual: string, expected: regexp, message, operator: name, stackStartFn: check });
      error.generatedMessage = generated;
      throw error;
    },
  }[name];
  assert[name] = check;
}
matching('match', true);
matching('doesNotMatch', false);

// CallTracker counts calls; it is deprecated in Node.
class CallTracker {
  #tracked = [];

  calls(fn, exact = 1) {
    if (typeof fn === 'number') [fn, exact] = [() => {}, fn];
    const entry = { fn: fn || (() => {}), exact, calls: [], name: (fn && fn.name) || 'calls' };
    const wrapper = function(...args) {
      entry.calls.push({ thisArg: this, arguments: args });
      return entry.fn.apply(this, args);
    };
    entry.wrapper = wrapper;
    this.#tracked.push(entry);
    return wrapper;
  }

  getCalls(fn) {
    return this.#tracked.find((entry) => entry.wrapper === fn).calls;
  }

  reset(fn) {
    for (const entry of this.#tracked) if (fn === undefined || entry.wrapper === fn) entry.calls = [];
  }

  report() {
    return this.#tracked.filter((entry) => entry.calls.length !== entry.exact).map((entry) => ({
      message: `Expected the ${entry.name} function to be executed ${entry.exact} time(s) but was executed ${entry.calls.length} time(s).`,
      actual: entry.calls.length, expected: entry.exact, operator: entry.name, stack: new Error(),
    }));
  }

  verify() {
    const wrong = this.report();
    if (wrong.length > 0) throw new assert.AssertionError({ message: wrong.length === 1 ? wrong[0].message : 'Functions were not called the expected number of times', details: wrong });
  }
}
assert.CallTracker = CallTracker;

function strict(...args) {
  truthy(strict, args.length, ...args);
}
Object.defineProperties(strict, Object.getOwnPropertyDescriptors({ ...Object.fromEntries(Object.keys(assert).filter((key) => key !== 'AssertionError').map((key) => [key, assert[key]])) }));
Object.defineProperty(strict, 'AssertionError', { enumerable: true, configurable: true, get: () => assert.AssertionError });
strict.equal = assert.strictEqual;
strict.deepEqual = assert.deepStrictEqual;
strict.notEqual = assert.notStrictEqual;
strict.notDeepEqual = assert.notDeepStrictEqual;
strict.strict = strict;
assert.strict = strict;

module.exports = assert;
