'use strict';
// The Node side: reads cases as lines of JSON, runs each with fresh modules and
// a console that keeps levels, and writes how it ended.

const Module = require('module');
const path = require('path');
const { Console } = require('console');
const { Readable, Writable } = require('stream');
const { pathToFileURL } = require('url');

const send = process.stdout.write.bind(process.stdout);
const input = process.stdin;
const ownGlobals = new Set(Reflect.ownKeys(globalThis));

// current is the case under way; what others write is dropped.
let current = null;

function record(level, text) {
  if (current === null) return;
  text = String(text);
  if (text.endsWith('\n')) text = text.slice(0, -1);
  current.logs.push({ level, message: text });
}

const LEVELS = { debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE', assert: 'WARN' };

function freshConsole() {
  let level = null;
  const sink = (other) => new Writable({
    decodeStrings: false,
    write(chunk, encoding, callback) {
      record(level === null ? other : level, chunk);
      callback();
    },
  });
  const inner = new Console({ stdout: sink('INFO'), stderr: sink('ERROR'), colorMode: false });
  for (const name of Object.keys(inner)) {
    if (typeof inner[name] !== 'function' || name === 'Console') continue;
    const method = {
      [name](...args) {
        const before = level;
        if (level === null) level = LEVELS[name] || 'INFO';
        try {
          return inner[name](...args);
        } finally {
          level = before;
        }
      },
    }[name];
    Object.defineProperty(console, name, { value: method, writable: true, enumerable: true, configurable: true });
  }
}

function writer(level) {
  return function write(chunk, encoding, callback) {
    if (typeof encoding === 'function') callback = encoding;
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    if (text !== '' && text !== '\n') record(level, text);
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  };
}

function describe(error) {
  const text = (v) => {
    try {
      return String(v);
    } catch {
      return '[object]';
    }
  };
  if (error === null || typeof error !== 'object' || typeof error.stack !== 'string') return { type: '', message: text(error), stack: '' };
  return { type: text(error.name), message: text(error.message), stack: error.stack, code: error.code };
}

function fail(cause, error) {
  const d = describe(error);
  if (cause === 'load' && d.code === 'MODULE_NOT_FOUND') d.type = 'Runtime.ImportModuleError';
  finish({ error: { cause, type: d.type, message: d.message }, stack: d.stack });
}

function finish(end) {
  if (current === null) return;
  const { logs } = current;
  current = null;
  send(JSON.stringify({ ...end, logs }) + '\n');
}

function onRejection(reason) {
  if (process.listenerCount('unhandledRejection') > 1) return;
  const d = describe(reason);
  const message = d.type ? `${d.type}: ${d.message}` : d.message;
  finish({ error: { cause: 'unhandled', type: 'Runtime.UnhandledPromiseRejection', message }, stack: d.stack });
}

function onException(error) {
  if (process.listenerCount('uncaughtException') > 1) return;
  fail('unhandled', error);
}

function onWarning(warning) {
  const mark = warning.code ? `[${warning.code}] ` : '';
  const lines = [`(node:${process.pid}) ${mark}${Error.prototype.toString.call(warning)}`];
  if (typeof warning.detail === 'string') lines.push(warning.detail);
  record('WARN', lines.join('\n'));
}

// reset undoes what a case may have left behind in the process.
function reset(request) {
  for (const file of Object.keys(require.cache)) delete require.cache[file];
  for (const key of Reflect.ownKeys(globalThis)) if (!ownGlobals.has(key)) Reflect.deleteProperty(globalThis, key);
  for (const event of process.eventNames()) {
    if (['unhandledRejection', 'uncaughtException', 'uncaughtExceptionMonitor', 'warning', 'exit', 'beforeExit'].includes(event)) process.removeAllListeners(event);
  }
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onException);
  process.on('warning', onWarning);
  freshConsole();
  process.stdout.write = writer('INFO');
  process.stderr.write = writer('ERROR');
  Object.defineProperty(process, 'stdin', { value: new Readable({ read() { this.push(null); } }), configurable: true, writable: true });
  process.exitCode = undefined;
  process.exit = (code) => {
    const message = code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason';
    finish({ error: { cause: 'exit', type: '', message } });
    throw new Error('process.exit');
  };
  for (const key of Object.keys(process.env)) delete process.env[key];
  Object.assign(process.env, request.vars);
  process.chdir(request.dir);
}

let serial = 0;

async function load(request) {
  if (path.extname(request.path) === '.mjs') return import(`${pathToFileURL(request.path)}?${++serial}`);
  if (request.code === undefined) return Module._load(request.path, null, false);
  const module = new Module(request.path, null);
  module.filename = request.path;
  module.paths = Module._nodeModulePaths(request.dir);
  module._compile(request.code, request.path);
  return module.exports;
}

async function run(request) {
  current = { logs: [] };
  let loaded;
  try {
    reset(request);
    loaded = await load(request);
  } catch (error) {
    fail('load', error);
    return;
  }
  const own = current;
  let value;
  try {
    value = await loaded.main(request.context);
  } catch (error) {
    if (own === current) fail('error', error);
    return;
  }
  if (own !== current) return;
  let text;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    fail('response', error);
    return;
  }
  finish({ answer: text === undefined ? 'null' : text });
}

let pending = '';
input.setEncoding('utf8');
input.on('data', (chunk) => {
  pending += chunk;
  const end = pending.indexOf('\n');
  if (end < 0) return;
  const line = pending.slice(0, end);
  pending = pending.slice(end + 1);
  run(JSON.parse(line));
});
input.on('end', () => process.kill(process.pid, 'SIGKILL'));
