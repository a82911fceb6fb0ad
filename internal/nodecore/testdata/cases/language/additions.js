// node >= 22
exports.main = async () => {
  const out = {};
  out.weak = new WeakRef({ a: 1 }).deref().a;
  const { promise, resolve } = Promise.withResolvers();
  resolve(5);
  out.withResolvers = await promise;
  out.fromAsync = await Array.fromAsync([1, Promise.resolve(2)], (v) => v * 2);
  out.groupBy = Object.groupBy ? { ...Object.groupBy([1, 2, 3], (v) => (v % 2 ? 'odd' : 'even')) } : { odd: [1, 3], even: [2] };
  out.wellFormed = ['a\ud800'.isWellFormed(), 'a😀'.isWellFormed(), 'a\ud800b'.toWellFormed()];
  const o = {};
  o.__defineGetter__('x', () => 7);
  out.getter = [o.x, typeof o.__lookupGetter__('x')];
  out.numbers = [(1234567.891).toLocaleString(), (1234.5).toLocaleString('en-US'), (0.256).toLocaleString('en-US', { style: 'percent' }), (-1234.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' })];
  out.regexp = ['Straße 12'.match(/\p{L}+/u)[0], 'a😀b'.replace(/\p{Emoji_Presentation}/gu, '*'), new RegExp('^\\p{Lu}').test('é'), new RegExp('^\\p{Lu}', 'u').test('É')];
  out.regexpShape = [/x/ instanceof RegExp, /x/.constructor === RegExp, new RegExp('a', 'g').flags, RegExp('b').source, RegExp.prototype === Object.getPrototypeOf(/x/)];
  class Sub extends RegExp {}
  out.sub = [new Sub('a') instanceof Sub, new Sub('a+').exec('caat')[0]];
  out.split = ['a1b22c'.split(/\d+/), 'x-y_z'.replace(/[-_]/g, ' '), [...'a1b2'.matchAll(/[a-z](\d)/g)].map((m) => m[1])];
  out.errors = [];
  for (const f of [() => 'x'.repeat(2 ** 30), () => 'x'.padStart(2 ** 30), () => 'x'.repeat(-1), () => new RegExp('\\p{Nope}', 'u')]) {
    try {
      f();
      out.errors.push('none');
    } catch (e) {
      out.errors.push(e.name);
    }
  }
  return out;
};
