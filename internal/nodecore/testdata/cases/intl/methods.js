exports.main = () => {
  const d = new Date(Date.UTC(2026, 0, 5, 15, 4, 9));
  const e = (f) => { try { return f(); } catch (error) { return `${error.name}: ${error.message}`; } };
  return [
    (1234.5).toLocaleString(), (1234.5).toLocaleString('de'), 12345678901234567890n.toLocaleString('en'), (1e21).toLocaleString(), NaN.toLocaleString('fr'), (0.256).toLocaleString('en', { style: 'percent' }),
    d.toLocaleString(), d.toLocaleDateString(), d.toLocaleTimeString(), d.toLocaleDateString('de', { month: 'long' }), d.toLocaleTimeString('de', { timeStyle: 'short' }), d.toLocaleString('sv'), d.toLocaleDateString('en-CA'),
    d.toLocaleDateString('en-US', { hour: 'numeric' }), d.toLocaleTimeString('en-US', { day: 'numeric' }), d.toLocaleDateString(undefined, { timeZone: 'Asia/Tokyo' }), new Date(NaN).toLocaleString(),
    [1234.5, d, 'x', null, undefined, [1, 2]].toLocaleString('de'), [1234.5].toLocaleString('en', { style: 'currency', currency: 'USD' }),
    'a'.localeCompare('b'), 'b'.localeCompare('a'), 'a'.localeCompare('a'), 'a'.localeCompare('A'), 'ä'.localeCompare('z', 'de'), 'ä'.localeCompare('z', 'sv'), 'a10'.localeCompare('a2', undefined, { numeric: true }),
    'a'.localeCompare('A', undefined, { sensitivity: 'base' }), 'a'.localeCompare('á', undefined, { sensitivity: 'base' }), 'a'.localeCompare('á', undefined, { sensitivity: 'accent' }), 'résumé'.localeCompare('resume'),
    'i'.toLocaleUpperCase('tr'), 'I'.toLocaleLowerCase('tr'), 'ß'.toLocaleUpperCase(), 'ΑΣ'.toLocaleLowerCase(),
    e(() => (1).toLocaleString('xx-invalid-locale-name')), e(() => (1).toLocaleString('de_DE')), e(() => d.toLocaleString('en', { timeZone: 'Mars/Base' })), e(() => d.toLocaleString('en', { month: 'longest' })),
    e(() => (1).toLocaleString('en', { style: 'currency' })), e(() => (1).toLocaleString('en', { style: 'currency', currency: 'DOLLAR' })), e(() => (1).toLocaleString('en', { maximumFractionDigits: 101 })),
    e(() => (1).toLocaleString('en', { minimumFractionDigits: 5, maximumFractionDigits: 2 })), e(() => (1).toLocaleString(null)), e(() => d.toLocaleDateString('en', { timeStyle: 'short' })), e(() => d.toLocaleString('en', { dateStyle: 'short', month: 'long' })),
    e(() => new Intl.NumberFormat('en', { style: 'unit' })), e(() => new Intl.NumberFormat('en', { style: 'unit', unit: 'furlong' })), e(() => new Intl.DateTimeFormat('en').format(NaN)), e(() => new Intl.DateTimeFormat('en').format('x')),
    e(() => Intl.getCanonicalLocales(['EN-us', 'de-de', 'zh-hant-tw', 'en-US'])), e(() => Intl.getCanonicalLocales('a')), e(() => Intl.getCanonicalLocales('en-')), Intl.NumberFormat.supportedLocalesOf(['de', 'en-US', 'tlh', 'fr-CA']),
    e(() => Intl.supportedValuesOf('planet')), Intl.supportedValuesOf('currency').length > 100, Intl.supportedValuesOf('timeZone').includes('Europe/Berlin'),
    Intl.NumberFormat('de').format(1.5), typeof Intl, String(Intl), Object.keys(Intl), Object.prototype.toString.call(new Intl.NumberFormat()), Object.prototype.toString.call(Intl.DateTimeFormat()), new Intl.NumberFormat() instanceof Intl.NumberFormat,
    Intl.NumberFormat.name, Intl.DateTimeFormat.length, Intl.DisplayNames.length, Object.getOwnPropertyNames(Intl).sort(), Number.prototype.toLocaleString.name, Date.prototype.toLocaleDateString.length, ''.localeCompare.length,
  ];
};
