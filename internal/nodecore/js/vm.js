'use strict';
// The vm module. There is one set of built-in objects, not one for each context:
// a script of another context runs in this one with the sandbox object as the
// innermost scope that it can name. Names of the host (process, require, …) read
// as undefined there. timeout, cachedData and importModuleDynamically do nothing.

const { invalidArgType, validateBoolean, validateObject, validateString } = require('internal/errors');

// What a fresh context of JavaScript has.
const BUILTINS = new Set(['Array', 'ArrayBuffer', 'Atomics', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean', 'DataView', 'Date',
  'Error', 'EvalError', 'FinalizationRegistry', 'Float32Array', 'Float64Array', 'Function', 'Infinity', 'Int16Array', 'Int32Array',
  'Int8Array', 'Intl', 'Iterator', 'JSON', 'Map', 'Math', 'NaN', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError', 'ReferenceError', 'Reflect',
  'RegExp', 'Set', 'SharedArrayBuffer', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'URIError', 'Uint16Array', 'Uint32Array',
  'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet', 'AggregateError', 'decodeURI', 'decodeURIComponent', 'encodeURI',
  'encodeURIComponent', 'escape', 'eval', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'undefined', 'unescape']);

// silent is the console of a context, which reaches V8's inspector only.
function silent() {
  return Object.fromEntries(Object.keys(console).map((name) => [name, () => {}]));
}

const contexts = new WeakSet();
const runner = { fn: undefined };

// inside runs code with scope as its innermost scope. Its two names are those
// that the code could see and would hardly use.
function inside(self, scope, declare, code) {
  if (!runner.fn) {
    runner.fn = native.runScript(native.compileScript('(function($fnsScope,$fnsDeclare){with($fnsScope){return eval(arguments[2])}})', 'node:vm'));
  }
  return Reflect.apply(runner.fn, self, [scope, declare, code]);
}

function runIn(script, sandbox) {
  const [assigned, declared] = native.scriptNames(script.handle);
  const scope = new Proxy(sandbox, {
    has(target, key) {
      if (key === '$fnsDeclare' || typeof key === 'symbol') return false;
      if (key in target || key === 'globalThis') return true;
      if (declared.includes(key)) return false;
      return assigned.includes(key) || (!BUILTINS.has(key) && key in globalThis);
    },
    get(target, key) {
      if (typeof key === 'symbol') return undefined;
      if (key in target) return target[key];
      if (key === 'globalThis') return target;
      if (key === 'console') return silent();
      return BUILTINS.has(key) ? globalThis[key] : undefined;
    },
    set(target, key, value) {
      target[key] = value;
      return true;
    },
  });
  const declare = (functions) => {
    for (const name of Object.keys(functions)) sandbox[name] = functions[name];
  };
  const strict = /^\s*(['"])use strict\1/.test(script.code) ? '"use strict";' : '';
  const head = declared.length > 0 ? `$fnsDeclare({${declared.join(',')}});` : '';
  return inside(sandbox, scope, declare, strict + head + script.code);
}

function settings(options, name = 'options') {
  if (options === undefined || options === null) return {};
  if (typeof options === 'string') return { filename: options };
  if (typeof options !== 'object') throw invalidArgType(name, 'object', options);
  return options;
}

const details = new WeakMap(); // Script → { handle, code }

class Script {
  constructor(code, options = {}) {
    code = `${code}`;
    const { filename = 'evalmachine.<anonymous>' } = settings(options);
    validateString(filename, 'options.filename');
    this.cachedDataRejected = undefined;
    this.sourceMapURL = undefined;
    const found = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(code);
    if (found) {
      this.sourceMapURL = found[1];
      code = code.slice(0, found.index);
    }
    details.set(this, { handle: native.compileScript(code, filename), code });
  }

  runInThisContext(options) {
    checkRun(options);
    return native.runScript(details.get(this).handle);
  }

  runInContext(sandbox, options) {
    checkContext(sandbox);
    checkRun(options);
    return runIn(details.get(this), sandbox);
  }

  runInNewContext(sandbox, options) {
    return this.runInContext(createContext(sandbox), options);
  }

  createCachedData() {
    return require('buffer').Buffer.alloc(0);
  }
}

function checkRun(options) {
  const { breakOnSigint, displayErrors } = settings(options);
  if (displayErrors !== undefined) validateBoolean(displayErrors, 'options.displayErrors');
  if (breakOnSigint !== undefined) validateBoolean(breakOnSigint, 'options.breakOnSigint');
}

function checkContext(sandbox) {
  if (!isContext(sandbox)) throw invalidArgType('contextifiedObject', 'vm.Context', sandbox);
}

function isContext(object) {
  validateObject(object, 'object');
  return contexts.has(object);
}

function createContext(sandbox = {}, options = {}) {
  if (sandbox === null || (typeof sandbox !== 'object' && typeof sandbox !== 'function')) throw invalidArgType('object', 'object', sandbox);
  validateObject(options, 'options');
  contexts.add(sandbox);
  return sandbox;
}

exports.Script = Script;
exports.createContext = createContext;
exports.createScript = function createScript(code, options) {
  return new Script(code, options);
};
exports.runInContext = function runInContext(code, sandbox, options) {
  checkContext(sandbox);
  return new Script(code, options).runInContext(sandbox, options);
};
exports.runInNewContext = function runInNewContext(code, sandbox, options) {
  return new Script(code, options).runInNewContext(sandbox, options);
};
exports.runInThisContext = function runInThisContext(code, options) {
  return new Script(code, options).runInThisContext(options);
};
exports.isContext = isContext;
exports.compileFunction = function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  if (params !== undefined && (!Array.isArray(params) || !params.every((p) => typeof p === 'string'))) throw invalidArgType('params', 'Array', params);
  const { filename = '', contextExtensions = [] } = options;
  validateString(filename, 'options.filename');
  const opened = contextExtensions.map((_, i) => `with($fnsExtensions[${i}]){`).join('');
  const text = `(function($fnsExtensions){${opened}return (function (${(params || []).join(',')}) {${code}\n})${'}'.repeat(contextExtensions.length)}})`;
  return native.runScript(native.compileScript(text, filename || 'evalmachine.<anonymous>'))(contextExtensions);
};
exports.measureMemory = function measureMemory() {
  return Promise.reject(require('internal/errors').refused('vm.measureMemory', 'contexts share their memory'));
};
exports.constants = Object.freeze(Object.assign(Object.create(null), {
  USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
}));
