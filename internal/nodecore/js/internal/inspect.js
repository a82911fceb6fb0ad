'use strict';
// util.inspect of Node 20. Names come from internal/inspect/names, text and
// layout from internal/inspect/text, errors from internal/inspect/errors.

const { quote, escapeControls, width, layout } = require('internal/inspect/text');
const { builtIns, hasOwn, constructorName, prefix, functionBase } = require('internal/inspect/names');

const custom = Symbol.for('nodejs.util.inspect.custom');

const DEFAULTS = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});

// What a property belongs to: an object, an array's items, an array's further
// properties.
const OBJECT = 0;
const ITEM = 1;
const EXTRA = 2;

function inspect(value, opts) {
  const ctx = { budget: {}, indentationLvl: 0, seen: [], currentDepth: 0, stylize: plain, ...DEFAULTS };
  if (arguments.length > 1) {
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) ctx.depth = arguments[2];
      if (arguments.length > 3 && arguments[3] !== undefined) ctx.colors = arguments[3];
    }
    if (typeof opts === 'boolean') {
      ctx.showHidden = opts;
    } else if (opts) {
      for (const key of Object.keys(opts)) {
        if (hasOwn(DEFAULTS, key) || key === 'stylize') ctx[key] = opts[key];
        else if (ctx.userOptions === undefined) ctx.userOptions = opts;
      }
    }
  }
  if (ctx.colors) ctx.stylize = colored;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
  return formatValue(ctx, value, 0);
}

inspect.custom = custom;
Object.defineProperty(inspect, 'defaultOptions', {
  get: () => DEFAULTS,
  set(options) {
    require('internal/errors').validateObject(options, 'options');
    Object.assign(DEFAULTS, options);
  },
});

const COLORS = `reset 0 0 bold 1 22 dim 2 22 italic 3 23 underline 4 24 blink 5 25 inverse 7 27 hidden 8 28
strikethrough 9 29 doubleunderline 21 24 black 30 39 red 31 39 green 32 39 yellow 33 39 blue 34 39 magenta 35 39
cyan 36 39 white 37 39 bgBlack 40 49 bgRed 41 49 bgGreen 42 49 bgYellow 43 49 bgBlue 44 49 bgMagenta 45 49
bgCyan 46 49 bgWhite 47 49 framed 51 54 overlined 53 55 gray 90 39 redBright 91 39 greenBright 92 39
yellowBright 93 39 blueBright 94 39 magentaBright 95 39 cyanBright 96 39 whiteBright 97 39 bgGray 100 49
bgRedBright 101 49 bgGreenBright 102 49 bgYellowBright 103 49 bgBlueBright 104 49 bgMagentaBright 105 49
bgCyanBright 106 49 bgWhiteBright 107 49`.split(/\s+/);
inspect.colors = Object.create(null);
for (let i = 0; i < COLORS.length; i += 3) inspect.colors[COLORS[i]] = [+COLORS[i + 1], +COLORS[i + 2]];
const ALIASES = {
  gray: ['grey', 'blackBright'], bgGray: ['bgGrey', 'bgBlackBright'], dim: ['faint'], strikethrough: ['crossedout', 'strikeThrough', 'crossedOut'],
  hidden: ['conceal'], inverse: ['swapColors', 'swapcolors'], doubleunderline: ['doubleUnderline'],
};
for (const name of Object.keys(ALIASES)) {
  for (const alias of ALIASES[name]) {
    Object.defineProperty(inspect.colors, alias, {
      configurable: true, enumerable: false, get() { return this[name]; }, set(value) { this[name] = value; },
    });
  }
}
inspect.styles = Object.assign(Object.create(null), {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green',
  symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
});

function plain(text) {
  return text;
}

function colored(text, style) {
  const name = inspect.styles[style];
  const color = name === undefined ? undefined : inspect.colors[name];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}

