'use strict';
// Headers.

const { inspect } = require('util');
const { attempt } = require('./_attempt');

exports.main = async () => {
  const h = new Headers([['X-B', '2'], ['x-a', ' 1\t'], ['X-b', '3'], ['Set-Cookie', 'a=1'], ['cookie', 'c'], ['Cookie', 'd']]);
  h.append('set-cookie', 'b=2');
  const live = h.entries();
  const first = live.next().value;
  h.delete('X-A');
  const made = [];
  for (const init of [undefined, {}, { a: 1, B: null }, new Map([['m', 'n']]), new Headers({ q: 'r' }), [['a', 'b']], new URLSearchParams('a=1&a=2')]) made.push([...new Headers(init)]);
  const wrong = [
    () => new Headers(null), () => new Headers('a'), () => new Headers(1), () => new Headers([['a']]), () => new Headers([['a', 'b', 'c']]), () => new Headers(['ab']),
    () => new Headers([1]), () => new Headers({ 'a b': '1' }), () => new Headers({ a: 'x\ny' }), () => new Headers({ a: 'ü€' }), () => new Headers({ 'ü€': '1' }), () => new Headers({ a: Symbol('s') }),
    () => new Headers({ [Symbol('s')]: '1' }), () => h.append('a'), () => h.append(), () => h.get(), () => h.get(''), () => h.set('a', 'b\r'), () => h.has('a:'), () => h.delete('ä'),
    () => h.forEach(), () => h.forEach(1), () => Headers.prototype.get.call({}, 'a'), () => Headers.prototype.keys.call({}),
    () => h.entries().next.call({}),
  ];
  const errors = [];
  for (const run of wrong) errors.push(await attempt(run));
  const each = [];
  h.forEach(function (value, name, all) { each.push([value, name, all === h, this.self]); }, { self: 1 });
  const set = new Headers({ a: '1' });
  set.set('A', ' 2 ');
  set.set('Set-Cookie', 'x');
  const latin = new Headers({ l: 'ü' });
  return {
    list: [...h], first, next: live.next(), keys: [...h.keys()], values: [...h.values()], cookies: h.getSetCookie(), made, errors, each,
    get: [h.get('x-b'), h.get('X-B'), h.get('none'), h.get('set-cookie'), h.get('cookie'), h.has('COOKIE'), new Headers().getSetCookie()],
    set: [...set], latin: latin.get('l'),
    shown: [inspect(h), inspect(new Headers()), inspect(h.keys())],
    surface: [
      Object.keys(Headers.prototype), String(h), String(h.keys()), Headers.length, Headers.prototype.append.length, Object.getOwnPropertyNames(Headers),
      Headers.prototype[Symbol.iterator] === Headers.prototype.entries, JSON.stringify(h), Object.keys(h), 'entries' in h.keys(), typeof h.keys()[Symbol.iterator],
    ],
  };
};
