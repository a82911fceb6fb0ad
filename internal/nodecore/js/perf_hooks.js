'use strict';
// The perf_hooks module and the global performance.

const { codeError, invalidArgType, invalidArgValue, missingArgs, refused, validateFunction } = require('internal/errors');

const timeOrigin = Date.now() - native.hrtime();
const illegal = () => codeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
const key = Symbol('make');

class PerformanceEntry {
  #fields;

  constructor(made, name, type, start, duration, detail) {
    if (made !== key) throw illegal();
    this.#fields = { name, entryType: type, startTime: start, duration, detail };
  }

  get name() { return this.#fields.name; }
  get entryType() { return this.#fields.entryType; }
  get startTime() { return this.#fields.startTime; }
  get duration() { return this.#fields.duration; }

  // _detail is for the subclasses, which show it.
  get _detail() { return this.#fields.detail; }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = this.#fields;
    return detail === undefined ? { name, entryType, startTime, duration } : { name, entryType, startTime, duration, detail };
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }
}
Object.defineProperty(PerformanceEntry.prototype, '_detail', { enumerable: false });
for (const name of ['name', 'entryType', 'startTime', 'duration']) Object.defineProperty(PerformanceEntry.prototype, name, { enumerable: true });

const TIMING = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete'];

function clone(value) {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' && typeof structuredClone === 'function' ? structuredClone(value) : value;
}

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = {}) {
    if (arguments.length === 0) throw missingArgs('name');
    if (options !== null && typeof options !== 'object') throw invalidArgType('options', 'Object', options);
    const { startTime = performance.now(), detail } = options || {};
    if (typeof startTime !== 'number') throw invalidArgType('startTime', 'number', startTime);
    if (startTime < 0) throw codeError(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${startTime} is not a valid timestamp`);
    if (TIMING.includes(name)) throw invalidArgValue('name', name);
    super(key, `${name}`, 'mark', startTime, 0, clone(detail));
  }

  get detail() { return this._detail; }
}

class PerformanceMeasure extends PerformanceEntry {
  get detail() { return this._detail; }
}

const entries = [];
const observers = new Set();

function add(entry) {
  entries.push(entry);
  for (const observer of observers) observer._take(entry);
}

function select(name, type) {
  return entries
    .filter((e) => (name === undefined || e.name === name) && (type === undefined || e.entryType === type))
    .sort((a, b) => a.startTime - b.startTime);
}

function clear(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].entryType === type && (name === undefined || entries[i].name === `${name}`)) entries.splice(i, 1);
  }
}

// at gives the time that a mark's name or a number means.
function at(mark) {
  if (typeof mark === 'number') {
    if (mark < 0) throw codeError(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${mark} is not a valid timestamp`);
    return mark;
  }
  if (TIMING.includes(mark)) return nodeTiming[mark];
  const found = select(`${mark}`, 'mark').pop();
  if (!found) throw new (globalThis.DOMException || Error)(`The "${mark}" performance mark has not been set`, 'SyntaxError');
  return found.startTime;
}

const nodeTiming = {
  name: 'node', entryType: 'node', startTime: 0, get duration() { return native.hrtime(); },
  nodeStart: 0, v8Start: 0, bootstrapComplete: 0, environment: 0, loopStart: 0, loopExit: -1, idleTime: 0,
};

const Base = typeof EventTarget === 'function' ? EventTarget : Object;

class Performance extends Base {
  constructor(made) {
    if (made !== key) throw illegal();
    super();
  }

  now() {
    return native.hrtime();
  }

  get timeOrigin() {
    return timeOrigin;
  }

  get nodeTiming() {
    return nodeTiming;
  }

  mark(name, options) {
    const mark = arguments.length === 0 ? new PerformanceMark() : new PerformanceMark(name, options);
    add(mark);
    return mark;
  }

  measure(name, startOrOptions, endMark) {
    if (typeof name !== 'string') throw invalidArgType('name', 'string', name);
    let start;
    let end;
    let detail;
    if (startOrOptions !== null && typeof startOrOptions === 'object') {
      const options = startOrOptions;
      detail = options.detail;
      const given = (v) => v !== undefined;
      if (endMark !== undefined) throw invalidArgValue('endMark', endMark, 'must not be specified');
      if (!given(options.start) && !given(options.end)) throw missingArgs(['options.start', 'options.end']);
      if (given(options.start) && given(options.end) && given(options.duration)) throw invalidArgValue('options.start', options.start, 'Must not have options.start, options.end, and options.duration specified');
      if (given(options.end)) end = at(options.end);
      else if (given(options.duration)) end = at(options.start) + options.duration;
      else end = performance.now();
      if (given(options.start)) start = at(options.start);
      else if (given(options.duration)) start = end - options.duration;
      else start = 0;
    } else {
      end = endMark === undefined ? performance.now() : at(endMark);
      start = startOrOptions === undefined || startOrOptions === null ? 0 : at(startOrOptions);
    }
    const measure = new PerformanceMeasure(key, name, 'measure', start, end - start, clone(detail));
    add(measure);
    return measure;
  }

  clearMarks(name) { clear('mark', name); }
  clearMeasures(name) { clear('measure', name); }
  clearResourceTimings(name) { clear('resource', name); }
  getEntries() { return select(); }

  getEntriesByName(name, type) {
    if (arguments.length === 0) throw missingArgs('name');
    return select(`${name}`, type);
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw missingArgs('type');
    return select(undefined, `${type}`);
  }

  setResourceTimingBufferSize() {}
  markResourceTiming() {}

  timerify(fn) {
    validateFunction(fn, 'fn');
    const timed = function(...args) {
      const start = performance.now();
      try {
        return new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
      } finally {
        const entry = new PerformanceEntry(key, fn.name, 'function', start, performance.now() - start, args);
        for (const observer of observers) observer._take(entry);
      }
    };
    Object.defineProperties(timed, { length: { value: fn.length, configurable: true }, name: { value: `timerified ${fn.name}`, configurable: true } });
    return timed;
  }

  eventLoopUtilization() {
    return { idle: 0, active: 0, utilization: 0 };
  }

  toJSON() {
    return { nodeTiming, timeOrigin, eventLoopUtilization: this.eventLoopUtilization() };
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return `Performance ${inspect({ nodeTiming, timeOrigin }, options)}`;
  }
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { configurable: true, value: 'Performance' });

const performance = new Performance(key);

class PerformanceObserverEntryList {
  #list;

  constructor(made, list) {
    if (made !== key) throw illegal();
    this.#list = list.sort((a, b) => a.startTime - b.startTime);
  }

  getEntries() { return this.#list.slice(); }
  getEntriesByType(type) { return this.#list.filter((e) => e.entryType === `${type}`); }
  getEntriesByName(name, type) { return this.#list.filter((e) => e.name === `${name}` && (type === undefined || e.entryType === type)); }
}

class PerformanceObserver {
  #callback;
  #types = new Set();
  #taken = [];
  #due = false;

  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
    Object.defineProperty(this, '_take', { value: (entry) => this.#take(entry), enumerable: false });
  }

  static get supportedEntryTypes() {
    return ['function', 'mark', 'measure'];
  }

  observe(options = {}) {
    if (options === null || typeof options !== 'object') throw invalidArgType('options', 'Object', options);
    if (options.entryTypes === undefined && options.type === undefined) throw missingArgs('options.entryTypes', 'options.type');
    if (options.entryTypes !== undefined) {
      if (!Array.isArray(options.entryTypes)) throw invalidArgType('options.entryTypes', 'string[]', options.entryTypes);
      this.#types = new Set(options.entryTypes);
    } else {
      this.#types.add(options.type);
      if (options.buffered) for (const entry of select(undefined, options.type)) this.#take(entry);
    }
    observers.add(this);
  }

  disconnect() {
    observers.delete(this);
    this.#taken = [];
  }

  takeRecords() {
    return this.#taken.splice(0);
  }

  #take(entry) {
    if (!this.#types.has(entry.entryType)) return;
    this.#taken.push(entry);
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      if (this.#taken.length > 0) this.#callback(new PerformanceObserverEntryList(key, this.takeRecords()), this);
    });
  }
}

class PerformanceResourceTiming extends PerformanceEntry {}

Object.assign(exports, { Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, PerformanceResourceTiming });
exports.monitorEventLoopDelay = function monitorEventLoopDelay() {
  throw refused('perf_hooks.monitorEventLoopDelay', 'the event loop of a function is not measured');
};
exports.createHistogram = function createHistogram() {
  throw refused('perf_hooks.createHistogram', 'histograms are not implemented');
};
exports.performance = performance;
exports.constants = {
  NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16,
  NODE_PERFORMANCE_GC_FLAGS_NO: 0, NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2, NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
  NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8, NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
  NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32, NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
};
