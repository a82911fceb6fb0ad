'use strict';
// EventEmitterAsyncResource: an emitter whose listeners run in the context of an
// async resource.

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');

class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  constructor(options = {}) {
    const name = typeof options === 'string' ? options : options.name || new.target.name;
    super(typeof options === 'string' ? undefined : options);
    this.#resource = new AsyncResource(name, typeof options === 'string' ? undefined : options);
    Object.defineProperty(this.#resource, 'eventEmitter', { value: this });
  }

  emit(event, ...args) {
    return this.#resource.runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() {
    this.#resource.emitDestroy();
  }

  get asyncId() {
    return this.#resource.asyncId();
  }

  get triggerAsyncId() {
    return this.#resource.triggerAsyncId();
  }

  get asyncResource() {
    return this.#resource;
  }
}

module.exports = EventEmitterAsyncResource;
