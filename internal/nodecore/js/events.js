'use strict';
// The events module.

const { AbortError, codeError, invalidArgType, validateAbortSignal, validateFunction, validateNumber } = require('internal/errors');

const shapeMode = Symbol('shapeMode');
const capture = Symbol('kCapture');
const rejection = Symbol.for('nodejs.rejection');
const errorMonitor = Symbol('events.errorMonitor');
const LISTENERS = Symbol.for('fns.eventTarget.listeners');
const LIMIT = Symbol.for('fns.eventTarget.maxListeners');

let defaultMaxListeners = 10;

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}
module.exports = EventEmitter;

// The order in which Node lists its members.
for (const name of [
  'addAbortListener', 'once', 'on', 'getEventListeners', 'getMaxListeners', 'EventEmitter', 'usingDomains', 'captureRejectionSymbol',
  'captureRejections', 'EventEmitterAsyncResource', 'errorMonitor', 'defaultMaxListeners', 'setMaxListeners', 'init', 'listenerCount',
]) {
  EventEmitter[name] = undefined;
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, capture, { value: false, writable: true, enumerable: false });

EventEmitter.init = function(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
    this[shapeMode] = false;
  } else {
    this[shapeMode] = true;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options && options.captureRejections) {
    if (typeof options.captureRejections !== 'boolean') throw invalidArgType('options.captureRejections', 'boolean', options.captureRejections);
    this[capture] = true;
  } else {
    this[capture] = EventEmitter.prototype[capture];
  }
};

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

function limit(emitter) {
  return emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners;
}

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return limit(this);
};

// unhandled throws what an 'error' event without a listener throws.
function unhandled(args) {
  const error = args[0];
  if (error instanceof Error) throw error;
  let text;
  try {
    text = require('util').inspect(error);
  } catch {
    text = String(error);
  }
  const wrapped = codeError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${text})`);
  wrapped.context = error;
  throw wrapped;
}

function watch(emitter, result, type, args) {
  if (result === undefined || result === null || !emitter[capture] || typeof result.then !== 'function') return;
  result.then(undefined, (error) => {
    process.nextTick(() => {
      if (typeof emitter[rejection] === 'function') {
        emitter[rejection](error, type, ...args);
        return;
      }
      const before = emitter[capture];
      try {
        emitter[capture] = false;
        emitter.emit('error', error);
      } finally {
        emitter[capture] = before;
      }
    });
  });
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
    if (events === undefined || events.error === undefined) unhandled(args);
  }
  const handler = events === undefined ? undefined : events[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') {
    watch(this, handler.apply(this, args), type, args);
    return true;
  }
  for (const listener of handler.slice()) watch(this, listener.apply(this, args), type, args);
  return true;
};

function warn(target, type, list) {
  list.warned = true;
  let name;
  try {
    name = require('util').inspect(target, { depth: -1 });
  } catch {
    name = '[object]';
  }
  const warning = new Error(`Possible EventEmitter memory leak detected. ${list.length} ${String(type)} listeners added to ${name}. MaxListeners is ${limit(target)}. Use emitter.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = target;
  warning.type = type;
  warning.count = list.length;
  if (typeof process.emitWarning === 'function') process.emitWarning(warning);
}

function add(target, type, listener, first) {
  validateFunction(listener, 'listener');
  let events = target._events;
  if (events === undefined) {
    events = target._events = Object.create(null);
    target._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    target.emit('newListener', type, listener.listener ? listener.listener : listener);
    events = target._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++target._eventsCount;
    return target;
  }
  let list = existing;
  if (typeof existing === 'function') list = events[type] = first ? [listener, existing] : [existing, listener];
  else if (first) existing.unshift(listener);
  else existing.push(listener);
  const max = limit(target);
  if (max > 0 && list.length > max && !list.warned) warn(target, type, list);
  return target;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;
EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function onceWrapper(target, type, listener) {
  validateFunction(listener, 'listener');
  let fired = false;
  const wrapper = function(...args) {
    if (fired) return undefined;
    target.removeListener(type, wrapper);
    fired = true;
    return listener.apply(target, args);
  };
  Object.defineProperty(wrapper, 'name', { value: 'bound onceWrapper' });
  wrapper.listener = listener;
  return wrapper;
}

EventEmitter.prototype.once = function once(type, listener) {
  return this.on(type, onceWrapper(this, type, listener));
};
EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  return this.prependListener(type, onceWrapper(this, type, listener));
};

// drop removes the whole entry of a type.
function drop(target, type) {
  if (--target._eventsCount === 0) target._events = Object.create(null);
  else delete target._events[type];
}

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  validateFunction(listener, 'listener');
  const events = this._events;
  if (events === undefined) return this;
  const list = events[type];
  if (list === undefined) return this;
  if (list === listener || list.listener === listener) {
    drop(this, type);
    if (events.removeListener) this.emit('removeListener', type, list.listener || listener);
    return this;
  }
  if (typeof list === 'function') return this;
  let at = list.length - 1;
  while (at >= 0 && list[at] !== listener && list[at].listener !== listener) at--;
  if (at < 0) return this;
  list.splice(at, 1);
  if (list.length === 1) events[type] = list[0];
  if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = Object.create(null);
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      drop(this, type);
    }
    return this;
  }
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    this._events = Object.create(null);
    this._eventsCount = 0;
    return this;
  }
  const list = events[type];
  if (typeof list === 'function') this.removeListener(type, list);
  else if (list !== undefined) for (let i = list.length - 1; i >= 0; i--) this.removeListener(type, list[i]);
  return this;
};

