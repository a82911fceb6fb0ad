'use strict';
// Measures how Node formats for a locale, and writes what it takes to do the same
// as compressed JSON: node measure.js <folder>. Patterns are written with the letters of CLDR
// between braces ("{MMMM} {d}, {y}"); # stands for a number.

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');

const LOCALES = [
  'en', 'en-GB', 'en-AU', 'en-CA', 'en-IE', 'en-IN', 'en-NZ', 'en-ZA', 'de', 'de-AT', 'de-CH', 'fr', 'fr-BE', 'fr-CA', 'fr-CH', 'es', 'es-AR', 'es-CO', 'es-MX', 'es-US',
  'it', 'it-CH', 'pt', 'pt-PT', 'nl', 'nl-BE', 'sv', 'ja', 'da', 'nb', 'fi', 'pl', 'cs', 'tr', 'zh', 'ko', 'ru', 'uk', 'ro', 'hu', 'el', 'zh-TW', 'zh-HK',
];

const range = (n) => Array.from({ length: n }, (_, i) => i);

// ---- dates

// A date whose fields can be told apart: Friday the 4th of March 2005, 07:08:09.
const PROBE = Date.UTC(2005, 2, 4, 7, 8, 9, 123);
const EVENING = Date.UTC(2005, 2, 4, 19, 8, 9, 123);

function names(locale) {
  const get = (options, type, times) => times.map((t) => {
    const part = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', calendar: 'gregory', ...options }).formatToParts(t).find((p) => p.type === type);
    return part ? part.value : '';
  });
  const months = range(12).map((m) => Date.UTC(2005, m, 4, 12));
  const days = range(7).map((d) => Date.UTC(2005, 1, 27 + d, 12)); // a Sunday first
  const out = { month: {}, alone: {}, weekday: {}, weekdayAlone: {}, era: {} };
  for (const style of ['long', 'short', 'narrow']) {
    out.month[style] = get({ month: style, day: 'numeric' }, 'month', months);
    out.alone[style] = get({ month: style }, 'month', months);
    out.weekday[style] = get({ weekday: style, month: 'long', day: 'numeric' }, 'weekday', days);
    out.weekdayAlone[style] = get({ weekday: style }, 'weekday', days);
    out.era[style] = get({ era: style, year: 'numeric' }, 'era', [Date.UTC(-100, 0, 1), Date.UTC(2005, 0, 1)]);
  }
  out.dayPeriod = get({ hour: 'numeric', hour12: true }, 'dayPeriod', [PROBE, EVENING]);
  return out;
}

function pattern(locale, options, known) {
  // A month whose long and short names differ.
  const month = [8, 0, 1, 2, 7].find((m) => known.month.long[m] !== known.month.short[m] && known.alone.long[m] !== known.alone.short[m]) ?? 2;
  const probe = new Date(PROBE);
  probe.setUTCMonth(month);
  const parts = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn', ...options }).formatToParts(probe);
  const index = { weekday: probe.getUTCDay(), month };
  const resolved = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).resolvedOptions();
  const cycle = { h11: 'K', h12: 'h', h23: 'H', h24: 'k' }[resolved.hourCycle] || 'H';
  return parts.map(({ type, value }) => {
    const is = (lists) => Object.keys(lists).find((style) => lists[style][index[type]] === value);
    switch (type) {
      case 'literal': return value.replace(/[{}]/g, '');
      case 'weekday': return `{${{ long: 'EEEE', short: 'EEE', narrow: 'EEEEE' }[options.weekday] || { long: 'EEEE', short: 'EEE', narrow: 'EEEEE' }[is(known.weekday)] || 'EEEE'}}`;
      case 'month': {
        if (/^\d+$/.test(value)) return value.length === 2 ? '{MM}' : '{M}';
        const style = ['long', 'short', 'narrow'].includes(options.month) ? options.month : is(known.month) || is(known.alone);
        const letter = known.month[style] && known.month[style][month] === value ? 'M' : 'L';
        return `{${letter.repeat({ long: 4, short: 3, narrow: 5 }[style])}}`;
      }
      case 'day': return value.length === 2 ? '{dd}' : '{d}';
      case 'year': return value.length === 2 ? '{yy}' : '{y}';
      case 'hour': return `{${cycle.repeat(value.length)}}`;
      case 'minute': return `{${'m'.repeat(value.length)}}`;
      case 'second': return `{${'s'.repeat(value.length)}}`;
      case 'fractionalSecond': return '{S}';
      case 'dayPeriod': return '{a}';
      case 'era': return `{${{ long: 'GGGG', short: 'G', narrow: 'GGGGG' }[options.era] || 'G'}}`;
      case 'timeZoneName': return '{z}';
      default: return value;
    }
  }).join('');
}

