const LOCALES = ['en-US', 'en-GB', 'de', 'de-CH', 'fr', 'es', 'it', 'pt-BR', 'pt-PT', 'nl', 'sv', 'ja', 'en-IN', 'pl', 'de-AT'];
const NUMBERS = [0, -0, 1, -1, 0.5, 1.005, 1234, 12345.678, -1234567.891, 999999.9999, 1e21, 1.5e-7, NaN, Infinity, -Infinity, 0.1 + 0.2, 123456789012345680000, 5e-324];
const OPTIONS = {
  plain: {}, percent: { style: 'percent' }, percent2: { style: 'percent', minimumFractionDigits: 2 }, fixed2: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  zero: { maximumFractionDigits: 0 }, sig3: { maximumSignificantDigits: 3 }, sig5: { minimumSignificantDigits: 5 }, noGroups: { useGrouping: false }, min2: { useGrouping: 'min2' },
  always: { signDisplay: 'always' }, exceptZero: { signDisplay: 'exceptZero' }, never: { signDisplay: 'never' }, negative: { signDisplay: 'negative' }, padded: { minimumIntegerDigits: 4 },
  scientific: { notation: 'scientific' }, engineering: { notation: 'engineering', maximumFractionDigits: 1 }, floor: { maximumFractionDigits: 1, roundingMode: 'floor' },
  halfEven: { maximumFractionDigits: 0, roundingMode: 'halfEven' }, ceil: { maximumFractionDigits: 2, roundingMode: 'ceil' }, strip: { minimumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' },
  more: { maximumFractionDigits: 1, maximumSignificantDigits: 3, roundingPriority: 'morePrecision' }, less: { maximumFractionDigits: 1, maximumSignificantDigits: 3, roundingPriority: 'lessPrecision' },
};
exports.main = () => {
  const out = {};
  for (const locale of LOCALES) {
    for (const [name, options] of Object.entries(OPTIONS)) {
      const format = new Intl.NumberFormat(locale, options);
      out[`${locale} ${name}`] = NUMBERS.map((n) => format.format(n)).join(' | ');
    }
  }
  return out;
};
