exports.main = () => {
  const t = Date.UTC(2026, 0, 5, 15, 4, 9, 7);
  return {
    number: new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }).formatToParts(-1234.5),
    compact: new Intl.NumberFormat('en', { notation: 'compact', compactDisplay: 'long' }).formatToParts(1234567),
    unit: new Intl.NumberFormat('en', { style: 'unit', unit: 'kilometer-per-hour', unitDisplay: 'long' }).formatToParts(50),
    scientific: new Intl.NumberFormat('en', { notation: 'scientific' }).formatToParts(-0.00012),
    percent: new Intl.NumberFormat('fr', { style: 'percent', signDisplay: 'always' }).formatToParts(0.123),
    name: new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', currencyDisplay: 'name' }).formatToParts(1),
    nan: new Intl.NumberFormat('en').formatToParts(NaN),
    date: new Intl.DateTimeFormat('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 2, timeZoneName: 'short', timeZone: 'America/New_York' }).formatToParts(t),
    ja: new Intl.DateTimeFormat('ja', { dateStyle: 'full', timeStyle: 'medium', timeZone: 'Asia/Tokyo' }).formatToParts(t),
    resolved: [
      new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'eur' }).resolvedOptions(), new Intl.NumberFormat('en', { notation: 'compact' }).resolvedOptions(), new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).resolvedOptions(),
      new Intl.NumberFormat('en', { style: 'unit', unit: 'mile', useGrouping: false }).resolvedOptions(), new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: 'numeric', timeZone: 'Europe/Berlin' }).resolvedOptions(),
      new Intl.DateTimeFormat('de', { dateStyle: 'long' }).resolvedOptions(), new Intl.DateTimeFormat('de-AT', { weekday: 'short', month: '2-digit', day: 'numeric' }).resolvedOptions(), new Intl.PluralRules('en', { type: 'ordinal' }).resolvedOptions(),
      new Intl.RelativeTimeFormat('fr-CH', { style: 'short' }).resolvedOptions(), new Intl.ListFormat('es').resolvedOptions(), new Intl.Collator('de-u-kn-true').resolvedOptions(), new Intl.Segmenter('en', { granularity: 'word' }).resolvedOptions(),
      new Intl.DisplayNames('en', { type: 'language' }).resolvedOptions(), new Intl.NumberFormat(['tlh', 'fr']).resolvedOptions().locale, new Intl.DateTimeFormat('en-u-hc-h23', { hour: 'numeric' }).resolvedOptions().hourCycle,
    ],
    locale: [new Intl.Locale('en-Latn-US'), new Intl.Locale('de', { region: 'AT', hourCycle: 'h23' }), new Intl.Locale('zh-hant-tw')].map((l) => [String(l), l.language, l.script, l.region, l.baseName, l.hourCycle]),
  };
};