// userOptions is what a custom inspect function gets.
function userOptions(ctx, foreign) {
  const options = {};
  for (const key of Object.keys(DEFAULTS)) options[key] = ctx[key];
  options.stylize = ctx.stylize;
  Object.assign(options, ctx.userOptions);
  if (foreign) Object.setPrototypeOf(options, null);
  return options;
}

function formatValue(ctx, value, depth, inTypedArray) {
  if (value === null) return ctx.stylize('null', 'null');
  if (typeof value !== 'object' && typeof value !== 'function') return formatPrimitive(ctx.stylize, value, ctx);
  const context = value;
  let kind = native.kindOf(value);
  const isProxy = kind === 'proxy';
  if (isProxy) {
    if (ctx.showProxy) return formatProxy(ctx, native.proxyDetails(value), depth);
    while (kind === 'proxy') {
      [value] = native.proxyDetails(value);
      if (value === null) return ctx.stylize('<Revoked Proxy>', 'special');
      kind = native.kindOf(value);
    }
  }
  if (ctx.customInspect) {
    const own = value[custom];
    if (typeof own === 'function' && own !== inspect && !(value.constructor && value.constructor.prototype === value)) {
      const left = ctx.depth === null ? null : ctx.depth - depth;
      const result = own.call(context, left, userOptions(ctx, isProxy || !(context instanceof Object)), inspect);
      if (result !== context) {
        if (typeof result === 'object') return formatValue(ctx, result, depth);
        return `${result}`.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
      }
    }
  }
  if (ctx.seen.includes(value)) {
    let index = 1;
    if (ctx.circular === undefined) {
      ctx.circular = new Map([[value, index]]);
    } else {
      index = ctx.circular.get(value);
      if (index === undefined) {
        index = ctx.circular.size + 1;
        ctx.circular.set(value, index);
      }
    }
    return ctx.stylize(`[Circular *${index}]`, 'special');
  }
  return formatObject(ctx, value, depth, kind, inTypedArray);
}

function keysOf(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...symbols];
  const keys = Object.keys(value);
  for (const s of symbols) if (Object.prototype.propertyIsEnumerable.call(value, s)) keys.push(s);
  return keys;
}

const isIndex = (key) => typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key) && +key < 2 ** 32 - 1;

const typedArrayTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

