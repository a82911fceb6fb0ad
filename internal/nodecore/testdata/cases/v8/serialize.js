// v8.serialize gives the same bytes, deserialize reads them back.
const v8 = require('v8');
const { inspect } = require('util');

exports.main = async () => {
  const cycle = { name: 'c' };
  cycle.self = cycle;
  const shared = [1];
  const values = {
    undefined: undefined, null: null, true: true, false: false, zero: 0, minus: -1, negzero: -0, big: 2 ** 31, small: -(2 ** 30), edge: 2 ** 30,
    float: 1.5, nan: NaN, bigint: 123456789012345678901234567890n, negbig: -5n, zerobig: 0n, string: 'hello', latin: 'hällo', wide: 'h€llo', empty: '',
    object: { a: 1, b: { c: 'x' }, 5: 'five' }, array: [1, 'two', [3]], holes: [1, , 3], date: new Date(1e12), regexp: /a+b/gi,
    map: new Map([['k', 1], [2, { v: 3 }]]), set: new Set([1, 'x']), buffer: Buffer.from('abc'), u8: new Uint8Array([1, 2]), f64: new Float64Array([1.5]),
    ab: new Uint8Array([9, 8]).buffer, boxed: [Object(1), Object('s'), Object(true)], cycle, shared: { a: shared, b: shared }, wideKey: { 'ключ': 'значение', b: '€' },
  };
  const out = {};
  for (const [name, value] of Object.entries(values)) {
    const bytes = v8.serialize(value);
    out[name] = [bytes.toString('hex'), inspect(v8.deserialize(bytes))];
  }
  const e = v8.deserialize(v8.serialize(new RangeError('bad')));
  out.error = [e instanceof RangeError, e.message];
  for (const bad of [Symbol('x')]) {
    try { v8.serialize(bad); } catch (error) { out[typeof bad] = [error.message]; }
  }
  try { v8.deserialize(Buffer.from('ffff', 'hex')); } catch (error) { out.damaged = error.name; }
  out.heap = Object.keys(v8.getHeapStatistics());
  out.keys = Object.keys(v8).map((k) => `${k} ${typeof v8[k]}`);
  return out;
};
