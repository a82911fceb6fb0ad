const yup = require('yup');
const { all } = require('../_attempt');

const run = async (schema, ...values) => { const out = []; for (const v of values) { try { out.push(await schema.validate(v, { abortEarly: false })); } catch (e) { out.push([e.name, e.message, e.errors, e.path, (e.inner || []).map((i) => [i.path, i.type, i.message, i.params && i.params.value])]); } } return out; };

exports.main = () => all({
  object: () => run(yup.object({ name: yup.string().required().min(2).trim(), age: yup.number().required().positive().integer(), email: yup.string().email(), site: yup.string().url().nullable(), on: yup.date().default(() => new Date(0)), tags: yup.array().of(yup.string().max(3)).min(1) }).noUnknown(), { name: ' Zoë ', age: '24', tags: ['a'] }, { name: 'Z', age: -1.5, email: 'x', site: 'y', tags: ['long'], more: 1 }, {}, null, 'text'),
  casts: () => [yup.number().cast('1e3'), yup.boolean().cast('true'), yup.date().cast('2026-01-02T03:04:05Z'), yup.date().cast('2026-01-02T03:04:05.5+02:00'), yup.string().uppercase().cast('ü'), yup.array().cast('[1,2]', { assert: false }), yup.object({ a: yup.number() }).cast({ a: '1', b: 2 })],
  sync: () => { try { return yup.string().matches(/^a/, 'must begin with a').validateSync('b'); } catch (e) { return [e.message, e.type, e.value]; } },
  when: () => run(yup.object({ kind: yup.string(), x: yup.number().when('kind', { is: 'a', then: (s) => s.required(), otherwise: (s) => s.strip() }) }), { kind: 'a' }, { kind: 'b', x: 1 }),
  refs: () => run(yup.object({ a: yup.number(), b: yup.number().moreThan(yup.ref('a')) }), { a: 1, b: 2 }, { a: 2, b: 1 }),
  custom: () => run(yup.string().test('known', '${path} is not known: ${value}', async (v) => v === 'yes').transform((v) => v && v.toLowerCase()), 'YES', 'no'),
  create: () => run(yup.number().test({ name: 'even', test(v, ctx) { return v % 2 === 0 || ctx.createError({ message: `${v} is odd`, path: 'own' }); } }), 2, 3),
  oneOf: () => run(yup.mixed().oneOf(['a', 1, null]), 'a', 2, null),
  tuple: () => run(yup.tuple([yup.string(), yup.number()]), ['a', 1], ['a', 'b']),
  lazy: () => run(yup.lazy((v) => (typeof v === 'number' ? yup.number().max(5) : yup.string())), 3, 9, 'x'),
  locale: () => { yup.setLocale({ mixed: { required: 'fehlt: ${path}' }, number: { min: ({ min }) => ({ key: 'min', values: { min } }) } }); return run(yup.object({ a: yup.string().required(), n: yup.number().min(5) }), { n: 1 }); },
  describe: () => yup.object({ a: yup.string().required().label('A').meta({ m: 1 }), b: yup.array(yup.number()) }).describe(),
  shape: () => { const s = yup.object({ a: yup.string(), b: yup.number() }); return [Object.keys(s.pick(['a']).fields), Object.keys(s.omit(['a']).fields), Object.keys(s.concat(yup.object({ c: yup.date() })).fields), yup.reach(s, 'b').type, s.isValidSync({ b: 'x' })]; },
  strict: () => run(yup.number().strict(), '1', 1),
  dates: () => run(yup.date().min(new Date('2026-01-01')), '2026-06-01', '2025-01-01', 'x'),
});
