'use strict';
// Regular expressions over the halves of surrogate pairs.
const texts = ['', 'a', '😀', 'a😀b', '😀😀', 'x👨‍👩‍👧y', '🇩🇪🇫🇷', '\ud83d', '\ude00', 'a\ud83db\ude00c', '👍🏽!', 'é😀é', '\ude00\ud83d'];
const patterns = [
  /[\ud800-\udbff][\udc00-\udfff]/, /[\uD800-\uDBFF][\uDC00-\uDFFF]/g, /[\udc00-\udfff]/, /[\udc00-\udfff]/g, /[\ud800-\udfff]/g, /^[\udc00-\udfff]+$/, /(?:[\ud800-\udbff][\udc00-\udfff]){2}/g,
  /\ud83c[\udffb-\udfff]/g, /[^\ud800-\udfff]/g, /[\ud800-\udbff](?![\udc00-\udfff])/g, /(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/g, /\ud83d\ude00|[\udc00-\udfff]/, /(?:\ud83c[\udde6-\uddff]){2}/g, /[\ude00]/g, /[\udc00-\udeff\udf00-\udfff]?b/g, /😀/g, /[😀]/u, /./gu, /[\ud83c-\udbff][\udc00-\udfff]|./gs, /😀|🇩|👩/g, /\ud83d\ude00|\ud83c\udde9|\ud83d\udc69/g, /(😀|👍)b?/, /a😀|b🇩|x👨/i, /[\ud800-\udfff]|b/g, /[^\udc00-\udfff][\udc00-\udfff]|[^\ud800-\udbff]/g, /(?:😀){2}|👍+/, /x(?=👨)|a(?!😀)|\ud83d(?=\udc69)/g,
];

exports.main = async () => ({
  literals: patterns.map((p) => texts.map((t) => [t.search(p), t.match(p), t.replace(p, '*'), t.split(p)])),
  made: patterns.filter((p) => !p.unicode).map((p) => texts.map((t) => t.match(new RegExp(p.source, p.flags)))),
  sources: [...patterns, /\p{L}+/u, /[\p{Lu}😀]/u, new RegExp('\\p{Lu}', 'u'), new RegExp('[😀]a/b'), new RegExp(/😀|x/, 'g'), new RegExp(/😀|x/), RegExp('a/\\/\n'), new RegExp(''), new RegExp(new RegExp('/'), 'i')].map((p) => [p.source, String(p), p.flags]),
  strings: texts.map((t) => t.match(new RegExp('[\\ud800-\\udbff][\\udc00-\\udfff]|[\\ud800-\\udfff]|[^\\ud800-\\udfff]', 'g'))),
});
