const f = require('date-fns');
const { de, fr, enGB, ja } = require('date-fns/locale');
const { all } = require('../_attempt');

const d = new Date('2026-03-05T07:08:09.010Z');
const leap = new Date('2024-02-29T23:59:59.999Z');

exports.main = () => all({
  format: () => ['yyyy-MM-dd', "EEEE, do MMMM yyyy 'at' h:mm a", 'PPPPpppp', 'PPpp', 'P p', 'QQQ w I R', 'D DDD', 'e c i', 'B b', 'SSSS', 't T', 'X XXX x xxx O zzzz', "'it''s quoted'", 'G GGGG y yo'].map((t) => f.format(d, t, { useAdditionalDayOfYearTokens: true })),
  locales: () => [de, fr, enGB, ja].map((locale) => [f.format(d, 'PPPPp', { locale }), f.formatDistance(leap, d, { locale, addSuffix: true }), f.formatRelative(leap, d, { locale })]),
  parse: () => [['05/03/2026', 'dd/MM/yyyy'], ['March 5th, 26', 'MMMM do, yy'], ['7:08 pm', 'h:mm a'], ['2026-W10-4', "RRRR-'W'II-i"], ['x', 'yyyy'], ['31.02.2026', 'dd.MM.yyyy'], ['5. März 2026', 'd. MMMM yyyy', de]].map(([s, t, locale]) => String(f.parse(s, t, new Date(0), { locale }).getTime())),
  iso: () => ['2026-03-05', '2026-03-05T07:08:09.010+02:00', '2026-W10', '20260305', '2026-13-01', '+002026-01-01', ''].map((s) => String(f.parseISO(s).getTime())),
  formatISO: () => [f.formatISO(d), f.formatISO(d, { format: 'basic', representation: 'date' }), f.formatISO9075(d), f.formatRFC3339(d), f.formatRFC7231(d), f.lightFormat(d, 'yyyy/MM/dd hh:mm a'), f.formatISODuration({ years: 1, hours: 2 })],
  add: () => [f.add(leap, { years: 1, months: 2, weeks: 1, days: 3, hours: 5, minutes: 9, seconds: 30 }), f.addMonths(new Date('2026-01-31'), 1), f.subYears(leap, 1), f.addBusinessDays(d, 10), f.subBusinessDays(d, 4), f.addQuarters(d, -3), f.addWeeks(d, 2)],
  bounds: () => ['Day', 'Week', 'ISOWeek', 'Month', 'Quarter', 'Year', 'Hour', 'Minute', 'Second', 'Decade'].map((u) => [f[`startOf${u}`](d), f[`endOf${u}`](d)]),
  difference: () => ['Days', 'CalendarDays', 'Months', 'Years', 'Weeks', 'Hours', 'Minutes', 'Seconds', 'Milliseconds', 'BusinessDays', 'Quarters', 'CalendarISOWeeks'].map((u) => f[`differenceIn${u}`](d, leap)),
  distance: () => [[0, 1], [0, 29e3], [0, 31e3], [0, 5e6], [0, 9e7], [0, 3e9], [0, 4e10], [4e10, 0]].map(([a, b]) => [f.formatDistance(a, b), f.formatDistanceStrict(a, b, { addSuffix: true }), f.formatDistance(a, b, { includeSeconds: true })]),
  duration: () => [f.intervalToDuration({ start: leap, end: d }), f.formatDuration({ years: 2, months: 9, days: 3.5 }), f.formatDuration({ hours: 0, minutes: 1 }, { zero: true, delimiter: ', ' })],
  predicates: () => [f.isLeapYear(leap), f.isWeekend(d), f.isValid(new Date('x')), f.isBefore(leap, d), f.isSameMonth(d, new Date('2026-03-31')), f.isWithinInterval(d, { start: leap, end: new Date('2027') }), f.isFirstDayOfMonth(d), f.isDate(1), f.isExists(2026, 1, 29), f.areIntervalsOverlapping({ start: 0, end: 10 }, { start: 5, end: 15 })],
  intervals: () => [f.eachDayOfInterval({ start: new Date('2024-02-27'), end: new Date('2024-03-02') }), f.eachMonthOfInterval({ start: leap, end: d }).length, f.eachWeekendOfMonth(d).length, f.eachHourOfInterval({ start: 0, end: 36e5 * 3 }, { step: 2 })],
  get: () => [f.getISOWeek(d), f.getWeek(d, { weekStartsOn: 1, firstWeekContainsDate: 4 }), f.getDayOfYear(leap), f.getQuarter(d), f.getDaysInMonth(leap), f.getUnixTime(d), f.getDecade(d), f.getWeeksInMonth(d), f.getISOWeeksInYear(d)],
  set: () => [f.set(d, { month: 0, date: 31, hours: 0 }), f.setISOWeek(d, 1), f.setDayOfYear(d, 366), f.setQuarter(d, 4), f.nextMonday(d), f.previousFriday(d), f.lastDayOfMonth(leap)],
  round: () => [f.roundToNearestMinutes(d, { nearestTo: 15 }), f.roundToNearestHours(d, { roundingMethod: 'ceil' }), f.clamp(d, { start: 0, end: leap }), f.closestTo(d, [0, leap]), f.max([d, leap]), f.min([d, leap])],
  relative: () => [-8, -2, -1, 0, 1, 3, 10].map((n) => f.formatRelative(f.addDays(d, n), d)),
  errors: () => f.format(new Date(NaN), 'yyyy'),
  badToken: () => f.format(d, 'yyyy-nn'),
  likelyWrong: () => f.format(d, 'yyyy-mm-DD'),
  fp: () => require('date-fns/fp').format('yyyy')(require('date-fns/fp').addDays(3)(d)),
  members: () => Object.keys(f).length,
});
