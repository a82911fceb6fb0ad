'use strict';
// A full stack is an error like any other, wherever it fills.
const { EventEmitter } = require('events');

const caught = (fn) => {
  try {
    return ['no error', typeof fn()];
  } catch (error) {
    return [error.name, error.message, error instanceof RangeError, error.constructor === RangeError];
  }
};

class Node {
  constructor(depth) { this.child = new Node(depth + 1); }
}
class Derived extends Array {
  constructor() { super(); this.more = new Derived(); }
}

exports.main = async () => {
  const out = {};
  out.plain = caught(function f() { return 1 + f(); });
  out.arrow = caught(() => { const f = (n) => f(n + 1) + 1; return f(0); });
  out.mutual = caught(() => { const a = () => 1 + b(); const b = () => 1 + a(); return a(); });
  out.method = caught(() => { const o = { f() { return 1 + this.f(); } }; return o.f(); });
  out.getter = caught(() => { const o = { get x() { return 1 + this.x; } }; return o.x; });
  out.setter = caught(() => { const o = { set x(v) { this.x = v; } }; o.x = 1; });
  out.construct = caught(() => new Node(0));
  out.derived = caught(() => new Derived());
  out.apply = caught(function f() { return 1 + f.apply(this, [1, 2]); });
  out.bound = caught(() => { const f = function () { return 1 + g(); }; const g = f.bind(null, 1); return g(); });
  out.forEach = caught(function f() { [1].forEach(() => f()); });
  out.sort = caught(function f() { [2, 1].sort(() => f()); });
  out.replace = caught(function f() { return 'a'.replace(/a/, f); });
  out.toString = caught(() => { const o = { toString() { return `${o}x`; } }; return `${o}`; });
  out.valueOf = caught(() => { const o = { valueOf() { return o + 1; } }; return o + 1; });
  out.toJSON = caught(() => { const o = { toJSON() { return { o: JSON.parse(JSON.stringify(o)) }; } }; return JSON.stringify(o); });
  out.proxy = caught(() => { const p = new Proxy({}, { get(t, k, r) { return r[k]; } }); return p.x; });
  out.generator = caught(function f() { const [v] = (function* () { yield 1 + f(); })(); return v; });
  out.makeGenerator = caught(function f() { function* g() { yield f(); } return [...g()]; });
  out.delegate = caught(() => { function* g() { yield* g(); } return [...g()]; });
  out.spread = caught(function f(...args) { return 1 + f(...args); });
  out.template = caught(function f() { return `${f()}`; });
  out.emitter = caught(() => { const e = new EventEmitter(); e.on('a', () => e.emit('a')); e.emit('a'); });
  out.field = caught(() => { class A { a = new A(); } return new A(); });
  out.reduce = caught(function f() { return [1, 2].reduce(() => f()); });
  out.arrayFrom = caught(function f() { return Array.from([1], f); });
  out.finally = (() => {
    let ends = 0;
    const f = () => { try { return 1 + f(); } finally { ends++; } };
    const error = caught(f);
    return [error, ends > 500];
  })();

  // Asynchronous functions reject.
  const settled = async (fn) => { try { return ['no error', typeof await fn()]; } catch (e) { return [e.name, e.message]; } };
  out.async = await settled(async function f() { return 1 + await f(); });
  out.asyncArrow = await settled(async () => { const f = async () => { await f(); }; await f(); });
  out.afterAwait = await settled(async () => { await null; const f = () => 1 + f(); return f(); });
  out.afterTimer = await settled(async () => { await new Promise((r) => setTimeout(r, 1)); const f = () => 1 + f(); return f(); });
  out.inThen = await settled(() => Promise.resolve().then(function f() { return 1 + f(); }));
  out.inExecutor = await settled(() => new Promise(function f() { return 1 + f(); }));
  out.inTick = await settled(() => new Promise((resolve, reject) => process.nextTick(() => { try { (function f() { f(); })(); } catch (e) { reject(e); } })));
  out.asyncMethod = await settled(() => { class A { async f() { return 1 + await this.f(); } } return new A().f(); });

  // Everything works as before afterwards, also many times.
  let times = 0;
  for (let i = 0; i < 20; i++) {
    try { (function f() { f(); })(); } catch { times++; }
    await null;
  }
  out.times = times;
  let depth = 0;
  (function f() { depth++; if (depth < 8000) f(); })();
  out.depth = depth;
  const sum = (n) => (n === 0 ? 0 : n + sum(n - 1));
  out.sum = sum(7000);
  // Catching at every level, without going down again.
  const deep = (n) => { try { return deep(n + 1); } catch (e) { return e.message; } };
  out.deep = deep(0);
  const e = caught(() => { const f = () => f(); return f(); });
  out.last = e;
  out.stack = (() => { try { (function inner() { inner(); })(); } catch (error) { return error.stack.split('\n').filter((l, i) => i !== 1).map((l) => l.replace(/\(.*:(\d+:\d+)\)/, '($1)')); } })();
  return out;
};
