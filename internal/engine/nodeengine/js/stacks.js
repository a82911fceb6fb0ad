'use strict';
// Stack traces show where the user's code stands in the user's own files. V8
// knows positions in the bundle only; they are looked up in its source map when a
// stack is first read, through Error.prepareStackTrace.

const own = __dirname;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

// decode gives for each line of the bundle its segments: [column, source, line,
// column], all counted from 0.
function decode(mappings) {
  const values = new Map(Array.from(DIGITS, (digit, i) => [digit.charCodeAt(0), i]));
  const lines = [];
  let at = 0;
  const number = () => {
    let bits = 0;
    for (let shift = 0; ; shift += 5) {
      const digit = values.get(mappings.charCodeAt(at++));
      bits |= (digit & 31) << shift;
      if (digit < 32) return bits & 1 ? -(bits >> 1) : bits >> 1;
    }
  };
  const ends = () => at >= mappings.length || mappings[at] === ',' || mappings[at] === ';';
  let [source, line, column] = [0, 0, 0];
  for (let segments = [], generated = 0; ; at++) {
    if (!ends()) {
      generated += number();
      if (ends()) {
        segments.push([generated, -1, 0, 0]);
      } else {
        segments.push([generated, source += number(), line += number(), column += number()]);
        if (!ends()) number(); // a name
      }
    }
    if (at >= mappings.length || mappings[at] === ';') {
      lines.push(segments);
      if (at >= mappings.length) return lines;
      [segments, generated] = [[], 0];
    }
  }
}

// Positions looks up places of one script. shift is how many lines stand before
// the text that the map describes.
class Positions {
  constructor(script, text, shift) {
    this.script = script;
    this.text = text;
    this.shift = shift;
  }

  // find gives {file, line, column} for a place in the bundle, counted from 1.
  find(line, column) {
    if (this.lines === undefined) {
      const map = this.text === '' ? { mappings: '', sources: [] } : JSON.parse(this.text);
      this.sources = map.sources;
      this.lines = decode(map.mappings);
    }
    const segments = this.lines[line - 1 - this.shift] || [];
    let low = 0;
    for (let high = segments.length; low < high;) {
      const middle = (low + high) >> 1;
      if (segments[middle][0] <= column - 1) low = middle + 1;
      else high = middle;
    }
    const found = segments[low - 1];
    if (found === undefined || found[1] < 0) return null;
    return { file: this.sources[found[1]], line: found[2] + 1, column: found[3] + 1 };
  }
}

// kIsNodeError marks Node's own errors, whose first line shows the code.
function nodeErrorSymbol() {
  try {
    Buffer.alloc('');
  } catch (error) {
    for (let o = error; o !== null; o = Object.getPrototypeOf(o)) {
      const found = Object.getOwnPropertySymbols(o).find((symbol) => symbol.description === 'kIsNodeError');
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const CALL_SITE = `getThis getTypeName getFunction getFunctionName getMethodName getEvalOrigin getScriptHash getEnclosingLineNumber
getEnclosingColumnNumber getPosition getPromiseIndex isToplevel isEval isNative isConstructor isAsync isPromiseAll`.split(/\s+/);

// moved gives a call site in the user's file.
function moved(site, place, text) {
  const result = {
    getFileName: () => place.file,
    getScriptNameOrSourceURL: () => place.file,
    getLineNumber: () => place.line,
    getColumnNumber: () => place.column,
    toString: () => text,
  };
  for (const name of CALL_SITE) {
    if (typeof site[name] === 'function') result[name] = () => site[name]();
  }
  return result;
}

// install makes every Error of this process use the positions. What a function
// puts into Error.prepareStackTrace gets the original places too.
exports.install = (positions) => {
  const mark = nodeErrorSymbol();

  const original = (site) => {
    const file = site.getFileName();
    if (file !== positions.script) return site;
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    const place = positions.find(line, column);
    if (place === null) return site;
    const text = site.toString();
    const shown = `${file}:${line}:${column}`;
    const at = text.lastIndexOf(shown);
    return moved(site, place, at < 0 ? text : `${text.slice(0, at)}${place.file}:${place.line}:${place.column}${text.slice(at + shown.length)}`);
  };
  // The frames of this program, and what called it, are none of the user's.
  const kind = (site) => {
    const file = site.getFileName();
    if (typeof file !== 'string') return '';
    return file.startsWith(own) ? 'own' : file.startsWith('node:') ? 'node' : '';
  };
  const visible = (sites) => {
    const kinds = sites.map(kind);
    let end = kinds.length;
    for (let i = end - 1; i >= 0 && kinds[i] !== ''; i--) if (kinds[i] === 'own') end = i;
    return sites.filter((_, i) => i < end && kinds[i] !== 'own').map(original);
  };

  const header = (error) => {
    try {
      if (mark !== undefined && mark in error) return `${error.name} [${error.code}]: ${error.message}`;
      return Error.prototype.toString.call(error);
    } catch {
      return '<error>';
    }
  };
  const prepare = (error, sites) => [header(error), ...visible(sites).map(String)].join('\n    at ');

  let users = null;
  const wrapper = function prepareStackTrace(error, sites) {
    return users.call(Error, error, visible(sites));
  };
  Object.defineProperty(Error, 'prepareStackTrace', {
    configurable: true,
    enumerable: false,
    get: () => (users === null ? prepare : wrapper),
    set(value) {
      if (value !== wrapper) users = typeof value === 'function' && value !== prepare ? value : null;
    },
  });
};

exports.Positions = Positions;

// frames gives the lines of a stack, without the message in front and without
// Node's own at the end.
exports.frames = (stack) => {
  const lines = stack.split('\n').filter((line) => line.startsWith('    at '));
  while (lines.length > 1 && /\(?node:/.test(lines[lines.length - 1])) lines.pop();
  return lines;
};
