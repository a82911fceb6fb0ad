const { Client, Pool, types, escapeLiteral, escapeIdentifier, DatabaseError } = require('pg');
const { all, describe } = require('../_attempt');

exports.main = async ({ postgres, postgresCA: ca, refused }) => {
  const client = new Client(postgres);
  const failure = async (promise) => {
    try { return await promise; } catch (e) { const { severity, detail, position, table, constraint, routine } = e; return { ...describe(e), database: e instanceof DatabaseError, severity, detail, position, table, constraint, routine }; }
  };
  const rows = async (...args) => (await client.query(...args)).rows;
  await client.connect();
  await client.query('create temp table t (id serial primary key, name text unique, n numeric(10,2), at timestamptz, tags text[], doc jsonb, bytes bytea, big bigint, ok boolean)');
  const result = await all({
    insert: async () => { const r = await client.query('insert into t (name, n, at, tags, doc, bytes, big, ok) values ($1, $2, $3, $4, $5, $6, $7, $8) returning *', ["Zoë's", 1.5, new Date(0), ['a', 'b "c"', null], { deep: [1, 'ü'] }, Buffer.from([0, 255]), '9007199254740993', true]); return [r.rowCount, r.command, r.rows, Buffer.isBuffer(r.rows[0].bytes), r.rows[0].at instanceof Date]; },
    nulls: () => rows('insert into t (name) values ($1) returning *', [null]),
    select: async () => { const r = await client.query('select id, name from t order by id'); return [r.rows, r.fields.map((f) => [f.name, f.dataTypeID, f.format])]; },
    parameters: () => rows('select $1::int + $2::int as sum, $3::text as text, $4::jsonb as doc, $5::date as day, $6::float8 as f', [1, 2, 'x', { a: 1 }, '2026-01-02', '1e-7']),
    values: () => rows("select 1::int2 a, 2::int8 b, 3.5::float4 c, 'NaN'::numeric d, '{1,2,{3}}'::text e, array[1,2,null]::int[] f, '2026-01-02 03:04:05.678'::timestamp g, interval '1 year 2 days 03:04:05.5' h, '1,2'::point i, 'infinity'::timestamp j, '12:34'::time k, 'a'::char l, '127.0.0.1'::inet m, null n, '\\x01ff'::bytea o, '{\"a\": 1}'::json p"),
    array: () => client.query({ text: 'select 1 as a, 2 as a', rowMode: 'array' }).then((r) => r.rows),
    prepared: async () => { const q = { name: 'by-name', text: 'select name from t where name = $1' }; const out = []; for (const v of ["Zoë's", 'none']) out.push((await client.query({ ...q, values: [v] })).rows); return out; },
    several: async () => (await client.query('select 1 as a; select 2 as b; ')).map((r) => r.rows),
    callback: () => new Promise((resolve) => client.query('select 1 as one', (error, r) => resolve([error, r.rows]))),
    unique: () => failure(rows('insert into t (name) values ($1)', ["Zoë's"])),
    syntax: () => failure(rows('selec 1')),
    wrongType: () => failure(rows('select $1::int', ['x'])),
    transaction: async () => { await client.query('begin'); await client.query("insert into t (name) values ('gone')"); await client.query('rollback'); return rows("select count(*) from t where name = 'gone'"); },
    notices: async () => { const list = []; client.on('notice', (n) => list.push([n.severity, n.message])); await client.query("do $$ begin raise notice 'hello %', 'ü'; end $$"); return list; },
    listen: async () => {
      const other = new Client(postgres);
      await other.connect();
      await other.query('listen news');
      const heard = new Promise((resolve) => other.on('notification', (m) => resolve([m.channel, m.payload])));
      await client.query("select pg_notify('news', 'payload ü')");
      const message = await heard;
      await other.end();
      return message;
    },
    large: async () => { const [row] = await rows("select repeat('xyzü', 100000) as text, generate_series as n from generate_series(1, 1)"); return [row.text.length, row.text.slice(-4)]; },
    many: async () => { const list = await rows('select n, md5(n::text) as h from generate_series(1, 2000) n'); return [list.length, list[1999]]; },
    upload: async () => rows('select length($1) as n, md5($1) as h', ['ä'.repeat(200000)]),
    types: async () => { const own = await client.query({ text: 'select 5::int8 as n', types: { getTypeParser: (oid, format) => (oid === 20 ? BigInt : types.getTypeParser(oid, format)) } }); return String(typeof own.rows[0].n); },
    escapes: () => [escapeLiteral("it's \\ x"), escapeIdentifier('a "b"')],
    cancelled: () => failure(client.query({ text: 'select pg_sleep(5)', query_timeout: 50 }).catch((e) => { throw e; })),
    afterwards: () => new Client(postgres).connect().then(() => 'connected'),
  });
  Object.assign(result, await all({
    pool: async () => {
      const pool = new Pool({ ...postgres, max: 2, idleTimeoutMillis: 100 });
      const out = await Promise.all([1, 2, 3, 4].map((n) => pool.query('select $1::int as n', [n]).then((r) => r.rows[0].n)));
      const one = await pool.connect();
      const inside = [pool.totalCount, pool.idleCount, pool.waitingCount];
      one.release();
      await pool.end();
      return [out, inside, pool.ended];
    },
    url: async () => { const c = new Client({ connectionString: `postgres://${postgres.user}:${encodeURIComponent(postgres.password)}@${postgres.host}:${postgres.port}/postgres?application_name=fns` }); await c.connect(); const r = await c.query('show application_name'); await c.end(); return r.rows; },
    ssl: async () => { const c = new Client({ ...postgres, ssl: { ca, servername: 'localhost' } }); await c.connect(); const r = await c.query('select ssl, version, cipher is not null as c from pg_stat_ssl where pid = pg_backend_pid()'); await c.end(); return r.rows; },
    sslUntrusted: () => failure(new Client({ ...postgres, ssl: true }).connect()),
    sslUnchecked: async () => { const c = new Client({ ...postgres, ssl: { rejectUnauthorized: false } }); await c.connect(); const r = await c.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()'); await c.end(); return r.rows; },
    wrongPassword: () => failure(new Client({ ...postgres, password: 'no' }).connect()),
    noDatabase: () => failure(new Client({ ...postgres, database: 'nothing' }).connect()),
    refused: () => failure(new Client({ ...postgres, port: Number(new URL(refused).port) }).connect()),
    lost: async () => {
      const c = new Client(postgres);
      const events = [];
      c.on('error', (e) => events.push(['error', e.message])).on('end', () => events.push('end'));
      await c.connect();
      const ended = new Promise((resolve) => c.once('end', resolve));
      const q = await failure(c.query('select pg_terminate_backend(pg_backend_pid())'));
      await ended;
      return [q, events];
    },
  }));
  await client.end().catch(() => {});
  return result;
};
