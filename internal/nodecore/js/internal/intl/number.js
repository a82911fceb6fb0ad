'use strict';
// Intl.NumberFormat and Intl.PluralRules.

const { define, callable, defaultNumber, number, object, option, parts, resolve, supported } = require('internal/intl/options');

const MODES = ['ceil', 'floor', 'expand', 'trunc', 'halfCeil', 'halfFloor', 'halfExpand', 'halfTrunc', 'halfEven'];
const INCREMENTS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000];

// digits reads the options for digits into what native.intlNumber takes.
function digits(settings, options, minDefault, maxDefault, notation) {
  const minInteger = number(options, 'minimumIntegerDigits', 1, 21, 1);
  let minFraction = options.minimumFractionDigits;
  let maxFraction = options.maximumFractionDigits;
  const minSignificant = options.minimumSignificantDigits;
  const maxSignificant = options.maximumSignificantDigits;
  settings.minimumIntegerDigits = minInteger;
  const increment = number(options, 'roundingIncrement', 1, 5000, 1);
  if (!INCREMENTS.includes(increment)) throw new RangeError('roundingIncrement value is out of range.');
  settings.roundingMode = option(options, 'roundingMode', MODES, 'halfExpand');
  const priority = option(options, 'roundingPriority', ['auto', 'morePrecision', 'lessPrecision'], 'auto');
  settings.trailingZeroDisplay = option(options, 'trailingZeroDisplay', ['auto', 'stripIfInteger'], 'auto');
  settings.roundingIncrement = increment;
  const hasSignificant = minSignificant !== undefined || maxSignificant !== undefined;
  const hasFraction = minFraction !== undefined || maxFraction !== undefined;
  let needSignificant = true;
  let needFraction = true;
  if (priority === 'auto') {
    needSignificant = hasSignificant;
    if (needSignificant || (!hasFraction && notation === 'compact')) needFraction = false;
  }
  if (needSignificant) {
    if (hasSignificant) {
      settings.minimumSignificantDigits = defaultNumber(minSignificant, 'minimumSignificantDigits', 1, 21, 1);
      settings.maximumSignificantDigits = defaultNumber(maxSignificant, 'maximumSignificantDigits', settings.minimumSignificantDigits, 21, 21);
    } else {
      settings.minimumSignificantDigits = 1;
      settings.maximumSignificantDigits = 21;
    }
  }
  if (needFraction) {
    if (hasFraction) {
      minFraction = defaultNumber(minFraction, 'minimumFractionDigits', 0, 100, undefined);
      maxFraction = defaultNumber(maxFraction, 'maximumFractionDigits', 0, 100, undefined);
      if (minFraction === undefined) minFraction = Math.min(minDefault, maxFraction);
      else if (maxFraction === undefined) maxFraction = Math.max(maxDefault, minFraction);
      else if (minFraction > maxFraction) throw new RangeError('maximumFractionDigits value is out of range.');
      settings.minimumFractionDigits = minFraction;
      settings.maximumFractionDigits = maxFraction;
    } else {
      settings.minimumFractionDigits = minDefault;
      settings.maximumFractionDigits = maxDefault;
    }
  }
  if (!needSignificant && !needFraction) {
    settings.minimumFractionDigits = 0;
    settings.maximumFractionDigits = 0;
    settings.minimumSignificantDigits = 1;
    settings.maximumSignificantDigits = 2;
    settings.rounding = 'morePrecision';
    settings.hiddenDigits = true;
  } else if (priority !== 'auto') settings.rounding = priority;
  else settings.rounding = hasSignificant ? 'significant' : 'fraction';
  if (increment !== 1) {
    if (settings.rounding !== 'fraction') throw new TypeError('RoundingIncrement value is not 1 and roundingType is not fractionDigits');
    if (settings.maximumFractionDigits !== settings.minimumFractionDigits) throw new RangeError('maximumFractionDigits not equal to minimumFractionDigits');
  }
}
exports.digits = digits;

