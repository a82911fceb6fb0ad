'use strict';
// The process object, as a function on Lambda sees it.

const ticks = require('internal/ticks');
const errors = require('internal/errors');

const config = native.config();
const RELEASES = { 18: '18.20.8', 20: '20.20.2', 22: '22.22.2', 24: '24.14.1' };
const LTS = { 18: 'Hydrogen', 20: 'Iron', 22: 'Jod', 24: 'Krypton' };
const MODULES = { 18: '108', 20: '115', 22: '127', 24: '137' };
const V8 = { 18: '10.2.154.26-node.39', 20: '11.3.244.8-node.38', 22: '12.4.254.21-node.41', 24: '13.6.233.17-node.41' };

// The variables are plain text, whatever is assigned.
const vars = native.env();
const env = new Proxy(vars, {
  set(target, key, value) {
    if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    target[key] = `${value}`;
    return true;
  },
  defineProperty(target, key, d) {
    if ('value' in d && !(d.configurable && d.enumerable && d.writable)) {
      throw errors.codeError(TypeError, 'ERR_INVALID_OBJECT_DEFINE_PROPERTY', "'process.env' only accepts a configurable, writable, and enumerable data descriptor");
    }
    if (!('value' in d)) throw errors.codeError(TypeError, 'ERR_INVALID_OBJECT_DEFINE_PROPERTY', "'process.env' does not accept an accessor(getter/setter) descriptor");
    target[key] = `${d.value}`;
    return true;
  },
});

// The runtime that the function is written for decides the version.
const major = (/nodejs(\d+)/.exec(vars.AWS_EXECUTION_ENV || '') || ['', '20'])[1];
const release = RELEASES[major] || RELEASES[20];
const line = RELEASES[major] ? major : '20';

// process inherits from EventEmitter, which loads when it is first needed.
const proto = Object.create(Object.prototype, {
  constructor: { value: function process() {}, writable: true, enumerable: false, configurable: true },
});
const process = Object.create(proto);

let emitter = false;
const EVENTS = `on once off emit addListener removeListener removeAllListeners prependListener prependOnceListener
listeners rawListeners listenerCount eventNames setMaxListeners getMaxListeners`.split(/\s+/);

function becomeEmitter() {
  if (emitter) return;
  emitter = true;
  for (const name of EVENTS) delete proto[name];
  const EventEmitter = require('events');
  Object.setPrototypeOf(proto, EventEmitter.prototype);
  EventEmitter.call(process);
}

for (const name of EVENTS) {
  Object.defineProperty(proto, name, {
    configurable: true,
    enumerable: false,
    get() {
      becomeEmitter();
      return process[name];
    },
  });
}
Object.defineProperty(proto, Symbol.toStringTag, { value: 'process', configurable: true });

const listeners = (event) => (emitter ? process.listenerCount(event) : 0);

