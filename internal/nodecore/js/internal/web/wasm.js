'use strict';
// WebAssembly, on a runtime in Go.

const { refused } = require('internal/errors');

const PAGE = 65536;
const MAX_PAGES = 65536;

const make = (name) => {
  class Failure extends Error {}
  Object.defineProperty(Failure, 'name', { value: name, configurable: true });
  Object.defineProperty(Failure.prototype, 'name', { value: name, writable: true, enumerable: false, configurable: true });
  return Failure;
};
const CompileError = make('CompileError');
const LinkError = make('LinkError');
const RuntimeError = make('RuntimeError');

// What V8 says where the runtime says something else.
const TRAPS = {
  'integer divide by zero': 'divide by zero',
  'out of bounds memory access': 'memory access out of bounds',
  'invalid table access': 'table index is out of bounds',
  'indirect call type mismatch': 'null function or function signature mismatch',
  'integer overflow': 'float unrepresentable in integer range',
  'invalid conversion to integer': 'float unrepresentable in integer range',
};

function bytesOf(source, where) {
  const view = ArrayBuffer.isView(source) ? source : source instanceof ArrayBuffer ? new Uint8Array(source) : undefined;
  if (view === undefined) throw new TypeError(`${where}: Argument 0 must be a buffer source`);
  if (view.byteLength === 0) throw new CompileError(`${where}: BufferSource argument is empty`);
  const head = new Uint8Array(view.buffer, view.byteOffset, Math.min(4, view.byteLength));
  const hex = [...head].map((b) => b.toString(16).padStart(2, '0')).join(' ');
  if (hex !== '00 61 73 6d') throw new CompileError(`${where}: expected magic word 00 61 73 6d, found ${hex} @+0`);
  return view;
}

const secrets = new WeakMap(); // module → what was compiled; memory, global, table → where it is

class Module {
  constructor(source) {
    const view = bytesOf(source, 'WebAssembly.Module()');
    try {
      secrets.set(this, native.wasmCompile(view));
    } catch (error) {
      throw new CompileError(`WebAssembly.Module(): ${error.message}`);
    }
    secrets.get(this).source = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
  }

  static imports(module) {
    return compiled(module, 'WebAssembly.Module.imports()').imports.map(({ module: from, name, kind }) => ({ module: from, name, kind }));
  }

  static exports(module) {
    return compiled(module, 'WebAssembly.Module.exports()').exports.map(({ name, kind }) => ({ name, kind }));
  }

  static customSections(module, name) {
    const { source } = compiled(module, 'WebAssembly.Module.customSections()');
    if (name === undefined) throw new TypeError('WebAssembly.Module.customSections(): Argument 1 is required');
    return customSections(source, `${name}`);
  }
}

function compiled(module, where) {
  const found = secrets.get(module);
  if (!(module instanceof Module) || found === undefined) throw new TypeError(`${where}: Argument 0 must be a WebAssembly.Module`);
  return found;
}

function customSections(source, name) {
  let at = 8;
  const uint = () => {
    let n = 0;
    for (let shift = 0; ; shift += 7) {
      const b = source[at++];
      n += (b & 0x7f) * 2 ** shift;
      if (b < 0x80) return n;
    }
  };
  const found = [];
  while (at < source.length) {
    const id = source[at++];
    const size = uint();
    const end = at + size;
    if (id === 0) {
      const length = uint();
      const text = new TextDecoder().decode(source.subarray(at, at + length));
      if (text === name) found.push(source.slice(at + length, end).buffer);
    }
    at = end;
  }
  return found;
}

// A memory, a global and a table are here until an instance imports them, then
// there: where is {instance, from, name}.

class Memory {
  constructor(descriptor) {
    if (descriptor === null || typeof descriptor !== 'object') throw new TypeError('WebAssembly.Memory(): Argument 0 must be a memory descriptor');
    if (descriptor.shared) throw refused('a shared WebAssembly.Memory', 'a function runs on one thread');
    const initial = pages(descriptor, 'initial', true);
    const maximum = pages(descriptor, 'maximum', false);
    if (maximum !== undefined && maximum < initial) {
      throw new RangeError(`WebAssembly.Memory(): Property 'maximum': value ${maximum} is below the lower bound ${initial}`);
    }
    secrets.set(this, { buffer: new ArrayBuffer(initial * PAGE), maximum });
  }

