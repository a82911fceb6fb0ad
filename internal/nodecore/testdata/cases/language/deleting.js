'use strict';
// delete in objects with many members: what is left, and in which order.
const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const caught = (fn) => { try { return fn(); } catch (e) { return `${e.name}: ${e.message}`; } };
const big = (n, name) => { const o = {}; for (let i = 0; i < n; i++) o[name(i)] = i; return o; };

exports.main = () => {
  const out = {};
  const names = {
    text: (i) => `key${i}`,
    numbers: (i) => String((i * 7919) % 1009),
    mixed: (i) => (i % 3 ? `k${i}` : (i * 31) % 997),
    'beyond ASCII': (i) => `schlüssel€${i}`,
    negative: (i) => -i,
  };
  for (const [kind, name] of Object.entries(names)) {
    const r = random(9);
    const o = big(600, name);
    const log = [];
    for (let i = 0; i < 3000; i++) {
      const key = name(Math.floor(r() * 600));
      const what = r();
      if (what < 0.5) log.push(delete o[key] ? 1 : 0);
      else if (what < 0.8) o[key] = i;
      else if (what < 0.802) { for (const k in o) { if (o[k] % 5 === 0) delete o[k]; else if (o[k] % 7 === 0) o[`new${k}`] = 1; } }
      else if (what < 0.81) log.push(Object.keys(o).slice(0, 5).join(), Object.keys(o).length, JSON.stringify(o).length);
      else log.push(key in o ? 1 : 0);
    }
    out[kind] = [log.join(' '), o];
  }
  const inOrder = big(1000, names.text);
  for (const k of Object.keys(inOrder)) if (k !== 'key500') delete inOrder[k];
  const backwards = big(1000, names.text);
  for (const k of Object.keys(backwards).reverse()) if (k !== 'key500') delete backwards[k];
  const looped = big(1000, names.mixed);
  let seen = 0;
  for (const k in looped) { seen++; delete looped[k]; }
  out.orders = [inOrder, backwards, looped, seen];
  const while2 = big(200, names.text);
  const visited = [];
  for (const k in while2) { visited.push(k); delete while2.key5; delete while2.key150; delete while2[`key${visited.length + 20}`]; }
  out.whileLooping = visited;

  const fixed = big(100, names.text);
  Object.defineProperty(fixed, 'fixed', { value: 1 });
  Object.defineProperty(fixed, 'getter', { get: () => 1, configurable: true, enumerable: true });
  out.fixed = [caught(() => delete fixed['fixed']), delete fixed['getter'], 'getter' in fixed, delete fixed['missing'], Object.keys(fixed).length];
  out.sloppy = new Function('o', 'return delete o["fixed"]')(fixed);
  out.frozen = caught(() => delete Object.freeze(big(100, names.text))['key1']);
  out.symbols = (() => { const o = big(100, names.text); const s = Symbol('s'); o[s] = 1; return [delete o[s], s in o, delete o[Symbol.iterator], Object.keys(o).length]; })();
  out.keyObject = (() => { const o = big(100, names.text); let n = 0; const key = { toString() { n++; return 'key3'; } }; return [delete o[key], n, 'key3' in o]; })();
  out.inherited = (() => { const o = Object.create(big(100, names.text)); o.own = 1; return [delete o['key1'], 'key1' in o]; })();
  out.nothing = [caught(() => { let u; delete u['x']; }), caught(() => { delete null['x']; })];
  out.prototype = (() => { class Cache { constructor() { Object.assign(this, big(100, names.text)); } } const c = new Cache(); delete c['key0']; delete c['key99']; return [Object.keys(c).length, c instanceof Cache]; })();
  out.array = (() => { const l = Array.from({ length: 100 }, (_, i) => i); delete l[3]; delete l['4']; return [3 in l, 4 in l, l.length, Object.keys(l).length]; })();
  out.global = (() => { globalThis.temporary = 1; return [delete globalThis['temporary'], 'temporary' in globalThis]; })();
  out.proxy = (() => { const log = []; const p = new Proxy(big(100, names.text), { deleteProperty(t, k) { log.push(k); return Reflect.deleteProperty(t, k); } }); delete p['key1']; return log; })();
  out.again = (() => { const o = big(100, names.text); delete o['key0']; o.key0 = 'back'; return [Object.keys(o)[0], Object.keys(o)[99]]; })();
  return out;
};
