'use strict';
// The async_hooks module. A frame is a Map from storages to their values that is
// never changed, only replaced; the engine carries it along promises and
// callbacks of natives, this piece along process.nextTick.

const { codeError, invalidArgType, validateFunction, validateObject, validateString } = require('internal/errors');

const ids = { last: 1, current: 1, trigger: 0 };

function inFrame(frame, fn, self, args) {
  const before = native.setAsyncFrame(frame);
  try {
    return Reflect.apply(fn, self, args);
  } finally {
    native.setAsyncFrame(before);
  }
}

// withStore gives the frame of now with one value more, or less.
function withStore(storage, present, store) {
  const frame = new Map(native.asyncFrame());
  if (present) frame.set(storage, store);
  else frame.delete(storage);
  return frame;
}

const tracking = { on: false };

function track() {
  if (tracking.on) return;
  tracking.on = true;
  native.setAsyncFrame(native.asyncFrame());
  require('internal/ticks').keep((fn) => {
    const frame = native.asyncFrame();
    return () => inFrame(frame, fn, undefined, []);
  });
}

class AsyncLocalStorage {
  #enabled = true;

  constructor() {
    track();
  }

  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  static snapshot() {
    return AsyncLocalStorage.bind((fn, ...args) => fn(...args));
  }

  disable() {
    this.#enabled = false;
    native.setAsyncFrame(withStore(this, false));
  }

  enterWith(store) {
    this.#enabled = true;
    native.setAsyncFrame(withStore(this, true, store));
  }

  run(store, callback, ...args) {
    this.#enabled = true;
    return inFrame(withStore(this, true, store), callback, null, args);
  }

  exit(callback, ...args) {
    return inFrame(withStore(this, false), callback, null, args);
  }

  getStore() {
    if (!this.#enabled) return undefined;
    const frame = native.asyncFrame();
    return frame === undefined ? undefined : frame.get(this);
  }
}

class AsyncResource {
  #frame = native.asyncFrame();
  #id = ++ids.last;
  #trigger;

  constructor(type, options = {}) {
    validateString(type, 'type');
    let trigger = options;
    if (typeof options !== 'number') {
      trigger = options.triggerAsyncId === undefined ? ids.current : options.triggerAsyncId;
      if (typeof options.requireManualDestroy !== 'undefined' && typeof options.requireManualDestroy !== 'boolean') {
        throw invalidArgType('options.requireManualDestroy', 'boolean', options.requireManualDestroy);
      }
    }
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw codeError(RangeError, 'ERR_INVALID_ASYNC_ID', `Invalid triggerAsyncId value: ${String(trigger)}`);
    this.#trigger = trigger;
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const { current, trigger } = ids;
    ids.current = this.#id;
    ids.trigger = this.#trigger;
    try {
      if (!tracking.on) return Reflect.apply(fn, thisArg, args);
      return inFrame(this.#frame, fn, thisArg, args);
    } finally {
      ids.current = current;
      ids.trigger = trigger;
    }
  }

  emitDestroy() {
    return this;
  }

  asyncId() {
    return this.#id;
  }

  triggerAsyncId() {
    return this.#trigger;
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ?
      function(...args) { return resource.runInAsyncScope(fn, this, ...args); } :
      (...args) => resource.runInAsyncScope(fn, thisArg, ...args);
    Object.defineProperties(bound, {
      length: { configurable: true, enumerable: false, value: fn.length, writable: false },
      asyncResource: { configurable: true, enumerable: true, value: this, writable: true },
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

// Hooks can be made and enabled; nothing calls them, because nothing here has
// Node's resources.
class AsyncHook {
  enable() {
    return this;
  }

  disable() {
    return this;
  }
}

exports.AsyncLocalStorage = AsyncLocalStorage;
exports.createHook = function createHook(callbacks) {
  validateObject(callbacks, 'callbacks');
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
      throw codeError(TypeError, 'ERR_ASYNC_CALLBACK', `hook.${name} must be a function`);
    }
  }
  return new AsyncHook();
};
exports.executionAsyncId = function executionAsyncId() {
  return ids.current;
};
exports.triggerAsyncId = function triggerAsyncId() {
  return ids.trigger;
};
const top = {};
exports.executionAsyncResource = function executionAsyncResource() {
  return top;
};
exports.asyncWrapProviders = Object.freeze(Object.assign(Object.create(null), { NONE: 0 }));
exports.AsyncResource = AsyncResource;
