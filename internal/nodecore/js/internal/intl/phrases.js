'use strict';
// Intl.RelativeTimeFormat, ListFormat and DisplayNames.

const { define, object, option, parts, resolve, strict, supported } = require('internal/intl/options');
const { digits } = require('internal/intl/number');

const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

class RelativeTimeFormat {
  #settings;
  #handle;

  constructor(locales, options) {
    option.owner = 'Intl.RelativeTimeFormat';
    options = object(options);
    const { locale } = resolve(locales, options);
    this.#settings = { locale, style: option(options, 'style', ['long', 'short', 'narrow'], 'long'), numeric: option(options, 'numeric', ['always', 'auto'], 'always') };
    const number = { locale, style: 'decimal', notation: 'standard', useGrouping: 'auto', signDisplay: 'auto' };
    digits(number, {}, 0, 3, 'standard');
    this.#handle = native.intlNumber(number);
  }

  #flat(value, unit, caller) {
    const n = Number(value);
    unit = String(unit);
    if (!Number.isFinite(n)) throw new RangeError(`Value need to be finite number for Intl.RelativeTimeFormat.prototype.${caller}()`);
    const single = unit.replace(/s$/, '');
    if (!UNITS.includes(single)) throw new RangeError(`Invalid unit argument for Intl.RelativeTimeFormat.prototype.${caller}() '${unit}'`);
    return [native.intlRelative(this.#handle, this.#settings.style, single, this.#settings.numeric === 'auto', n), single];
  }

  format(value, unit) {
    return parts(this.#flat(value, unit, 'format')[0]).map((p) => p.value).join('');
  }

  formatToParts(value, unit) {
    const [flat, single] = this.#flat(value, unit, 'formatToParts');
    return parts(flat).map((p) => (p.type === 'literal' ? p : { ...p, unit: single }));
  }

  resolvedOptions() {
    const { locale, style, numeric } = this.#settings;
    return { locale, style, numeric, numberingSystem: 'latn' };
  }

  static supportedLocalesOf(locales, options) {
    return supported(locales, options);
  }
}

class ListFormat {
  #settings;

  constructor(locales, options) {
    option.owner = 'Intl.ListFormat';
    options = strict(options);
    const { locale } = resolve(locales, options);
    this.#settings = {
      locale, type: option(options, 'type', ['conjunction', 'disjunction', 'unit'], 'conjunction'), style: option(options, 'style', ['long', 'short', 'narrow'], 'long'),
    };
  }

  #flat(list) {
    const items = list === undefined ? [] : Array.from(list);
    for (const item of items) if (typeof item !== 'string') throw new TypeError('Iterable yielded ' + String(item) + ' which is not a string');
    return native.intlList(this.#settings.locale, this.#settings.type, this.#settings.style, items);
  }

  format(list) {
    return parts(this.#flat(list)).map((p) => p.value).join('');
  }

  formatToParts(list) {
    return parts(this.#flat(list));
  }

  resolvedOptions() {
    return { ...this.#settings };
  }

  static supportedLocalesOf(locales, options) {
    return supported(locales, options);
  }
}

const CODES = { region: /^([A-Za-z]{2}|\d{3})$/, currency: /^[A-Za-z]{3}$/, script: /^[A-Za-z]{4}$/ };

class DisplayNames {
  #settings;

  constructor(locales, options) {
    option.owner = 'Intl.DisplayNames';
    if (typeof options !== 'object' || options === null) throw new TypeError('invalid_argument');
    const { locale } = resolve(locales, options);
    const style = option(options, 'style', ['narrow', 'short', 'long'], 'long');
    const type = option(options, 'type', ['language', 'region', 'script', 'currency', 'calendar', 'dateTimeField'], undefined);
    if (type === undefined) throw new TypeError('invalid_argument');
    const fallback = option(options, 'fallback', ['code', 'none'], 'code');
    this.#settings = { locale, style, type, fallback };
    const languageDisplay = option(options, 'languageDisplay', ['dialect', 'standard'], 'dialect');
    if (type === 'language') this.#settings.languageDisplay = languageDisplay;
  }

  of(code) {
    const { locale, type, fallback } = this.#settings;
    let canonical = String(code);
    if (type === 'language') canonical = native.intlCanonical(canonical);
    else if (CODES[type]) canonical = CODES[type].test(canonical) ? canonical.toUpperCase() : undefined;
    if (canonical === undefined) throw new RangeError('invalid_argument');
    return native.intlName(locale, type, canonical) || (fallback === 'code' ? canonical : undefined);
  }

  resolvedOptions() {
    return { ...this.#settings };
  }

  static supportedLocalesOf(locales, options) {
    return supported(locales, options);
  }
}

exports.RelativeTimeFormat = define(RelativeTimeFormat, 'RelativeTimeFormat');
exports.ListFormat = define(ListFormat, 'ListFormat');
exports.DisplayNames = define(DisplayNames, 'DisplayNames', 2);
