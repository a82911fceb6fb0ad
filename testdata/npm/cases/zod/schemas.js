const { z } = require('zod');
const z3 = require('zod/v3');
const { all } = require('../_attempt');

const issues = (result) => (result.success ? result.data : result.error.issues);

exports.main = async () => {
  const Contact = z.object({
    email: z.email(),
    age: z.number().int().min(18).optional(),
    tags: z.array(z.string().min(1)).max(3).default([]),
    role: z.enum(['admin', 'user']),
    site: z.url().nullish(),
    meta: z.record(z.string(), z.unknown()).optional(),
  });
  return all({
    good: () => Contact.parse({ email: 'a@b.co', age: 20, role: 'user', extra: 1 }),
    bad: () => issues(Contact.safeParse({ email: 'nope', age: 1.5, tags: ['', 1, 'b', 'c'], role: 'x', site: 'not a url' })),
    thrown: () => Contact.parse(null),
    formatted: () => { const { error } = Contact.safeParse({}); return [z.prettifyError(error), z.treeifyError(error), z.flattenError(error)]; },
    strict: () => issues(z.strictObject({ a: z.string() }).safeParse({ a: 'x', b: 1 })),
    union: () => issues(z.discriminatedUnion('type', [z.object({ type: z.literal('a'), a: z.string() }), z.object({ type: z.literal('b'), b: z.number() })]).safeParse({ type: 'b', b: 'x' })),
    plainUnion: () => issues(z.union([z.string(), z.number()]).safeParse(true)),
    transform: () => z.string().trim().toLowerCase().transform((s) => s.length).pipe(z.number().positive()).parse('  ABC '),
    coerce: () => z.object({ n: z.coerce.number(), d: z.coerce.date(), b: z.coerce.boolean() }).parse({ n: '42', d: '2026-01-01', b: 'x' }),
    refine: () => issues(z.object({ a: z.string(), b: z.string() }).refine((v) => v.a === v.b, { message: 'differ', path: ['b'] }).safeParse({ a: '1', b: '2' })),
    superRefine: () => issues(z.string().superRefine((v, ctx) => { if (v.length < 3) ctx.addIssue({ code: 'custom', message: 'short' }); }).safeParse('a')),
    async asynchronous() {
      const schema = z.string().refine(async (v) => { await null; return v === 'yes'; }, 'not yes');
      return [await schema.parseAsync('yes'), issues(await schema.safeParseAsync('no'))];
    },
    strings: () => [z.uuid(), z.iso.datetime(), z.iso.date(), z.ipv4(), z.cuid(), z.base64(), z.string().regex(/^a+$/), z.string().startsWith('a').endsWith('z'), z.emoji(), z.jwt(), z.e164()].map((s) => ['6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b', '2026-01-01T00:00:00Z', '2026-02-30', '127.0.0.1', 'aGk=', 'aaa', 'abcz', '😀', '+14155552671'].map((v) => s.safeParse(v).success)),
    containers: () => [z.tuple([z.string(), z.number()]).rest(z.boolean()).parse(['a', 1, true]), [...z.map(z.string(), z.number()).parse(new Map([['a', 1]]))], [...z.set(z.number()).parse(new Set([1]))], z.partialRecord(z.enum(['a', 'b']), z.number()).parse({ a: 1 })],
    lazy: () => { const Node = z.object({ name: z.string(), children: z.lazy(() => z.array(Node)) }); return issues(Node.safeParse({ name: 'a', children: [{ name: 'b', children: [{ name: 1, children: [] }] }] })); },
    derived: () => [Object.keys(Contact.pick({ email: true }).shape), Object.keys(Contact.omit({ email: true }).shape), Contact.partial().parse({}), Contact.extend({ x: z.bigint() }).shape.x.parse(5n).toString(), Contact.keyof().options],
    jsonSchema: () => z.toJSONSchema(Contact),
    brand: () => [z.date().safeParse(new Date(NaN)).success, z.nan().safeParse(NaN).success, z.instanceof(URL).safeParse(new URL('http://a')).success, z.bigint().safeParse(1).error.issues[0].message, z.symbol().safeParse(Symbol('x')).success, z.file ? typeof z.file : ''],
    three: () => [issues(z3.z.object({ a: z3.z.string().email(), b: z3.z.number().min(3) }).safeParse({ a: 'x', b: 1 })), z3.z.string().datetime().safeParse('2026-01-01T00:00:00Z').success],
  });
};
