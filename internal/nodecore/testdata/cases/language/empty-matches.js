'use strict';
// All matches of expressions of which some are empty.
exports.main = async () => ({
  sticky: [/(?:)/gy, /a?/gy].map((re) => 'ab'.replace(re, '<$&>')),
  split: ['a, b', 'a, ä', 'ä1ö', 'ä😀,,b', 'ü', '', 'äx  y'].map((text) => [/,?\s*/, /(?:)/, /(?:)/u, /(,)|\s*/, /(?=,)|x*/g, /x?/y, /(?!x)/].map((re) => [text.split(re), text.split(re, 2), text.split(re, 0), re.lastIndex])),
  replaced: ['abc', 'äbc'].map((text) => text.replace(/.*/g, 'x')),
});
