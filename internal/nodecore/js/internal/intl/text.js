'use strict';
// Intl.Collator, Segmenter and Locale.

const { define, callable, object, option, resolve, strict, supported, locales } = require('internal/intl/options');

class Collator {
  #handle;
  #settings;
  #compare;

  constructor(list, options) {
    option.owner = 'Intl.Collator';
    options = object(options);
    const usage = option(options, 'usage', ['sort', 'search'], 'sort');
    const { locale, keys } = resolve(list, options);
    const numeric = options.numeric === undefined ? keys.kn !== undefined && keys.kn !== 'false' : Boolean(options.numeric);
    const caseFirst = option(options, 'caseFirst', ['upper', 'lower', 'false'], ['upper', 'lower', 'false'].includes(keys.kf) ? keys.kf : 'false');
    const sensitivity = option(options, 'sensitivity', ['base', 'accent', 'case', 'variant'], 'variant');
    const ignorePunctuation = Boolean(options.ignorePunctuation);
    const extension = ['kf', 'kn'].filter((key) => keys[key] !== undefined).map((key) => (keys[key] && keys[key] !== 'true' ? `${key}-${keys[key]}` : key)).join('-');
    this.#settings = { locale: extension ? `${locale}-u-${extension}` : locale, usage, sensitivity, ignorePunctuation, collation: 'default', numeric, caseFirst };
    this.#handle = native.intlCollator(locale, sensitivity, numeric, ignorePunctuation, caseFirst);
  }

  get compare() {
    if (this.#compare === undefined) {
      this.#compare = native.intlComparer(this.#handle);
      Object.defineProperties(this.#compare, { name: { value: '' }, length: { value: 2 } });
    }
    return this.#compare;
  }

  resolvedOptions() {
    return { ...this.#settings };
  }

  static supportedLocalesOf(list, options) {
    return supported(list, options);
  }
}

class Segments {
  #text;
  #granularity;

  constructor(text, granularity) {
    this.#text = text;
    this.#granularity = granularity;
  }

  * [Symbol.iterator]() {
    const flat = native.intlSegments(this.#text, this.#granularity);
    let index = 0;
    for (let i = 0; i < flat.length; i += 2) {
      const item = { segment: flat[i], index, input: this.#text };
      if (this.#granularity === 'word') item.isWordLike = flat[i + 1];
      index += flat[i].length;
      yield item;
    }
  }

  containing(at = 0) {
    at = Math.trunc(Number(at)) || 0;
    if (at < 0 || at >= this.#text.length) return undefined;
    for (const item of this) if (at < item.index + item.segment.length) return item;
    return undefined;
  }
}

class Segmenter {
  #settings;

  constructor(list, options) {
    option.owner = 'Intl.Segmenter';
    options = strict(options);
    const { locale } = resolve(list, options);
    this.#settings = { locale, granularity: option(options, 'granularity', ['grapheme', 'word', 'sentence'], 'grapheme') };
  }

  segment(text) {
    return new Segments(String(text), this.#settings.granularity);
  }

  resolvedOptions() {
    return { ...this.#settings };
  }

  static supportedLocalesOf(list, options) {
    return supported(list, options);
  }
}

const KEYS = { calendar: 'ca', collation: 'co', hourCycle: 'hc', caseFirst: 'kf', numeric: 'kn', numberingSystem: 'nu' };

class Locale {
  #base;
  #keys;

  constructor(tag, options) {
    option.owner = 'Intl.Locale';
    if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) throw new TypeError('First argument to Intl.Locale constructor can\'t be empty or missing');
    options = object(options);
    let text = native.intlCanonical(String(tag));
    if (text === undefined) throw new RangeError('Incorrect locale information provided');
    const at = text.indexOf('-u-');
    const keys = {};
    if (at >= 0) {
      let key;
      for (const part of text.slice(at + 3).split('-')) {
        if (part.length === 2) keys[key = part] = '';
        else keys[key] += (keys[key] ? '-' : '') + part;
      }
      text = text.slice(0, at);
    }
    for (const [name, key] of Object.entries(KEYS)) {
      if (options[name] === undefined) continue;
      keys[key] = name === 'numeric' ? (options[name] ? '' : 'false') : String(options[name]);
    }
    let [language, script, region] = split(text);
    if (options.language !== undefined) language = String(options.language);
    if (options.script !== undefined) script = String(options.script);
    if (options.region !== undefined) region = String(options.region);
    this.#base = native.intlCanonical([language, script, region].filter(Boolean).join('-'));
    if (this.#base === undefined) throw new RangeError('Incorrect locale information provided');
    this.#keys = keys;
  }

  get baseName() {
    return this.#base;
  }

  get language() {
    return split(this.#base)[0];
  }

  get script() {
    return split(this.#base)[1];
  }

  get region() {
    return split(this.#base)[2];
  }

  get calendar() {
    return this.#keys.ca;
  }

  get collation() {
    return this.#keys.co;
  }

  get hourCycle() {
    return this.#keys.hc;
  }

  get caseFirst() {
    return this.#keys.kf;
  }

  get numeric() {
    return this.#keys.kn !== undefined && this.#keys.kn !== 'false';
  }

  get numberingSystem() {
    return this.#keys.nu;
  }

  toString() {
    const keys = Object.keys(this.#keys).sort().map((key) => (this.#keys[key] && this.#keys[key] !== 'true' ? `${key}-${this.#keys[key]}` : key));
    return keys.length ? `${this.#base}-u-${keys.join('-')}` : this.#base;
  }
}

function split(tag) {
  const [language, ...rest] = tag.split('-');
  const script = rest.find((p) => p.length === 4 && /^[A-Z]/.test(p));
  const region = rest.find((p) => /^([A-Z]{2}|\d{3})$/.test(p));
  return [language, script, region];
}

exports.Collator = callable(define(Collator, 'Collator'));
exports.Segmenter = define(Segmenter, 'Segmenter');
exports.Locale = define(Locale, 'Locale', 1);
exports.getCanonicalLocales = (list) => locales(list, true);