const UNIT = /^[a-z]+(-[a-z]+)*$/;

function validUnit(unit) {
  const known = native.intlValues('unit');
  const [a, b, rest] = unit.split('-per-');
  return rest === undefined && known.includes(a) && (b === undefined || known.includes(b)) && UNIT.test(unit);
}

// grouping reads useGrouping, which may be a boolean or a word.
function grouping(options, compact) {
  const fallback = compact ? 'min2' : 'auto';
  const value = options.useGrouping;
  if (value === undefined) return fallback;
  if (value === true) return 'always';
  if (!value) return false;
  const text = String(value);
  if (text === 'true' || text === 'false') return fallback;
  if (!['min2', 'auto', 'always'].includes(text)) throw new RangeError(`Value ${text} out of range for Intl.NumberFormat options property useGrouping`);
  return text;
}

// numeric gives what native.intlNumber* take for a value.
function numeric(value) {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null) {
    const to = value[Symbol.toPrimitive];
    value = to ? to.call(value, 'number') : typeof value.valueOf() !== 'object' ? value.valueOf() : String(value);
  }
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return /^\s*[-+]?\d+(\.\d*)?\s*$/.test(value) && value.length > 15 ? value.trim() : Number(value);
  return Number(value);
}

class NumberFormat {
  #handle;
  #settings;
  #format;

