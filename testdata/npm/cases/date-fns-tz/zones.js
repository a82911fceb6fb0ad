const { all } = require('../_attempt');

const tz = require('date-fns-tz');

const at = new Date('2026-07-05T07:08:09.010Z');
const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', '+02:00', 'Z'];

exports.main = () => all({
  inZone: () => zones.slice(0, 5).map((z) => tz.formatInTimeZone(at, z, "yyyy-MM-dd HH:mm:ss.SSS XXX 'in' zzz")),
  long: () => zones.slice(0, 3).map((z) => tz.formatInTimeZone(at, z, 'PPPPpppp zzzz')),
  to: () => zones.map((z) => tz.toZonedTime(at, z).toISOString()),
  from: () => [['2026-03-29 02:30', 'Europe/Berlin'], ['2026-10-25T02:30', 'Europe/Berlin'], ['2026-07-01', 'America/New_York'], ['2026-07-01T12:00:00Z', 'Asia/Tokyo']].map(([d, z]) => tz.fromZonedTime(d, z).toISOString()),
  offset: () => zones.map((z) => tz.getTimezoneOffset(z, at)),
  toDate: () => [tz.toDate('2026-01-01T00:00:00', { timeZone: 'Europe/Paris' }).toISOString(), tz.toDate('2026-01-01T00:00:00+05:30').toISOString(), String(tz.toDate('x').getTime())],
  format: () => tz.format(tz.toZonedTime(at, 'Europe/Berlin'), 'yyyy-MM-dd HH:mm zzz XXX', { timeZone: 'Europe/Berlin' }),
  invalid: () => tz.formatInTimeZone(at, 'Mars/Base', 'yyyy'),
});