  get buffer() {
    const memory = secrets.get(this);
    refresh(memory);
    return memory.buffer;
  }

  grow(delta) {
    const memory = secrets.get(this);
    const more = Number(delta);
    const before = this.buffer.byteLength / PAGE;
    const limit = memory.maximum === undefined ? MAX_PAGES : memory.maximum;
    if (!(more >= 0 && before + more <= limit)) throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
    if (memory.where !== undefined) {
      const { instance, from, name } = memory.where;
      if (native.wasmGrow(instance, from, name, more) < 0) throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
      refresh(memory);
      return before;
    }
    const bigger = new ArrayBuffer((before + more) * PAGE);
    new Uint8Array(bigger).set(new Uint8Array(memory.buffer));
    native.transferBuffer(memory.buffer);
    memory.buffer = bigger;
    return before;
  }
}

// refresh takes the buffer of a memory anew if the memory grew. The old one is
// detached, which is how code generators see that.
function refresh(memory) {
  const { where, buffer } = memory;
  if (where === undefined) return;
  const view = native.wasmMemory(where.instance, where.from, where.name, buffer === undefined ? -1 : buffer.byteLength);
  if (view === undefined) return;
  if (buffer !== undefined) native.transferBuffer(buffer);
  memory.buffer = view.buffer;
}

function pages(descriptor, name, required) {
  const value = descriptor[name];
  if (value === undefined) {
    if (required) throw new TypeError(`WebAssembly.Memory(): Property '${name}' is required`);
    return undefined;
  }
  const n = Number(value);
  if (!(n <= MAX_PAGES)) throw new RangeError(`WebAssembly.Memory(): Property '${name}': value ${value} is above the upper bound ${MAX_PAGES}`);
  if (n < 0) throw new TypeError(`WebAssembly.Memory(): Property '${name}': value ${value} is below the lower bound 0`);
  return Math.trunc(n);
}

const LETTERS = { i32: 'i', i64: 'I', f32: 'f', f64: 'F', externref: 'r', anyfunc: 'r', funcref: 'r', v128: 'v' };

class Global {
  constructor(descriptor, value) {
    if (descriptor === null || typeof descriptor !== 'object') throw new TypeError('WebAssembly.Global(): Argument 0 must be a global descriptor');
    const type = LETTERS[descriptor.value];
    if (type === undefined) throw new TypeError("WebAssembly.Global(): Descriptor property 'value' must be a WebAssembly type");
    const zero = type === 'I' ? 0n : 0;
    secrets.set(this, { type, mutable: Boolean(descriptor.mutable), value: toWasm(value === undefined && type !== 'r' ? zero : value, type) });
  }

  get value() {
    const { where, value } = secrets.get(this);
    return where === undefined ? value : native.wasmGlobal(where.instance, where.from, where.name);
  }

  set value(value) {
    const global = secrets.get(this);
    if (!global.mutable) throw new TypeError('set WebAssembly.Global.value: Can\'t set the value of an immutable global.');
    const converted = toWasm(value, global.type);
    if (global.where === undefined) global.value = converted;
    else native.wasmGlobal(global.where.instance, global.where.from, global.where.name, converted);
  }

  valueOf() {
    return this.value;
  }
}

// The runtime does not let others look into tables.
const table = (what) => refused(`WebAssembly.Table ${what}`, 'the entries of tables stay inside the module');

class Table {
  constructor(descriptor) {
    if (descriptor === null || typeof descriptor !== 'object') throw new TypeError('WebAssembly.Table(): Argument 0 must be a table descriptor');
    secrets.set(this, { initial: Number(descriptor.initial || 0), maximum: descriptor.maximum });
  }

  get length() {
    return secrets.get(this).initial;
  }

  grow() { throw table('grow'); }

  set() { throw table('set'); }

  get() { throw table('get'); }
}

