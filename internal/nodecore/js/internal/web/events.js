'use strict';
// Event, EventTarget and CustomEvent.

const { codeError, invalidArgType } = require('internal/errors');

const LISTENERS = Symbol.for('fns.eventTarget.listeners');
const inspect = Symbol.for('nodejs.util.inspect.custom');
const begun = Date.now();

const target = Symbol('kTarget');
const state = Symbol('kState');

class Event {
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw invalidArgType('options', 'object', options);
    }
    const { bubbles, cancelable, composed } = options || {};
    Object.defineProperty(this, state, {
      enumerable: false,
      value: {
        type: `${type}`,
        bubbles: !!bubbles,
        cancelable: !!cancelable,
        composed: !!composed,
        canceled: false,
        stopped: false, // no further listeners
        propagates: true,
        dispatching: false,
        target: null,
        time: Date.now() - begun,
      },
    });
  }

  initEvent(type, bubbles = false, cancelable = false) {
    const s = this[state];
    if (s.dispatching) return;
    s.type = `${type}`;
    s.bubbles = !!bubbles;
    s.cancelable = !!cancelable;
  }

  stopImmediatePropagation() {
    this[state].stopped = true;
  }

  preventDefault() {
    if (this[state].cancelable && !this[state].passive) this[state].canceled = true;
  }

  get target() {
    return this[state].target;
  }

  get currentTarget() {
    return this[state].dispatching ? this[state].target : null;
  }

  get srcElement() {
    return this[state].target;
  }

  get type() {
    return this[state].type;
  }

  get cancelable() {
    return this[state].cancelable;
  }

  get defaultPrevented() {
    return this[state].cancelable && this[state].canceled;
  }

  get timeStamp() {
    return this[state].time;
  }

  composedPath() {
    return this[state].dispatching ? [this[state].target] : [];
  }

  get returnValue() {
    return !this.defaultPrevented;
  }

  get bubbles() {
    return this[state].bubbles;
  }

  get composed() {
    return this[state].composed;
  }

  get eventPhase() {
    return this[state].dispatching ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    return !this[state].propagates;
  }

  set cancelBubble(value) {
    if (value) this.stopPropagation();
  }

  stopPropagation() {
    this[state].propagates = false;
  }

  [inspect](depth, options, inspectValue) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const shown = { type: this.type, defaultPrevented: this.defaultPrevented, cancelable: this.cancelable, timeStamp: this.timeStamp };
    return `${name} ${(inspectValue || require('util').inspect)(shown, { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth })}`;
  }

  static NONE = 0;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = 2;
  static BUBBLING_PHASE = 3;
}

function enumerable(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

enumerable(Event, [
  'initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget', 'srcElement', 'type', 'cancelable',
  'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles', 'composed', 'eventPhase', 'cancelBubble', 'stopPropagation',
]);

// Nothing but the platform makes trusted events, and none of its own reach a
// function.
Object.defineProperty(Event.prototype, 'isTrusted', {
  enumerable: true,
  configurable: false,
  get: function isTrusted() {
    return false;
  },
});

class CustomEvent extends Event {
  #detail;

  constructor(type, options = undefined) {
    super(...arguments);
    this.#detail = options && options.detail !== undefined ? options.detail : null;
  }

  get detail() {
    return this.#detail;
  }
}
enumerable(CustomEvent, ['detail']);

// fail reports what a listener threw, as an uncaught exception.
function fail(error) {
  process.nextTick(() => {
    throw error;
  });
}

function call(entry, self, event) {
  const { listener } = entry;
  let result;
  try {
    result = typeof listener === 'function' ? listener.call(self, event) : listener.handleEvent(event);
  } catch (error) {
    fail(error);
    return;
  }
  if (result !== undefined && result !== null && typeof result.then === 'function') result.then(undefined, fail);
}

class EventTarget {
  constructor() {
    ready(this);
  }

  addEventListener(type, listener, options = {}) {
    if (arguments.length < 2) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    const flags = typeof options === 'boolean' ? { capture: options } : options || {};
    if (!isListener(listener)) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    const { signal } = flags;
    if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
      throw invalidArgType('options.signal', 'AbortSignal', signal);
    }
    if (signal && signal.aborted) return;
    type = `${type}`;
    const capture = !!flags.capture;
    const map = ready(this);
    let list = map.get(type);
    if (!list) map.set(type, list = []);
    if (list.some((e) => e.listener === listener && e.capture === capture)) return;
    list.push({ listener, capture, once: !!flags.once, passive: !!flags.passive, removed: false });
    if (signal) signal.addEventListener('abort', () => this.removeEventListener(type, listener, flags), { once: true });
  }

  removeEventListener(type, listener, options = {}) {
    if (arguments.length < 2) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    if (!isListener(listener)) return;
    const capture = !!(typeof options === 'boolean' ? options : options && options.capture);
    const map = ready(this);
    const list = map.get(`${type}`);
    if (!list) return;
    const at = list.findIndex((e) => e.listener === listener && e.capture === capture);
    if (at < 0) return;
    list[at].removed = true;
    list.splice(at, 1);
    if (list.length === 0) map.delete(`${type}`);
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) throw invalidArgType('event', 'Event', event);
    if (event[state].dispatching) throw codeError(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    return dispatch(this, event);
  }

  [inspect](depth, options) {
    const name = this.constructor.name;
    return depth < 0 ? name : `${name} ${require('util').inspect({}, options)}`;
  }

  [LISTENERS](type) {
    return (ready(this).get(type) || []).map((e) => e.listener);
  }
}
enumerable(EventTarget, ['addEventListener', 'removeEventListener', 'dispatchEvent']);

function isListener(listener) {
  if (typeof listener === 'function' || (listener !== null && typeof listener === 'object')) return true;
  if (listener === null || listener === undefined) return false;
  throw invalidArgType('listener', 'EventListener', listener);
}

// ready gives the listeners of a target: type → entries.
function ready(self) {
  if (self === null || self === undefined || typeof self !== 'object') throw codeError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
  if (!Object.hasOwn(self, target)) Object.defineProperty(self, target, { value: new Map(), enumerable: false });
  return self[target];
}

function dispatch(self, event) {
  const s = event[state];
  s.target = self;
  s.dispatching = true;
  const map = ready(self);
  for (const entry of (map.get(s.type) || []).slice()) {
    if (s.stopped) break;
    if (entry.removed) continue;
    if (entry.once) self.removeEventListener(s.type, entry.listener, { capture: entry.capture });
    s.passive = entry.passive;
    call(entry, self, event);
  }
  s.passive = false;
  s.dispatching = false;
  return !event.defaultPrevented;
}

// handlerProperty gives a class an on<type> property.
function handlerProperty(Class, type) {
  const handlers = new WeakMap();
  Object.defineProperty(Class.prototype, `on${type}`, {
    enumerable: true,
    configurable: true,
    get() {
      const entry = handlers.get(this);
      return entry ? entry.handler : null;
    },
    set(handler) {
      let entry = handlers.get(this);
      if (typeof handler !== 'function' && (typeof handler !== 'object' || handler === null)) handler = null;
      if (entry) {
        entry.handler = handler;
        return;
      }
      if (handler === null) return;
      entry = { handler };
      handlers.set(this, entry);
      this.addEventListener(type, (event) => {
        if (typeof entry.handler === 'function') return entry.handler.call(this, event);
        return undefined;
      });
    },
  });
}


module.exports = { Event, EventTarget, CustomEvent, handlerProperty, dispatch };
