'use strict';
// The util module. Its larger parts load at first use.

const errors = require('internal/errors');
const { codeError, invalidArgType, validateFunction, validateString } = errors;
const { format } = require('internal/format');

// part defines a member that lives in a piece of its own.
function part(name, piece, member = name) {
  Object.defineProperty(exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = member === null ? require(piece) : require(piece)[member];
      Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

part('_errnoException', 'internal/errno', 'errnoException');
part('_exceptionWithHostPort', 'internal/errno', 'exceptionWithHostPort');

exports._extend = function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
};

exports.callbackify = function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const { nextTick } = require('internal/ticks');
    const done = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => nextTick(done, null, value),
      (reason) => {
        if (!reason) {
          const error = codeError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
          error.reason = reason;
          reason = error;
        }
        nextTick(done, reason);
      },
    );
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  delete descriptors.prototype;
  Object.defineProperties(callbackified, descriptors);
  return callbackified;
};

let sections;

function debugEnabled(section) {
  if (sections === undefined) {
    const list = (require('process').env.NODE_DEBUG || '').toUpperCase().split(',').filter(Boolean);
    sections = list.map((name) => new RegExp(`^${name.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replace(/\*/g, '.*')}$`));
  }
  return sections.some((pattern) => pattern.test(section));
}

exports.debuglog = function debuglog(set, onFirst) {
  set = String(set).toUpperCase();
  let log = (...args) => {
    const on = debugEnabled(set);
    log = on ? (...rest) => require('process').stderr.write(`${set} ${require('process').pid}: ${format({}, rest)}\n`) : () => {};
    if (typeof onFirst === 'function') onFirst(log);
    log(...args);
  };
  const logger = (...args) => {
    log(...args);
  };
  Object.defineProperty(logger, 'enabled', { configurable: true, enumerable: true, get: () => debugEnabled(set) });
  return logger;
};
exports.debug = exports.debuglog;

const warned = new Set();

exports.deprecate = function deprecate(fn, message, code) {
  if (code !== undefined) validateString(code, 'code');
  let told = false;
  function deprecated(...args) {
    const process = require('process');
    if (!told && process.noDeprecation !== true) {
      told = true;
      if (code === undefined) {
        process.emitWarning(message, 'DeprecationWarning', deprecated);
      } else if (!warned.has(code)) {
        warned.add(code);
        process.emitWarning(message, 'DeprecationWarning', code, deprecated);
      }
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
};

exports.format = function(...args) {
  return format({}, args);
};
Object.defineProperty(exports.format, 'name', { value: 'format', configurable: true });

part('styleText', 'internal/style');

exports.formatWithOptions = function formatWithOptions(inspectOptions, ...args) {
  errors.validateObject(inspectOptions, 'inspectOptions');
  return format(inspectOptions, args);
};

part('getSystemErrorMap', 'internal/errno');
part('getSystemErrorName', 'internal/errno');

exports.inherits = function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw invalidArgType('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) throw invalidArgType('superCtor', 'Function', superCtor);
  if (superCtor.prototype === undefined) throw invalidArgType('superCtor.prototype', 'Object', superCtor.prototype);
  Object.defineProperty(ctor, 'super_', { value: superCtor, writable: true, configurable: true });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
};

part('inspect', 'internal/inspect');
exports.isArray = Array.isArray;

const isObjectLike = (value) => value !== null && typeof value === 'object';
const deprecatedChecks = {
  isBoolean: (arg) => typeof arg === 'boolean',
  isBuffer: (arg) => isObjectLike(arg) && arg instanceof Uint8Array && require('buffer').Buffer.isBuffer(arg),
};
Object.assign(exports, deprecatedChecks);
part('isDeepStrictEqual', 'internal/deep_equal');
Object.assign(exports, {
  isNull: (arg) => arg === null,
  isNullOrUndefined: (arg) => arg === null || arg === undefined,
  isNumber: (arg) => typeof arg === 'number',
  isString: (arg) => typeof arg === 'string',
  isSymbol: (arg) => typeof arg === 'symbol',
  isUndefined: (arg) => arg === undefined,
  isRegExp: (arg) => native.kindOf(arg) === 'regexp',
  isObject: isObjectLike,
  isDate: (arg) => native.kindOf(arg) === 'date',
  isError: (arg) => native.kindOf(arg) === 'error' || arg instanceof Error,
  isFunction: (arg) => typeof arg === 'function',
  isPrimitive: (arg) => arg === null || (typeof arg !== 'object' && typeof arg !== 'function'),
});

exports.log = function log(...args) {
  const now = new Date();
  const two = (n) => String(n).padStart(2, '0');
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][now.getMonth()];
  console.log('%s - %s', `${now.getDate()} ${month} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`, format({}, args));
};

part('promisify', 'internal/promisify');

exports.stripVTControlCharacters = function stripVTControlCharacters(str) {
  validateString(str, 'str');
  return require('internal/inspect/text').stripVTControlCharacters(str);
};

exports.toUSVString = function toUSVString(input) {
  return `${input}`.replace(/[\ud800-\udfff]/gu, '\ufffd');
};

exports.transferableAbortSignal = function transferableAbortSignal(signal) {
  errors.validateAbortSignal(signal, 'signal');
  return signal;
};
exports.transferableAbortController = function transferableAbortController() {
  return new AbortController();
};

exports.aborted = async function aborted(signal, resource) {
  if (signal === undefined) throw invalidArgType('signal', 'AbortSignal', signal);
  errors.validateAbortSignal(signal, 'signal');
  if (resource === null || typeof resource !== 'object') throw invalidArgType('resource', 'Object', resource);
  if (signal.aborted) return undefined;
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
};

part('types', 'util/types', null);
part('parseEnv', 'internal/parse_env');
part('parseArgs', 'internal/parse_args');
part('TextDecoder', 'internal/encoding');
part('TextEncoder', 'internal/encoding');
part('MIMEType', 'internal/mime');
part('MIMEParams', 'internal/mime');
