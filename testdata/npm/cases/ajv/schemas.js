const Ajv = require('ajv');
const Ajv2020 = require('ajv/dist/2020');
const { all } = require('../_attempt');

const run = (ajv, schema, ...values) => { const validate = ajv.compile(schema); return values.map((v) => [validate(v), validate.errors]); };

exports.main = () => all({
  types: () => run(new Ajv({ allErrors: true }), { type: 'object', properties: { s: { type: 'string', minLength: 2, maxLength: 4, pattern: '^\\p{L}+$' }, n: { type: 'number', minimum: 0, multipleOf: 0.1 }, i: { type: 'integer', exclusiveMaximum: 10 }, b: { type: 'boolean' }, z: { type: 'null' }, a: { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 1, contains: { const: 'x' } } }, required: ['s', 'n'], additionalProperties: false }, { s: 'Zoë', n: 0.3 }, { s: '12', n: -1, i: 10.5, b: 'x', z: 0, a: ['y', 'y'], more: 1 }, 'no', { s: '😀', n: 1, a: [] }),
  combined: () => run(new Ajv(), { oneOf: [{ type: 'string' }, { type: 'integer', minimum: 5 }, { const: 7 }] }, 'a', 7, 3, null),
  conditions: () => run(new Ajv(), { type: 'object', if: { properties: { kind: { const: 'a' } } }, then: { required: ['x'] }, else: { required: ['y'] }, dependencies: { p: ['q'] }, propertyNames: { pattern: '^[a-z]' }, patternProperties: { '^n_': { type: 'number' } } }, { kind: 'a', x: 1 }, { kind: 'a' }, { kind: 'b' }, { kind: 'a', x: 1, n_a: 'no' }, { kind: 'a', x: 1, Bad: 1 }),
  refs: () => { const ajv = new Ajv({ schemas: [{ $id: 'http://x/defs', definitions: { tree: { $id: '#tree', type: 'object', properties: { children: { type: 'array', items: { $ref: '#/definitions/tree' } }, v: { type: 'number' } } } } }] }); return run(ajv, { $ref: 'http://x/defs#/definitions/tree' }, { v: 1, children: [{ v: 2, children: [{ v: 'x' }] }] }, { children: [] }); },
  coercion: () => { const ajv = new Ajv({ coerceTypes: 'array', useDefaults: true, removeAdditional: true }); const validate = ajv.compile({ type: 'object', properties: { n: { type: 'integer' }, b: { type: 'boolean' }, l: { type: 'array', items: { type: 'string' } }, d: { type: 'string', default: 'def' } }, additionalProperties: false }); const data = { n: '42', b: 'true', l: 1, extra: 1 }; return [validate(data), data, validate({ n: '4.5' }), validate.errors]; },
  formats: () => { const ajv = new Ajv({ formats: { even: { type: 'number', validate: (n) => n % 2 === 0 }, zip: /^\d{5}$/ } }); return run(ajv, { type: 'object', properties: { e: { type: 'number', format: 'even' }, z: { type: 'string', format: 'zip' } } }, { e: 2, z: '12345' }, { e: 3 }, { z: 'x' }); },
  keywords: () => { const ajv = new Ajv(); ajv.addKeyword({ keyword: 'range', type: 'number', schemaType: 'array', compile: ([a, b]) => (n) => n >= a && n <= b, errors: false }); return run(ajv, { range: [1, 3] }, 2, 4, 'x'); },
  asynchronous: async () => { const ajv = new Ajv(); ajv.addKeyword({ keyword: 'known', async: true, type: 'string', validate: async (s, v) => v === 'yes' }); const validate = ajv.compile({ $async: true, type: 'string', known: true }); return [await validate('yes'), await validate('no').catch((e) => [e.constructor.name, e.errors])]; },
  strict: () => { try { new Ajv().compile({ type: 'object', unknownWord: 1 }); return 'compiled'; } catch (e) { return e.message; } },
  text: () => { const ajv = new Ajv({ allErrors: true, verbose: false }); const validate = ajv.compile({ type: 'object', required: ['a', 'b'], properties: { c: { enum: ['x', 1] } } }); validate({ c: 2 }); return [ajv.errorsText(validate.errors), ajv.errorsText(validate.errors, { separator: '; ', dataVar: 'it' })]; },
  draft2020: () => run(new Ajv2020(), { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, unevaluatedItems: false }, ['a', 1], ['a', 'b'], ['a', 1, 2]),
  invalidSchema: () => new Ajv().compile({ type: 'nothing' }),
  missingRef: () => new Ajv().compile({ $ref: 'http://nowhere/x' }),
});
