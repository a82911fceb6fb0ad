'use strict';
// The console module. Each call of the global console is one log record.

const { format } = require('internal/format');

const NO_LABEL = 'default';

// clock gives milliseconds that only grow.
const clock = () => native.hrtime();

function duration(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  const hours = Math.floor(ms / 3600000);
  const minutes = Math.floor((ms % 3600000) / 60000);
  if (hours === 0 && minutes === 0) return `${(ms / 1000).toFixed(3)}s`;
  const [seconds, rest] = ((ms % 60000) / 1000).toFixed(3).split('.');
  const two = (n) => String(n).padStart(2, '0');
  const shown = hours !== 0 ? `${hours}:${two(minutes)}` : minutes;
  return `${shown}:${two(seconds)}.${rest} (${hours !== 0 ? 'h:m' : ''}m:ss.mmm)`;
}

// install puts the methods of a console on into; they call each other on target.
// write(level, text) takes a finished message; options(level) gives the options
// for inspect.
function install(target, write, options, indent = 2, into = target) {
  let indentation = '';
  const counts = new Map();
  const timers = new Map();

  const emit = (level, text) => {
    if (indentation !== '') text = indentation + (text.includes('\n') ? text.replace(/\n/g, `\n${indentation}`) : text);
    write(level, text);
  };
  const say = (level, args) => emit(level, args.length === 1 && typeof args[0] === 'string' ? args[0] : format(options(level), args));
  const warning = (text) => require('process').emitWarning(text);

  const elapsed = (name, label, args) => {
    const began = timers.get(label);
    if (began === undefined) {
      warning(`No such label '${label}' for console.${name}()`);
      return false;
    }
    target.log(...(args.length === 0 ? ['%s: %s', label, duration(clock() - began)] : ['%s: %s', label, duration(clock() - began), ...args]));
    return true;
  };

  const methods = {
    log(...args) {
      say('INFO', args);
    },
    warn(...args) {
      say('WARN', args);
    },
    dir(object, opts) {
      emit('INFO', require('internal/inspect').inspect(object, { customInspect: false, ...options('INFO'), ...opts }));
    },
    time(label = NO_LABEL) {
      label = `${label}`;
      if (timers.has(label)) warning(`Label '${label}' already exists for console.time()`);
      else timers.set(label, clock());
    },
    timeEnd(label = NO_LABEL) {
      label = `${label}`;
      if (elapsed('timeEnd', label, [])) timers.delete(label);
    },
    timeLog(label = NO_LABEL, ...data) {
      elapsed('timeLog', `${label}`, data);
    },
    trace(...args) {
      const error = { name: 'Trace', message: format(options('TRACE'), args) };
      emit('TRACE', require('internal/stack').capture(error, trace));
    },
    assert(expression, ...args) {
      if (expression) return;
      args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
      target.warn(...args);
    },
    clear() {},
    count(label = NO_LABEL) {
      label = `${label}`;
      const n = (counts.get(label) || 0) + 1;
      counts.set(label, n);
      target.log(`${label}: ${n}`);
    },
    countReset(label = NO_LABEL) {
      label = `${label}`;
      if (!counts.delete(label)) warning(`Count for '${label}' does not exist`);
    },
    group(...data) {
      if (data.length > 0) target.log(...data);
      indentation += ' '.repeat(indent);
    },
    groupEnd() {
      indentation = indentation.slice(0, indentation.length - indent);
    },
    table(data, properties) {
      if (data === null || typeof data !== 'object') {
        target.log(data);
        return;
      }
      const text = require('internal/console/table').render(data, properties);
      if (text === undefined) target.log(data);
      else target.log(text);
    },
    debug(...args) {
      say('DEBUG', args);
    },
    info(...args) {
      say('INFO', args);
    },
    dirxml(...args) {
      say('INFO', args);
    },
    error(...args) {
      say('ERROR', args);
    },
    groupCollapsed(...data) {
      target.group(...data);
    },
  };
  const { trace } = methods;
  for (const name of Object.keys(methods)) into[name] = methods[name];
}

const METHODS = Symbol('methods');

function Console(options, errorStream) {
  if (!new.target) return new Console(...arguments);
  const errors = require('internal/errors');
  if (!options || typeof options.write === 'function') options = { stdout: options, stderr: errorStream };
  const { stdout, stderr = stdout, inspectOptions = {}, colorMode = 'auto', groupIndentation = 2 } = options;
  for (const [name, stream] of [['stdout', stdout], ['stderr', stderr]]) {
    if (!stream || typeof stream.write !== 'function') {
      throw errors.codeError(TypeError, 'ERR_CONSOLE_WRITABLE_STREAM', `Console expects a writable stream instance for ${name}`);
    }
  }
  const inspect = colorMode === true ? { colors: true, ...inspectOptions } : inspectOptions;
  const toError = (level) => level === 'WARN' || level === 'ERROR' || level === 'TRACE';
  const own = {};
  install(this, (level, text) => (toError(level) ? stderr : stdout).write(`${text}\n`), () => inspect, groupIndentation, own);
  Object.defineProperty(this, METHODS, { value: own });
  // Bound, so that they can be handed on; a subclass may have its own.
  for (const name of Object.keys(own)) {
    this[name] = this[name].bind(this);
    Object.defineProperty(this[name], 'name', { value: name });
  }
  for (const [name, value] of [['_stdout', stdout], ['_stderr', stderr], ['_ignoreErrors', options.ignoreErrors !== false]]) {
    Object.defineProperty(this, name, { value, writable: true, enumerable: false, configurable: true });
  }
}

const PLAIN = {};
const console = Object.create({});
install(console, (level, text) => native.log(level, text), () => PLAIN);
for (const name of Object.keys(console)) {
  Console.prototype[name] = { [name](...args) { return this[METHODS][name](...args); } }[name];
}
console.Console = Console;
for (const name of ['profile', 'profileEnd', 'timeStamp']) console[name] = { [name]() {} }[name];
console.context = function context() {
  return console;
};
console.createTask = function createTask() {
  return { run: (fn) => fn() };
};
for (const name of ['stdout', 'stderr']) {
  Object.defineProperty(console, `_${name}`, { configurable: true, enumerable: false, get: () => require('process')[name] });
}
Object.defineProperty(console, Symbol.toStringTag, { value: 'console', writable: false, enumerable: false, configurable: true });
Object.defineProperty(Console, Symbol.hasInstance, { value: (instance) => instance === console || (typeof instance === 'object' && instance !== null && instance[METHODS] !== undefined) });

module.exports = console;