// describe says how the braces, the parts and the text before them are made:
// {done} when nothing more is to be written.
function describe(ctx, value, depth, kind, inTypedArray, constructor, tag, bare) {
  if (value[Symbol.iterator] || constructor === null) {
    if (Array.isArray(value)) {
      const head = constructor !== 'Array' || tag !== '' ? prefix(constructor, tag, 'Array', `(${value.length})`) : '';
      const keys = keysOf(value, ctx.showHidden).filter((key) => !isIndex(key));
      if (value.length === 0 && keys.length === 0 && bare) return { done: `${head}[]` };
      return { keys, braces: [`${head}[`, ']'], parts: formatArray, list: true };
    }
    if (kind === 'set' || kind === 'map') {
      const size = kind === 'set' ? setSize.call(value) : mapSize.call(value);
      const head = prefix(constructor, tag, kind === 'set' ? 'Set' : 'Map', `(${size})`);
      const keys = keysOf(value, ctx.showHidden);
      if (size === 0 && keys.length === 0 && bare) return { done: `${head}{}` };
      return { keys, braces: [`${head}{`, '}'], parts: kind === 'set' ? formatSet : formatMap };
    }
    if (kind === 'typedArray') {
      const name = typedArrayTag.call(value);
      const head = prefix(constructor, tag, constructor === null ? name : '', `(${typedArrayLength.call(value)})`);
      const keys = keysOf(value, ctx.showHidden).filter((key) => !isIndex(key));
      if (typedArrayLength.call(value) === 0 && keys.length === 0 && !ctx.showHidden) return { done: `${head}[]` };
      return { keys, braces: [`${head}[`, ']'], parts: formatTypedArray, list: true };
    }
  }
  const keys = keysOf(value, ctx.showHidden);
  const nothing = keys.length === 0 && bare;
  const named = (fallback) => [`${prefix(constructor, tag, fallback)}{`, '}'];
  if (constructor === 'Object' && kind !== 'error' && kind !== 'promise' && kind !== 'date' && kind !== 'regexp') {
    let open = '{';
    if (kind === 'arguments' || Object.prototype.toString.call(value) === '[object Arguments]' && tag === '') open = '[Arguments] {';
    else if (tag !== '') open = `${prefix(constructor, tag, 'Object')}{`;
    return nothing ? { done: `${open}}` } : { keys, braces: [open, '}'] };
  }
  if (typeof value === 'function') {
    const base = functionBase(value, constructor, tag);
    return nothing ? { done: ctx.stylize(base, 'special') } : { keys, braces: ['{', '}'], base };
  }
  switch (kind) {
    case 'regexp': {
      let base = constructor !== null ? RegExp.prototype.toString.call(value) : `/${regexpSource.call(value)}/`;
      const head = prefix(constructor, tag, 'RegExp');
      if (head !== 'RegExp ') base = `${head}${base}`;
      if (nothing || (depth > ctx.depth && ctx.depth !== null)) return { done: ctx.stylize(base, 'regexp') };
      return { keys, braces: ['{', '}'], base };
    }
    case 'date': {
      let base = Number.isNaN(Date.prototype.getTime.call(value)) ? Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
      const head = prefix(constructor, tag, 'Date');
      if (head !== 'Date ') base = `${head}${base}`;
      return nothing ? { done: ctx.stylize(base, 'date') } : { keys, braces: ['{', '}'], base };
    }
    case 'arrayBuffer': {
      const head = prefix(constructor, tag, 'ArrayBuffer');
      if (inTypedArray !== undefined && nothing) return { done: `${head}{ byteLength: ${formatNumber(ctx.stylize, value.byteLength, false)} }` };
      return { keys: ['byteLength', ...keys], braces: [`${head}{`, '}'], parts: inTypedArray === undefined ? formatArrayBuffer : undefined };
    }
    case 'dataView':
      return { keys: ['byteLength', 'byteOffset', 'buffer', ...keys], braces: named('DataView') };
    case 'promise':
      return { keys, braces: named('Promise'), parts: formatPromise };
    case 'weakSet':
    case 'weakMap':
      return { keys, braces: named(kind === 'weakSet' ? 'WeakSet' : 'WeakMap'), parts: () => [ctx.stylize('<items unknown>', 'special')] };
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
    case 'symbol':
      return boxed(ctx, value, kind, constructor, tag, keys, bare);
  }
  if (kind === 'error' || value instanceof Error) {
    const base = require('internal/inspect/errors').format(value, constructor, tag, ctx, keys);
    return keys.length === 0 && bare ? { done: base } : { keys, braces: ['{', '}'], base };
  }
  return nothing ? { done: `${prefix(constructor, tag, 'Object')}{}` } : { keys, braces: named('Object') };
}

const regexpSource = Object.getOwnPropertyDescriptor(RegExp.prototype, 'source').get;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
const typedArrayLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length').get;

function boxed(ctx, value, kind, constructor, tag, keys, bare) {
  const type = { number: 'Number', string: 'String', boolean: 'Boolean', bigint: 'BigInt', symbol: 'Symbol' }[kind];
  const primitive = globalThis[type].prototype.valueOf.call(value);
  if (kind === 'string') keys.splice(0, value.length);
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive(plain, primitive, ctx)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  if (keys.length === 0 && bare) return { done: ctx.stylize === plain ? base : ctx.stylize(base, kind) };
  return { keys, braces: ['{', '}'], base };
}