  constructor(locales, options) {
    option.owner = 'Intl.NumberFormat';
    options = object(options);
    const { locale } = resolve(locales, options);
    const settings = { locale };
    this.#settings = settings;
    option(options, 'numberingSystem', undefined, undefined);
    settings.style = option(options, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal');
    let currency = option(options, 'currency', undefined, undefined);
    if (currency === undefined) {
      if (settings.style === 'currency') throw new TypeError('Currency code is required with currency style.');
    } else if (!/^[A-Za-z]{3}$/.test(currency)) throw new RangeError(`Invalid currency code : ${currency}`);
    const currencyDisplay = option(options, 'currencyDisplay', ['code', 'symbol', 'narrowSymbol', 'name'], 'symbol');
    const currencySign = option(options, 'currencySign', ['standard', 'accounting'], 'standard');
    const unit = option(options, 'unit', undefined, undefined);
    if (unit === undefined) {
      if (settings.style === 'unit') throw new TypeError("Invalid unit argument for Intl.NumberFormat() ''");
    } else if (!validUnit(unit)) throw new RangeError(`Invalid unit argument for Intl.NumberFormat() '${unit}'`);
    const unitDisplay = option(options, 'unitDisplay', ['short', 'narrow', 'long'], 'short');
    let minDefault = 0;
    let maxDefault = 3;
    if (settings.style === 'currency') {
      currency = currency.toUpperCase();
      Object.assign(settings, { currency, currencyDisplay, currencySign });
      minDefault = maxDefault = native.intlCurrencyDigits(currency);
    } else if (settings.style === 'percent') maxDefault = 0;
    else if (settings.style === 'unit') Object.assign(settings, { unit, unitDisplay });
    settings.notation = option(options, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard');
    if (settings.style === 'currency' && settings.notation !== 'standard') {
      minDefault = 0;
      maxDefault = settings.notation === 'compact' ? 0 : 3;
    }
    digits(settings, options, minDefault, maxDefault, settings.notation);
    const compactDisplay = option(options, 'compactDisplay', ['short', 'long'], 'short');
    if (settings.notation === 'compact') settings.compactDisplay = compactDisplay;
    const groups = grouping(options, settings.notation === 'compact');
    settings.useGrouping = groups || '';
    settings.signDisplay = option(options, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto');
    this.#handle = native.intlNumber(settings);
  }

  get format() {
    this.#format ??= (value) => native.intlNumberText(this.#handle, numeric(value));
    return this.#format;
  }

  formatToParts(value) {
    return parts(native.intlNumberParts(this.#handle, numeric(value)));
  }

  formatRange(from, to) {
    return this.#range(from, to).map((p) => p.value).join('');
  }

  formatRangeToParts(from, to) {
    return this.#range(from, to);
  }

  #range(from, to) {
    if (from === undefined || to === undefined) throw new TypeError('Invalid argument');
    const [a, b] = [numeric(from), numeric(to)];
    if (Number.isNaN(a) || Number.isNaN(b)) throw new RangeError('Invalid argument');
    const [first, last] = [this.formatToParts(from), this.formatToParts(to)];
    const text = (list) => list.map((p) => p.value).join('');
    if (text(first) === text(last)) return [{ type: 'approximatelySign', value: '~', source: 'shared' }, ...first.map((p) => ({ ...p, source: 'shared' }))];
    return [...first.map((p) => ({ ...p, source: 'startRange' })), { type: 'literal', value: /^[\d.,\s]*$/.test(text(first)) ? '–' : ' – ', source: 'shared' }, ...last.map((p) => ({ ...p, source: 'endRange' }))];
  }

  resolvedOptions() {
    const s = this.#settings;
    const out = { locale: s.locale, numberingSystem: 'latn', style: s.style };
    for (const name of ['currency', 'currencyDisplay', 'currencySign', 'unit', 'unitDisplay', 'minimumIntegerDigits']) {
      if (s[name] !== undefined) out[name] = s[name];
    }
    for (const name of ['minimumSignificantDigits', 'maximumSignificantDigits', 'minimumFractionDigits', 'maximumFractionDigits']) {
      if (s[name] !== undefined) out[name] = s[name];
    }
    out.useGrouping = s.useGrouping || false;
    out.notation = s.notation;
    if (s.compactDisplay) out.compactDisplay = s.compactDisplay;
    out.signDisplay = s.signDisplay;
    out.roundingMode = s.roundingMode;
    out.roundingIncrement = s.roundingIncrement;
    out.trailingZeroDisplay = s.trailingZeroDisplay;
    out.roundingPriority = ['morePrecision', 'lessPrecision'].includes(s.rounding) ? s.rounding : 'auto';
    return out;
  }

  static supportedLocalesOf(locales, options) {
    return supported(locales, options);
  }
}

class PluralRules {
  #settings;
  #type;

  constructor(locales, options) {
    option.owner = 'Intl.PluralRules';
    options = object(options);
    const { locale } = resolve(locales, options);
    this.#type = option(options, 'type', ['cardinal', 'ordinal'], 'cardinal');
    this.#settings = { locale, style: 'decimal', notation: 'standard' };
    digits(this.#settings, options, 0, 3, 'standard');
  }

  select(value) {
    const n = Number(value);
    if (!Number.isFinite(n)) return 'other';
    return native.intlPlural(this.#settings, n, this.#type === 'ordinal');
  }

  selectRange(from, to) {
    const [a, b] = [Number(from), Number(to)];
    if (Number.isNaN(a) || Number.isNaN(b)) throw new RangeError('Invalid number value');
    return this.select(b);
  }

  resolvedOptions() {
    const s = this.#settings;
    const base = s.locale === 'pt-PT' ? s.locale : s.locale.split('-')[0];
    const out = { locale: base, type: this.#type, minimumIntegerDigits: s.minimumIntegerDigits };
    for (const name of ['minimumFractionDigits', 'maximumFractionDigits', 'minimumSignificantDigits', 'maximumSignificantDigits']) {
      if (s[name] !== undefined) out[name] = s[name];
    }
    out.pluralCategories = native.intlPluralCategories(s.locale, this.#type === 'ordinal');
    return out;
  }

  static supportedLocalesOf(locales, options) {
    return supported(locales, options);
  }
}

exports.NumberFormat = callable(define(NumberFormat, 'NumberFormat'));
exports.PluralRules = define(PluralRules, 'PluralRules');