function number(value) {
  if (typeof value === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
  return +value;
}

function toWasm(value, type) {
  switch (type) {
    case 'i': return number(value) | 0;
    case 'I': return BigInt.asIntN(64, typeof value === 'string' || typeof value === 'boolean' ? BigInt(value) : value);
    case 'f': return Math.fround(number(value));
    case 'F': return number(value);
    default: return value;
  }
}

// adopt makes an object of a class for what an instance has.
function adopt(Class, secret) {
  const object = Object.create(Class.prototype);
  secrets.set(object, secret);
  return object;
}

class Instance {
  constructor(module, imports) {
    const made = instantiate(compiled(module, 'WebAssembly.Instance()'), imports, 'WebAssembly.Instance()');
    Object.defineProperty(this, 'exports', { value: made, enumerable: true, configurable: true });
  }
}

const STORE = {
  i: (view, at, v) => view.setInt32(at, v | 0, true),
  I: (view, at, v) => view.setBigInt64(at, BigInt.asIntN(64, v), true),
  f: (view, at, v) => view.setFloat32(at, v, true),
  F: (view, at, v) => view.setFloat64(at, v, true),
};

function instantiate(code, imports, where) {
  if (code.imports.length > 0 && (imports === null || typeof imports !== 'object')) {
    throw new TypeError(imports === undefined ? `${where}: Imports argument must be present and must be an object` : `${where}: Argument 1 must be an object`);
  }
  const given = code.imports.map((wanted, index) => importOf(wanted, index, imports, where));
  let widest = 1;
  for (const { results } of code.imports) if (results !== undefined) widest = Math.max(widest, results.length);
  const results = new Uint8Array(widest * 8 + 1);
  const view = new DataView(results.buffer);
  let thrown; // by a function that the module called
  const memories = []; // those that JavaScript has looked into
  const grown = () => memories.forEach(refresh);

  const call = (index, ...args) => {
    try {
      grown();
      const types = code.imports[index].results;
      const result = given[index](...args);
      if (types.length === 1) STORE[types](view, 0, result);
      else if (types.length > 1) [...result].forEach((v, i) => STORE[types[i]](view, i * 8, v));
    } catch (error) {
      thrown = { error };
      results[results.length - 1] = 1;
    }
  };
  const attempt = (fn) => {
    try {
      const result = fn();
      grown();
      return result;
    } catch (error) {
      grown();
      if (thrown !== undefined) {
        const { error: first } = thrown;
        thrown = undefined;
        throw first;
      }
      throw failure(error, where);
    }
  };

  const instance = attempt(() => native.wasmInstantiate(code.module, given.map((value, i) => sizeOf(value, code.imports[i])), call, results));
  code.imports.forEach((wanted, i) => moveIn(given[i], { instance, from: wanted.module, name: wanted.name }, wanted));
  const exports = Object.create(null);
  for (const member of code.exports) exports[member.name] = exported(member, instance, attempt);
  for (const value of [...given, ...Object.values(exports)]) if (value instanceof Memory) memories.push(secrets.get(value));
  return Object.freeze(exports);
}

function importOf({ module, name, kind, params, results, type, mutable }, index, imports, where) {
  const place = `${where}: Import #${index} module="${module}"`;
  const holder = imports[module];
  if (holder === null || (typeof holder !== 'object' && typeof holder !== 'function')) throw new TypeError(`${place} error: module is not an object or function`);
  const value = holder[name];
  const fail = (what) => new LinkError(`${place} function="${name}" error: ${what}`);
  if (kind === 'function') {
    if (typeof value !== 'function') throw fail('function import requires a callable');
    if (/[vr]/.test(params + results)) throw refused(`the WebAssembly import ${module}.${name}`, 'references and vectors do not pass between the module and JavaScript');
    return value;
  }
  if (kind === 'memory' && !(value instanceof Memory)) throw fail('memory import must be a WebAssembly.Memory object');
  if (kind === 'table' && !(value instanceof Table)) throw fail('table import requires a WebAssembly.Table');
  if (kind === 'global' && !(value instanceof Global)) {
    if (mutable) throw fail('imported mutable global must be a WebAssembly.Global object');
    if (type === 'I' ? typeof value !== 'bigint' : typeof value !== 'number') throw fail(type === 'I' ? 'global import must be a BigInt' : 'global import must be a number, valid Wasm reference, or WebAssembly.Global object');
    return toWasm(value, type);
  }
  if (kind === 'memory' && secrets.get(value).where !== undefined) throw refused('a WebAssembly.Memory of another instance as an import', 'each instance has its memory for itself');
  return value;
}

// sizeOf gives what an import must be made as.
function sizeOf(value, { kind }) {
  if (kind === 'memory') return { initial: value.buffer.byteLength / PAGE, maximum: secrets.get(value).maximum };
  if (kind === 'table') return { initial: secrets.get(value).initial, maximum: secrets.get(value).maximum };
  if (kind === 'global') return value instanceof Global ? value.value : value;
  return undefined;
}

// moveIn lets an imported object be what the instance has from now on.
function moveIn(value, where, { kind }) {
  if (kind === 'memory') {
    const secret = secrets.get(value);
    const { buffer } = secret;
    secret.buffer = undefined;
    secret.where = where;
    native.wasmFill(where.instance, where.from, where.name, new Uint8Array(buffer));
    native.transferBuffer(buffer);
  } else if (kind === 'global' && value instanceof Global && secrets.get(value).mutable) {
    secrets.get(value).where = where;
  }
}

function exported({ name, kind, index, params, type, mutable, maximum }, instance, attempt) {
  const where = { instance, from: '', name };
  if (kind === 'memory') return adopt(Memory, { where, maximum });
  if (kind === 'global') return adopt(Global, { where, type, mutable });
  if (kind === 'table') return adopt(Table, { where });
  if (kind !== 'function') return undefined;
  const types = [...params];
  const fn = (...args) => {
    const converted = types.map((t, i) => toWasm(args[i], t));
    const list = attempt(() => native.wasmCall(instance, name, ...converted));
    return list.length > 1 ? list : list[0];
  };
  Object.defineProperty(fn, 'name', { value: String(index) });
  Object.defineProperty(fn, 'length', { value: params.length });
  return fn;
}

function failure(error, where) {
  if (error.code === 'WASM_TRAP') {
    if (error.message === 'stack overflow') return new RangeError('Maximum call stack size exceeded');
    return new RuntimeError(TRAPS[error.message] || error.message);
  }
  if (error.code === 'WASM_LINK') return new LinkError(`${where}: ${error.message}`);
  return error;
}

const WebAssembly = {
  async compile(source) {
    bytesOf(source, 'WebAssembly.compile()');
    return new Module(source);
  },
  validate(source) {
    if (!ArrayBuffer.isView(source) && !(source instanceof ArrayBuffer)) throw new TypeError('WebAssembly.validate(): Argument 0 must be a buffer source');
    try {
      return Boolean(new Module(source));
    } catch {
      return false;
    }
  },
  async instantiate(source, imports) {
    const where = 'WebAssembly.instantiate()';
    const made = (module) => {
      const instance = Object.create(Instance.prototype);
      Object.defineProperty(instance, 'exports', { value: instantiate(compiled(module, where), imports, where), enumerable: true, configurable: true });
      return instance;
    };
    if (source instanceof Module) return made(source);
    bytesOf(source, where);
    const module = new Module(source);
    return { module, instance: made(module) };
  },
  async compileStreaming(response) {
    return WebAssembly.compile(await (await response).arrayBuffer());
  },
  async instantiateStreaming(response, imports) {
    return WebAssembly.instantiate(await (await response).arrayBuffer(), imports);
  },
};
for (const name of Object.keys(WebAssembly)) Object.defineProperty(WebAssembly, name, { enumerable: false });
for (const [name, value] of Object.entries({ Module, Instance, Table, Memory, Global, CompileError, LinkError, RuntimeError })) {
  Object.defineProperty(WebAssembly, name, { value, writable: true, enumerable: false, configurable: true });
  if (!(value.prototype instanceof Error)) Object.defineProperty(value.prototype, Symbol.toStringTag, { value: `WebAssembly.${name}`, configurable: true });
}
Object.defineProperty(WebAssembly, Symbol.toStringTag, { value: 'WebAssembly', configurable: true });

exports.WebAssembly = WebAssembly;
