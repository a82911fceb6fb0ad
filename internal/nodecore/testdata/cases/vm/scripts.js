// Scripts in this context and in sandboxes.
const vm = require('vm');

globalThis.seen = 1;
exports.main = async () => {
  const out = [];
  const t = (name, f) => {
    try { out.push([name, f()]); } catch (e) { out.push([name, e.name, e.code, e.name === 'SyntaxError' ? '' : e.message]); }
  };
  t('this', () => vm.runInThisContext('seen + 1'));
  t('this sets', () => { vm.runInThisContext('var made = 5; seen = 2'); return [globalThis.made, globalThis.seen]; });
  t('this local', () => { const local = 1; return vm.runInThisContext('typeof local') + local; });
  t('new', () => vm.runInNewContext('a + b', { a: 1, b: 2 }));
  t('new sets', () => { const s = { count: 2 }; const v = vm.runInNewContext('count += 1; name = "kitty"', s); return [v, s]; });
  t('var', () => { const s = {}; vm.runInNewContext('var x = 10; function f(a) { return a * x } var y = f(2)', s); return [s.x, s.y, typeof s.f, s.f(3), Object.keys(s)]; });
  t('const', () => vm.runInNewContext('const a = [1, 2, 3].map((x) => x * k); let s = 0; for (const v of a) s += v; s', { k: 2 }));
  t('class', () => vm.runInNewContext('class A { get v() { return n } } new A().v', { n: 7 }));
  t('no process', () => vm.runInNewContext('[typeof process, typeof require, typeof Buffer, typeof console, typeof Object, typeof JSON]'));
  t('missing', () => vm.runInNewContext('nope + 1'));
  t('typeof missing', () => vm.runInNewContext('typeof nope'));
  t('throws', () => vm.runInNewContext('throw new Error("inside")'));
  t('syntax', () => vm.runInNewContext('a +'));
  t('functions', () => { const s = { log: [] }; vm.runInNewContext('log.push("a"); (() => { log.push(typeof globalThis.log) })()', s); return s.log; });
  t('context', () => { const c = vm.createContext({ n: 0 }); const script = new vm.Script('n++; total = n'); for (let i = 0; i < 5; i++) script.runInContext(c); return [c, vm.isContext(c), vm.isContext({})]; });
  t('context keeps functions', () => { const c = vm.createContext({}); vm.runInContext('function add(a, b) { return a + b }', c); return vm.runInContext('add(1, 2)', c); });
  t('not a context', () => vm.runInContext('1', {}).x);
  t('strict', () => vm.runInNewContext('"use strict"; (function () { return this })() === undefined', {}));
  t('module wrapper', () => { const m = { exports: {} }; vm.runInNewContext('(function (exports, module) { exports.a = 1; module.b = 2 })', {})(m.exports, m); return m; });
  t('compile', () => vm.compileFunction('return a + b + c', ['a', 'b'], { contextExtensions: [{ c: 3 }] })(1, 2));
  t('compile plain', () => vm.compileFunction('return 7')());
  t('script this', () => new vm.Script('this === globalThis', { filename: 'x.js' }).runInThisContext());
  t('object', () => vm.runInNewContext('({ a: 1 })', {}));
  t('bad context', () => vm.createContext(3));
  t('bad isContext', () => vm.isContext(3));
  t('json', () => vm.runInNewContext('JSON.stringify(Object.assign({}, data))', { data: { x: [1] } }));
  t('delete', () => { const s = { a: 1 }; vm.runInNewContext('delete a; b = typeof a', s); return s; });
  t('destructure', () => { const s = { o: { p: 1, q: [2] } }; vm.runInNewContext('var { p, q: [r] } = o; [z] = [p + r]', s); return [s.p, s.r, s.z]; });
  return out;
};