function dates(locale) {
  const out = { names: names(locale), dates: {}, times: {}, styles: {}, glue: {}, zone: {} };
  const p = (options) => pattern(locale, options, out.names);
  const some = (list) => [undefined, ...list];
  for (const weekday of some(['long', 'short', 'narrow'])) {
    for (const era of some(['short'])) {
      for (const year of some(['numeric', '2-digit'])) {
        for (const month of some(['numeric', '2-digit', 'long', 'short', 'narrow'])) {
          for (const day of some(['numeric', '2-digit'])) {
            if (!weekday && !year && !month && !day) continue;
            if (era && (weekday || !year)) continue;
            const key = [weekday, era, year, month, day].map((v) => ({ undefined: '', numeric: 'n', '2-digit': '2', long: 'l', short: 's', narrow: 'r' })[v]).join(',');
            out.dates[key] = p({ weekday, era, year, month, day });
          }
        }
      }
    }
  }
  for (const hour12 of [true, false]) {
    for (const hour of some(['numeric', '2-digit'])) {
      for (const minute of some(['numeric', '2-digit'])) {
        for (const second of some(['numeric', '2-digit'])) {
          if (!hour && !minute && !second) continue;
          if (hour && second && !minute) continue;
          const key = [hour12 ? 'h' : 'H', ...[hour, minute, second].map((v) => ({ undefined: '', numeric: 'n', '2-digit': '2' })[v])].join(',');
          out.times[key] = p({ hour, minute, second, hour12 });
        }
      }
    }
  }
  for (const dateStyle of some(['full', 'long', 'medium', 'short'])) {
    for (const timeStyle of some(['full', 'long', 'medium', 'short'])) {
      if (!dateStyle && !timeStyle) continue;
      out.styles[`${dateStyle || ''},${timeStyle || ''}`] = p({ dateStyle, timeStyle });
    }
  }
  for (const timeStyle of ['full', 'long', 'medium', 'short']) {
    for (const hour12 of [true, false]) out.styles[`,${timeStyle},${hour12 ? 'h' : 'H'}`] = p({ timeStyle, hour12 });
  }
  // What stands between a date and a time, by the width of the date.
  const time = p({ hour: 'numeric', minute: '2-digit' });
  for (const [kind, options] of Object.entries({
    full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, long: { year: 'numeric', month: 'long', day: 'numeric' },
    medium: { year: 'numeric', month: 'short', day: 'numeric' }, short: { year: 'numeric', month: 'numeric', day: 'numeric' },
  })) {
    const date = p(options);
    out.glue[kind] = p({ ...options, hour: 'numeric', minute: '2-digit' }).replace(date, '{date}').replace(time, '{time}');
  }
  out.fraction = p({ second: '2-digit', fractionalSecondDigits: 3 });
  const far = new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).formatRangeToParts(0, PROBE);
  out.range = far.find((q) => q.type === 'literal' && q.source === 'shared').value;
  out.cycle = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hourCycle;
  out.zone.time = p({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).replace(time, '{time}');
  const date = p({ year: 'numeric', month: 'numeric', day: 'numeric' });
  out.zone.date = p({ year: 'numeric', month: 'numeric', day: 'numeric', timeZoneName: 'short' }).replace(date, '{date}');
  const offset = (zone) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(PROBE).find((q) => q.type === 'timeZoneName').value;
  const longOffset = (zone) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(PROBE).find((q) => q.type === 'timeZoneName').value;
  out.zone.offset = { zero: offset('UTC'), plus: offset('Etc/GMT-3'), minutes: offset('Asia/Kolkata'), minus: offset('Etc/GMT+3'), long: longOffset('Etc/GMT+3') };
  // Many zones have the same names: they are kept once.
  out.zone.names = [];
  out.zone.index = {};
  const seen = {};
  for (const zone of ['UTC', ...Intl.supportedValuesOf('timeZone')]) {
    const values = [];
    for (const style of ['short', 'long', 'shortGeneric', 'longGeneric']) {
      const [format, plain] = [style, style.startsWith('long') ? 'longOffset' : 'shortOffset'].map((name) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: name }));
      for (const t of [Date.UTC(2026, 0, 4), Date.UTC(2026, 6, 4)]) {
        const [name, shift] = [format, plain].map((f) => f.formatToParts(t).find((q) => q.type === 'timeZoneName').value);
        values.push(name === shift ? '' : name); // what is only the offset can be written for any year
      }
    }
    const key = JSON.stringify(values);
    if (!(key in seen)) seen[key] = out.zone.names.push(values) - 1;
    out.zone.index[zone] = seen[key];
  }
  return out;
}