function lazy(name, make) {
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(process, name, { value, writable: true, enumerable: true, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(process, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

process.version = `v${release}`;
lazy('versions', () => Object.freeze({
  node: release, acorn: '8.16.0', ada: '2.9.2', ares: '1.34.6', brotli: '1.1.0', cjs_module_lexer: '2.2.0', cldr: '48.0', icu: '78.2',
  llhttp: '9.3.1', modules: MODULES[line], napi: '9', nghttp2: '1.61.0', openssl: '3.0.19', simdutf: '6.4.2', tz: '2025c', undici: '6.24.1',
  unicode: '17.0', uv: '1.46.0', uvwasi: '0.0.23', v8: V8[line], zlib: '1.3.1',
}));
process.arch = config.arch || 'x64';
process.platform = 'linux';
lazy('release', () => ({
  name: 'node',
  lts: LTS[line],
  sourceUrl: `https://nodejs.org/download/release/v${release}/node-v${release}.tar.gz`,
  headersUrl: `https://nodejs.org/download/release/v${release}/node-v${release}-headers.tar.gz`,
}));
process.moduleLoadList = [];
process.domain = null;
process.exitCode = undefined;
lazy('config', () => ({ target_defaults: { cflags: [], default_configuration: 'Release', defines: [], include_dirs: [], libraries: [] }, variables: {} }));

process.uptime = function uptime() {
  return native.hrtime() / 1000;
};

// The active handles are not known here.
process._getActiveRequests = () => [];
process._getActiveHandles = () => [];
process.getActiveResourcesInfo = function getActiveResourcesInfo() {
  return [];
};

process.cpuUsage = function cpuUsage(before) {
  const user = Math.round(native.hrtime() * 1000);
  return before ? { user: user - before.user, system: 0 - before.system } : { user, system: 0 };
};
process.resourceUsage = function resourceUsage() {
  const names = `userCPUTime systemCPUTime maxRSS sharedMemorySize unsharedDataSize unsharedStackSize minorPageFault majorPageFault
swappedOut fsRead fsWrite ipcSent ipcReceived signalsCount voluntaryContextSwitches involuntaryContextSwitches`.split(/\s+/);
  const usage = {};
  for (const name of names) usage[name] = 0;
  usage.userCPUTime = Math.round(native.hrtime() * 1000);
  usage.maxRSS = Math.round(native.memory().rss / 1024);
  return usage;
};

process.memoryUsage = function memoryUsage() {
  const { rss, heapTotal, heapUsed } = native.memory();
  return { rss, heapTotal, heapUsed, external: 0, arrayBuffers: 0 };
};
process.memoryUsage.rss = function rss() {
  return native.memory().rss;
};

const memoryLimit = () => (+vars.AWS_LAMBDA_FUNCTION_MEMORY_SIZE || 128) * 1024 * 1024;
process.constrainedMemory = function constrainedMemory() {
  return memoryLimit();
};
process.availableMemory = function availableMemory() {
  return Math.max(0, memoryLimit() - native.memory().rss);
};

// exit ends the sandbox: what waits is not run.
process.exit = function exit(code) {
  if (code !== undefined) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    if (listeners('exit') > 0) process.emit('exit', process.exitCode || 0);
  }
  native.exit(process.exitCode || 0);
};
process.reallyExit = function reallyExit(code) {
  native.exit(code || 0);
};
process.abort = function abort() {
  native.exit(134);
};

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15 };
process.kill = function kill(pid, signal) {
  if (pid != (pid | 0)) throw errors.invalidArgType('pid', 'number', pid);
  let number;
  if (typeof signal === 'number') {
    number = signal;
  } else {
    number = SIGNALS[signal || 'SIGTERM'];
    if (number === undefined) throw errors.codeError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
  }
  if (pid !== process.pid && pid !== 0) throw require('internal/errno').errnoException(-3, 'kill');
  if (number === 0) return true;
  const name = Object.keys(SIGNALS).find((key) => SIGNALS[key] === number);
  if (name && number !== 9 && listeners(name) > 0) {
    ticks.nextTick(() => process.emit(name, name, number));
    return true;
  }
  native.exit(128 + number);
  return true;
};

process.hrtime = function hrtime(before) {
  const now = native.hrtime();
  let seconds = Math.floor(now / 1000);
  let nanos = Math.round((now % 1000) * 1e6);
  if (nanos === 1e9) {
    seconds++;
    nanos = 0;
  }
  if (before === undefined) return [seconds, nanos];
  errors.validateArray(before, 'time');
  if (before.length !== 2) throw errors.outOfRange('time', '2', before.length);
  seconds -= before[0];
  nanos -= before[1];
  if (nanos < 0) {
    seconds--;
    nanos += 1e9;
  }
  return [seconds, nanos];
};
process.hrtime.bigint = function bigint() {
  return BigInt(Math.round(native.hrtime() * 1e6));
};

for (const [name, id] of [['getuid', 993], ['geteuid', 993], ['getgid', 990], ['getegid', 990]]) {
  process[name] = { [name]: () => id }[name];
}
process.getgroups = function getgroups() {
  return [990];
};
for (const name of ['initgroups', 'setgroups', 'setegid', 'seteuid', 'setgid', 'setuid']) {
  process[name] = { [name]() { throw require('internal/errno').errnoException(-1, name); } }[name];
}

lazy('allowedNodeEnvironmentFlags', () => new Set());
process.assert = function assert(value, message) {
  if (!value) throw errors.codeError(Error, 'ERR_ASSERTION', message || 'assertion error');
};
lazy('features', () => ({ inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: false, tls: true, cached_builtins: true }));

let capture = null;
process.setUncaughtExceptionCaptureCallback = function setUncaughtExceptionCaptureCallback(fn) {
  if (fn !== null) errors.validateFunction(fn, 'fn');
  if (fn !== null && capture !== null) {
    throw errors.codeError(Error, 'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET', '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active');
  }
  capture = fn;
};
process.hasUncaughtExceptionCaptureCallback = function hasUncaughtExceptionCaptureCallback() {
  return capture !== null;
};

process.emitWarning = function emitWarning(warning, type, code, ctor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ctor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') ({ detail } = type);
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) errors.validateString(type, 'type');
  if (typeof code === 'function') {
    ctor = code;
    code = '';
  } else if (code !== undefined) {
    errors.validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    const error = new Error(warning);
    error.name = String(type || 'Warning');
    if (code !== undefined) error.code = code;
    if (detail !== undefined) error.detail = detail;
    warning = error;
  } else if (!(warning instanceof Error)) {
    throw errors.invalidArgType('warning', ['string', 'Error'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      ticks.nextTick(() => {
        throw warning;
      });
      return;
    }
  }
  ticks.nextTick(() => {
    if (vars.NODE_NO_WARNINGS !== '1') {
      const mark = warning.code ? `[${warning.code}] ` : '';
      const lines = [`(node:${process.pid}) ${mark}${Error.prototype.toString.call(warning)}`];
      if (typeof warning.detail === 'string') lines.push(warning.detail);
      native.log('WARN', lines.join('\n'));
    }
    if (listeners('warning') > 0) process.emit('warning', warning);
  });
};

process.nextTick = ticks.nextTick;
process._tickCallback = ticks.run;
process.sourceMapsEnabled = false;
process.setSourceMapsEnabled = function setSourceMapsEnabled() {};
process.getBuiltinModule = function getBuiltinModule(id) {
  errors.validateString(id, 'id');
  const { isBuiltin, createRequire } = require('module');
  return isBuiltin(id) ? createRequire(config.entry)(id) : undefined;
};
lazy('mainModule', () => require('module').createRequire(config.entry).main);
process.loadEnvFile = function loadEnvFile(path = '.env') {
  const parsed = require('internal/parse_env').parseEnv(require('fs').readFileSync(path, 'utf8'));
  for (const key of Object.keys(parsed)) if (vars[key] === undefined) vars[key] = parsed[key];
};

lazy('stdout', () => require('internal/stdio').output(1, 'INFO'));
lazy('stdin', () => require('internal/stdio').input());
lazy('stderr', () => require('internal/stdio').output(2, 'ERROR'));
process.openStdin = function openStdin() {
  process.stdin.resume();
  return process.stdin;
};

let mask = 0o22;
process.umask = function umask(next) {
  const before = mask;
  if (next !== undefined) mask = (typeof next === 'string' ? parseInt(next, 8) : next) & 0o777;
  return before;
};
// The working directory is the function's folder, as /var/task is on Lambda.
let cwd = config.dir;
process.cwd = function cwd_() {
  return cwd;
};
Object.defineProperty(process.cwd, 'name', { value: 'cwd', configurable: true });
process.chdir = function chdir(directory) {
  errors.validateString(directory, 'directory');
  const target = require('path').resolve(cwd, directory);
  let isDirectory;
  try {
    isDirectory = require('fs').statSync(target).isDirectory();
  } catch {
    isDirectory = undefined;
  }
  if (!isDirectory) {
    const number = isDirectory === undefined ? -2 : -20;
    const error = require('internal/errno').errnoException(number, 'chdir');
    error.message = `${error.code}: ${require('util').getSystemErrorMap().get(number)[1]}, chdir '${cwd}' -> '${directory}'`;
    error.path = cwd;
    error.dest = directory;
    throw error;
  }
  cwd = target;
};

process.env = env;
process.title = '/var/lang/bin/node';
process.argv = ['/var/lang/bin/node', '/var/runtime/index.mjs'];
process.execArgv = [];
process.pid = config.pid;
process.ppid = 1;
process.execPath = '/var/lang/bin/node';
process.debugPort = 9229;
process.argv0 = '/var/lang/bin/node';
lazy('report', () => ({
  compact: false, directory: '', filename: '', excludeNetwork: false, reportOnFatalError: false, reportOnSignal: false,
  reportOnUncaughtException: false, signal: 'SIGUSR2',
  // Packages look here for the C library that their addons must be built for.
  getReport: () => ({ header: { reportVersion: 3, nodejsVersion: process.version, platform: process.platform, arch: process.arch, glibcVersionRuntime: '2.34', glibcVersionCompiler: '2.28' }, sharedObjects: [] }),
  writeReport() {
    throw errors.refused('process.report.writeReport', 'there is no Node process to report on');
  },
}));
process.binding = function binding(name) {
  throw errors.codeError(Error, 'ERR_INVALID_MODULE', `No such module: ${name}`);
};
process.dlopen = function dlopen() {
  throw errors.refused('process.dlopen', 'compiled addons need Node itself');
};

// __uncaught offers an error that nothing caught to the user's listeners and
// reports whether they took it. promise is that of an unhandled rejection.
Object.defineProperty(process, '__uncaught', {
  enumerable: false,
  value(error, origin, promise) {
    if (origin === 'unhandledRejection' && listeners('unhandledRejection') > 0) {
      process.emit('unhandledRejection', error, promise);
      return true;
    }
    if (listeners('uncaughtExceptionMonitor') > 0) process.emit('uncaughtExceptionMonitor', error, origin);
    if (capture !== null) {
      capture(error);
      return true;
    }
    if (listeners('uncaughtException') === 0) return false;
    process.emit('uncaughtException', error, origin);
    return true;
  },
});

module.exports = process;
