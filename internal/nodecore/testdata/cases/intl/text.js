exports.main = () => {
  const words = ['zebra', 'Apple', 'apple', 'éclair', 'eclair', 'Éclair', 'ähnlich', 'Zürich', 'zurich', 'ñu', 'nube', 'oso', 'z10', 'z2', 'Z1', '_x', '-x', ' x', '10', '2', 'straße', 'strasse', 'Å', 'a b', 'ab', 'ab c'];
  const out = {};
  for (const locale of ['en', 'de', 'fr', 'es', 'sv', 'da', 'pl', 'it']) {
    out[locale] = [...words].sort(new Intl.Collator(locale).compare).join(' < ');
    out[`${locale} numeric`] = [...words].sort(new Intl.Collator(locale, { numeric: true }).compare).join(' < ');
  }
  for (const sensitivity of ['base', 'accent', 'case', 'variant']) {
    const { compare } = new Intl.Collator('en', { sensitivity });
    out[sensitivity] = [['a', 'A'], ['a', 'á'], ['a', 'b'], ['a', 'Á'], ['résumé', 'RESUME'], ['', 'a'], ['x', 'x']].map(([a, b]) => compare(a, b));
  }
  const segments = (text, granularity) => [...new Intl.Segmenter('en', { granularity }).segment(text)].map((s) => [s.segment, s.index, s.isWordLike]);
  out.grapheme = segments('e\u0301🇩🇪👨‍👩‍👧x👍🏽', 'grapheme');
  out.word = segments('Hello, world! It\'s 3.5 km.', 'word');
  out.sentence = segments('One. Two? Three! Done', 'sentence');
  out.containing = new Intl.Segmenter('en', { granularity: 'word' }).segment('Hello world').containing(7);
  return out;
};
