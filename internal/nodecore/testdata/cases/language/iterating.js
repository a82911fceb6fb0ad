'use strict';
// Loops over arrays, patterns and spreads, also where they are not the built-in
// ones or change on the way.
const caught = (fn) => { try { return fn(); } catch (e) { return `${e.name}: ${e.message}`; } };
const all = (it) => { const out = []; for (const v of it) out.push(v); return out; };

exports.main = () => {
  const out = {};
  out.plain = [all([1, 2, 3]), all([]), all([, 1, , 2]), all([undefined, null])];
  out.grows = (() => { const a = [1]; const seen = []; for (const v of a) { seen.push(v); if (a.length < 10) a.push(v * 2); } return seen; })();
  out.shrinks = (() => { const a = [1, 2, 3, 4]; const seen = []; for (const v of a) { seen.push(v); a.pop(); } return seen; })();
  out.cleared = (() => { const a = [1, 2, 3, 4]; const seen = []; for (const v of a) { seen.push(v); a.length = 0; } a.push(5); return seen; })();
  out.getters = (() => { const a = [1, 2, 3]; Object.defineProperty(a, 1, { get: () => 'got' }); return [all(a), [...a], ((...x) => x)(...a), (([, b]) => b)(a)]; })();
  out.shines = (() => { Array.prototype[1] = 'shines'; try { return [all([1, , 3]), [...[1, , 3]], (([, b]) => b)([1, , 3])]; } finally { delete Array.prototype[1]; } })();
  out.sparse = (() => { const a = []; a[50] = 1; return [all(a).length, [...a].length]; })();
  out.kinds = [all([7, 8].keys()), all([7, 8].entries()), [...[7, 8].entries()], [...'añ😀'], [...new Set([1, 1, 2])], [...new Map([[1, 2]])], all(new Uint8Array([1, 2])), all((function () { return arguments; })(1, 2))];
  out.half = (() => { const it = [1, 2, 3, 4][Symbol.iterator](); it.next(); const [a, ...rest] = it; return [a, rest, it.next()]; })();
  out.continued = (() => { const it = [1, 2, 3, 4, 5].values(); const seen = []; for (const v of it) { seen.push(v); if (v === 2) break; } return [seen, [...it], it.next()]; })();
  out.ended = (() => { const a = [1]; const it = a.values(); const seen = [...it]; a.push(2); return [seen, [...it], it.next()]; })();
  out.returns = (() => { const log = []; const it = [1, 2, 3].values(); it.return = (v) => { log.push('return'); return {}; }; for (const v of it) if (v === 2) break; const [x] = it; return [log, x]; })();
  out.pattern = (() => { const [a, , b = 'default', [c, ...d] = [1, 2, 3], ...rest] = [1, 2, undefined, undefined, 5, 6]; return [a, b, c, d, rest]; })();
  out.short = (() => { const [a, b, c = 3, ...rest] = [1]; return [a, b, c, rest]; })();
  out.holes = (() => { const [a = 'none', b] = [, 2]; const [...r] = [, 1, ,]; return [a, b, r, Object.keys(r), Object.keys([...[, 1]])]; })();
  out.swap = (() => { let a = 1, b = 2; [a, b] = [b, a]; return [a, b]; })();
  out.targets = (() => { const o = {}; [o.a, o['b'], ...o.rest] = [1, 2, 3, 4]; return o; })();
  out.order = (() => { const log = []; const o = { set a(v) { log.push(['a', v]); }, set b(v) { log.push(['b', v]); } }; const src = [1, 2]; [(log.push('x'), o).a, (log.push('y'), o).b] = src; return log; })();
  out.spread = [[...[1, 2], 3, ...[], ...[4]], Math.max(...[1, 5, 3]), [...[1], ...new Set([2]), ...'ab'], new Date(...[2020, 1, 1, 0, 0, 0]).getTime()];
  out.nested = (() => { const m = []; for (const [a, [b]] of [[1, [2]], [3, [4]]]) for (const c of [5, 6]) m.push(a + b + c); return m; })();
  out.refused = [caught(() => { const [a] = null; }), caught(() => { for (const x of 5) ; }), caught(() => [...out.missing]), caught(() => { const [a] = {}; }), caught(() => Math.max(...5))];
  out.labels = (() => { const seen = []; outer: for (const a of [1, 2, 3]) { for (const b of [1, 2, 3]) { if (b === 2) continue outer; if (a === 3) break outer; seen.push([a, b]); } } return seen; })();
  out.throwing = (() => { const seen = []; try { for (const a of [1, 2]) { seen.push(a); if (a === 2) throw new Error('x'); } } catch (e) { seen.push(e.message); } return seen; })();
  out.generator = (() => { function* g() { for (const x of [1, 2, 3]) { const y = yield x; if (y) yield y; } } const it = g(); return [it.next(), it.next('in'), it.next(), it.return('r'), it.next()]; })();
  out.subclass = (() => { class L extends Array { *[Symbol.iterator]() { yield 'own'; } } return [all(L.of(1, 2)), [...L.of(1, 2)], (([a]) => a)(L.of(1))]; })();
  out.own = (() => { const a = [1, 2]; a[Symbol.iterator] = function* () { yield 'mine'; }; return [all(a), [...a], (([x]) => x)(a)]; })();

  // Another next for all arrays, and back.
  const prototype = Object.getPrototypeOf([].values());
  const { next } = prototype;
  const before = [1, 2].values();
  prototype.next = function () { const r = next.call(this); return r.done ? r : { value: r.value * 10, done: false }; };
  try { out.next = [all([1, 2]), [...[1, 2]], (([a, ...b]) => [a, b])([1, 2, 3]), [...before]]; } finally { prototype.next = next; }
  const values = Array.prototype[Symbol.iterator];
  Array.prototype[Symbol.iterator] = function () { return ['other'].keys(); };
  try { out.values = [all([7, 8]), [...[7, 8]], (([a]) => a)([7])]; } finally { Array.prototype[Symbol.iterator] = values; }
  out.after = [all([7, 8]), [...[7, 8]], (([a]) => a)([7])];
  return out;
};
