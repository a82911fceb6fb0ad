'use strict';
// What a debugger needs: the source map inside the code, naming the user's files
// by their URLs.

const inspector = require('inspector');
const path = require('path');
const { pathToFileURL } = require('url');

// prepare gives the text to compile and how many lines it has in front of the
// bundle. With brk it waits for a debugger, and its first statement stops there,
// shown at the beginning of the user's file.
exports.prepare = (fn, code, map, script, brk) => {
  if (brk) inspector.waitForDebugger();
  if (map === '') return { text: code, shift: 0 };
  const { root = fn.dir } = fn;
  const full = JSON.parse(map);
  full.sources = full.sources.map((source) => pathToFileURL(path.resolve(root, source)).href);
  full.file = path.basename(script);
  const parts = [{ offset: { line: 0, column: 0 }, map: full }];
  if (brk) {
    const begins = { version: 3, sources: [pathToFileURL(fn.entry).href], names: [], mappings: 'AAAA' };
    parts[0].offset.line = 1;
    parts.unshift({ offset: { line: 0, column: 0 }, map: begins });
  }
  const whole = brk ? { version: 3, file: full.file, sections: parts } : full;
  const url = `data:application/json;charset=utf-8;base64,${Buffer.from(JSON.stringify(whole)).toString('base64')}`;
  return { text: `${brk ? 'debugger;\n' : ''}${code}\n//# sourceMappingURL=${url}`, shift: brk ? 1 : 0 };
};
