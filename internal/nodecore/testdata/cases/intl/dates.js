const LOCALES = ['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'sv', 'ja', 'en-CA', 'pl', 'da', 'fi'];
const TIMES = [0, Date.UTC(2026, 0, 5, 15, 4, 9, 7), Date.UTC(2024, 1, 29, 0, 0, 0), Date.UTC(1999, 11, 31, 23, 59, 59, 999), Date.UTC(2026, 9, 25, 12, 30), -1, -62198755200000 - 1e12, 8.64e15];
const OPTIONS = {
  none: {}, long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, short: { year: '2-digit', month: '2-digit', day: '2-digit' }, month: { month: 'long' }, monthYear: { month: 'long', year: 'numeric' },
  mon: { month: 'short', day: 'numeric' }, weekday: { weekday: 'short' }, narrow: { weekday: 'narrow', month: 'narrow' }, hm: { hour: 'numeric', minute: '2-digit' }, hms: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  h12: { hour: 'numeric', hour12: true }, h24: { hour: 'numeric', minute: '2-digit', hour12: false }, h23: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, both: { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  bothLong: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' }, ms: { minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }, era: { year: 'numeric', era: 'short' },
  second: { second: '2-digit' }, day: { day: '2-digit' }, numericAll: { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
};
exports.main = () => {
  const out = {};
  for (const locale of LOCALES) {
    for (const [name, options] of Object.entries(OPTIONS)) {
      const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
      out[`${locale} ${name}`] = TIMES.map((t) => format.format(t)).join(' | ');
    }
    for (const dateStyle of [undefined, 'full', 'long', 'medium', 'short']) {
      for (const timeStyle of [undefined, 'full', 'long', 'medium', 'short']) {
        out[`${locale} ${dateStyle} ${timeStyle}`] = new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Berlin', dateStyle, timeStyle }).format(TIMES[1]);
      }
    }
    out[`${locale} style 12`] = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short', hour12: true }).format(TIMES[1]);
    out[`${locale} style 24`] = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(TIMES[1]);
  }
  return out;
};
