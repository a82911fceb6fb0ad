const { parse } = require('csv-parse');
const { parse: sync } = require('csv-parse/sync');
const { Readable } = require('stream');
const { all } = require('../_attempt');

const text = 'id,name,note\n1,"Zoë, K.","says ""hi""\nthere"\n2,Bö,\n3,,x\n';
const failure = (f) => { try { return f(); } catch (e) { return [e.name, e.code, e.message, e.lines, e.column, e.record]; } };

exports.main = () => all({
  rows: () => sync(text),
  columns: () => sync(text, { columns: true }),
  options: () => sync('# c\na;b ;  c\n\n1;2;3\n', { delimiter: ';', comment: '#', trim: true, skip_empty_lines: true, columns: (h) => h.map((x) => x.toUpperCase()), cast: (v, c) => (c.header ? v : Number(v)) }),
  cast: () => sync('a,b,c\n1,2026-01-02,true\n', { columns: true, cast: true, cast_date: true }),
  ranges: () => sync(text, { from: 2, to: 3 }),
  fromLine: () => sync(text, { from_line: 2, to_line: 4 }),
  info: () => sync(text, { columns: true, info: true })[1],
  raw: () => sync(text, { raw: true })[1],
  group: () => sync('a,a,b\n1,2,3', { columns: true, group_columns_by_name: true }),
  objname: () => sync('k,v\nx,1\ny,2', { columns: true, objname: 'k' }),
  bom: () => sync(Buffer.from('\ufeffa,b\n1,2'), { bom: true, columns: true }),
  utf16: () => sync(Buffer.from('\ufeffa,b\nü,2', 'utf16le'), { bom: true }),
  latin: () => sync(Buffer.from('a,\xfc\n', 'latin1'), { encoding: 'latin1' }),
  tabs: () => sync('a\tb\r\n"x\ty"\tz\r\n', { delimiter: '\t', record_delimiter: ['\r\n', '\n'] }),
  delimiters: () => sync('a,b;c\n', { delimiter: [',', ';'] }),
  escape: () => sync("'a\\'b',c", { quote: "'", escape: '\\' }),
  relaxed: () => sync('a,b\n1\n1,2,3\n', { relax_column_count: true }),
  quotes: () => sync('a "b" c,d\n', { relax_quotes: true }),
  onRecord: () => sync(text, { columns: true, on_record: (r, { lines }) => (r.id === '2' ? null : { ...r, lines }) }),
  badLength: () => failure(() => sync('a,b\n1\n')),
  badColumns: () => failure(() => sync('a,b\n1\n', { columns: true })),
  badQuote: () => failure(() => sync('a,"b\n')),
  badQuotes: () => failure(() => sync('a,b"c\n')),
  badOption: () => failure(() => sync('a', { delimiter: true })),
  callback: () => new Promise((resolve) => parse(text, { columns: true }, (e, r) => resolve([e, r]))),
  callbackError: () => new Promise((resolve) => parse('a,b\n1', (e, r) => resolve([e.code, r]))),
  iterate: async () => { const out = []; for await (const r of Readable.from([text.slice(0, 15), text.slice(15)]).pipe(parse({ columns: true }))) out.push(r); return out; },
  events: () => new Promise((resolve, reject) => { const p = parse({ delimiter: ',' }); const out = []; p.on('readable', () => { let r; while ((r = p.read()) !== null) out.push(r); }).on('error', reject).on('end', () => resolve([out, p.info])); p.write('a,b\n'); p.write('1,2\n'); p.end(); }),
  large: () => { const rows = sync(Array.from({ length: 2000 }, (_, i) => `${i},name ${i},"q ${i}"`).join('\n')); return [rows.length, rows[1999]]; },
});
