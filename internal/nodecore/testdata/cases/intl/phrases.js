const LOCALES = ['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'sv', 'ja', 'pl', 'ru'];
exports.main = () => {
  const out = {};
  for (const locale of LOCALES) {
    for (const style of ['long', 'short', 'narrow']) {
      for (const numeric of ['always', 'auto']) {
        const format = new Intl.RelativeTimeFormat(locale, { style, numeric });
        out[`${locale} ${style} ${numeric}`] = ['second', 'minutes', 'hour', 'day', 'weeks', 'month', 'quarter', 'years'].map((unit) => [-2, -1, -0, 0, 1, 1.5, 2, 5, -21, 1234].map((n) => format.format(n, unit)).join(' | '));
      }
    }
    for (const type of ['conjunction', 'disjunction', 'unit']) {
      for (const style of ['long', 'short', 'narrow']) {
        const format = new Intl.ListFormat(locale, { type, style });
        out[`${locale} ${type} ${style}`] = [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd', 'e'], ['x', 'Italia'], ['siete', 'ocho'], ['a', 'hielo']].map((list) => format.format(list));
      }
    }
    const rules = new Intl.PluralRules(locale);
    const ordinal = new Intl.PluralRules(locale, { type: 'ordinal' });
    const numbers = [0, 1, 1.5, 2, 3, 4, 5, 10, 11, 12, 13, 21, 22, 23, 100, 101, 111, 1e6, 0.5, -1, NaN, Infinity];
    out[`${locale} plural`] = [numbers.map((n) => rules.select(n)).join(' '), numbers.map((n) => ordinal.select(n)).join(' '), new Intl.PluralRules(locale, { minimumFractionDigits: 1 }).select(1), rules.resolvedOptions().pluralCategories];
    const name = (type, code, options) => new Intl.DisplayNames(locale, { type, ...options }).of(code);
    out[`${locale} names`] = [name('region', 'US'), name('region', 'DE'), name('language', 'fr'), name('language', 'pt-BR'), name('currency', 'EUR'), name('currency', 'ZZZ'), name('region', 'ZZ'), name('region', 'QX', { fallback: 'none' })];
  }
  const rtf = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const e = (f) => { try { return f(); } catch (error) { return `${error.name}: ${error.message}`; } };
  out.parts = [rtf.formatToParts(-3, 'day'), rtf.formatToParts(1, 'day'), new Intl.ListFormat('en').formatToParts(['x', 'y', 'z'])];
  out.errors = [e(() => rtf.format(1, 'decade')), e(() => rtf.format(NaN, 'day')), e(() => new Intl.ListFormat('en').format([1])), e(() => new Intl.ListFormat('en', null)), e(() => new Intl.DisplayNames('en')), e(() => new Intl.DisplayNames('en', {})), e(() => name2())];
  function name2() { return new Intl.DisplayNames('en', { type: 'region' }).of('XXXX'); }
  return out;
};
