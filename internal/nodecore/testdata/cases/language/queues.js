'use strict';
// shift, unshift and what else moves the elements of arrays.
const caught = (fn) => { try { return fn(); } catch (e) { return `${e.name}: ${e.message}`; } };
const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;

exports.main = () => {
  const out = {};
  // Many steps at random; what is there is written down now and then.
  const r = random(42);
  const a = [];
  const log = [];
  for (let i = 0; i < 4000; i++) {
    const n = Math.floor(r() * 13);
    if (n < 3) a.push(i);
    else if (n === 3) a.push(i, i + 1, i + 2);
    else if (n === 4) log.push(a.shift());
    else if (n === 5) log.push(a.pop());
    else if (n === 6) log.push(a.unshift(i));
    else if (n === 7) log.push(a.unshift(i, undefined, -i));
    else if (n === 8) log.push(a.splice(Math.floor(r() * a.length), 2, 'x').length);
    else if (n === 9 && a.length > 3) delete a[1];
    else if (n === 10) a.length = Math.max(0, a.length - 2);
    else if (n === 11) a[a.length + Math.floor(r() * 2)] = 'end';
    else log.push(a.indexOf(i - 5), a.lastIndexOf('x'), a.includes(undefined), 1 in a, a.slice(0, 3), a.at(-1));
    if (i % 400 === 0) { a.reverse(); log.push(a.length, Object.keys(a).length, a.concat([1]).length, JSON.stringify(a).slice(0, 80), a.flat().length, a.map((x) => x).length); }
    if (i % 1000 === 999) a.sort();
  }
  out.log = log;
  out.left = a;

  const queue = Array.from({ length: 3000 }, (_, i) => i);
  let sum = 0;
  while (queue.length) { const v = queue.shift(); sum += v; if (v && v % 3 === 0) queue.push(v / 3); }
  out.sum = sum;

  out.empty = [[].shift(), [].unshift(), [].unshift(1), [undefined].shift()];
  out.holes = [Object.keys((() => { const h = [, 1, , 2]; h.shift(); return h; })()), Object.keys((() => { const h = [, 1, , 2]; h.unshift('a', 'b'); return h; })())];
  out.frozen = [caught(() => Object.freeze([1]).shift()), caught(() => Object.freeze([1]).unshift(2)), caught(() => Object.preventExtensions([1]).unshift(2)), caught(() => Object.preventExtensions([1, 2]).shift())];
  out.fixedLength = (() => { const l = [1, 2]; Object.defineProperty(l, 'length', { writable: false }); return [caught(() => l.shift()), caught(() => l.unshift(3)), l.length]; })();
  out.arrayLike = (() => { const o = { length: 2, 0: 'a', 1: 'b' }; return [Array.prototype.shift.call(o), o, Array.prototype.unshift.call(o, 'z'), o]; })();
  out.arguments = (function () { return [Array.prototype.shift.call(arguments), arguments.length, [...arguments]]; })(1, 2, 3);
  out.getter = (() => { const g = [1, 2, 3]; Object.defineProperty(g, 1, { get: () => 'got', set() {}, configurable: true, enumerable: true }); return [g.shift(), g.length, g[0]]; })();
  out.subclass = (() => { class Q extends Array {} const q = new Q(); q.push(1, 2); return [q.shift(), q.length, q.unshift(5, 6), [...q]]; })();
  out.prototype = (() => { Array.prototype[1] = 'shines'; try { const h = [1, , 3]; h.shift(); return [h, Object.keys(h), h.length]; } finally { delete Array.prototype[1]; } })();
  out.again = (() => { const h = [1, , 3]; h.shift(); return [Object.keys(h), h.length]; })();
  out.proxy = (() => { const seen = []; const p = new Proxy([1, 2], { get(t, k, x) { seen.push(String(k)); return Reflect.get(t, k, x); } }); p.shift(); return seen; })();
  out.sparse = (() => { const s = []; s[100000] = 1; s.shift(); return [s.length, s[99999]]; })();
  out.shape = [Array.prototype.shift.name, Array.prototype.shift.length, Array.prototype.unshift.length, String(Array.prototype.shift), caught(() => { const l = []; return new l.shift(); }), caught(() => Array.prototype.shift.call(undefined))];
  out.iterated = (() => { const q = [1, 2, 3, 4, 5, 6]; const seen = []; for (const v of q) { seen.push(v); if (v % 2) q.shift(); else q.push(v * 10 > 100 ? 1 : v * 10); if (seen.length > 20) break; } return [seen, q]; })();
  out.forEach = (() => { const q = [1, 2, 3, 4]; const seen = []; q.forEach((v) => { seen.push(v); q.shift(); }); return [seen, q]; })();
  return out;
};
