'use strict';
// Members of undefined and null, calls of what is no function: V8's words, with
// the expression as it is written.
const tr = (f) => { try { f(); return 'no error'; } catch (e) { return `${e.name}: ${e.message}`; } };
const o = { a: { b: null, u: undefined, n: 5, s: 'x', list: [] }, f() {}, nothing: null };
let u;
const nil = null;
const key = 'dyn';
const fn = () => undefined;
const sym = Symbol('sym');

exports.main = () => ({
  read: [
    () => u.x, () => nil.x, () => o.nothing.x, () => o.a.b.c.d, () => o.missing.x, () => o['missing'].x, () => o[key].x, () => u[0], () => u[key], () => u['x y'],
    () => fn().x, () => o.f().x, () => o.a.list[0].name, () => u[sym], () => nil[nil], () => this.x.y, () => (void 0).x, () => u?.x.y ?? u.z,
    () => o.a.u.toString(), () => nil.toString(), () => u.length, () => { const { x } = u; return x; }, () => { const { a: { q: { z } } } = o; return z; },
    () => { const { x } = o.missing; return x; }, () => (({ x }) => x)(), () => (({ x }) => x)(null), () => (({ a: { x } }) => x)({}), () => { const [x] = u; return x; }, () => { const [x] = o.missing; return x; },
    () => (([x]) => x)(), () => { let x; ({ x } = u); }, () => { let x; [x] = nil; }, () => { const { [key]: x } = u; }, () => { const { ...x } = u; }, () => { const {} = nil; },
    () => [1, 2].map((x) => x.a.b), () => [undefined].map(({ id }) => id), () => [[]].map(([{ id }]) => id), () => JSON.parse('null').data,
  ].map(tr),
  write: [
    () => { u.x = 1; }, () => { nil.x = 1; }, () => { o.nothing.x = 1; }, () => { o.missing.x.y = 1; }, () => { u[0] = 1; }, () => { u[key] = 1; }, () => { o.missing[key] = 1; }, () => { nil['a b'] = 1; }, () => { u.x += 1; }, () => { u.x++; }, () => { u[sym] = 1; },
    () => { 'use strict'; 'abc'.length = 1; }, () => { (5).x = 1; }, () => { 'abc'[0] = 'x'; }, () => { 'abc'.foo = 'x'; }, () => { Object.freeze(o.a.list).push(1); }, () => { Object.freeze({ a: 1 }).a = 2; }, () => { Object.freeze({ a: 1 }).b = 2; }, () => { Object.freeze([1])[0] = 2; }, () => { Object.freeze([1])[5] = 2; },
    () => { ({ get x() { return 1; } }).x = 2; }, () => { delete Object.freeze({ a: 1 }).a; }, () => { delete Object.freeze([1])[0]; }, () => { Object.defineProperty(Object.freeze({}), 'x', { value: 1 }); }, () => { Object.defineProperty(Object.freeze({ x: 2 }), 'x', { value: 1 }); },
    () => { class A { #p = 1; get v() { return 1; } } new A().v = 2; }, () => { const e = Object.preventExtensions({}); e.x = 1; }, () => { Math.PI = 3; }, () => { delete u.x; }, () => { delete nil[key]; }, () => { Object.setPrototypeOf(Object.preventExtensions({}), {}); },
    () => { new (class A { constructor() { Object.freeze(this); this.x = 1; } })(); }, () => { const l = [1]; Object.defineProperty(l, 'length', { writable: false }); l.push(2); }, () => { const l = [1]; Object.defineProperty(l, 'length', { writable: false }); l.pop(); },
  ].map(tr),
  call: [
    () => u(), () => nil(), () => o(), () => o.a(), () => o.a.b(), () => o.missing(), () => o.a.missing(), () => o['missing'](), () => o[key](), () => o.a[key](), () => o.a.list[0](), () => o.a.list.foo(), () => fn()(), () => o.f()(), () => o.f().x(), () => (0, o.missing)(), () => 5(), () => 'x'(), () => (5).x(), () => 'str'.nope(), () => [].nope(), () => `t`.nope(), () => new Date().nope(), () => (o.a || o).nope(), () => (u ?? o).nope(),
    () => o.a.n(), () => o.a.s.x(), () => o[sym](), () => o.a[0](), () => o.a['b c'](), () => o.a?.nope(), () => o?.a.nope.x(), () => u?.x?.y.z || nil(), () => Math.nope(), () => JSON.nope('x'), () => Promise.nope(), () => [].map(5), () => [].map(), () => [].map(nil), () => [1].forEach('x'), () => [1].reduce(o), () => [1].filter({}), () => [1].find(u), () => 'a'.replace(/a/, Symbol()), () => new Map([1]), () => new Set(5), () => new Map(5), () => [].sort(5), () => Array.from(1, 2), () => Array.from(u), () => fn.apply(u, 5), () => Function.prototype.toString.call({}),
    () => tag`x`, () => super_(), () => require('fs').nope(), () => exports.nope(), () => module.nope.x(), () => process.nope(), () => Buffer.nope(), () => o.a.list.map((x) => x)(), () => (async () => {})()(), () => o.f.call(u).x(), () => { const { nope } = o; nope(); }, () => { const f = o.a.n; f(); }, () => arguments(), () => o.a.list.at(-1)(), () => setTimeout.nope(),
  ].map(tr),
  construct: [
    () => new u(), () => new nil(), () => new o(), () => new o.a(), () => new o.missing(), () => new o.a.list[0](), () => new fn(), () => new o.f(), () => new (() => {})(), () => new Math.max(), () => new Symbol(), () => new BigInt(1), () => new 5(), () => new (class { constructor() { return 1; } })(), () => new (async () => {})(), () => new (function* () {})(), () => new parseInt(), () => new JSON(), () => new o['missing'](), () => new o[key](1, 2), () => new missing(),
    () => { class A {} A(); }, () => { class A extends u {} }, () => { class A extends 5 {} }, () => { const B = class {}; B(); }, () => { (class {})(); }, () => { const x = { K: class K2 {} }; x.K(); }, () => { class A { constructor() { this.x; } } class B extends A { constructor() { this.x; } } new B(); }, () => { class A {} class B extends A { constructor() { super(); super(); } } new B(); }, () => { class B extends Object { constructor() { return 1; } } new B(); }, () => { class B extends Object { constructor() { } } new B(); }, () => Promise(), () => Map(), () => Set(), () => new Promise(), () => new Promise(5), () => Uint8Array(), () => new Proxy({}), () => Proxy({}, {}), () => new WeakMap([[1, 2]]), () => new WeakSet([1]), () => new WeakRef(1),
  ].map(tr),
  iterate: [
    () => { for (const x of u); }, () => { for (const x of 5); }, () => { for (const x of o); }, () => { for (const x of o.a); }, () => { for (const x of o.missing); }, () => { for (const x of fn()); }, () => [...u], () => [...o], () => [...o.a], () => [...5], () => [...fn()], () => fn(...u), () => fn(...o), () => fn(...5), () => Math.max(...o.missing), () => new Date(...5), () => { const [a] = o; }, () => { const [a] = fn(); }, () => { const [[a]] = []; }, () => new Map([[1, 2], 3]), () => Object.fromEntries(5), () => Object.fromEntries([5]), () => Object.fromEntries(u), () => new Set(o), () => Promise.all, () => { for (const [a, b] of [1]); }, () => { for (const [a, b] of o.a.list.concat(5)); }, () => { const it = { [Symbol.iterator]() { return 5; } }; [...it]; }, () => { const it = { [Symbol.iterator]: 5 }; [...it]; }, () => { const it = { [Symbol.iterator]() { return {}; } }; for (const x of it); }, () => { const it = { [Symbol.iterator]() { return { next() { return 5; } }; } }; for (const x of it); }, () => { key in u; }, () => ({}) instanceof 5, () => ({}) instanceof {}, () => o instanceof u, () => o instanceof fn, () => Array.from({ length: -1 }), () => Array.from({ length: Infinity }), () => Object.entries(u), () => Object.keys(nil), () => Object.assign(u), () => new Uint8Array(-1),
  ].map(tr),
});
