const util = require('util');

const { inspect } = util;
const attempt = async (f) => {
  try { return await f(); } catch (error) { return [error.name, error.code, error.message]; }
};

exports.main = async () => {
  class A { constructor(v) { this.v = v; } [inspect.custom](depth, options, ins) { return `A<${ins({ a: this.v, b: { c: [1, 2, { d: 1 }] } }, options)}>`; } }
  class B { [inspect.custom]() { return { multi: 'line'.repeat(10), second: 'line'.repeat(12), third: [1, 2, 3] }; } }
  class C { [inspect.custom]() { return 'first\nsecond\nthird'; } }
  return {
    custom: [inspect(new A(1)), inspect({ x: { y: { z: new A({ q: 1 }) } } }, { depth: 5 }), inspect([new B(), { b: new B() }], { depth: 4 }), inspect({ c: new C(), list: [new C(), { c: new C() }], m: new Map([[new C(), new C()]]) })],
    style: await attempt(() => [util.styleText('red', 'x'), util.styleText(['bold', 'underline'], 'y'), util.styleText('nope', 'x')]),
    args: [await attempt(() => util.parseArgs({ args: ['-f', '--bar', 'b', '--no-color', 'pos', '--list=a', '--list', 'b', '--', '-x'], options: { f: { type: 'boolean', short: 'f' }, bar: { type: 'string' }, color: { type: 'boolean' }, list: { type: 'string', multiple: true }, def: { type: 'string', default: 'd' } }, allowPositionals: true, allowNegative: true, tokens: true })), await attempt(() => util.parseArgs({ args: ['--x'] })), await attempt(() => util.parseArgs({ args: ['a'], options: {} })), await attempt(() => util.parseArgs({ args: ['--a'], options: { a: { type: 'string' } } })), await attempt(() => util.parseArgs({ args: ['-abc', '-dval'], options: { a: { type: 'boolean', short: 'a' }, b: { type: 'boolean', short: 'b' }, c: { type: 'boolean', short: 'c' }, d: { type: 'string', short: 'd' } } })), await attempt(() => util.parseArgs({ args: ['--x=1', 'y'], strict: false }))],
  };
};
