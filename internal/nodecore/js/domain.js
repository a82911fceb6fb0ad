'use strict';
// The domain module, as far as old packages (aws-sdk 2) use it: errors that
// functions throw inside run or bind, and 'error' events of added emitters, go to
// the domain. Errors of callbacks that merely start inside a domain do not.

const EventEmitter = require('events');

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
    Object.defineProperty(this, '_forward', { value: new Map(), enumerable: false });
  }

  // #mark tells the listeners which domain an error came through.
  #mark(error, thrown) {
    if (error === null || typeof error !== 'object') return;
    Object.defineProperty(error, 'domain', { value: this, configurable: true, writable: true, enumerable: false });
    error.domainThrown = thrown;
  }

  _errorHandler(error) {
    this.#mark(error, true);
    if (this.listenerCount('error') === 0) return false;
    this.emit('error', error);
    return true;
  }

  enter() {
    exports.active = process.domain = this;
    exports._stack.push(this);
  }

  exit() {
    const at = exports._stack.lastIndexOf(this);
    if (at < 0) return;
    exports._stack.splice(at);
    exports.active = exports._stack.length > 0 ? exports._stack[exports._stack.length - 1] : undefined;
    process.domain = exports.active;
  }

  add(member) {
    if (this.members.includes(member)) return;
    this.members.push(member);
    if (typeof member.on === 'function') {
      const forward = (error) => {
        if (member.listenerCount('error') > 1) return;
        this.#mark(error, false);
        this.emit('error', error);
      };
      this._forward.set(member, forward);
      member.on('error', forward);
    }
  }

  remove(member) {
    const at = this.members.indexOf(member);
    if (at >= 0) this.members.splice(at, 1);
    if (this._forward.has(member)) member.removeListener('error', this._forward.get(member));
    this._forward.delete(member);
  }

  #run(fn, self, args) {
    this.enter();
    try {
      return Reflect.apply(fn, self, args);
    } catch (error) {
      if (!this._errorHandler(error)) throw error;
      return undefined;
    } finally {
      this.exit();
    }
  }

  run(fn, ...args) {
    return this.#run(fn, this, args);
  }

  bind(fn) {
    const domain = this;
    const bound = function(...args) {
      return domain.#run(fn, this, args);
    };
    Object.defineProperty(bound, 'domain', { value: this, configurable: true, writable: true });
    return bound;
  }

  intercept(fn) {
    const domain = this;
    return function(error, ...args) {
      if (error && error instanceof Error) {
        error.domainBound = fn;
        domain.#mark(error, false);
        domain.emit('error', error);
        return undefined;
      }
      return domain.#run(fn, this, args);
    };
  }

  dispose() {
    this.exit();
    for (const member of [...this.members]) this.remove(member);
  }
}

exports._stack = [];
exports.Domain = Domain;
exports.createDomain = exports.create = function createDomain() {
  return new Domain();
};
exports.active = null;
