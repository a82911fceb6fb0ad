'use strict';
// util.styleText.

const { invalidArgType, validateOneOf, validateString } = require('internal/errors');

exports.styleText = function styleText(format, text) {
  validateString(text, 'text');
  const { colors } = require('internal/inspect').inspect;
  const names = Array.isArray(format) ? format : [format];
  let left = '';
  let right = '';
  for (const name of names) {
    if (typeof name !== 'string' && Array.isArray(format)) throw invalidArgType('format', 'string', name);
    const codes = colors[name];
    if (codes === undefined) validateOneOf(name, 'format', Object.keys(colors));
    left += `\u001b[${codes[0]}m`;
    right = `\u001b[${codes[1]}m${right}`;
  }
  // There is no terminal: one format alone leaves the text as it is.
  return Array.isArray(format) ? `${left}${text}${right}` : text;
};
