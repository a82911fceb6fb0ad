const LOCALES = ['en-US', 'en-GB', 'en-CA', 'de', 'de-CH', 'fr', 'fr-CA', 'es', 'es-MX', 'it', 'pt-BR', 'nl', 'sv', 'ja', 'en-IN', 'pl', 'tr', 'ko'];
const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'SEK', 'BRL', 'INR', 'KWD', 'XAU', 'ZZZ', 'CLP'];
exports.main = () => {
  const out = {};
  for (const locale of LOCALES) {
    for (const currency of CURRENCIES) {
      for (const currencyDisplay of ['symbol', 'narrowSymbol', 'code', 'name']) {
        const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
        out[`${locale} ${currency} ${currencyDisplay}`] = [0, 1, -1234.5, 1234567.891].map((n) => format.format(n)).join(' | ');
      }
    }
    const accounting = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencySign: 'accounting', signDisplay: 'exceptZero' });
    out[`${locale} accounting`] = [0, 5, -5, -0].map((n) => accounting.format(n)).join(' | ');
    const compact = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', notation: 'compact' });
    out[`${locale} compact`] = [999, 1000, 1234567, -5e9].map((n) => compact.format(n)).join(' | ');
    out[`${locale} whole`] = (1234.56).toLocaleString(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
  }
  return out;
};
