'use strict';
// \b and \B beside letters that are none for them, from the beginning of a text and from within.
const texts = ['über große Äcker x_1 änd', 'ber', 'überfoo foo_ü foobar ßfooß', 'plain foo, bar-baz 42a', '', 'ü', 'aü üa', '日本foo語 bar'];

const literals = [
  /\b\w+\b/g, /\bfoo\b/g, /\b(?:foo|bar)\b/gi, /\Bo\B/g, /\b/g, /\B/g, /(?<!\w)\bfoo/g, /foo(?=\b)/g, /o\B/g, /\d\b/g, /\w+\b./g, /\w+?\b/g, /\w*\b/g,
  /\bf?o*\b/g, /[\b]|\bü/g, /ü\b/g, /\u00fc\b./g, /\u00fcb\b/g, /(f)\b/g, /(f|o)\B/g, /\b(\w)\B(\w)/g, /a\b|\bb/g, /\bä/gu, /\bf/giu, /o{2}\b/g, /\bo{0,2}x?\b/g,
  /^\b|\b$/gm, /(?<=\b)\w/g, /\b(?=\w)(\w+)(?!\w)\b/g, /(?<word>\bfoo)\k<word>?/g, /\x66\b/g, /\x66\Bo/g, /\\b/g, /\\\bfoo/g, /(\w)\1\b/g, /.*/g, /x*|o/g, /^|$/gm, /(?:)/g, /(a?)(b?)/gi, /ü*/gu,
];

exports.main = async () => {
  const out = {};
  for (const literal of literals) {
    for (const re of [literal, new RegExp(literal.source, literal.flags), new RegExp(literal, literal.flags + 'y')]) {
      out[re] = texts.map((text) => {
        const found = [];
        for (let i = 0; i <= text.length; i++) {
          re.lastIndex = i;
          const m = re.exec(text);
          found.push(m && [m.index, ...m]);
        }
        re.lastIndex = 0;
        // Empty matches that are sticky are in empty-matches.js.
        if (re.sticky) return found;
        return [found, text.match(re), text.replace(re, '<$&>'), text.split(re), [...text.matchAll(re)].map((m) => m.index), text.search(re)];
      });
    }
    out[literal].push(literal.source, String(literal));
  }
  const [quantified, doubled] = [/(?:\b)+f/g, /x\b\b|\b\bf/g];
  out.odd = texts.map((text) => [text.match(quantified), text.match(doubled), text.match(/(?=ü)|(?:\B)*o/g)]);
  return out;
};
