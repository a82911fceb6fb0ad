'use strict';
// What functions do often or at length, to be timed on both engines. Each case is
// [prepare, run]: prepare makes what run is given, outside the time; run gives
// something small that shows that both engines did the same.
const { createHash } = require('crypto');

const range = (n) => Array.from({ length: n }, (_, i) => i);
// The same numbers everywhere.
const random = (seed = 1) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const contacts = (n) => range(n).map((i) => ({ id: i, email: `user${i}@example.com`, name: `Contact "${i}"`, tags: ['a', 'b'], score: i * 1.5, properties: { city: 'Köln', open: i % 2 === 0, note: null } }));
const megabyte = () => JSON.stringify(contacts(6800));
const html = (n) => range(n).map((i) => `<li class="item" data-id="${i}">Item ${i} &amp; more, written on 2026-0${1 + (i % 9)}-1${i % 10}</li>\n`).join('');

class Point {
  #scale = 2;
  constructor(x, y) { this.x = x; this.y = y; }
  get size() { return (this.x + this.y) * this.#scale; }
  plus(other) { return new Point(this.x + other.x, this.y + other.y); }
}
class Point3 extends Point {
  constructor(x, y, z) { super(x, y); this.z = z; }
  plus(other) { const p = super.plus(other); p.z = this.z + other.z; return p; }
}

const cases = {
  'string += in a local, 1e5': [() => 1e5, (n) => { let s = ''; for (let i = 0; i < n; i++) s += `line ${i}\n`; return s.length; }],
  'string += in a member, 1e5': [() => 1e5, (n) => { const o = { s: '' }; for (let i = 0; i < n; i++) o.s += 'abc,'; return o.s.length; }],
  'string += in a closure, 1e5': [() => 1e5, (n) => { let s = ''; const add = (x) => { s += x; }; for (let i = 0; i < n; i++) add('é,'); return s.length; }],
  'string += in reduce, 1e5': [() => range(1e5), (list) => list.reduce((s, x) => s + x + ',', '').length],
  'string = template of itself, 1e5': [() => 1e5, (n) => { let s = ''; for (let i = 0; i < n; i++) s = `${s}<td>${i}</td>`; return s.length; }],
  'string put in front, 1e4': [() => 1e4, (n) => { let s = ''; for (let i = 0; i < n; i++) s = 'abc,' + s; return s.length; }],
  'string += looked at each time, 1e5': [() => 1e5, (n) => { let s = '', lines = 0; for (let i = 0; i < n; i++) { s += 'word '; if (s.length % 80 < 5 && s.endsWith(' ')) lines++; } return [s.length, lines]; }],
  'array join, 1e5': [() => 1e5, (n) => { const parts = []; for (let i = 0; i < n; i++) parts.push(`line ${i}\n`); return parts.join('').length; }],
  'template strings, 1e5': [() => 1e5, (n) => { let t = 0; for (let i = 0; i < n; i++) t += `<a href="/p/${i}">${i * 2}</a>`.length; return t; }],
  'split and join, 1 MB': [megabyte, (s) => s.split(',').join(';').length],
  'charCodeAt loop, 1e6': [() => 'abcdefghij'.repeat(1e5), (s) => { let h = 0; for (let i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) | 0; return h; }],
  'characters of a string, 1e5': [() => 'abcdefghij'.repeat(1e4), (s) => { let n = 0; for (const c of s) if (c === 'e') n++; for (let i = 0; i < s.length; i++) if (s[i] === 'f') n++; return n; }],
  'indexOf and slice, 1e5 lines': [() => range(1e5).map((i) => `line ${i}`).join('\n'), (s) => { let n = 0, at = 0; for (;;) { const end = s.indexOf('\n', at); if (end < 0) break; n += s.slice(at, end).length; at = end + 1; } return n; }],
  'trim, case, padStart, replaceAll, 2e4': [() => 2e4, (n) => { let t = 0; for (let i = 0; i < n; i++) t += `  Name ${i} `.trim().toUpperCase().replaceAll('A', '--').padStart(20, '0').length; return t; }],
  'parseInt, Number, toFixed, 1e5': [() => 1e5, (n) => { let t = 0; for (let i = 0; i < n; i++) t += parseInt(`${i}px`, 10) + Number('1.5') + (i / 3).toFixed(2).length; return t; }],
  'encodeURIComponent and back, 2e4': [() => 2e4, (n) => { let t = 0; for (let i = 0; i < n; i++) t += decodeURIComponent(encodeURIComponent(`a b&c=${i} ü`)).length; return t; }],
  'localeCompare sort, 1e4': [() => { const r = random(); return range(1e4).map(() => `name ${Math.floor(r() * 1e6)}`); }, (list) => [...list].sort((a, b) => a.localeCompare(b))[5000]],

  'JSON.parse, 1 MB': [megabyte, (s) => JSON.parse(s).length],
  'JSON.parse with a reviver, 100 KB': [() => JSON.stringify(contacts(680)), (s) => JSON.parse(s, (k, v) => (k === 'score' ? v + 1 : v))[1].score],
  'JSON.stringify, 1 MB': [() => contacts(6800), (v) => JSON.stringify(v).length],
  'JSON.stringify with indent, 1 MB': [() => contacts(6800), (v) => JSON.stringify(v, null, 2).length],
  'structuredClone, 100 KB': [() => contacts(680), (v) => structuredClone(v).length],

  'Buffer.concat, 1000 of 1 KB': [() => range(1000).map((i) => Buffer.alloc(1024, i)), (list) => Buffer.concat(list).length],
  'Buffer toString and from, 1 MB': [() => Buffer.from(megabyte()), (b) => Buffer.from(b.toString()).length],
  'Buffer base64, 1 MB': [() => Buffer.from(megabyte()), (b) => Buffer.from(b.toString('base64'), 'base64').length],
  'Buffer hex, 1 MB': [() => Buffer.from(megabyte()), (b) => Buffer.from(b.toString('hex'), 'hex').length],
  'Buffer slice, equals, indexOf, 2e4': [() => Buffer.from(html(2000)), (b) => { let t = 0; for (let i = 0; i < 2e4; i++) { const s = b.subarray(i, i + 100); if (s.equals(b.subarray(i, i + 100))) t += s.indexOf('>'); } return t; }],
  'Buffer from short strings, 2e4': [() => 2e4, (n) => { let t = 0; for (let i = 0; i < n; i++) t += Buffer.from(`user:${i}`).toString('base64').length; return t; }],
  'Buffer byte loop, 1e6': [() => Buffer.alloc(1e6, 7), (b) => { let t = 0; for (let i = 0; i < b.length; i++) t = (t + b[i]) | 0; return t; }],
  'Buffer readUInt32BE, writeUInt32LE, 5e4': [() => Buffer.alloc(4 * 5e4), (b) => { let t = 0; for (let i = 0; i < 5e4; i++) { b.writeUInt32LE(i, i * 4); t += b.readUInt32BE(i * 4) & 255; } return t; }],

  'sort numbers as text, 1e5': [() => { const r = random(); return range(1e5).map(() => Math.floor(r() * 1e6)); }, (list) => [...list].sort()[777]],
  'sort numbers with a comparator, 1e5': [() => { const r = random(); return range(1e5).map(() => r()); }, (list) => [...list].sort((a, b) => a - b)[777]],
  'sort strings, 1e5': [() => { const r = random(); return range(1e5).map(() => `k${Math.floor(r() * 1e6)}`); }, (list) => [...list].sort()[777]],
  'sort objects by a field, 1e5': [() => { const r = random(); return range(1e5).map((i) => ({ i, score: Math.floor(r() * 1000) })); }, (list) => [...list].sort((a, b) => b.score - a.score)[777].i],
  'sort what is sorted, 1e5': [() => range(1e5), (list) => [...list].sort((a, b) => a - b)[777]],

  'replace with /g, 200 KB': [() => html(2200), (s) => s.replace(/&amp;/g, '&').length],
  'replace with a function, 200 KB': [() => html(2200), (s) => s.replace(/\d+/g, (d) => d * 2).length],
  'replace with groups, 200 KB': [() => html(2200), (s) => s.replace(/(\d{4})-(\d{2})-(\d{2})/g, '$3.$2.$1').length],
  'matchAll, 200 KB': [() => html(2200), (s) => { let n = 0; for (const m of s.matchAll(/data-id="(\d+)"/g)) n += +m[1]; return n; }],
  'match /g, 200 KB': [() => html(2200), (s) => s.match(/\bItem \d+/g).length],
  'exec loop, 200 KB': [() => html(2200), (s) => { const re = /<li[^>]*>([^<]*)<\/li>/g; let n = 0, m; while ((m = re.exec(s))) n += m[1].length; return n; }],
  'exec loop, 200 KB beyond ASCII': [() => 'ü' + html(2200), (s) => { const re = /<li[^>]*>([^<]*)<\/li>/g; let n = 0, m; while ((m = re.exec(s))) n += m[1].length; return n; }],
  'replace with look-ahead, 200 KB': [() => '123456789 '.repeat(2e4), (s) => s.replace(/\B(?=(\d{3})+(?!\d))/g, ',').length],
  'split by expression, 200 KB': [() => html(2200), (s) => s.split(/\s*[,\n]\s*/).length],
  'test e-mail addresses, 2e4': [() => contacts(2e4), (list) => list.filter((c) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(c.email)).length],

  'Date toISOString, 2e4': [() => 2e4, (n) => { let t = 0; for (let i = 0; i < n; i++) t += new Date(1.6e12 + i * 1e7).toISOString().length; return t; }],
  'Date parse and parts, 2e4': [() => 2e4, (n) => { let t = 0; for (let i = 0; i < n; i++) { const d = new Date('2026-03-01T10:00:00Z'); d.setDate(d.getDate() + i); t += d.getTime() % 7 + d.getUTCMonth(); } return t; }],
  'toLocaleDateString, 2e3': [() => 2e3, (n) => { let t = 0; for (let i = 0; i < n; i++) t += new Date(1.6e12 + i * 1e7).toLocaleDateString('en-US').length; return t; }],
  'toLocaleString of numbers, 2e4': [() => 2e4, (n) => { let t = 0; for (let i = 0; i < n; i++) t += (i * 1234.5).toLocaleString('en-US').length; return t; }],
  'sha256, 1e4 short texts': [() => 1e4, (n) => { let h = ''; for (let i = 0; i < n; i++) h = createHash('sha256').update(h + i).digest('hex'); return h; }],
  'sha256, 1 MB': [() => Buffer.alloc(1e6, 1), (b) => createHash('sha256').update(b).digest('hex')],

  'shift queue, 5e4': [() => 5e4, (n) => { const q = range(n); let t = 0; while (q.length) { const v = q.shift(); t += v; if (v % 10 === 0 && v < n / 2) q.push(v + 1); } return t; }],
  'unshift, 1e4': [() => 1e4, (n) => { const a = []; for (let i = 0; i < n; i++) a.unshift(i); return a[7]; }],
  'splice in the middle, 1e4': [() => range(1e4), (list) => { const a = [...list]; for (let i = 0; i < 5000; i++) a.splice(a.length >> 1, 1); return a.length; }],
  'delete of every key, 1e5': [() => range(1e5), (list) => { const o = {}; for (const i of list) o[`k${i}`] = i; for (const k of Object.keys(o)) delete o[k]; return Object.keys(o).length; }],
  'delete of every other key, 2e4': [() => range(2e4), (list) => { const o = {}; for (const i of list) o[`k${i}`] = i; for (const i of list) if (i % 2) delete o[`k${i}`]; return Object.keys(o).length; }],
  'delete of keys in any order, 2e4': [() => { const r = random(); return range(2e4).map((i) => [r(), i]).sort((a, b) => a[0] - b[0]).map((x) => x[1]); }, (list) => { const o = {}; for (const i of list) o[`k${i}`] = i; let n = 0; for (const i of [...list].reverse().filter((x, at) => at % 3)) { delete o[`k${i}`]; n++; } return [n, Object.keys(o).length]; }],
  'object keys of numbers, 1e5': [() => 1e5, (n) => { const o = {}; for (let i = 0; i < n; i++) o[i * 7] = i; let t = 0; for (const k in o) t += o[k]; return t; }],
  'object keys of text, 1e5': [() => 1e5, (n) => { const o = {}; for (let i = 0; i < n; i++) o[`k${i % 5000}`] = i; return Object.keys(o).length; }],
  'Map and Set, 1e5': [() => 1e5, (n) => { const m = new Map(), s = new Set(); for (let i = 0; i < n; i++) { m.set(`k${i}`, i); s.add(i % 1000); } let t = 0; for (const [, v] of m) t += v; return [t, s.size, m.get('k5')]; }],
  'spread of objects, 2e4': [() => contacts(100), (list) => { let n = 0; for (let i = 0; i < 2e4; i++) n += Object.keys({ ...list[i % 100], extra: i }).length; return n; }],
  'spread into what is kept, 1000 keys': [() => range(1000), (list) => Object.keys(list.reduce((o, i) => ({ ...o, [`k${i}`]: i }), {})).length],
  'spread of arrays into what is kept, 2000': [() => range(2000), (list) => list.reduce((a, i) => [...a, i], []).length],
  'array destructuring, 1e5': [() => range(1e5).map((i) => [i, i + 1, i + 2]), (list) => { let t = 0; for (const [a, b, ...rest] of list) t += a + b + rest.length; return t; }],
  'object destructuring, 1e5': [() => contacts(100), (list) => { let t = 0; for (let i = 0; i < 1e5; i++) { const { id, score = 1, ...rest } = list[i % 100]; t += id + score + (rest.missing || 0); } return t; }],
  'map, filter, reduce, 1e5': [() => range(1e5), (list) => list.map((x) => x * 2).filter((x) => x % 3 === 0).reduce((a, b) => a + b, 0)],
  'includes and indexOf, 1000 of 1e4': [() => range(1e4), (list) => { let t = 0; for (let i = 0; i < 1000; i++) t += list.indexOf(i * 10) + (list.includes(i) ? 1 : 0); return t; }],
  'concat, slice, flat, 1e3': [() => range(1e3), (list) => { let t = 0; for (let i = 0; i < 100; i++) t += list.concat(list).slice(10, 500).length + list.map((x) => [x, x]).flat().length; return t; }],
  'Object.entries and fromEntries, 1e3': [() => contacts(1000), (list) => { let t = 0; for (const c of list) t += Object.keys(Object.fromEntries(Object.entries(c).map(([k, v]) => [k.toUpperCase(), v]))).length; return t; }],
  'class instances, 1e5': [() => 1e5, (n) => { let p = new Point3(0, 0, 0); const one = new Point3(1, 2, 3); for (let i = 0; i < n; i++) p = Object.setPrototypeOf(p.plus(one), Point3.prototype); return [p.x, p.size]; }],
  'method calls, 1e6': [() => ({ n: 0, add(x) { this.n += x; return this; } }), (o) => { o.n = 0; for (let i = 0; i < 1e6; i++) o.add(i); return o.n; }],
  'a numeric loop, 3e6': [() => 3e6, (n) => { let t = 0; for (let i = 0; i < n; i++) t = (t + i * 3) % 1000003; return t; }],
  'recursion, fib(24)': [() => (function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }), (fib) => fib(24)],
  'Float64Array, 1e6': [() => new Float64Array(1e6), (a) => { for (let i = 0; i < a.length; i++) a[i] = i * 0.5; let t = 0; for (let i = 0; i < a.length; i++) t += a[i]; return t; }],
  'await, 1e4': [() => 1e4, async (n) => { let t = 0; for (let i = 0; i < n; i++) t += await i; return t; }],
  'Promise.all, 1e4': [() => range(1e4), async (list) => (await Promise.all(list.map(async (x) => x + 1))).length],
  'generator, 1e5': [() => function* (n) { for (let i = 0; i < n; i++) yield i; }, (g) => { let t = 0; for (const x of g(1e5)) t += x; return t; }],
  'try and throw, 1e4': [() => 1e4, (n) => { let t = 0; for (let i = 0; i < n; i++) { try { throw new Error('x'); } catch (e) { t += e.message.length; } } return t; }],
  'CSV, 1e4 lines': [() => range(1e4).map((i) => `${i},"Name ${i}",user${i}@example.com,${i * 2}`).join('\n'), (s) => s.split('\n').map((l) => l.split(',').map((f) => f.replace(/^"|"$/g, ''))).filter((r) => r[3] % 4 === 0).length],
};

// main times one case: the best of several rounds, for at most a while.
exports.names = Object.keys(cases);
exports.main = async ({ name, rounds = 12, most = 1500 }) => {
  const [prepare, run] = cases[name];
  const input = prepare();
  let best = Infinity, answer;
  const began = performance.now();
  for (let i = 0; i < rounds && (i < 1 || performance.now() - began < most); i++) {
    const start = performance.now();
    answer = await run(input);
    best = Math.min(best, performance.now() - start);
  }
  return { ms: best, answer };
};
