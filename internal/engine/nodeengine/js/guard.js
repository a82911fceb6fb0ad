'use strict';
// The guard is a thread beside the function's. It ends the process when an
// invocation is over its time or memory, whatever the function is doing, and when
// the process that started it is gone. Where it can, it says where the function
// was.

const { workerData } = require('worker_threads');
const inspector = require('inspector');
const frames = require('./frames.js');
const records = require('./records.js');
const { frames: linesOf } = require('./stacks.js');

const { state, fd, memory, parent } = workerData;
const { PHASE, LIMIT, SERIAL, LOAD, IDLE } = records;
const send = frames.writer(fd, state);

const SAMPLE = 5; // ms between two looks at the memory
const PARENT = 100; // ms between two looks at the parent
const AHEAD = 800; // ms before the time limit at which the debugger is made ready
// How long the function has to come to the next statement, in ms: the parent
// kills it 120 ms after its time.
const PAUSE = 80;
const PAUSE_COLD = 200; // with the debugger not yet ready

// WHERE is evaluated in the paused function.
const WHERE = `(() => {
  const most = Error.stackTraceLimit;
  Error.stackTraceLimit = 12;
  const { stack } = new Error();
  Error.stackTraceLimit = most;
  return stack;
})()`;

function end() {
  process.kill(process.pid, 'SIGKILL');
}

function orphaned() {
  if (process.ppid !== parent) return true;
  try {
    process.kill(parent, 0);
  } catch (error) {
    return error.code === 'ESRCH';
  }
  return false;
}

// Watch looks at one invocation, or at the loading of the module.
class Watch {
  constructor() {
    this.phase = Atomics.load(state, PHASE);
    this.serial = Atomics.load(state, SERIAL);
    this.limit = Atomics.load(state, LIMIT);
    // It may have begun before this thread was there to see it.
    const ago = (records.now() - Atomics.load(state, records.BEGAN)) & records.MASK;
    this.began = performance.now() - ago;
    this.looked = this.began;
  }

  get over() {
    return Atomics.load(state, SERIAL) !== this.serial || Atomics.load(state, PHASE) !== this.phase;
  }

  get elapsed() {
    return performance.now() - this.began;
  }

  // near tells that the end of the time is near.
  get near() {
    return this.limit > 0 && this.elapsed >= Math.max(this.limit - AHEAD, this.limit / 2);
  }

  // verdict gives the reason to end it, undefined if there is none.
  verdict() {
    const now = performance.now();
    if (now - this.looked > PARENT) {
      this.looked = now;
      if (orphaned()) end();
    }
    if (memory > 0) {
      this.used = process.memoryUsage.rss();
      if (this.used > memory) return records.memory(this.used, memory);
    }
    if (this.limit > 0 && this.elapsed >= this.limit) return records.timeout(this.limit);
    return undefined;
  }

  // condemn ends the process and tells why.
  condemn(error, stack) {
    error.trace = linesOf(stack).filter((line) => !/<anonymous>:\d+:\d+\)?$|\(?node:/.test(line));
    if (this.phase === LOAD) send('r', [records.ready(this.elapsed, error)]);
    else send('d', records.done(this.elapsed, this.used || 0, error, ''));
    end();
  }
}

// connect gives a session with the function's thread that can pause it. That
// takes a while, and the function runs slower then.
function connect() {
  const session = new inspector.Session();
  session.connectToMainThread();
  session.post('Debugger.enable');
  return session;
}

// pause stops the function and gives its stack, or '' if it is waiting for
// something or can't be stopped in time.
function pause(session, most, callback) {
  let over = false;
  const finish = (stack) => {
    if (over) return;
    over = true;
    callback(stack);
  };
  setTimeout(finish, most, '');
  session.on('Debugger.paused', () => {
    if (Atomics.load(state, frames.LOCK) !== 0) { // in the middle of a frame
      session.post('Debugger.resume');
      session.post('Debugger.pause');
      return;
    }
    session.post('Runtime.evaluate', { expression: WHERE }, (error, answer) => {
      finish(error || answer.result.type !== 'string' ? '' : answer.result.value);
    });
  });
  session.post('Debugger.pause');
}

// sleep waits for something to run, looks at it until its time comes near, and
// goes on with attend.
function sleep() {
  for (;;) {
    Atomics.wait(state, PHASE, IDLE);
    const watch = new Watch();
    if (watch.phase === IDLE) continue;
    while (!watch.over && !watch.near) {
      if (Atomics.wait(state, PHASE, watch.phase, SAMPLE) !== 'timed-out') continue;
      const error = watch.verdict();
      if (error) {
        pause(connect(), PAUSE_COLD, (stack) => watch.condemn(error, stack));
        return;
      }
    }
    if (watch.over) continue;
    attend(watch);
    return;
  }
}

// attend looks at an invocation with the debugger ready.
function attend(watch) {
  const session = connect();
  const timer = setInterval(() => {
    if (watch.over) {
      clearInterval(timer);
      session.disconnect();
      setImmediate(sleep);
      return;
    }
    const error = watch.verdict();
    if (!error) return;
    clearInterval(timer);
    pause(session, PAUSE, (stack) => watch.condemn(error, stack));
  }, SAMPLE);
}

sleep();
