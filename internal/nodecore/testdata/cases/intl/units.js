const LOCALES = ['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'sv', 'ja'];
const UNITS = ['kilometer', 'meter', 'mile', 'liter', 'kilogram', 'celsius', 'percent', 'byte', 'megabyte', 'second', 'minute', 'hour', 'day', 'month', 'year', 'kilometer-per-hour', 'liter-per-kilometer', 'megabyte-per-second'];
exports.main = () => {
  const out = {};
  for (const locale of LOCALES) {
    for (const unit of UNITS) {
      for (const unitDisplay of ['short', 'long', 'narrow']) {
        const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
        out[`${locale} ${unit} ${unitDisplay}`] = [0, 1, -5, 1234.5].map((n) => format.format(n)).join(' | ');
      }
    }
  }
  return out;
};
