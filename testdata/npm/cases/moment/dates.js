const moment = require('moment');
require('moment/locale/de');
const { all } = require('../_attempt');

moment.locale('en');
moment.suppressDeprecationWarnings = true; // they hold a stack, which engines word differently

exports.main = async () => {
  const at = moment.utc('2026-02-03T04:05:06.789Z');
  return all({
    format: () => ['YYYY-MM-DD HH:mm:ss.SSS Z', 'dddd, MMMM Do YYYY, h:mm:ss a', 'ddd DDD DDDo w wo W E e Q X x [literal]', 'LLLL', 'LTS', 'l', 'N GGGG-[W]WW'].map((f) => at.format(f)),
    iso: () => [at.toISOString(), at.toJSON(), JSON.stringify({ at }), at.valueOf(), at.unix(), at.toArray(), at.toObject(), String(at), at.inspect()],
    parse: () => [moment.utc('12-25-1995', 'MM-DD-YYYY').format(), moment.utc('2013-02-08 24:00:00.000').format(), moment.utc('20130208T080910,123').toISOString(), moment.utc('5/3/21', ['D/M/YY', 'M/D/YY']).format(), moment('nope', 'YYYY', true).isValid(), moment.utc([2010, 1, 14]).format(), moment.utc(1318781876406).format(), moment.parseZone('2013-01-01T00:00:00-13:00').format(), moment.utc('Mon, 06 Mar 2017 21:22:23 z', moment.RFC_2822).isValid(), moment.utc('2016-W05-3').format()],
    invalid: () => [moment.invalid().format(), moment('2015-13-40').isValid(), moment('2015-13-40', 'YYYY-MM-DD').invalidAt(), moment.utc(NaN).toJSON()],
    fallback: () => moment('nonsense text').isValid(),
    arithmetic: () => [at.clone().add(1, 'month').format(), at.clone().subtract({ days: 40, hours: 2 }).format(), at.clone().startOf('week').format(), at.clone().endOf('quarter').format(), at.clone().set({ year: 2024, month: 1, date: 29 }).format(), moment.utc('2024-01-31').add(1, 'M').format('L'), at.daysInMonth(), at.isLeapYear()],
    difference: () => [at.diff(moment.utc('2025-01-01'), 'days'), at.diff(moment.utc('2025-01-01'), 'months', true), at.from(moment.utc('2026-02-01')), at.to('2030-01-01'), at.calendar(moment.utc('2026-02-02')), at.isBefore('2027-01-01'), at.isBetween('2026-01-01', '2026-03-01'), at.isSame('2026-02-20', 'month')],
    duration: () => [moment.duration(90, 'minutes').humanize(), moment.duration('P1Y2M3DT4H5M6S').toISOString(), moment.duration({ hours: 25, minutes: 3 }).as('days'), moment.duration(-5000).humanize(true), moment.duration(1.5, 'h').toJSON(), moment.duration('1.02:03:04').asSeconds()],
    locale: () => [at.clone().locale('de').format('LLLL'), at.clone().locale('de').fromNow(true).length > 2, moment.localeData('de').monthsShort(), moment.locales(), moment.weekdays(), moment.months('-MMM-')[0]],
    offset: () => [at.clone().utcOffset(330).format(), at.clone().utcOffset('-08:00').format('Z ZZ'), at.isUTC(), moment.utc(at).local().utcOffset()],
    minmax: () => moment.max(at, moment.utc('2030-01-01')).year(),
    timeless: () => [moment.isMoment(at), moment.isDate(at.toDate()), at.creationData().format, moment.version],
  });
};
