'use strict';
// How util.inspect writes text and lays out the parts of an object.

const ESCAPES = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r', 92: '\\\\' };

function hex(code) {
  return `\\x${code < 16 ? '0' : ''}${code.toString(16).toUpperCase()}`;
}

function escapeUnit(unit) {
  const code = unit.charCodeAt(0);
  if (ESCAPES[code] !== undefined) return ESCAPES[code];
  if (code > 0x9f) return `\\u${code.toString(16)}`;
  return hex(code);
}

const PLAIN = /^[ -&(-[\]-~\xa0-\ud7ff\ue000-\uffff]*$/;

// quote writes a string as a literal with the quotes that need least escaping.
function quote(text) {
  if (PLAIN.test(text)) return `'${text}'`;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  const out = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = text.charCodeAt(i + 1);
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) out.push(text.slice(i, ++i + 1));
      else out.push(`\\u${code.toString(16)}`);
    } else if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x5c) {
      out.push(escapeUnit(text[i]));
    } else if (code === 0x27 && mark === "'") {
      out.push("\\'");
    } else {
      out.push(text[i]);
    }
  }
  return mark + out.join('') + mark;
}

exports.quote = quote;

// escapeControls is for the names of keys, which are not quoted.
exports.escapeControls = (text) => text.replace(/[\x00-\x1f\x27\x5c\x7f-\x9f]/g, (c) => (c === "'" ? "\\'" : escapeUnit(c)));

const COLOR = /\u001b\[\d\d?m/g;
const ANSI = /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]))/g;

exports.stripVTControlCharacters = (text) => (/[\u001b\u009b]/.test(text) ? text.replace(ANSI, '') : text);

function withoutColors(text) {
  return text.replace(COLOR, '');
}

// width is how many columns text takes in a terminal.
function width(text, colors) {
  if (colors) text = withoutColors(text);
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0);
    if (wide(code)) columns += 2;
    else if (!invisible(code)) columns++;
  }
  return columns;
}

exports.width = width;

function wide(c) {
  return c >= 0x1100 && (c <= 0x115f || c === 0x2329 || c === 0x232a || (c >= 0x2e80 && c <= 0x3247 && c !== 0x303f) ||
    (c >= 0x3250 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0xa4c6) || (c >= 0xa960 && c <= 0xa97c) || (c >= 0xac00 && c <= 0xd7a3) ||
    (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe10 && c <= 0xfe19) || (c >= 0xfe30 && c <= 0xfe6b) || (c >= 0xff01 && c <= 0xff60) ||
    (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1b000 && c <= 0x1b001) || (c >= 0x1f200 && c <= 0x1f251) || (c >= 0x1f300 && c <= 0x1f64f) ||
    (c >= 0x1f680 && c <= 0x1f6ff) || (c >= 0x1f900 && c <= 0x1f9ff) || (c >= 0x20000 && c <= 0x3fffd));
}

function invisible(c) {
  return c <= 0x1f || (c >= 0x7f && c <= 0x9f) || (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
    (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe20 && c <= 0xfe2f) || (c >= 0xe0100 && c <= 0xe01ef);
}

function fitsOneLine(ctx, output, start, base) {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (const part of output) {
    total += ctx.colors ? withoutColors(part).length : part.length;
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

// columns puts many short items of an array below each other, numbers to the
// right and all else to the left.
function columns(ctx, output, value) {
  let total = 0;
  let longest = 0;
  const count = ctx.maxArrayLength < output.length ? output.length - 1 : output.length; // without "… more items"
  const gap = 2;
  const widths = [];
  for (let i = 0; i < count; i++) {
    const w = width(output[i], ctx.colors);
    widths.push(w);
    total += w + gap;
    if (w > longest) longest = w;
  }
  const cell = longest + gap;
  if (!(cell * 3 + ctx.indentationLvl < ctx.breakLength && (total / cell > 5 || longest <= 6))) return output;
  const bias = Math.sqrt(cell - total / output.length);
  const biased = Math.max(cell - 3 - bias, 1);
  const perRow = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((ctx.breakLength - ctx.indentationLvl) / cell),
    ctx.compact * 4,
    15,
  );
  if (perRow <= 1) return output;
  const widest = [];
  for (let column = 0; column < perRow; column++) {
    let w = 0;
    for (let i = column; i < count; i += perRow) if (widths[i] > w) w = widths[i];
    widest.push(w + gap);
  }
  let right = true;
  if (value !== undefined) {
    for (let i = 0; i < output.length && right; i++) right = typeof value[i] === 'number' || typeof value[i] === 'bigint';
  }
  const rows = [];
  for (let i = 0; i < count; i += perRow) {
    const end = Math.min(i + perRow, count);
    const cells = [];
    for (let j = i; j < end; j++) {
      const room = widest[j - i] + output[j].length - widths[j];
      if (j < end - 1) cells.push(right ? `${output[j]}, `.padStart(room) : `${output[j]}, `.padEnd(room));
      else cells.push(right ? output[j].padStart(room - gap) : output[j]);
    }
    rows.push(cells.join(''));
  }
  if (count < output.length) rows.push(output[count]);
  return rows;
}

// layout joins the parts of an object on one line or on many. list says that
// the object is an array or the like.
exports.layout = (ctx, output, base, braces, list, depth, value) => {
  const head = base ? `${base} ` : '';
  const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
  if (ctx.compact === true) {
    if (fitsOneLine(ctx, output, 0, base)) return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
    const lead = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}${indentation}  `;
    return `${braces[0]}${lead}${output.join(`,${indentation}  `)} ${braces[1]}`;
  }
  if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
    const entries = output.length;
    if (list && entries > 6) output = columns(ctx, output, value);
    if (ctx.currentDepth - depth < ctx.compact && entries === output.length) {
      const start = output.length + ctx.indentationLvl + braces[0].length + base.length + 10;
      if (fitsOneLine(ctx, output, start, base)) {
        const joined = output.join(', ');
        if (!joined.includes('\n')) return `${head}${braces[0]} ${joined} ${braces[1]}`;
      }
    }
  }
  return `${head}${braces[0]}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${braces[1]}`;
};
