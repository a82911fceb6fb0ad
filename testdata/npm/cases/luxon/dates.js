const { DateTime, Duration, Interval, Info, Settings, FixedOffsetZone } = require('luxon');
const { all } = require('../_attempt');

// Names of months and zones by name are in zones.js.
exports.main = () => all({
  iso: () => ['2026-02-28', '2026-02-28T12:34:56.789Z', '2026-W09-6', '2026-059', '20260228T1234', '2026-02-28T12:34:56+05:30', '2024-02-29T24:00', '2026-02-30', 'nothing', '-000001-01-01'].map((s) => { const d = DateTime.fromISO(s, { zone: 'utc' }); return [d.toISO(), d.isValid, d.invalidReason, d.invalidExplanation]; }),
  parts: () => { const d = DateTime.utc(2024, 2, 29, 23, 59, 58, 7); return [d.toObject(), d.weekNumber, d.weekYear, d.weekday, d.ordinal, d.quarter, d.daysInMonth, d.daysInYear, d.isInLeapYear, d.toMillis(), d.toSeconds(), d.toUnixInteger()]; },
  math: () => { const d = DateTime.utc(2024, 1, 31); return [d.plus({ months: 1 }), d.minus({ years: 1, days: 1 }), d.plus({ hours: 25.5 }), d.plus({ quarters: 3 }), d.plus(Duration.fromISO('P1Y2M10DT2H30M'))].map(String); },
  bounds: () => ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute'].map((u) => { const d = DateTime.utc(2026, 5, 20, 13, 14, 15, 16); return [u, d.startOf(u).toISO(), d.endOf(u).toISO()]; }),
  diff: () => { const a = DateTime.utc(2024, 2, 29, 12); const b = DateTime.utc(2026, 11, 3, 6, 30); return [b.diff(a).toObject(), b.diff(a, ['years', 'months', 'days', 'hours', 'minutes']).toObject(), b.diff(a, 'days').days, a.diff(b, ['weeks', 'days']).toISO(), a < b, +a]; },
  offsets: () => { const d = DateTime.fromISO('2026-06-01T12:00:00', { zone: 'UTC+5:30' }); return [d.toISO(), d.offset, d.zoneName, d.toUTC().toISO(), d.setZone('utc-3').toISO(), d.setZone('utc', { keepLocalTime: true }).toISO(), FixedOffsetZone.instance(90).name]; },
  set: () => { const d = DateTime.utc(2026, 1, 31); return [d.set({ month: 2 }), d.set({ weekday: 1 }), d.set({ ordinal: 60 }), d.set({ year: 2024, day: 29, month: 2 })].map(String); },
  tokens: () => { const d = DateTime.utc(2026, 3, 5, 7, 8, 9, 10); return ['yyyy-MM-dd HH:mm:ss.SSS', 'y yy yyyy', 'M MM', 'd dd', 'H HH h hh', 'm mm s ss', 'S SSS', 'E o ooo', 'W WW kk kkkk', 'q qq', 'X x', 'Z ZZ ZZZ', "'literal' yyyy", 'u uu uuu'].map((t) => d.toFormat(t)); },
  fromFormat: () => [['2026/03/05', 'yyyy/MM/dd'], ['05.03.26 7:08', 'dd.MM.yy H:mm'], ['1767225600', 'X'], ['12-31', 'MM-dd'], ['2026 W09 3', "kkkk 'W'WW E"], ['x', 'yyyy']].map(([s, f]) => { const d = DateTime.fromFormat(s, f, { zone: 'utc' }); return d.isValid ? d.toISO().replace(/^\d{4}(?=-12-31)/, 'YEAR') : [d.invalidReason, d.invalidExplanation]; }),
  sql: () => [DateTime.fromSQL('2026-03-05 07:08:09.1', { zone: 'utc' }).toISO(), DateTime.utc(2026, 3, 5).toSQL(), DateTime.utc(2026, 3, 5).toSQLDate()],
  http: () => [DateTime.fromHTTP('Sun, 06 Nov 1994 08:49:37 GMT', { zone: 'utc' }).toISO(), DateTime.fromRFC2822('Tue, 01 Nov 2016 13:23:12 +0630', { zone: 'utc' }).toISO(), DateTime.fromSeconds(1.5).toUTC().toISO(), DateTime.fromMillis(-1).toUTC().toISO(), DateTime.fromJSDate(new Date(NaN)).isValid],
  durations: () => { const d = Duration.fromObject({ days: 1, hours: 36, minutes: -90, seconds: 3.25 }); return [d.toISO(), d.normalize().toObject(), d.shiftTo('hours', 'minutes').toObject(), d.as('minutes'), d.toFormat('hh:mm:ss.SSS'), d.rescale().toObject(), d.negate().toISO(), Duration.fromISO('P3Y6M4DT12H30M5S').toObject(), Duration.fromMillis(90061001).shiftToAll().toObject(), Duration.fromISOTime('11:22:33.444').toObject(), Duration.fromISO('x').invalidReason]; },
  intervals: () => { const i = Interval.fromDateTimes(DateTime.utc(2026, 1, 1), DateTime.utc(2026, 1, 10)); const j = Interval.fromISO('2026-01-05/P10D', { zone: 'utc' }); return [i.toISO(), i.length('days'), i.overlaps(j), i.intersection(j).toISO(), i.union(j).toISO(), i.difference(j).map(String), i.splitBy({ days: 4 }).map(String), i.contains(DateTime.utc(2026, 1, 9)), i.isEmpty(), Interval.merge([j, i]).map(String), i.count('days')]; },
  info: () => [Info.isValidIANAZone('UTC'), Info.features().relative === true || true],
  json: () => JSON.stringify({ d: DateTime.utc(2026), p: Duration.fromObject({ hours: 2 }) }),
  errors: () => { Settings.throwOnInvalid = true; try { return String(DateTime.fromISO('x')); } catch (e) { return [e.name, e.message]; } finally { Settings.throwOnInvalid = false; } },
  badUnits: () => DateTime.utc().plus({ parsecs: 1 }),
  minmax: () => [DateTime.max(DateTime.utc(2025), DateTime.utc(2026)).toISO(), DateTime.min(DateTime.utc(2025), DateTime.utc(2026)).toISO(), DateTime.utc(2026).equals(DateTime.utc(2026)), DateTime.utc(2026, 5).hasSame(DateTime.utc(2026, 7), 'year')],
});
