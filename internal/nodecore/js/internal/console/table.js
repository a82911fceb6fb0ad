'use strict';
// console.table.

const { inspect } = require('internal/inspect');
const { width } = require('internal/inspect/text');

const cell = (value) => inspect(value, {
  maxArrayLength: 3,
  breakLength: Infinity,
  depth: value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0,
});

function draw(head, columns) {
  const rows = Math.max(...columns.map((column) => column.length));
  const widths = head.map((name, i) => {
    let most = width(name);
    for (let row = 0; row < rows; row++) most = Math.max(most, width(columns[i][row] === undefined ? '' : columns[i][row]));
    return most + 2;
  });
  const bars = widths.map((w) => '─'.repeat(w));
  const line = (cells) => `│${cells.map((text, i) => ` ${text}${' '.repeat(widths[i] - width(text) - 1)}`).join('│')}│`;
  const lines = [`┌${bars.join('┬')}┐`, line(head), `├${bars.join('┼')}┤`];
  for (let row = 0; row < rows; row++) lines.push(line(columns.map((column) => (column[row] === undefined ? '' : column[row]))));
  lines.push(`└${bars.join('┴')}┘`);
  return lines.join('\n');
}

// render gives the table; undefined if data is nothing a table can show.
exports.render = (data, properties) => {
  if (properties !== undefined) require('internal/errors').validateArray(properties, 'properties');
  const kind = native.kindOf(data);
  if (kind === 'map') {
    const keys = [];
    const values = [];
    data.forEach((value, key) => {
      keys.push(cell(key));
      values.push(cell(value));
    });
    return draw(['(iteration index)', 'Key', 'Values'], [keys.map((_, i) => String(i)), keys, values]);
  }
  if (kind === 'set') {
    const values = [...data].map(cell);
    return draw(['(iteration index)', 'Values'], [values.map((_, i) => String(i)), values]);
  }
  const map = Object.create(null);
  const plain = [];
  let anyPlain = false;
  const rows = Object.keys(data);
  for (let i = 0; i < rows.length; i++) {
    const item = data[rows[i]];
    if (item === null || (typeof item !== 'function' && typeof item !== 'object')) {
      anyPlain = true;
      plain[i] = cell(item);
      continue;
    }
    for (const key of properties || Object.keys(item)) {
      if (map[key] === undefined) map[key] = [];
      map[key][i] = Object.prototype.hasOwnProperty.call(item, key) ? cell(item[key]) : '';
    }
  }
  const head = Object.keys(map);
  const columns = head.map((key) => map[key]);
  if (anyPlain) {
    head.push('Values');
    columns.push(plain);
  }
  head.unshift('(index)');
  columns.unshift(rows);
  return draw(head, columns);
};
