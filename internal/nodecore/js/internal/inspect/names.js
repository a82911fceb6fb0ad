'use strict';
// What util.inspect calls an object: its constructor, tag and kind.

const builtIns = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name)));
exports.builtIns = builtIns;

const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
exports.hasOwn = hasOwn;

function isInstance(object, constructor) {
  try {
    return object instanceof constructor;
  } catch {
    return false;
  }
}

// engineName is what V8 calls an object without a constructor.
function engineName(object) {
  const match = /^\[object ([^\]]+)\]$/.exec(Object.prototype.toString.call(object));
  return match ? match[1] : 'Object';
}

// constructorName finds the first constructor on the prototype chain; null for
// a null prototype. onFound gets the object that has it and the first
// prototype.
function constructorName(object, ctx, depth, inspect, onFound) {
  const whole = object;
  let first;
  while (object) {
    const d = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (d !== undefined && typeof d.value === 'function' && d.value.name !== '' && isInstance(whole, d.value)) {
      if (onFound && (first !== object || !builtIns.has(d.value.name))) onFound(whole, first || whole);
      return String(d.value.name);
    }
    object = Object.getPrototypeOf(object);
    if (first === undefined) first = object;
  }
  if (first === null) return null;
  const name = engineName(whole);
  if (depth > ctx.depth && ctx.depth !== null) return `${name} <Complex prototype>`;
  const above = constructorName(first, ctx, depth + 1, inspect, onFound);
  if (above === null) return `${name} <${inspect(first, { ...ctx, customInspect: false, depth: -1 })}>`;
  return `${name} <${above}>`;
}

exports.constructorName = constructorName;

// prefix is what stands before the brace, with a space at its end.
function prefix(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const base = `[${fallback}${size}: null prototype] `;
    return tag !== '' && fallback !== tag ? `${base}[${tag}] ` : base;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

exports.prefix = prefix;

exports.functionBase = (fn, constructor, tag) => {
  const source = Function.prototype.toString.call(fn);
  if (source.startsWith('class') && source.endsWith('}')) {
    const body = source.slice(5, -1);
    const brace = body.indexOf('{');
    if (brace !== -1 && (!body.slice(0, brace).includes('(') || /^(\s+[^(]*?)\s*{/.test(body.replace(/(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g, '')))) {
      return classBase(fn, constructor, tag);
    }
  }
  const kind = native.kindOf(fn);
  let type = 'Function';
  if (kind.startsWith('generator')) type = 'GeneratorFunction';
  if (kind.startsWith('async')) type = 'AsyncFunction';
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  base += fn.name === '' ? ' (anonymous)]' : `: ${typeof fn.name === 'string' ? fn.name : String(fn.name)}]`;
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
};

function classBase(fn, constructor, tag) {
  let base = `class ${(hasOwn(fn, 'name') && fn.name) || '(anonymous)'}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor !== null) {
    const parent = Object.getPrototypeOf(fn).name;
    if (parent) base += ` extends ${parent}`;
  } else {
    base += ' extends null';
  }
  return `[${base}]`;
}
