const qs = require('qs');
const { all } = require('../_attempt');

exports.main = async () => all({
  parse: () => [qs.parse('a[b][c]=d&a[b][e]=f&x=1&x=2&y[]=3&y[1]=4&z=%E2%98%83+%20'), qs.parse('?a=b&c', { ignoreQueryPrefix: true, strictNullHandling: true }), qs.parse('a.b.c=d', { allowDots: true }), qs.parse('a[b][c][d][e][f][g]=h', { depth: 2 }), qs.parse('a=1;b=2,c=3', { delimiter: /[;,]/ }), qs.parse('a=b,c', { comma: true }), qs.parse('a[100]=b'), qs.parse('a[1]=b&a[3]=c', { allowSparse: true }), qs.parse('__proto__[x]=1&toString=2'), qs.parse('a=%', {}), qs.parse('utf8=%26%2310003%3B&a=%F8', { charset: 'iso-8859-1', charsetSentinel: true })],
  stringify: () => ['indices', 'brackets', 'repeat', 'comma'].map((arrayFormat) => qs.stringify({ a: ['b c', 'd'], e: { f: ['g'] } }, { arrayFormat })),
  options: () => [qs.stringify({ a: { b: 1 }, c: null, d: undefined, e: '', f: new Date(0), g: true, h: 'ü&=', i: Buffer.from('ü') }), qs.stringify({ a: null }, { strictNullHandling: true }), qs.stringify({ a: null, b: 1 }, { skipNulls: true }), qs.stringify({ a: { b: { c: 1 } } }, { allowDots: true }), qs.stringify({ b: 1, a: 2 }, { sort: (x, y) => x.localeCompare(y) }), qs.stringify({ a: 'b c' }, { format: 'RFC1738' }), qs.stringify({ a: 'ü' }, { encode: false, addQueryPrefix: true }), qs.stringify({ a: [], b: {} }), qs.stringify({ a: 'æ☺' }, { charset: 'iso-8859-1' }), qs.stringify({ a: [{ b: 1 }] }, { encodeValuesOnly: true }), qs.stringify({ a: 1, b: 2 }, { filter: ['b'] })],
  circular: () => {
    const a = {};
    a.a = a;
    return qs.stringify(a);
  },
  tooMany: () => qs.parse('a=1&b=2&c=3', { parameterLimit: 2, throwOnLimitExceeded: true }),
  strict: () => qs.parse('a[b][c]=d', { depth: 1, strictDepth: true }),
  own: () => qs.stringify({ a: 'b' }, { encoder: (s, encode, charset, type) => `${type}:${s}` }),
  big: () => Object.keys(qs.parse(Array.from({ length: 2000 }, (x, i) => `k${i}=v`).join('&'), { parameterLimit: 5000 })).length,
});
