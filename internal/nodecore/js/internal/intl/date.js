'use strict';
// Intl.DateTimeFormat.

const { define, callable, number, object, option, parts, resolve, supported } = require('internal/intl/options');

const NUMERIC = ['2-digit', 'numeric'];
const NAMES = ['narrow', 'short', 'long'];
const FIELDS = {
  weekday: NAMES, era: NAMES, year: NUMERIC, month: [...NUMERIC, ...NAMES], day: NUMERIC, dayPeriod: NAMES, hour: NUMERIC, minute: NUMERIC, second: NUMERIC,
};
const ZONE_NAMES = ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'];
const STYLES = ['full', 'long', 'medium', 'short'];
// Messages name the method that was called, by what it requires and defaults to.
const OWNERS = {
  'any date': 'Intl.DateTimeFormat', 'any all': 'Date.prototype.toLocaleString', 'date date': 'Date.prototype.toLocaleDateString', 'time time': 'Date.prototype.toLocaleTimeString',
};
const DAY = ['weekday', 'year', 'month', 'day'];
const CLOCK = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];

function hostZone() {
  const zone = process.env.TZ;
  return (zone && native.intlTimeZone(zone.replace(/^:/, ''))) || 'UTC';
}

function time(date) {
  if (date === undefined) return Date.now();
  const ms = typeof date === 'object' && date !== null ? Number(date) : Number(date);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) throw new RangeError('Invalid time value');
  return Math.trunc(ms);
}

// DateTimeFormat; required and defaults, which only the methods of Date give, say
// which fields there must be and which are taken where none is.
class DateTimeFormat {
  #handle;
  #settings;
  #format;
  #cycle;
  #hour12;

  constructor(locales, options, required = 'any', defaults = 'date') {
    option.owner = OWNERS[`${required} ${defaults}`];
    options = object(options);
    const { locale, keys } = resolve(locales, options);
    const settings = { locale };
    this.#settings = settings;
    option(options, 'calendar', undefined, undefined);
    option(options, 'numberingSystem', undefined, undefined);
    const hour12 = options.hour12 === undefined ? undefined : Boolean(options.hour12);
    let hourCycle = option(options, 'hourCycle', ['h11', 'h12', 'h23', 'h24'], undefined);
    if (hour12 !== undefined) hourCycle = undefined;
    else if (hourCycle === undefined && ['h11', 'h12', 'h23', 'h24'].includes(keys.hc)) hourCycle = keys.hc;
    const zone = options.timeZone;
    if (zone === undefined) settings.timeZone = hostZone();
    else {
      settings.timeZone = native.intlTimeZone(String(zone));
      if (settings.timeZone === undefined) throw new RangeError(`Invalid time zone specified: ${zone}`);
    }
    let explicit = false;
    for (const [name, allowed] of Object.entries(FIELDS)) {
      const value = option(options, name, allowed, undefined);
      if (value !== undefined) {
        settings[name] = value;
        explicit = true;
      }
    }
    const fraction = number(options, 'fractionalSecondDigits', 1, 3, undefined);
    if (fraction !== undefined) {
      settings.fractionalSecondDigits = fraction;
      explicit = true;
    }
    const zoneName = option(options, 'timeZoneName', ZONE_NAMES, undefined);
    if (zoneName !== undefined) {
      settings.timeZoneName = zoneName;
      explicit = true;
    }
    option(options, 'formatMatcher', ['basic', 'best fit'], 'best fit');
    const dateStyle = option(options, 'dateStyle', STYLES, undefined);
    const timeStyle = option(options, 'timeStyle', STYLES, undefined);
    if (dateStyle !== undefined || timeStyle !== undefined) {
      if (explicit) {
        const name = [...Object.keys(FIELDS), 'fractionalSecondDigits', 'timeZoneName'].find((n) => settings[n] !== undefined);
        throw new TypeError(`Can't set option ${name} when ${dateStyle !== undefined ? 'dateStyle' : 'timeStyle'} is used`);
      }
      if (required === 'date' && timeStyle !== undefined) throw new TypeError('Invalid option : timeStyle');
      if (required === 'time' && dateStyle !== undefined) throw new TypeError('Invalid option : dateStyle');
      if (dateStyle) settings.dateStyle = dateStyle;
      if (timeStyle) settings.timeStyle = timeStyle;
    } else {
      let need = true;
      if (required !== 'time' && DAY.some((n) => settings[n] !== undefined)) need = false;
      if (required !== 'date' && CLOCK.some((n) => settings[n] !== undefined)) need = false;
      if (need && defaults !== 'time') settings.year = settings.month = settings.day = 'numeric';
      if (need && defaults !== 'date') settings.hour = settings.minute = settings.second = 'numeric';
    }
    if (hourCycle !== undefined) settings.hourCycle = hourCycle;
    this.#hour12 = hour12;
    [this.#handle, this.#cycle] = native.intlDate({ ...settings, hour12: hour12 === undefined ? '' : String(hour12) });
  }

  get format() {
    this.#format ??= (date) => native.intlDateText(this.#handle, time(date));
    return this.#format;
  }

  formatToParts(date) {
    return parts(native.intlDateParts(this.#handle, time(date)));
  }

  formatRange(from, to) {
    return this.formatRangeToParts(from, to).map((p) => p.value).join('');
  }

  formatRangeToParts(from, to) {
    if (from === undefined || to === undefined) throw new TypeError('startDate or endDate cannot be undefined');
    const flat = native.intlDateRange(this.#handle, time(from), time(to));
    const list = [];
    for (let i = 0; i < flat.length; i += 3) list.push({ type: flat[i], value: flat[i + 1], source: flat[i + 2] });
    return list;
  }

  resolvedOptions() {
    const s = this.#settings;
    const out = { locale: s.locale, calendar: 'gregory', numberingSystem: 'latn', timeZone: s.timeZone };
    if (this.#cycle) {
      out.hourCycle = this.#cycle;
      out.hour12 = this.#cycle === 'h11' || this.#cycle === 'h12';
    }
    if (s.dateStyle === undefined && s.timeStyle === undefined) {
      const shown = new Map(parts(native.intlDateParts(this.#handle, Date.UTC(2005, 2, 4, 7, 8, 9))).map((p) => [p.type, p.value]));
      for (const name of ['weekday', 'era', 'year', 'month', 'day', 'dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits', 'timeZoneName']) {
        if (s[name] === undefined) continue;
        const value = shown.get(name);
        out[name] = NUMERIC.includes(s[name]) && value !== undefined ? (name === 'year' ? s[name] : /^\d\d$/.test(value) ? '2-digit' : 'numeric') : s[name];
      }
    }
    if (s.dateStyle !== undefined) out.dateStyle = s.dateStyle;
    if (s.timeStyle !== undefined) out.timeStyle = s.timeStyle;
    return out;
  }

  static supportedLocalesOf(locales, options) {
    return supported(locales, options);
  }
}

exports.DateTimeFormat = callable(define(DateTimeFormat, 'DateTimeFormat'));
