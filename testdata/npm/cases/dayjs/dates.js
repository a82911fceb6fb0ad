const dayjs = require('dayjs');
const { all } = require('../_attempt');

for (const name of ['utc', 'customParseFormat', 'duration', 'relativeTime', 'isBetween', 'weekOfYear', 'advancedFormat', 'quarterOfYear', 'localizedFormat', 'minMax', 'isoWeek', 'objectSupport']) dayjs.extend(require(`dayjs/plugin/${name}`));
require('dayjs/locale/de');

exports.main = async () => {
  const at = dayjs.utc('2026-02-03T04:05:06.789Z');
  return all({
    format: () => ['YYYY-MM-DDTHH:mm:ss.SSSZ', 'dddd D MMM YY h:mm A', 'Q Do w X x', 'LLLL', '[esc] ddd'].map((f) => at.format(f)),
    parse: () => [dayjs.utc('12-25-1995', 'MM-DD-YYYY').format(), dayjs.utc('05/02/69 1:02:03 PM -05:00', 'MM/DD/YY H:mm:ss A Z').format(), dayjs('nope').isValid(), dayjs('2018-99-99', 'YYYY-MM-DD', true).isValid(), dayjs.utc({ year: 2020, month: 2 }).format()],
    arithmetic: () => [at.add(1, 'month').format(), at.subtract(40, 'day').format(), at.startOf('week').format(), at.endOf('quarter').format(), at.set('date', 31).format(), at.daysInMonth(), at.isoWeek()],
    difference: () => [at.diff('2025-01-01T00:00:00Z', 'day'), at.diff('2025-01-01T00:00:00Z', 'month', true), at.from(dayjs.utc('2026-02-01')), at.isBetween('2026-01-01', '2026-03-01'), dayjs.max(at, dayjs.utc('2030-01-01')).year()],
    duration: () => [dayjs.duration(95, 'minutes').humanize(), dayjs.duration('P1DT2H').asHours(), dayjs.duration({ hours: 25 }).format('D HH:mm'), dayjs.duration(1e6).toISOString()],
    locale: () => [at.locale('de').format('dddd, D. MMMM YYYY'), at.locale('de').from(at.add(3, 'day'))],
    json: () => [JSON.stringify({ at }), at.toISOString(), at.unix(), String(at), at.toDate().getTime(), dayjs.isDayjs(at)],
    local: () => [dayjs('2026-07-01 10:00').format(), dayjs(0).format(), dayjs('2026-07-01').utcOffset()],
  });
};
