const ZONES = ['UTC', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'America/Sao_Paulo', 'Asia/Tokyo', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Sydney', 'Pacific/Auckland', 'Pacific/Apia', 'US/Eastern', 'Etc/GMT+3', 'europe/paris', 'Africa/Abidjan', 'America/Caracas', 'GMT'];
// Around the changes of 2026, and one in 1985.
const TIMES = [Date.UTC(2026, 2, 29, 0, 59), Date.UTC(2026, 2, 29, 1, 0), Date.UTC(2026, 9, 25, 0, 59), Date.UTC(2026, 9, 25, 1, 0), Date.UTC(2026, 2, 8, 7, 0), Date.UTC(1985, 6, 1)];
exports.main = () => {
  const out = {};
  for (const timeZone of ZONES) {
    for (const timeZoneName of ['short', 'long', 'shortOffset', 'longOffset']) {
      for (const locale of ['en-US', 'en-GB', 'de', 'fr', 'ja', 'pt-BR']) {
        const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName, hour: 'numeric', minute: '2-digit', day: 'numeric' });
        out[`${timeZone} ${timeZoneName} ${locale}`] = TIMES.map((t) => format.format(t)).join(' | ');
      }
    }
    out[`${timeZone} resolved`] = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    out[`${timeZone} string`] = new Date(TIMES[1]).toLocaleString('en-US', { timeZone });
  }
  return out;
};
