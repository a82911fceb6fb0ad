'use strict';
// util.parseEnv: the variables of a .env file's text.

const { validateString } = require('internal/errors');

exports.parseEnv = function parseEnv(content) {
  validateString(content, 'content');
  const vars = {};
  const line = /^[ \t]*(?:export[ \t]+)?([^=\s#][^=\n]*?)[ \t]*=[ \t]*("[^"]*"|'[^']*'|`[^`]*`|[^\n]*)/gm;
  for (const [, key, raw] of content.replace(/\r\n?/g, '\n').matchAll(line)) {
    const quote = raw[0];
    let value = raw;
    if ((quote === '"' || quote === "'" || quote === '`') && raw.length > 1 && raw.endsWith(quote)) {
      value = raw.slice(1, -1);
      if (quote === '"') value = value.replace(/\\n/g, '\n');
    } else {
      const hash = value.indexOf('#');
      if (hash !== -1) value = value.slice(0, hash);
      value = value.trim();
    }
    vars[key] = value;
  }
  return vars;
};
