const _ = require('lodash');
const fp = require('lodash/fp');
const get = require('lodash/get');
const { all } = require('../_attempt');

const users = [
  { user: 'barney', age: 36, active: true, tags: ['a', 'b'] },
  { user: 'fred', age: 40, active: false, tags: [] },
  { user: 'pebbles', age: 1, active: true, tags: ['c'] },
];

exports.main = async () => all({
  collections: () => [_.sortBy(users, ['active', 'age']).map((u) => u.user), _.orderBy(users, ['age'], ['desc']).map((u) => u.user), _.groupBy(users, 'active'), _.keyBy(users, 'user'), _.partition(users, 'active'), _.countBy(users, (u) => u.tags.length), _.find(users, { age: 1 }), _.maxBy(users, 'age').user, _.sumBy(users, 'age'), _.flatMap(users, 'tags')],
  arrays: () => [_.chunk([1, 2, 3, 4, 5], 2), _.uniqBy([2.1, 1.2, 2.3], Math.floor), _.difference([2, 1], [2, 3]), _.zipObject(['a', 'b'], [1, 2]), _.flattenDeep([1, [2, [3, [4]], 5]]), _.intersection([1, 2], [2, 3]), _.xor([2, 1], [2, 3]), _.range(0, 10, 3), _.sortedUniq([1, 1, 2]), _.pullAt([1, 2, 3], 1), _.takeRightWhile([1, 2, 3], (n) => n > 1)],
  objects: () => [_.merge({ a: [{ b: 2 }, { d: 4 }] }, { a: [{ c: 3 }, { e: 5 }] }), _.pick({ a: 1, b: 2, c: { d: 3 } }, ['a', 'c.d']), _.omit({ a: 1, b: 2 }, 'a'), _.set({}, 'a[0].b.c', 4), _.defaultsDeep({ a: { b: 2 } }, { a: { b: 1, c: 3 } }), _.mapValues({ a: 1 }, (v) => v + 1), _.invert({ a: 1, b: 2 }), get({ a: [{ b: 1 }] }, 'a[0].b'), _.unset({ a: 1 }, 'a'), _.toPairs({ x: 1, y: 2 })],
  strings: () => [_.camelCase('--foo-bar--'), _.kebabCase('fooBar baz'), _.snakeCase('Foo Bar2Baz'), _.startCase('__FOO_BAR__'), _.capitalize('FRED'), _.deburr('déjà vu Ægir'), _.escape('<a & "b">'), _.unescape('&lt;&amp;'), _.padStart('a', 5, '_-'), _.truncate('hi-diddly-ho there, neighborino', { length: 24, separator: /,? +/ }), _.words('fred, barney, & pebbles'), _.upperFirst('éa'), _.split('a-b-c', '-', 2), _.trim('-_-abc-_-', '_-'), _.words('ÆgirØre 12ab émoji😀x'), _.size('😀x'), _.toArray('a😀é')],
  template: () => [_.template('hello <%= user %>! <% _.forEach(list, (x) => { %><li><%- x %></li><% }) %>')({ user: 'fred', list: ['<a>', 'b'] }), _.template('${ a } {{ b }}', { interpolate: /{{([\s\S]+?)}}/g })({ a: 1, b: 2 })],
  equality: () => [_.isEqual({ a: [1, new Date(0), /x/g, new Map([[1, 2]]), new Set([1])] }, { a: [1, new Date(0), /x/g, new Map([[1, 2]]), new Set([1])] }), _.isEqual(new Uint8Array([1]), new Uint8Array([2])), _.isMatch({ a: 1, b: 2 }, { b: 2 }), _.isPlainObject(Object.create(null)), _.isPlainObject(new Date()), _.isEmpty(new Map()), _.isBuffer(Buffer.alloc(1)), _.isError(new TypeError('x')), _.isArguments((function f() { return arguments; })()), _.isTypedArray(new Float32Array(1)), _.isElement({}), _.isNative(Array.prototype.push), _.isSymbol(Symbol.iterator)],
  clone: () => {
    const source = { date: new Date(0), re: /a/gi, map: new Map([['k', { deep: 1 }]]), set: new Set([1]), buffer: Buffer.from('b'), typed: new Uint16Array([1, 2]), fn: Math.max, nested: [[1]] };
    source.self = source;
    const copy = _.cloneDeep(source);
    return [copy !== source, copy.self === copy, copy.map.get('k') !== source.map.get('k'), copy.re.source, copy.re.flags, copy.buffer.toString(), copy.typed[1], typeof copy.fn, copy.date.getTime()];
  },
  functions: async () => {
    const calls = [];
    const debounced = _.debounce((x) => calls.push(`d${x}`), 10);
    debounced(1);
    debounced(2);
    const throttled = _.throttle((x) => calls.push(`t${x}`), 30);
    throttled(1);
    throttled(2);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const memo = _.memoize((x) => calls.push(`m${x}`));
    memo(1);
    memo(1);
    _.once(() => calls.push('once'))();
    return [calls.sort(), _.curry((a, b, c) => a + b + c)(1)(2)(3), _.partial((a, b) => a - b, _, 1)(3), _.flow([Math.abs, Math.sqrt])(-9), _.ary(parseInt, 1)('10', 2), _.spread(Math.max)([1, 5]), _.overEvery([Number.isFinite, Boolean])(1)];
  },
  chain: () => _(users).filter('active').map('user').map(_.upperFirst).join(', '),
  lazy: () => _.chain(_.range(300)).map((n) => n * 2).filter((n) => n % 3 === 0).take(3).value(),
  fp: () => fp.flow(fp.filter('active'), fp.map('age'), fp.sum)(users),
  numbers: () => [_.clamp(-10, -5, 5), _.inRange(3, 2, 4), _.round(4.006, 2), _.ceil(6040, -2), _.toInteger('3.2'), _.toNumber('0b101'), _.mean([1, 2]), _.toFinite(Infinity), _.toLength(-1), _.padEnd(_.uniqueId('x').length, 3, '.')],
  surface: () => [Object.keys(_).length, _.VERSION, Object.keys(fp).length],
});
