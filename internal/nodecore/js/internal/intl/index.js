'use strict';
// The global Intl, whose classes load when they are first used, and the methods of
// the language that format for a locale.

const PIECES = {
  NumberFormat: 'number', PluralRules: 'number', DateTimeFormat: 'date', RelativeTimeFormat: 'phrases', ListFormat: 'phrases', DisplayNames: 'phrases',
  Collator: 'text', Segmenter: 'text', Locale: 'text',
};
const LOAD = {
  number: () => require('internal/intl/number'),
  date: () => require('internal/intl/date'),
  phrases: () => require('internal/intl/phrases'),
  text: () => require('internal/intl/text'),
};

const Intl = {};
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
for (const name of ['DateTimeFormat', 'NumberFormat', 'Collator', 'PluralRules', 'RelativeTimeFormat', 'ListFormat', 'Locale', 'DisplayNames', 'Segmenter']) {
  Object.defineProperty(Intl, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = LOAD[PIECES[name]]()[name];
      Object.defineProperty(Intl, name, { value, writable: true, configurable: true, enumerable: false });
      return value;
    },
    set(value) {
      Object.defineProperty(Intl, name, { value, writable: true, configurable: true, enumerable: false });
    },
  });
}
const functions = {
  getCanonicalLocales(locales) {
    return LOAD.text().getCanonicalLocales(locales);
  },
  supportedValuesOf(key) {
    const values = native.intlValues(String(key));
    if (values === undefined) throw new RangeError(`Invalid key : ${key}`);
    return values;
  },
};
for (const [name, value] of Object.entries(functions)) Object.defineProperty(Intl, name, { value, writable: true, configurable: true });

exports.Intl = Intl;

// Formatters are costly to make and mostly wanted again with the same arguments.
const kept = new Map();
const KEEP = 50;

function formatter(name, locales, options, ...more) {
  const plain = (locales === undefined || typeof locales === 'string') && (options === undefined || isPlain(options));
  const zone = name === 'DateTimeFormat' ? process.env.TZ : '';
  let key = '';
  if (plain) key = options === undefined ? `${name} ${locales} ${zone} ${more}` : JSON.stringify([name, locales ?? null, options, zone, ...more]);
  let made = plain ? kept.get(key) : undefined;
  if (made === undefined) {
    made = new Intl[name](locales, options, ...more);
    if (plain) {
      if (kept.size >= KEEP) kept.clear();
      kept.set(key, made);
    }
  }
  return made;
}

// isPlain tells options that JSON tells apart.
function isPlain(options) {
  if (typeof options !== 'object' || options === null || Object.getPrototypeOf(options) !== Object.prototype) return false;
  return Object.values(options).every((v) => v === undefined || typeof v === 'string' || typeof v === 'boolean' || Number.isFinite(v));
}

function method(target, name, value, length = 0) {
  Object.defineProperty(value, 'name', { value: name, configurable: true });
  Object.defineProperty(value, 'length', { value: length, configurable: true });
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}

const { valueOf: numberValue } = Number.prototype;
const { getTime } = Date.prototype;

function dateMethod(required, defaults) {
  return {
    method(locales, options) {
      const ms = getTime.call(this);
      if (Number.isNaN(ms)) return 'Invalid Date';
      return formatter('DateTimeFormat', locales, options, required, defaults).format(ms);
    },
  }.method;
}

let installed = false;
let compare; // in the order of the default locale

exports.install = () => {
  if (installed) return;
  installed = true;
  method(Number.prototype, 'toLocaleString', {
    method(locales, options) {
      return formatter('NumberFormat', locales, options).format(numberValue.call(this));
    },
  }.method);
  method(BigInt.prototype, 'toLocaleString', {
    method(locales, options) {
      return formatter('NumberFormat', locales, options).format(BigInt.prototype.valueOf.call(this));
    },
  }.method);
  method(Date.prototype, 'toLocaleString', dateMethod('any', 'all'));
  method(Date.prototype, 'toLocaleDateString', dateMethod('date', 'date'));
  method(Date.prototype, 'toLocaleTimeString', dateMethod('time', 'time'));
  method(String.prototype, 'localeCompare', {
    method(other, locales, options) {
      if (this === null || this === undefined) throw new TypeError('String.prototype.localeCompare called on null or undefined');
      if (locales !== undefined || options !== undefined) return formatter('Collator', locales, options).compare(`${this}`, other);
      compare ??= formatter('Collator').compare;
      return compare(`${this}`, other);
    },
  }.method, 1);
  for (const [name, upper] of [['toLocaleUpperCase', true], ['toLocaleLowerCase', false]]) {
    const usual = upper ? String.prototype.toUpperCase : String.prototype.toLowerCase;
    method(String.prototype, name, {
      method(locales) {
        if (this === null || this === undefined) throw new TypeError(`String.prototype.${name} called on null or undefined`);
        if (locales === undefined) return usual.call(this);
        const [tag] = Intl.getCanonicalLocales(locales);
        if (!/^(tr|az|lt|el)\b/.test(tag || '')) return usual.call(this);
        return native.intlCase(tag, String(this), upper);
      },
    }.method);
  }
  method(Array.prototype, 'toLocaleString', {
    method(locales, options) {
      const list = Object(this);
      const texts = [];
      for (let i = 0; i < list.length; i++) {
        const item = list[i];
        texts.push(item === undefined || item === null ? '' : String(item.toLocaleString(locales, options)));
      }
      return texts.join(',');
    },
  }.method);
};