// ---- numbers

// shape writes parts with # for the digits.
function shape(parts) {
  let out = '';
  let inside = false;
  for (const { type, value } of parts) {
    if (['integer', 'group', 'decimal', 'fraction'].includes(type)) {
      if (!inside) out += '#';
      inside = true;
      continue;
    }
    inside = false;
    out += `{${{ minusSign: '-', plusSign: '+', percentSign: '%', currency: 'c', literal: 'l', unit: 'u', compact: 'k', exponentSeparator: 'e', exponentInteger: 'x', exponentMinusSign: 'y' }[type]}${value}}`;
  }
  return out;
}

// samples gives a number of each plural category of a locale.
function samples(locale, digits = 0) {
  const rules = new Intl.PluralRules(locale, { minimumFractionDigits: digits });
  const found = {};
  for (const n of [1, 2, 3, 0, 5, 11, 21, 100, 1e6, 1.5]) {
    const c = rules.select(n);
    if (!(c in found)) found[c] = n;
  }
  return found;
}

function numbers(locale) {
  const nf = (options) => new Intl.NumberFormat(locale, { numberingSystem: 'latn', ...options });
  const symbol = (options, n, type) => (nf(options).formatToParts(n).find((p) => p.type === type) || { value: '' }).value;
  const out = {
    decimal: symbol({}, 1.5, 'decimal'), group: symbol({}, 1234567, 'group'), minus: symbol({}, -1, 'minusSign'), plus: symbol({ signDisplay: 'always' }, 1, 'plusSign'),
    infinity: symbol({}, Infinity, 'infinity'), nan: symbol({}, NaN, 'nan'), exponent: symbol({ notation: 'scientific' }, 1e9, 'exponentSeparator'),
    grouped4: symbol({}, 1234, 'group') !== '', sizes: nf({}).formatToParts(123456789012).filter((p) => p.type === 'integer').map((p) => p.value.length),
    currencyDecimal: symbol({ style: 'currency', currency: 'USD' }, 1.5, 'decimal'), currencyGroup: symbol({ style: 'currency', currency: 'USD' }, 1234567, 'group'),
    currencyGrouped4: symbol({ style: 'currency', currency: 'USD' }, 1234, 'group') !== '',
  };
  out.percent = [shape(nf({ style: 'percent' }).formatToParts(0.5)), shape(nf({ style: 'percent' }).formatToParts(-0.5)), shape(nf({ style: 'percent', signDisplay: 'always' }).formatToParts(0.5))];
  out.plain = [shape(nf({}).formatToParts(5)), shape(nf({}).formatToParts(-5)), shape(nf({ signDisplay: 'always' }).formatToParts(5))];
  out.currencies = {};
  const forms = {};
  for (const currency of [...Intl.supportedValuesOf('currency'), 'XAU', 'XAG', 'XPT', 'XPD', 'XDR', 'XTS', 'XXX']) {
    const entry = {};
    for (const [key, currencyDisplay] of Object.entries({ s: 'symbol', n: 'narrowSymbol', c: 'code' })) {
      const options = { style: 'currency', currency, currencyDisplay, minimumFractionDigits: 0, maximumFractionDigits: 0 };
      const shapes = [];
      let value = '';
      for (const currencySign of ['standard', 'accounting']) {
        for (const [n, signDisplay] of [[5, 'auto'], [-5, 'auto'], [5, 'always']]) {
          const parts = nf({ ...options, currencySign, signDisplay }).formatToParts(n);
          value = parts.find((p) => p.type === 'currency').value;
          shapes.push(shape(parts.map((p) => (p.type === 'currency' ? { type: 'currency', value: '' } : p))));
        }
      }
      const form = shapes.join('|');
      if (!(form in forms)) forms[form] = Object.keys(forms).length;
      entry[key] = [value, forms[form]];
    }
    const names = {};
    const by = samples(locale);
    for (const category of Object.keys(by)) {
      names[category] = shape(nf({ style: 'currency', currency, currencyDisplay: 'name', minimumFractionDigits: 0, maximumFractionDigits: 2 }).formatToParts(by[category]));
    }
    entry.name = names;
    out.currencies[currency] = entry;
  }
  // Amounts in short form have their sign elsewhere in some locales.
  out.compactForm = out.currencies.EUR.s[1];
  out.compactForms = ['standard', 'accounting'].flatMap((currencySign) => [[5e9, 'auto'], [-5e9, 'auto'], [5e9, 'always']].map(([n, signDisplay]) => {
    const parts = nf({ style: 'currency', currency: 'EUR', notation: 'compact', currencySign, signDisplay, maximumFractionDigits: 0 }).formatToParts(n);
    const at = parts.findIndex((p) => p.type === 'compact');
    const near = at < 0 ? [] : [at, parts[at - 1].type === 'literal' ? at - 1 : at + 1];
    return shape(parts.filter((p, i) => !near.includes(i) || (i !== at && p.type !== 'literal')).map((p) => (p.type === 'currency' ? { type: 'currency', value: '' } : p)));
  }));
  out.currencyForms = Object.keys(forms).map((f) => f.split('|'));
  out.compact = {};
  for (const compactDisplay of ['short', 'long']) {
    out.compact[compactDisplay] = range(18).map((i) => {
      const scale = 10 ** (i + 3);
      const byCategory = {};
      for (const [category, n] of Object.entries({ one: 1, two: 2, few: 3, other: 5, many: 5 })) {
        const parts = nf({ notation: 'compact', compactDisplay, maximumFractionDigits: 0 }).formatToParts(n * scale);
        const digits = parts.filter((p) => p.type === 'integer').map((p) => p.value).join('');
        byCategory[category] = [shape(parts), digits.length];
      }
      // With a fraction some languages take other words.
      const unit = scale / 10 ** (byCategory.other[1] - 1);
      const category = new Intl.PluralRules(locale).select(scale / unit + 0.5);
      byCategory[`1.5 ${category}`] = [shape(nf({ notation: 'compact', compactDisplay, maximumFractionDigits: 1 }).formatToParts(scale + unit / 2)), byCategory.other[1]];
      return byCategory;
    });
  }
  out.units = {};
  for (const unit of [...Intl.supportedValuesOf('unit'), 'kilometer-per-hour', 'mile-per-hour', 'meter-per-second', 'liter-per-kilometer', 'mile-per-gallon', 'megabit-per-second', 'megabyte-per-second', 'kilobyte-per-second', 'kilobit-per-second', 'gigabit-per-second', 'gigabyte-per-second']) {
    out.units[unit] = ['short', 'long', 'narrow'].map((unitDisplay) => {
      const entry = {};
      const by = samples(locale);
      for (const category of Object.keys(by)) entry[category] = shape(nf({ style: 'unit', unit, unitDisplay, useGrouping: false }).formatToParts(by[category]));
      return entry;
    });
  }
  return out;
}

