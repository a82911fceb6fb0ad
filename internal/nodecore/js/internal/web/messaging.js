'use strict';
// MessageChannel, MessagePort, MessageEvent and BroadcastChannel. There is one
// thread, so a message is a copy that comes a turn of the loop later.

const { Event, EventTarget, handlerProperty, dispatch } = require('internal/web/events');
const { codeError, invalidArgType, missingArgs } = require('internal/errors');
const inspect = Symbol.for('nodejs.util.inspect.custom');

const domException = (message, name) => new (require('internal/web/domexception').DOMException)(message, name);

class MessageEvent extends Event {
  #facts;

  constructor(type, init = undefined) {
    super(...arguments);
    const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = init || {};
    if (source !== null && !(source instanceof MessagePort)) throw invalidArgType('init.source', 'MessagePort', source);
    this.#facts = { data, origin: `${origin}`, lastEventId: `${lastEventId}`, source, ports: [...ports] };
  }

  get data() {
    return this.#facts.data;
  }

  get origin() {
    return this.#facts.origin;
  }

  get lastEventId() {
    return this.#facts.lastEventId;
  }

  get source() {
    return this.#facts.source;
  }

  get ports() {
    return this.#facts.ports;
  }
}
enumerable(MessageEvent, ['data', 'origin', 'lastEventId', 'source', 'ports']);

