const LOCALES = ['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'sv', 'ja', 'en-IN', 'ko', 'zh', 'pl', 'ru'];
const NUMBERS = [0, 1, 12, 999, 999.6, 1000, 1050, 1500, 9999, 12345, 99999, 999499, 999500, 999999, 1e6, 1234567, 2e6, 15e6, 999999999, 1e9, 1.5e9, 1e12, 2.5e12, 1e15, 123456789012345680000, -1234, 0.00123];
exports.main = () => {
  const out = {};
  for (const locale of LOCALES) {
    for (const compactDisplay of ['short', 'long']) {
      const format = new Intl.NumberFormat(locale, { notation: 'compact', compactDisplay });
      out[`${locale} ${compactDisplay}`] = NUMBERS.map((n) => format.format(n));
      const exact = new Intl.NumberFormat(locale, { notation: 'compact', compactDisplay, minimumFractionDigits: 1, maximumFractionDigits: 2 });
      out[`${locale} ${compactDisplay} exact`] = NUMBERS.map((n) => exact.format(n));
    }
  }
  return out;
};
