'use strict';
// The program that Node runs in a worker of the node engine: it loads one bundle
// and runs its main once for each invocation. Arguments: the file descriptors to
// read and to write frames on, and "debug" where a debugger may come, "break"
// where it is waited for.

const Module = require('module');
const fs = require('fs');
const path = require('path');
const { AsyncResource } = require('async_hooks');
const { Worker } = require('worker_threads');
const frames = require('./frames.js');
const records = require('./records.js');
const stacks = require('./stacks.js');
const logs = require('./console.js');
const handler = require('./handler.js');

const [input, output] = process.argv.slice(2, 4).map(Number);
const mode = process.argv[4]; // undefined, 'debug' or 'break'
const debugging = mode !== undefined;
const state = new Int32Array(new SharedArrayBuffer(4 * records.PLACES));
const send = frames.writer(output, state);
const clock = performance.now.bind(performance);
const wallClock = Date.now;
const { reallyExit } = process;
const highWater = require('./memory.js');

// HOST_CAP protects the machine where HubSpot's limit is off: no worker grows
// beyond it.
const HOST_CAP = 900 * 1024 * 1024;

let fn; // the engine.Function
let loaded; // the bundle's module
let call = null; // the invocation under way
let early = []; // log records of the module itself
let loading = false;

function log(level, text) {
  const record = records.log(wallClock(), level, text);
  if (call !== null) send('l', record);
  else if (loading) early.push(record);
}

function describe(error) {
  const text = (v) => {
    try {
      return String(v);
    } catch {
      return '[object]';
    }
  };
  if (error === null || typeof error !== 'object' || typeof error.stack !== 'string') return { errorType: '', errorMessage: text(error), trace: null };
  return { errorType: text(error.name), errorMessage: text(error.message), trace: stacks.frames(error.stack) };
}

// thrown makes the record of a thrown value.
function thrown(cause, error) {
  const record = { cause, ...describe(error) };
  if (cause === 'load' && error && error.code === 'MODULE_NOT_FOUND') record.errorType = 'Runtime.ImportModuleError';
  return record;
}

function begin(phase, limit) {
  Atomics.store(state, records.LIMIT, limit);
  Atomics.store(state, records.BEGAN, records.now());
  Atomics.add(state, records.SERIAL, 1);
  Atomics.store(state, records.PHASE, phase);
  Atomics.notify(state, records.PHASE);
}

function rest() {
  Atomics.store(state, records.PHASE, records.IDLE);
  Atomics.notify(state, records.PHASE);
}

// finish ends the loading or the invocation under way; only the first end of one
// counts.
function finish(error, payload = '') {
  if (loading) {
    loading = false;
    rest();
    tellFiles();
    send('r', [records.ready(clock(), error)]);
    return;
  }
  if (call === null) return;
  const took = clock() - call.began;
  call = null;
  rest();
  const used = highWater();
  const most = debugging ? 0 : fn.limits.memory;
  if (!error && most > 0 && used > most) error = records.memory(used, most);
  tellFiles();
  send('d', records.done(took, used, error, error ? '' : payload));
}

const told = new Set();

// tellFiles tells which files of packages were loaded since the last time.
function tellFiles() {
  const files = Object.keys(Module._cache);
  if (files.length <= told.size) return;
  const news = files.filter((file) => !told.has(file));
  for (const file of news) told.add(file);
  const packages = news.filter((file) => file !== fn.entry);
  if (packages.length > 0) send('f', packages.map(frames.block));
}

// idle waits for what comes next. It runs outside of any async context of a
// function.
const idle = AsyncResource.bind(() => {
  if (debugging) frames.nextLater(input, take);
  else take(frames.next(input));
});

function take({ kind, body }) {
  const reader = new frames.Reader(body);
  if (kind === 's') start(reader);
  else invoke(reader);
}

// What is due of the last invocation ends before the process stands still.
function settle(error, payload) {
  if (!loading && call === null) return;
  finish(error, payload);
  setImmediate(idle);
}

