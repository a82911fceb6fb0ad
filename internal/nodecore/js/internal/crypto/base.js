'use strict';
// The classes of crypto are streams too, but hardly anybody uses them so, and
// the stream modules are the costliest of the Node layer to load. Their
// prototypes therefore stand in for Transform and Writable until a member of
// those is asked for.

// lazyStream makes a base constructor whose instances become streams of the
// named class when first used as one; init sets each stream's own options.
function lazyStream(kind) {
  const started = new WeakSet();
  let linked = false;

  function LazyTransform(options) {
    Object.defineProperty(this, '_options', { value: options, writable: true, enumerable: true, configurable: true });
  }

  const stateNames = ['_readableState', '_writableState', '_events', '_eventsCount', '_maxListeners', 'allowHalfOpen'];

  function link() {
    if (linked) return;
    linked = true;
    Object.setPrototypeOf(LazyTransform.prototype, require('stream')[kind].prototype);
  }

  // start runs the stream's constructor on an object, once.
  function start(target) {
    if (started.has(target)) return;
    started.add(target);
    link();
    for (const name of stateNames) {
      Object.defineProperty(target, name, { value: undefined, writable: true, enumerable: true, configurable: true });
    }
    const options = { ...target._options, decodeStrings: kind !== 'Transform' || !target._options || target._options.decodeStrings === undefined ? false : target._options.decodeStrings };
    require('stream')[kind].call(target, options);
  }

  for (const name of stateNames) {
    Object.defineProperty(LazyTransform.prototype, name, {
      configurable: true,
      get() {
        if (this === LazyTransform.prototype || isPrototype(this)) return undefined;
        start(this);
        return this[name];
      },
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
    });
  }

  function isPrototype(object) {
    return Object.prototype.hasOwnProperty.call(object, 'constructor');
  }

  const plain = Object.prototype;
  const streamClass = () => {
    link();
    return require('stream')[kind].prototype;
  };
  const standIn = new Proxy(Object.create(null), {
    getPrototypeOf: streamClass,
    get(_, key, receiver) {
      if (key in plain) return Reflect.get(plain, key, receiver);
      if (typeof key === 'symbol' && key.description && key.description.startsWith('nodejs.util.')) return undefined;
      return Reflect.get(streamClass(), key, receiver);
    },
    has: (_, key) => key in streamClass(),
    set(_, key, value, receiver) {
      return Reflect.defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
    },
    getOwnPropertyDescriptor: () => undefined,
  });
  Object.setPrototypeOf(LazyTransform.prototype, standIn);
  return LazyTransform;
}

exports.lazyStream = lazyStream;

// inherit makes Class derive from Base as a class would.
exports.inherit = (Class, Base, methods) => {
  Object.setPrototypeOf(Class, Base);
  Class.prototype = Object.create(Base.prototype, { constructor: { value: Class, writable: true, configurable: true } });
  for (const name of Object.keys(methods)) {
    Object.defineProperty(Class.prototype, name, { value: methods[name], writable: true, enumerable: true, configurable: true });
  }
};

exports.LazyTransform = lazyStream('Transform');
exports.LazyWritable = lazyStream('Writable');

// hide keeps an object's inner state out of sight.
exports.hide = (target, name, value) => {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
};
