const Joi = require('joi');
const { all, describe } = require('../_attempt');

const run = (schema, ...values) => values.map((v) => { const { value, error, warning } = schema.validate(v, { abortEarly: false }); return [value, error && [error.message, error.details], warning && warning.message]; });

exports.main = () => all({
  strings: () => run(Joi.string().min(2).max(5).trim().lowercase().pattern(/^[a-z]+$/, 'letters'), ' ABC ', 'a', 'toolong', '123', 5, ''),
  emails: () => run(Joi.string().email({ tlds: { allow: ['com', 'de'] } }), 'a@b.com', 'a@b.xyz', 'nope', 'zoë@bücher.de'),
  kinds: () => run(Joi.object({ g: Joi.string().guid(), u: Joi.string().uri({ scheme: ['https'] }), i: Joi.string().ip(), h: Joi.string().hex().length(4), b: Joi.string().base64(), d: Joi.string().isoDate(), c: Joi.string().creditCard(), dom: Joi.string().domain() }), { g: '69a0dd2c-0f4f-4b1c-8a0a-6f6a3b1c2d3e', u: 'https://a.example/x', i: '::1', h: 'beef', b: 'YQ==', d: '2026-01-02', c: '4111111111111111', dom: 'example.com' }, { g: 'x', u: 'http://a', i: '300.1.1.1', h: 'xyzw', b: 'a', d: 'no', c: '4111111111111112', dom: '-' }),
  numbers: () => run(Joi.number().integer().min(1).max(10).multiple(2), '4', 3, 11, 1.5, 'x', Infinity, 2 ** 53),
  precision: () => run(Joi.number().precision(2), 1.239, '2.5'),
  dates: () => run(Joi.date().iso().min('2026-01-01').max('2026-12-31'), '2026-06-01', '2025-01-01', 'x', 0),
  booleans: () => run(Joi.boolean().truthy('yes').falsy('no').sensitive(false), 'YES', 'no', 'maybe', 1),
  objects: () => run(Joi.object({ a: Joi.string().required(), b: Joi.number().default(7), c: Joi.any().strip(), d: Joi.ref('a') }).rename('x', 'b').with('b', 'a').unknown(false), { a: 'A', x: 1, c: 2 }, {}, { a: 1, z: 1 }),
  peers: () => run(Joi.object({ a: Joi.any(), b: Joi.any(), c: Joi.any() }).or('a', 'b').nand('a', 'c').xor('b', 'c'), { a: 1, b: 2 }, {}, { a: 1, b: 1, c: 1 }, { c: 1 }),
  when: () => run(Joi.object({ type: Joi.valid('x', 'y').required(), v: Joi.when('type', { is: 'x', then: Joi.number().required(), otherwise: Joi.forbidden() }) }), { type: 'x', v: 1 }, { type: 'x' }, { type: 'y', v: 1 }, { type: 'z' }),
  arrays: () => run(Joi.array().items(Joi.string(), Joi.number().strip()).min(1).unique().single(), ['a', 1], [], ['a', 'a'], 'b', [true]),
  ordered: () => run(Joi.array().ordered(Joi.string().required(), Joi.number()).sparse(), ['a', 1], [1], ['a', 1, 2]),
  alternatives: () => run(Joi.alternatives(Joi.number(), Joi.string().valid('auto')), 1, 'auto', 'x', null),
  references: () => run(Joi.object({ min: Joi.number(), max: Joi.number().greater(Joi.ref('min')), sum: Joi.number().valid(Joi.x('{min + max}')) }), { min: 1, max: 2, sum: 3 }, { min: 3, max: 2, sum: 1 }),
  custom: () => run(Joi.string().custom((value, helpers) => (value === 'bad' ? helpers.error('any.invalid') : value.toUpperCase()), 'own').messages({ 'any.invalid': '{{#label}} may not be {#value}' }), 'ok', 'bad'),
  messages: () => run(Joi.object({ name: Joi.string().required().label('Your name').messages({ 'any.required': '{{#label}} fehlt' }) }), {}),
  warnings: () => run(Joi.string().warning('own.code', { a: 1 }).message({ 'own.code': 'careful' }), 'x'),
  external: () => Joi.string().external(async (v) => `${v}!`).validateAsync('x'),
  externalError: () => Joi.object({ a: Joi.string().external(async () => { throw new Error('taken'); }) }).validateAsync({ a: 'x' }).catch(describe),
  attempt: () => Joi.attempt('x', Joi.number(), 'in settings'),
  describe: () => Joi.object({ a: Joi.string().min(1).optional() }).describe(),
  extend: () => { const own = Joi.extend((joi) => ({ type: 'million', base: joi.number(), messages: { 'million.base': '{{#label}} must be a million' }, coerce: (v) => ({ value: Number(v) }), validate: (v, h) => (v < 1e6 ? { value: v, errors: h.error('million.base') } : undefined) })); return run(own.million(), 2e6, 5); },
  link: () => run(Joi.object({ n: Joi.string(), kids: Joi.array().items(Joi.link('#person')) }).id('person'), { n: 'a', kids: [{ n: 'b', kids: [{ n: 1 }] }] }),
  symbols: () => run(Joi.func().arity(2), (a, b) => a + b, (a) => a).map(([, e]) => e),
  binary: () => run(Joi.binary().encoding('base64').min(2), 'aGVsbG8=', 5),
  annotate: () => Joi.object({ a: Joi.number() }).validate({ a: 'x' }).error.annotate(true),
  invalidUse: () => Joi.number().min('x'),
});
