'use strict';
// Node's timers: setTimeout and setInterval give Timeout objects.

const { invalidArgType } = require('internal/errors');

const MAX_DELAY = 2 ** 31 - 1;
const live = new Map(); // id → Timeout, for clearTimeout(id) after +timeout
let lastId = 0;

class Timeout {
  constructor(callback, delay, args, repeat) {
    if (typeof callback !== 'function') throw invalidArgType('callback', 'function', callback);
    delay = +delay;
    this._idleTimeout = delay >= 1 && delay <= MAX_DELAY ? Math.trunc(delay) : 1;
    this._onTimeout = callback;
    this._repeat = repeat ? this._idleTimeout : null;
    this._destroyed = false;
    Object.defineProperty(this, '_state', { value: { args, ref: true, timer: null, id: 0 }, enumerable: false });
    begin(this);
  }

  ref() {
    return setRef(this, true);
  }

  unref() {
    return setRef(this, false);
  }

  hasRef() {
    return this._state.ref;
  }

  refresh() {
    // One that has been called begins anew too, one that was cleared does not.
    if (this._idleTimeout >= 1) {
      native.timerStop(this._state.timer);
      this._destroyed = false;
      begin(this);
    }
    return this;
  }

  close() {
    stop(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    if (this._state.id === 0) {
      this._state.id = ++lastId;
      live.set(this._state.id, this);
    }
    return this._state.id;
  }

  [Symbol.dispose]() {
    stop(this);
  }
}

function begin(timeout) {
  const state = timeout._state;
  state.waiting = true;
  state.timer = native.timerStart(timeout._idleTimeout, state.ref, () => {
    if (timeout._destroyed) return;
    state.waiting = false;
    if (timeout._repeat !== null) begin(timeout);
    try {
      if (timeout._onTimeout) timeout._onTimeout(...state.args);
    } finally {
      if (!state.waiting && !timeout._destroyed) finish(timeout); // refresh was not called
    }
  });
}

function finish(timeout) {
  timeout._destroyed = true;
  if (timeout._state.id !== 0) live.delete(timeout._state.id);
}

function stop(timeout) {
  timeout._onTimeout = null;
  if (timeout._destroyed) return;
  timeout._idleTimeout = -1;
  native.timerStop(timeout._state.timer);
  finish(timeout);
}

function setRef(timeout, ref) {
  timeout._state.ref = ref;
  native.timerRef(timeout._state.timer, ref);
  return timeout;
}

function clear(timer) {
  if (timer instanceof Timeout) stop(timer);
  else if (typeof timer === 'number' || typeof timer === 'string') {
    const found = live.get(+timer);
    if (found) stop(found);
  }
}

class Immediate {
  constructor(callback, args) {
    if (typeof callback !== 'function') throw invalidArgType('callback', 'function', callback);
    this._onImmediate = callback;
    this._destroyed = false;
    native.immediate(() => {
      if (this._destroyed) return;
      this._destroyed = true;
      callback(...args);
    });
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }
}

exports.setTimeout = function setTimeout(callback, delay, ...args) {
  return new Timeout(callback, delay, args, false);
};
exports.setInterval = function setInterval(callback, delay, ...args) {
  return new Timeout(callback, delay, args, true);
};
exports.setImmediate = function setImmediate(callback, ...args) {
  return new Immediate(callback, args);
};
exports.clearTimeout = function clearTimeout(timer) {
  clear(timer);
};
exports.clearInterval = function clearInterval(timer) {
  clear(timer);
};
exports.clearImmediate = function clearImmediate(immediate) {
  if (immediate instanceof Immediate) immediate._destroyed = true;
};

// The timers that old packages keep on objects of their own: enroll says when
// item._onTimeout is to be called, active starts the time anew.
const enrolled = new WeakMap();
exports.enroll = function enroll(item, msecs) {
  exports.unenroll(item);
  item._idleTimeout = +msecs;
};
exports.unenroll = function unenroll(item) {
  clear(enrolled.get(item));
  enrolled.delete(item);
  item._idleTimeout = -1;
};
exports.active = function active(item) {
  const ms = item._idleTimeout;
  clear(enrolled.get(item));
  if (ms === undefined || ms < 0) return;
  enrolled.set(item, new Timeout(() => item._onTimeout && item._onTimeout(), ms, [], false));
};
Object.defineProperty(exports, 'promises', { enumerable: true, get: () => require('timers/promises') });

// util.promisify(setTimeout) and of setImmediate, as Node defines them.
const custom = Symbol.for('nodejs.util.promisify.custom');
for (const name of ['setTimeout', 'setImmediate']) {
  Object.defineProperty(exports[name], custom, { enumerable: true, get: () => require('timers/promises')[name] });
}