// ---- the rest

function relative(locale) {
  const out = {};
  for (const style of ['long', 'short', 'narrow']) {
    out[style] = {};
    for (const unit of ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second']) {
      const entry = { future: {}, past: {}, auto: {} };
      const rtf = new Intl.RelativeTimeFormat(locale, { style, numeric: 'always' });
      const auto = new Intl.RelativeTimeFormat(locale, { style, numeric: 'auto' });
      const mask = (parts) => parts.map((p) => (p.type === 'literal' ? p.value : p.type === 'integer' ? '#' : '')).join('');
      for (const [category, n] of Object.entries(samples(locale))) {
        entry.future[category] = mask(rtf.formatToParts(n, unit));
        entry.past[category] = mask(rtf.formatToParts(-n, unit));
      }
      for (const n of [-2, -1, 0, 1, 2]) {
        const parts = auto.formatToParts(n, unit);
        if (parts.length === 1 && parts[0].type === 'literal') entry.auto[n] = parts[0].value;
      }
      out[style][unit] = entry;
    }
  }
  return out;
}

function plurals(locale) {
  const of = (type) => new Intl.PluralRules(locale, { type }).resolvedOptions().pluralCategories;
  return { cardinal: of('cardinal'), ordinal: of('ordinal') };
}

function lists(locale) {
  const out = {};
  for (const type of ['conjunction', 'disjunction', 'unit']) {
    for (const style of ['long', 'short', 'narrow']) {
      const lf = new Intl.ListFormat(locale, { type, style });
      const literals = (items) => lf.formatToParts(items).filter((p) => p.type === 'literal').map((p) => p.value);
      out[`${type},${style}`] = { two: literals(['A', 'B'])[0], start: literals(['A', 'B', 'C', 'D'])[0], middle: literals(['A', 'B', 'C', 'D'])[1], end: literals(['A', 'B', 'C', 'D'])[2] };
    }
  }
  return out;
}

