'use strict';
// sort: which pairs are compared, in which order, and what comes of comparators
// that contradict themselves.
const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const hash = (list) => list.reduce((h, v) => (Math.imul(h, 31) + v) | 0, 7);
const caught = (fn) => { try { return fn(); } catch (e) { return `${e.name}: ${e.message}`; } };

exports.main = () => {
  const out = {};
  const shapes = {
    random: (n, r) => Array.from({ length: n }, () => Math.floor(r() * n)),
    few: (n, r) => Array.from({ length: n }, () => Math.floor(r() * 4)),
    sorted: (n) => Array.from({ length: n }, (_, i) => i),
    reversed: (n) => Array.from({ length: n }, (_, i) => n - i),
    equal: (n) => Array.from({ length: n }, () => 1),
    sawtooth: (n) => Array.from({ length: n }, (_, i) => i % 50),
    nearly: (n, r) => Array.from({ length: n }, (_, i) => (r() < 0.05 ? Math.floor(r() * n) : i)),
    runs: (n, r) => { const a = []; while (a.length < n) { const from = Math.floor(r() * n); const up = r() < 0.5; for (let i = 0, l = 40 + r() * 200; i < l && a.length < n; i++) a.push(up ? from + i : from - i); } return a; },
    halves: (n) => Array.from({ length: n }, (_, i) => (i < n / 2 ? i * 2 : (i - n / 2) * 2 + 1)),
  };
  const comparators = {
    numbers: (a, b) => a - b,
    down: (a, b) => b - a,
    boolean: (a, b) => a > b,
    booleanDown: (a, b) => a < b,
    always: () => 1,
    never: () => -1,
    zero: () => 0,
    nothing: () => {},
    text: (a, b) => String(a - b),
    object: (a, b) => ({ valueOf: () => a - b }),
    nan: (a, b) => (a % 3 ? NaN : a - b),
    coarse: (a, b) => (a >> 3) - (b >> 3),
    minusZero: () => -0,
  };
  for (const [shape, make] of Object.entries(shapes)) {
    for (const [name, compare] of Object.entries(comparators)) {
      for (const n of [2, 3, 10, 31, 32, 33, 64, 65, 150, 500]) {
        const calls = [];
        const list = make(n, random(n)).map((v, i) => ({ v, i }));
        list.sort((a, b) => { calls.push(a.i * 2000 + b.i); return compare(a.v, b.v); });
        (out[`${shape} ${name}`] ??= []).push([calls.length, hash(calls), hash(list.map((x) => x.i))]);
      }
    }
    const chance = random(5);
    out[`${shape} chance`] = hash(make(500, random(3)).sort(() => chance() - 0.5));
    out[`${shape} as text`] = hash(make(500, random(3)).sort());
    out[`${shape} toSorted`] = make(5, random(3)).toSorted?.((a, b) => b - a);
  }

  const mixed = () => ['b', undefined, 'a', , 10, 9, null, 'é', 'z', '😀', '\uffff', true, 1.5, -1, undefined, , 'B', ''];
  out.mixed = [mixed().sort(), mixed().sort().length, Object.keys(mixed().sort()), mixed().sort(() => 0), Object.keys(mixed().sort((a, b) => (String(a) < String(b) ? 1 : -1)))];
  out.holes = [Object.keys([, , 3, , 1].sort()), Object.keys([, , 3, , 1].toSorted?.() ?? [0, 1, 2, 3, 4])];
  out.objects = [{ toString: () => 'b' }, { toString: () => 'a' }, 'aa', ['a', 'c']].sort().map(String);
  out.symbol = caught(() => [Symbol('a'), 1].sort());
  out.bigint = [[3n, 1n, 2n].sort().map(String), caught(() => [3n, 1n].sort((a, b) => a - b))];
  out.refused = [caught(() => [1].sort(5)), caught(() => [].sort(null)), caught(() => [].sort({})), caught(() => Array.prototype.sort.call(null))];
  out.throws = (() => { const a = [3, 1, 2]; try { a.sort(() => { throw new Error('no'); }); } catch (e) { return [e.message, a]; } })();
  out.arrayLike = Array.prototype.sort.call({ length: 4, 0: 'c', 1: 'a', 3: 'b' });
  out.subclass = (() => { class L extends Array {} const l = L.from([3, 1, 2]); return [l.sort() === l, l instanceof L, [...l], l.toSorted ? l.toSorted() instanceof L : false]; })();
  out.frozen = [caught(() => Object.freeze([2, 1]).sort()), caught(() => Object.freeze([]).sort())];
  out.mutated = (() => { const a = [3, 1, 2, 5, 4]; let n = 0; a.sort((x, y) => { if (n++ === 0) a.push(9); return x - y; }); return a; })();
  out.emptied = (() => { const a = [3, 1, 2, 5, 4]; a.sort((x, y) => { a.length = 0; return x - y; }); return a; })();
  out.getter = (() => { const a = [3, 1]; Object.defineProperty(a, 2, { get: () => 0, set() {}, enumerable: true, configurable: true }); return a.sort(); })();
  out.this = (() => { let seen = []; [2, 1].sort(function () { seen.push(this === undefined, arguments.length); return 0; }); return seen; })();
  out.shape = [Array.prototype.sort.name, Array.prototype.sort.length, String(Array.prototype.sort), Object.getOwnPropertyNames(Array.prototype.sort), caught(() => { const l = []; return new l.sort(); })];
  out.typed = [...new Float64Array([3, NaN, -0, 0, 1]).sort()].map(String);
  return out;
};
