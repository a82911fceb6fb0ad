const { DateTime, Info, Interval, IANAZone } = require('luxon');
const { all } = require('../_attempt');

const at = DateTime.fromISO('2026-03-05T07:08:09.010Z', { zone: 'utc' });

exports.main = () => all({
  zones: () => ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'].map((z) => [at.setZone(z).toISO(), at.setZone(z).offset, at.setZone(z).isInDST, at.setZone(z).offsetNameShort, at.plus({ months: 4 }).setZone(z).offsetNameLong]),
  gaps: () => [DateTime.fromISO('2026-03-29T02:30', { zone: 'Europe/Berlin' }), DateTime.fromISO('2026-10-25T02:30', { zone: 'Europe/Berlin' }), DateTime.fromISO('2026-03-28T12:00', { zone: 'Europe/Berlin' }).plus({ days: 1 }), DateTime.fromISO('2026-03-28T12:00', { zone: 'Europe/Berlin' }).plus({ hours: 24 })].map((d) => d.toISO()),
  invalid: () => [DateTime.fromISO('2026-01-01', { zone: 'Mars/Base' }).invalidReason, IANAZone.isValidZone('Europe/Paris'), IANAZone.isValidZone('nope')],
  tokens: () => ['MMMM MMM MMMMM', 'EEEE EEE EEEEE', 'cccc ccc', 'h:mm a', 'G GG', 'D DD DDD DDDD', 't tt T TT', 'f ff', 'F FF', 'z ZZZZ ZZZZZ'].map((f) => at.setZone('America/New_York').toFormat(f)),
  locales: () => ['de', 'fr', 'en-GB', 'es', 'ja'].map((l) => [at.setLocale(l).toLocaleString(DateTime.DATE_FULL), at.setLocale(l).toFormat('EEEE d. MMMM yyyy'), at.setLocale(l).toLocaleString(DateTime.DATETIME_SHORT)]),
  presets: () => ['DATE_SHORT', 'DATE_MED', 'DATE_HUGE', 'TIME_SIMPLE', 'TIME_24_WITH_SECONDS', 'DATETIME_MED_WITH_SECONDS', 'DATETIME_FULL', 'DATETIME_HUGE'].map((p) => at.toLocaleString(DateTime[p])),
  parse: () => [['March 5, 2026 7:08 PM', 'MMMM d, yyyy h:mm a'], ['Thu 05 Mar 2026', 'EEE dd MMM yyyy']].map(([s, f]) => DateTime.fromFormat(s, f, { zone: 'utc' }).toISO()),
  relative: () => [at.plus({ days: 1 }).toRelative({ base: at }), at.minus({ hours: 5 }).toRelative({ base: at }), at.plus({ days: 1 }).toRelativeCalendar({ base: at }), at.minus({ years: 2 }).toRelative({ base: at, locale: 'de' })],
  info: () => [Info.months('long'), Info.weekdays('short', { locale: 'de' }), Info.meridiems(), Info.eras('short'), Info.hasDST('Europe/Berlin')],
  interval: () => Interval.fromDateTimes(at, at.plus({ days: 3 })).toLocaleString(DateTime.DATE_MED),
});