function displayNames(locale) {
  const out = { region: {}, language: {}, currency: {} };
  const region = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const language = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
  const currency = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'none' });
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const a of letters) {
    for (const b of letters) {
      const name = region.of(a + b);
      if (name) out.region[a + b] = name;
      const tongue = language.of((a + b).toLowerCase());
      if (tongue) out.language[(a + b).toLowerCase()] = tongue;
    }
  }
  for (const code of Intl.supportedValuesOf('currency')) {
    const name = currency.of(code);
    if (name) out.currency[code] = name;
  }
  for (const tag of ['en-US', 'en-GB', 'en-AU', 'en-CA', 'de-AT', 'de-CH', 'fr-CA', 'fr-CH', 'es-ES', 'es-MX', 'pt-BR', 'pt-PT', 'zh-Hans', 'zh-Hant', 'nl-BE']) out.language[tag] = language.of(tag);
  return out;
}

// common is what does not depend on the locale.
function common() {
  const zones = Intl.supportedValuesOf('timeZone');
  const links = {};
  for (const name of LINKS) {
    try {
      if (!zones.includes(name)) links[name] = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    } catch {
      // it is none of Node's
    }
  }
  const digits = {};
  for (const currency of Intl.supportedValuesOf('currency')) {
    const n = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
    if (n !== 2) digits[currency] = n;
  }
  // The tags that are locales of their own; others are cut back to one.
  const available = [];
  for (const language of new Set(LOCALES.map((l) => l.split('-')[0]))) {
    available.push(language);
    for (const region of Object.keys(displayNames('en').region)) {
      const tag = `${language}-${region}`;
      if (new Intl.DateTimeFormat(tag).resolvedOptions().locale === tag) available.push(tag);
    }
  }
  return { available, zones, links, digits, units: Intl.supportedValuesOf('unit'), currencies: Intl.supportedValuesOf('currency') };
}

// LINKS are the names in a system's zone database, which has the old ones too.
const LINKS = (() => {
  const root = '/usr/share/zoneinfo';
  const found = [];
  const walk = (dir, prefix) => {
    for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
      const name = prefix + entry.name;
      if (entry.isDirectory()) {
        if (!['posix', 'right'].includes(entry.name)) walk(path.join(dir, entry.name), `${name}/`);
      } else if (/^[A-Z]/.test(entry.name) && !entry.name.includes('.')) found.push(name);
    }
  };
  if (fs.existsSync(root)) walk(root, '');
  return found.sort();
})();

const folder = process.argv[2];
const write = (name, data) => fs.writeFileSync(path.join(folder, `${name}.json.gz`), zlib.gzipSync(JSON.stringify(data), { level: 9 }));
write('common', common());
for (const locale of LOCALES) {
  const data = { dates: dates(locale), numbers: numbers(locale), relative: relative(locale), lists: lists(locale), plurals: plurals(locale), names: displayNames(locale) };
  write(locale, data);
}