function enumerable(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

// An End is one side of a channel; the port in front of it may change.
class End {
  port = null;
  other = null;
  queue = []; // {value, ports}
  started = false;
  closed = false;
  due = false;

  receive(message) {
    if (this.closed) return;
    this.queue.push(message);
    this.wake();
  }

  wake() {
    if (!this.started || this.due || this.queue.length === 0) return;
    this.due = true;
    setImmediate(() => {
      this.due = false;
      const next = this.queue.shift();
      this.wake();
      if (next !== undefined && this.port !== null) deliver(this.port, next);
    });
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    const { other, port } = this;
    setImmediate(() => {
      this.queue = [];
      if (port !== null) dispatch(port, new Event('close'));
    });
    if (other !== null) other.close();
  }
}

function deliver(port, { value, ports }) {
  dispatch(port, new MessageEvent('message', { data: value, ports }));
}

const right = Symbol('MessagePort');
const wrappers = new WeakMap(); // port → Map of listener → its wrapper

class MessagePort extends EventTarget {
  #end;
  #referenced = false;

  constructor(key = undefined, end = undefined) {
    if (key !== right) throw codeError(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
    super();
    this.#end = end;
    end.port = this;
    for (const name of ['__receive', '__move']) Object.defineProperty(this, name, { value: this[name], enumerable: false });
  }

  postMessage(message, transfer = undefined) {
    if (arguments.length === 0) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'Not enough arguments to MessagePort.postMessage');
    const list = transfer && !Array.isArray(transfer) && typeof transfer[Symbol.iterator] !== 'function' ? transfer.transfer : transfer;
    const copy = require('internal/web/clone').cloned(message, list);
    const { other } = this.#end;
    if (!this.#end.closed && other !== null) other.receive(copy);
  }

  start() {
    this.#end.started = true;
    this.#end.wake();
  }

  close(callback = undefined) {
    if (typeof callback === 'function') this.once('close', callback);
    this.#end.close();
  }

  ref() {
    this.#referenced = true;
  }

  unref() {
    this.#referenced = false;
  }

  hasRef() {
    return this.#referenced;
  }

  addEventListener(type, listener, options) {
    super.addEventListener(type, listener, options);
    if (type === 'message') this.#referenced = true;
  }

  on(type, listener) {
    return this.#listen(type, listener, false);
  }

  once(type, listener) {
    return this.#listen(type, listener, true);
  }

  addListener(type, listener) {
    return this.on(type, listener);
  }

  // What is heard with on() gets the message itself.
  #listen(type, listener, once) {
    const wrapper = (event) => listener.call(this, event instanceof MessageEvent ? event.data : event);
    let map = wrappers.get(this);
    if (map === undefined) wrappers.set(this, map = new Map());
    map.set(listener, wrapper);
    super.addEventListener(type, wrapper, { once });
    if (type === 'message') {
      this.#referenced = true;
      this.start();
    }
    return this;
  }

  off(type, listener) {
    const map = wrappers.get(this);
    super.removeEventListener(type, (map && map.get(listener)) || listener);
    return this;
  }

  removeListener(type, listener) {
    return this.off(type, listener);
  }

  emit(type, value) {
    return dispatch(this, type === 'message' ? new MessageEvent(type, { data: value }) : new Event(type));
  }

  // __receive takes the next message at once, for receiveMessageOnPort.
  __receive() {
    const next = this.#end.queue.shift();
    return next === undefined ? undefined : { message: next.value };
  }

  // __move gives the port that takes this one's place.
  __move() {
    const end = this.#end;
    end.started = false;
    const spent = new End();
    spent.closed = true;
    this.#end = spent;
    spent.port = this;
    return new MessagePort(right, end);
  }

  [inspect](depth, options) {
    return `MessagePort [EventTarget] ${require('util').inspect({ active: !this.#end.closed, refed: this.#referenced }, options)}`;
  }
}
handlerProperty(MessagePort, 'message');
handlerProperty(MessagePort, 'messageerror');
starting(MessagePort);

// starting makes the assignment of onmessage start the port.
function starting(Class) {
  const { get, set } = Object.getOwnPropertyDescriptor(Class.prototype, 'onmessage');
  Object.defineProperty(Class.prototype, 'onmessage', {
    enumerable: true,
    configurable: true,
    get,
    set(handler) {
      set.call(this, handler);
      if (typeof handler === 'function') this.start();
    },
  });
}

for (const name of ['postMessage', 'start', 'close', 'ref', 'unref', 'hasRef', 'on', 'once', 'off', 'addListener', 'removeListener', 'emit']) {
  Object.defineProperty(MessagePort.prototype, name, { enumerable: true });
}

function MessageChannel() {
  if (!new.target) throw codeError(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  const [a, b] = [new End(), new End()];
  a.other = b;
  b.other = a;
  this.port1 = new MessagePort(right, a);
  this.port2 = new MessagePort(right, b);
}

const channels = new Map(); // name → Set of BroadcastChannel

class BroadcastChannel extends EventTarget {
  #name;
  #active = true;

  constructor(name) {
    if (arguments.length === 0) throw missingArgs('name');
    super();
    this.#name = `${name}`;
    if (!channels.has(this.#name)) channels.set(this.#name, new Set());
    channels.get(this.#name).add(this);
  }

  get name() {
    return this.#name;
  }

  close() {
    if (!this.#active) return;
    this.#active = false;
    const all = channels.get(this.#name);
    all.delete(this);
    if (all.size === 0) channels.delete(this.#name);
  }

  postMessage(message) {
    if (arguments.length === 0) throw missingArgs('message');
    if (!this.#active) throw domException('BroadcastChannel is closed.', 'InvalidStateError');
    const { cloned } = require('internal/web/clone');
    for (const other of channels.get(this.#name)) {
      if (other === this) continue;
      const { value, ports } = cloned(message);
      setImmediate(() => {
        if (other.#active) deliver(other, { value, ports });
      });
    }
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  [inspect](depth, options) {
    if (depth < 0) return 'BroadcastChannel';
    return `BroadcastChannel ${require('util').inspect({ name: this.#name, active: this.#active }, options)}`;
  }
}
handlerProperty(BroadcastChannel, 'message');
handlerProperty(BroadcastChannel, 'messageerror');
enumerable(BroadcastChannel, ['name', 'close', 'postMessage']);

module.exports = { MessageChannel, MessagePort, MessageEvent, BroadcastChannel };