function listenersOf(target, type, unwrap) {
  const list = target._events === undefined ? undefined : target._events[type];
  if (list === undefined) return [];
  const all = typeof list === 'function' ? [list] : list;
  return unwrap ? all.map((fn) => fn.listener || fn) : all.slice();
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};
EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

function listenerCount(type, listener) {
  const list = this._events === undefined ? undefined : this._events[type];
  if (list === undefined) return 0;
  const all = typeof list === 'function' ? [list] : list;
  if (listener === undefined || listener === null) return all.length;
  return all.filter((fn) => fn === listener || fn.listener === listener).length;
}
EventEmitter.prototype.listenerCount = listenerCount;

EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

EventEmitter.once = async function once(emitter, name, options = {}) {
  const signal = options ? options.signal : undefined;
  validateAbortSignal(signal, 'options.signal');
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const isEmitter = typeof emitter.on === 'function';
    const finish = (settle) => (...args) => {
      detach(emitter, name, onEvent);
      if (isEmitter && name !== 'error') detach(emitter, 'error', onError);
      if (signal) signal.removeEventListener('abort', onAbort);
      settle(...args);
    };
    const onEvent = finish((...args) => resolve(args));
    const onError = finish(reject);
    const onAbort = finish(() => reject(new AbortError(undefined, { cause: signal.reason })));
    attach(emitter, name, onEvent, true);
    if (isEmitter && name !== 'error') emitter.once('error', onError);
    if (signal) signal.addEventListener('abort', onAbort, { once: true });
  });
};

function attach(emitter, name, listener, once) {
  if (typeof emitter.on === 'function') {
    if (once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    emitter.addEventListener(name, listener, { once });
  } else {
    throw invalidArgType('emitter', 'EventEmitter', emitter);
  }
}

function detach(emitter, name, listener) {
  if (typeof emitter.removeListener === 'function') emitter.removeListener(name, listener);
  else emitter.removeEventListener(name, listener);
}

EventEmitter.on = function on(emitter, name, options = {}) {
  return require('internal/events/iterator')(emitter, name, options, attach, detach);
};

function getEventListeners(target, type) {
  if (typeof target.listeners === 'function') return target.listeners(type);
  if (target[LISTENERS]) return target[LISTENERS](type);
  throw invalidArgType('emitter', ['EventEmitter', 'EventTarget'], target);
}
EventEmitter.getEventListeners = getEventListeners;

EventEmitter.getMaxListeners = function getMaxListeners(target) {
  if (typeof target.getMaxListeners === 'function') return limit(target);
  if (target[LISTENERS]) return target[LIMIT] === undefined ? defaultMaxListeners : target[LIMIT];
  throw invalidArgType('emitter', ['EventEmitter', 'EventTarget'], target);
};

EventEmitter.setMaxListeners = function setMaxListeners(n = defaultMaxListeners, ...targets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) defaultMaxListeners = n;
  for (const target of targets) {
    if (typeof target.setMaxListeners === 'function') target.setMaxListeners(n);
    else if (target[LISTENERS]) Object.defineProperty(target, LIMIT, { value: n, configurable: true, enumerable: false });
    else throw invalidArgType('eventTargets', ['EventEmitter', 'EventTarget'], target);
  }
};

EventEmitter.listenerCount = (emitter, type) => (typeof emitter.listenerCount === 'function' ? emitter.listenerCount(type) : listenerCount.call(emitter, type));

EventEmitter.addAbortListener = function addAbortListener(signal, listener) {
  if (signal === undefined) throw invalidArgType('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let remove;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    signal.addEventListener('abort', listener, { once: true });
    remove = () => signal.removeEventListener('abort', listener);
  }
  return { [Symbol.dispose]() { if (remove) remove(); } };
};

EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = rejection;
EventEmitter.errorMonitor = errorMonitor;
Object.defineProperties(EventEmitter, {
  captureRejections: {
    enumerable: true,
    configurable: true,
    get: () => EventEmitter.prototype[capture],
    set(value) {
      if (typeof value !== 'boolean') throw invalidArgType('EventEmitter.captureRejections', 'boolean', value);
      EventEmitter.prototype[capture] = value;
    },
  },
  defaultMaxListeners: {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(n) {
      validateNumber(n, 'defaultMaxListeners', 0);
      defaultMaxListeners = n;
    },
  },
  EventEmitterAsyncResource: {
    enumerable: true,
    configurable: true,
    get: () => require('internal/events/async_resource'),
  },
});
