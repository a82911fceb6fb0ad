'use strict';
// The diagnostics_channel module.

const { codeError, invalidArgType, validateFunction } = require('internal/errors');

const channels = new Map();

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
  }

  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    // A copy, because publish may be walking through the old list.
    this._subscribers = [...(this._subscribers || []), subscription];
  }

  unsubscribe(subscription) {
    const at = this._subscribers === undefined ? -1 : this._subscribers.indexOf(subscription);
    if (at < 0) return false;
    this._subscribers = this._subscribers.filter((_, i) => i !== at);
    return true;
  }

  bindStore(store, transform) {
    if (this._stores === undefined) this._stores = new Map();
    this._stores.set(store, transform);
  }

  unbindStore(store) {
    return this._stores !== undefined && this._stores.delete(store);
  }

  get hasSubscribers() {
    return (this._subscribers !== undefined && this._subscribers.length > 0) || (this._stores !== undefined && this._stores.size > 0);
  }

  publish(data) {
    for (const subscription of this._subscribers || []) {
      try {
        subscription(data, this.name);
      } catch (error) {
        process.nextTick(() => { throw error; });
      }
    }
  }

  runStores(data, fn, thisArg, ...args) {
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    for (const [store, transform] of this._stores || []) {
      const inner = run;
      run = () => {
        let context = data;
        if (transform) {
          try {
            context = transform(data);
          } catch (error) {
            process.nextTick(() => { throw error; });
            return inner();
          }
        }
        return store.run(context, inner);
      };
    }
    return run();
  }
}

function channel(name) {
  const known = channels.get(name);
  if (known) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') throw invalidArgType('channel', ['string', 'symbol'], name);
  const made = new Channel(name);
  channels.set(name, made);
  return made;
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) Object.defineProperty(this, event, { value: channelOf(nameOrChannels, event) });
  }

  get hasSubscribers() {
    return EVENTS.some((event) => this[event] && this[event].hasSubscribers);
  }

  subscribe(handlers) {
    for (const event of EVENTS) if (handlers[event] && this[event]) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers) {
    let done = true;
    for (const event of EVENTS) {
      if (handlers[event] && !(this[event] && this[event].unsubscribe(handlers[event]))) done = false;
    }
    return done;
  }

  // #around is what the three ways to trace have in common.
  #around(context, run) {
    return this.start.runStores(context, () => {
      try {
        return run();
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceSync(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    return this.#around(context, () => {
      context.result = Reflect.apply(fn, thisArg, args);
      return context.result;
    });
  }

  tracePromise(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const settled = () => {
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.#around(context, () => {
      let promise = Reflect.apply(fn, thisArg, args);
      if (!(promise instanceof Promise)) promise = Promise.resolve(promise);
      return promise.then((result) => {
        context.result = result;
        settled();
        return result;
      }, (error) => {
        context.error = error;
        this.error.publish(context);
        settled();
        return Promise.reject(error);
      });
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const callback = args.at(position);
    validateFunction(callback, 'callback');
    const tracing = this;
    args.splice(position, 1, function(...values) {
      const [error, result] = values;
      if (error) {
        context.error = error;
        tracing.error.publish(context);
      } else {
        context.result = result;
      }
      tracing.asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, values);
        } finally {
          tracing.asyncEnd.publish(context);
        }
      });
    });
    return this.#around(context, () => Reflect.apply(fn, thisArg, args));
  }
}

function channelOf(nameOrChannels, event) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (nameOrChannels !== null && typeof nameOrChannels === 'object') {
    const given = nameOrChannels[event];
    if (given === undefined || given === null) throw codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "nameOrChannels.${event}" property must be an instance of Channel. Received ${given}`);
    if (!(given instanceof Channel)) throw invalidArgType(`nameOrChannels.${event}`, ['Channel'], given);
    return given;
  }
  throw invalidArgType('nameOrChannels', ['string', 'object', 'TracingChannel'], nameOrChannels);
}

exports.channel = channel;
exports.hasSubscribers = function hasSubscribers(name) {
  const known = channels.get(name);
  return known !== undefined && known.hasSubscribers;
};
exports.subscribe = function subscribe(name, subscription) {
  channel(name).subscribe(subscription);
};
exports.tracingChannel = function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
};
exports.unsubscribe = function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
};
exports.Channel = Channel;