function formatObject(ctx, value, depth, kind, inTypedArray) {
  let inherited;
  if (ctx.showHidden && (depth <= ctx.depth || ctx.depth === null)) inherited = [];
  const collect = inherited && ((main, object) => prototypeParts(ctx, main, object, depth, inherited));
  const constructor = constructorName(value, ctx, depth, inspect, collect);
  if (inherited !== undefined && inherited.length === 0) inherited = undefined;
  let tag = value[Symbol.toStringTag];
  if (typeof tag !== 'string' || (tag !== '' && (ctx.showHidden ? hasOwn(value, Symbol.toStringTag) : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag)))) tag = '';
  const form = describe(ctx, value, depth, kind, inTypedArray, constructor, tag, inherited === undefined);
  if (form.done !== undefined) return form.done;
  let { base = '', braces } = form;
  if (depth > ctx.depth && ctx.depth !== null) {
    const name = prefix(constructor, tag, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
    return ctx.stylize(constructor === null ? name : `[${name}]`, 'special');
  }
  depth += 1;
  ctx.seen.push(value);
  ctx.currentDepth = depth;
  const output = form.parts ? form.parts(ctx, value, depth) : [];
  const extras = form.list ? EXTRA : OBJECT;
  for (const key of form.keys) output.push(formatProperty(ctx, value, depth, key, extras));
  if (inherited !== undefined) output.push(...inherited);
  if (ctx.circular !== undefined) {
    const index = ctx.circular.get(value);
    if (index !== undefined) {
      const reference = ctx.stylize(`<ref *${index}>`, 'special');
      if (ctx.compact !== true) base = base === '' ? reference : `${reference} ${base}`;
      else braces = [`${reference} ${braces[0]}`, braces[1]];
    }
  }
  ctx.seen.pop();
  if (ctx.sorted) {
    const order = ctx.sorted === true ? undefined : ctx.sorted;
    if (!form.list) output.sort(order);
    else if (form.keys.length > 1) output.push(...output.splice(output.length - form.keys.length).sort(order));
  }
  const text = layout(ctx, output, base, braces, form.list, depth, value);
  const spent = (ctx.budget[ctx.indentationLvl] || 0) + text.length;
  ctx.budget[ctx.indentationLvl] = spent;
  if (spent > 2 ** 27) ctx.depth = -1;
  return text;
}

// prototypeParts writes what an instance inherits from classes of the user's.
function prototypeParts(ctx, main, object, depth, output) {
  const known = new Set();
  let keys = [];
  for (let level = 0; level < 3; level++) {
    if (level !== 0 || main === object) {
      object = Object.getPrototypeOf(object);
      if (object === null) return;
      const d = Object.getOwnPropertyDescriptor(object, 'constructor');
      if (d !== undefined && typeof d.value === 'function' && builtIns.has(d.value.name)) return;
    }
    for (const key of keys) known.add(key);
    keys = Reflect.ownKeys(object);
    ctx.seen.push(main);
    for (const key of keys) {
      if (key === 'constructor' || hasOwn(main, key) || (level !== 0 && known.has(key))) continue;
      const d = Object.getOwnPropertyDescriptor(object, key);
      if (typeof d.value === 'function') continue;
      const text = formatProperty(ctx, object, depth, key, OBJECT, d, main);
      output.push(ctx.colors ? `\u001b[2m${text}\u001b[22m` : text);
    }
    ctx.seen.pop();
  }
}

function formatProxy(ctx, details, depth) {
  if (depth > ctx.depth && ctx.depth !== null) return ctx.stylize('Proxy [Array]', 'special');
  depth += 1;
  ctx.indentationLvl += 2;
  const parts = details.map((part) => formatValue(ctx, part, depth));
  ctx.indentationLvl -= 2;
  return layout(ctx, parts, '', ['Proxy [', ']'], true, depth);
}

function separated(digits) {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, '_');
}