function start(reader) {
  fn = JSON.parse(reader.block());
  fn.limits.memory ||= 0;
  const code = reader.block();
  const map = reader.block();
  environment();
  guard();
  loading = true;
  begin(records.LOAD, 0);
  const script = scriptName(code, map);
  const debug = debugging ? require('./debug.js').prepare(fn, code, map, script, mode === 'break') : { text: code, shift: 0 };
  stacks.install(new stacks.Positions(script, map, debug.shift));
  loaded = new Module(fn.entry, null);
  loaded.filename = fn.entry;
  loaded.paths = Module._nodeModulePaths(path.dirname(fn.entry));
  process.mainModule = loaded;
  Module._cache[fn.entry] = loaded;
  try {
    loaded._compile(debug.text, script);
    loaded.loaded = true;
  } catch (error) {
    settle(thrown('load', error));
    return;
  }
  // The promises of the module come first.
  setImmediate(() => settle());
}

// scriptName is what V8 knows the bundle by.
function scriptName(code, map) {
  const name = `${fn.name.replace(/\//g, '.')}.bundle.js`;
  // Debuggers take the source maps of scripts in the user's own folders only.
  if (debugging) return path.join(path.dirname(fn.entry), name);
  if (map === '') return fn.entry;
  // assert shows the text of a failed expression, which it reads from the file.
  const file = path.join(__dirname, '..', name);
  fs.writeFileSync(file, code);
  return file;
}

function invoke(reader) {
  const limit = Number(reader.varint() / 1000000n);
  reader.block(); // the request id
  const context = JSON.parse(reader.rest());
  call = { began: clock() };
  for (const record of early) send('l', record);
  early = [];
  begin(records.RUN, limit);
  handler.run(loaded.exports, context, fn, thrown, settle, call, () => call);
}

// environment makes the process look as a function's on Lambda.
function environment() {
  for (const key of Object.keys(process.env)) delete process.env[key];
  Object.assign(process.env, fn.vars);
  for (const file of Object.keys(require.cache)) if (file.startsWith(__dirname)) delete require.cache[file];
  try {
    process.chdir(fn.dir);
  } catch {
    // A folder that is gone is noticed by whoever looks for a file in it.
  }
  process.argv = ['/var/lang/bin/node', '/var/runtime/index.mjs'];
  process.execArgv = [];
  process.title = '/var/lang/bin/node';
  logs.install(log);
  const exit = (code) => {
    if (loading || call !== null) {
      const lines = stacks.frames(new Error().stack).filter((line) => !line.includes('node:'));
      finish({ ...records.exit(code), trace: lines });
    }
    reallyExit.call(process, code);
  };
  process.reallyExit = (code) => exit(code || 0);
  process.abort = function abort() {
    exit(134);
  };
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onException);
  process.on('warning', onWarning);
  process.on('beforeExit', () => settle(records.noResponse(fn.contract === 'callback')));
}

// A function's own listeners go before ours.

function onRejection(reason) {
  if (process.listenerCount('unhandledRejection') > 1) return;
  const record = thrown('unhandled', reason);
  if (record.errorType) record.errorMessage = `${record.errorType}: ${record.errorMessage}`;
  record.errorType = 'Runtime.UnhandledPromiseRejection';
  settle(record);
}

function onException(error) {
  if (process.listenerCount('uncaughtException') > 1) return;
  settle(thrown('unhandled', error));
}

function onWarning(warning) {
  if (process.env.NODE_NO_WARNINGS === '1') return;
  if (warning.name === 'DeprecationWarning' && process.noDeprecation) return;
  const mark = warning.code ? `[${warning.code}] ` : '';
  const lines = [`(node:${process.pid}) ${mark}${Error.prototype.toString.call(warning)}`];
  if (typeof warning.detail === 'string') lines.push(warning.detail);
  log('WARN', lines.join('\n'));
}

// guard starts the thread that ends the process when it must.
function guard() {
  const memory = debugging ? 0 : fn.limits.memory || HOST_CAP;
  new Worker(path.join(__dirname, 'guard.js'), {
    workerData: { state, fd: output, memory, parent: process.ppid },
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  }).unref();
}

idle();
