const { stringify } = require('csv-stringify');
const { stringify: sync } = require('csv-stringify/sync');
const { all } = require('../_attempt');

const rows = [{ id: 1, name: 'Zoë, "K"', at: new Date(0), ok: true, no: null }, { id: 2.5, name: 'line\nbreak', at: undefined, ok: false, o: { a: [1] } }];

exports.main = () => all({
  arrays: () => sync([['a', 'b'], [1, 'x,y'], [null, undefined]]),
  objects: () => sync(rows, { header: true }),
  columns: () => sync(rows, { header: true, columns: { id: 'ID', 'o.a[0]': 'Deep', name: 'Name' } }),
  list: () => sync(rows, { columns: ['name', { key: 'id', header: 'Nr' }], header: true, delimiter: ';', record_delimiter: 'windows' }),
  quoted: () => [sync([['a', 1, '']], { quoted: true }), sync([['a', 1, '']], { quoted_string: true, quoted_empty: true }), sync([['a b', 'c']], { quoted_match: / / }), sync([["it's"]], { quote: "'", escape: "'" })],
  cast: () => sync(rows, { columns: ['at', 'ok', 'id'], cast: { date: (d) => d.toISOString(), boolean: (b) => (b ? 'yes' : 'no'), number: (n) => ({ value: String(n), quote: true }) } }),
  bom: () => Buffer.from(sync([['ü']], { bom: true })).toString('hex'),
  formulas: () => sync([['=1+1', '@x', '-1', 'ok']], { escape_formulas: true }),
  eof: () => sync([['a'], ['b']], { eof: false }),
  callback: () => new Promise((resolve) => stringify(rows, { header: true }, (e, out) => resolve([e, out]))),
  stream: () => new Promise((resolve, reject) => { const s = stringify({ delimiter: '\t' }); const out = []; s.on('readable', () => { let r; while ((r = s.read()) !== null) out.push(r.toString()); }).on('error', reject).on('finish', () => resolve(out.join(''))); s.write(['a', 'b']); s.write(['c\td', 'e']); s.end(); }),
  badOption: () => sync([], { delimiter: 1 }),
  badRecord: () => sync(['text']),
  large: () => sync(Array.from({ length: 1000 }, (_, i) => [i, `n${i}`, `q"${i}`])).length,
});