function formatNumber(stylize, number, separator) {
  if (!separator) return stylize(Object.is(number, -0) ? '-0' : `${number}`, 'number');
  const integer = Math.trunc(number);
  const text = String(integer);
  if (integer === number) {
    return stylize(!Number.isFinite(number) || text.includes('e') ? text : separated(text), 'number');
  }
  if (Number.isNaN(number)) return stylize(text, 'number');
  const fraction = String(number).slice(text.length + 1);
  return stylize(`${separated(text)}.${fraction.replace(/\d{3}(?=\d)/g, '$&_')}`, 'number');
}

function formatBigInt(stylize, number, separator) {
  const text = String(number);
  return stylize(`${separator ? separated(text) : text}n`, 'bigint');
}

function formatPrimitive(stylize, value, ctx) {
  switch (typeof value) {
    case 'string': {
      let trailer = '';
      if (value.length > ctx.maxStringLength) {
        const rest = value.length - ctx.maxStringLength;
        value = value.slice(0, ctx.maxStringLength);
        trailer = `... ${rest} more character${rest > 1 ? 's' : ''}`;
      }
      if (ctx.compact !== true && value.length > 16 && value.length > ctx.breakLength - ctx.indentationLvl - 4 && value.includes('\n')) {
        const lines = value.match(/[^\n]*\n|[^\n]+$/g);
        return lines.map((line) => stylize(quote(line), 'string')).join(` +\n${' '.repeat(ctx.indentationLvl + 2)}`) + trailer;
      }
      return stylize(quote(value), 'string') + trailer;
    }
    case 'number':
      return formatNumber(stylize, value, ctx.numericSeparator);
    case 'bigint':
      return formatBigInt(stylize, value, ctx.numericSeparator);
    case 'boolean':
      return stylize(`${value}`, 'boolean');
    case 'undefined':
      return stylize('undefined', 'undefined');
  }
  return stylize(Symbol.prototype.toString.call(value), 'symbol');
}

function more(rest) {
  return `... ${rest} more item${rest > 1 ? 's' : ''}`;
}

function formatArray(ctx, value, depth) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const output = [];
  for (let i = 0; i < shown; i++) {
    if (!hasOwn(value, i)) return formatSparse(ctx, value, depth, shown, output, i);
    output.push(formatProperty(ctx, value, depth, i, ITEM));
  }
  if (value.length > shown) output.push(more(value.length - shown));
  return output;
}

function formatSparse(ctx, value, depth, shown, output, i) {
  const keys = Object.keys(value);
  let index = i;
  for (; i < keys.length && output.length < shown; i++) {
    const key = keys[i];
    if (!isIndex(key)) break;
    if (`${index}` !== key) {
      const empty = key - index;
      output.push(ctx.stylize(`<${empty} empty item${empty > 1 ? 's' : ''}>`, 'undefined'));
      index = +key;
      if (output.length === shown) break;
    }
    output.push(formatProperty(ctx, value, depth, key, ITEM));
    index++;
  }
  const rest = value.length - index;
  if (output.length !== shown) {
    if (rest > 0) output.push(ctx.stylize(`<${rest} empty item${rest > 1 ? 's' : ''}>`, 'undefined'));
  } else if (rest > 0) {
    output.push(more(rest));
  }
  return output;
}

function formatTypedArray(ctx, value, depth) {
  const length = typedArrayLength.call(value);
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const write = length > 0 && typeof value[0] === 'number' ? formatNumber : formatBigInt;
  const output = [];
  for (let i = 0; i < shown; i++) output.push(write(ctx.stylize, value[i], ctx.numericSeparator));
  if (length > shown) output.push(more(length - shown));
  if (ctx.showHidden) {
    ctx.indentationLvl += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      output.push(`[${key}]: ${formatValue(ctx, value[key], depth, true)}`);
    }
    ctx.indentationLvl -= 2;
  }
  return output;
}

