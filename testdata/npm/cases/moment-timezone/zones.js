const moment = require('moment-timezone');
const { all } = require('../_attempt');

exports.main = () => all({
  convert: () => ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC'].map((z) => ['2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z', '1970-01-01T00:00:00Z', '2011-12-30T12:00:00Z'].map((t) => moment.utc(t).tz(z).format('YYYY-MM-DD HH:mm z Z'))),
  gaps: () => [moment.tz('2026-03-29 02:30', 'Europe/Berlin').format(), moment.tz('2026-10-25 02:30', 'Europe/Berlin').format(), moment.tz('2026-11-01 01:30', 'America/New_York').utc().format(), moment.tz('2026-03-28', 'Europe/Berlin').add(1, 'day').format(), moment.tz('2026-03-28T12:00', 'Europe/Berlin').add(24, 'hours').format()],
  parse: () => [moment.tz('05.03.2026 07:08', 'DD.MM.YYYY HH:mm', 'Europe/Paris').toISOString(), moment.tz(0, 'Asia/Tokyo').format('llll'), moment.tz([2026, 0, 1], 'America/Los_Angeles').valueOf(), moment('2026-01-01T00:00:00+05:30').tz('UTC').format()],
  keep: () => [moment.tz('2026-01-01 12:00', 'UTC').tz('Asia/Tokyo', true).format(), moment.utc('2026-06-01').tz('Europe/London').isDST(), moment.utc('2026-06-01').tz('Europe/London').zoneAbbr(), moment.utc('2026-06-01').tz('Europe/London').utcOffset()],
  names: () => [moment.tz.names().length > 400, moment.tz.zone('Europe/Berlin').abbr(1767225600000), moment.tz.zone('nowhere'), moment.tz.zone('US/Pacific').name, moment.tz.dataVersion.length, moment.tz.zonesForCountry('DE'), moment.tz.countries().length > 200],
  bounds: () => [moment.tz('2026-03-29', 'Europe/Berlin').startOf('day').format(), moment.tz('2026-03-29', 'Europe/Berlin').endOf('day').format(), moment.tz('2026-03-29', 'Europe/Berlin').diff(moment.tz('2026-03-30', 'Europe/Berlin'), 'hours')],
  defaults: () => { moment.tz.setDefault('America/New_York'); const out = [moment('2026-07-01T12:00:00Z').format(), moment(0).format('LLLL')]; moment.tz.setDefault(); return [...out, moment(0).utc().format()]; },
  unknown: () => moment.utc('2026-01-01').tz('Mars/Base').format(),
});