function formatArrayBuffer(ctx, value) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), value.byteLength);
  const hex = native.bufDecode(new Uint8Array(value, 0, shown), 'hex');
  let text = (hex.match(/../g) || []).join(' ');
  const rest = value.byteLength - shown;
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`];
}

function formatSet(ctx, value, depth) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), setSize.call(value));
  const output = [];
  ctx.indentationLvl += 2;
  Set.prototype.forEach.call(value, (item) => {
    if (output.length < shown) output.push(formatValue(ctx, item, depth));
  });
  if (setSize.call(value) > shown) output.push(more(setSize.call(value) - shown));
  ctx.indentationLvl -= 2;
  return output;
}

function formatMap(ctx, value, depth) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), mapSize.call(value));
  const output = [];
  ctx.indentationLvl += 2;
  Map.prototype.forEach.call(value, (item, key) => {
    if (output.length < shown) output.push(`${formatValue(ctx, key, depth)} => ${formatValue(ctx, item, depth)}`);
  });
  if (mapSize.call(value) > shown) output.push(more(mapSize.call(value) - shown));
  ctx.indentationLvl -= 2;
  return output;
}

function formatPromise(ctx, value, depth) {
  const [state, result] = native.promiseDetails(value);
  if (state === 0) return [ctx.stylize('<pending>', 'special')];
  ctx.indentationLvl += 2;
  const text = formatValue(ctx, result, depth);
  ctx.indentationLvl -= 2;
  return [state === 2 ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
}

function formatGetter(ctx, d, depth, main) {
  const label = d.set !== undefined ? 'Getter/Setter' : 'Getter';
  const special = (text) => ctx.stylize(text, 'special');
  const wanted = ctx.getters === true || (ctx.getters === 'get' && d.set === undefined) || (ctx.getters === 'set' && d.set !== undefined);
  if (!wanted) return special(`[${label}]`);
  try {
    const value = d.get.call(main);
    ctx.indentationLvl += 2;
    let text;
    if (value === null) text = `${special(`[${label}:`)} ${ctx.stylize('null', 'null')}${special(']')}`;
    else if (typeof value === 'object') text = `${special(`[${label}]`)} ${formatValue(ctx, value, depth)}`;
    else if (typeof value === 'function') text = `${special(`[${label}:`)} ${formatValue(ctx, value, depth)}${special(']')}`;
    else text = `${special(`[${label}:`)} ${formatPrimitive(ctx.stylize, value, ctx)}${special(']')}`;
    ctx.indentationLvl -= 2;
    return text;
  } catch (error) {
    return `${special(`[${label}:`)} <Inspection threw (${error.message})>${special(']')}`;
  }
}

function formatProperty(ctx, value, depth, key, type, d, main = value) {
  let gap = ' ';
  let text;
  d = d || Object.getOwnPropertyDescriptor(value, key) || { value: value[key], configurable: true, enumerable: true };
  if (d.value !== undefined) {
    const indent = ctx.compact !== true || type !== OBJECT ? 2 : 3;
    ctx.indentationLvl += indent;
    text = formatValue(ctx, d.value, depth);
    if (indent === 3 && ctx.breakLength < width(text, ctx.colors)) gap = `\n${' '.repeat(ctx.indentationLvl)}`;
    ctx.indentationLvl -= indent;
  } else if (d.get !== undefined) {
    text = formatGetter(ctx, d, depth, main);
  } else if (d.set !== undefined) {
    text = ctx.stylize('[Setter]', 'special');
  } else {
    text = ctx.stylize('undefined', 'undefined');
  }
  if (type === ITEM) return text;
  let name;
  if (typeof key === 'symbol') name = `[${ctx.stylize(escapeControls(Symbol.prototype.toString.call(key)), 'symbol')}]`;
  else if (key === '__proto__') name = "['__proto__']";
  else if (d.enumerable === false) name = `[${escapeControls(key)}]`;
  else if (/^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key)) name = ctx.stylize(key, 'name');
  else name = ctx.stylize(quote(key), 'string');
  return `${name}:${gap}${text}`;
}

exports.inspect = inspect;
exports.custom = custom;
exports.plainNumber = (n) => formatNumber(plain, n, false);
