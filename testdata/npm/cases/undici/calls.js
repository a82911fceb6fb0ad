const { request, fetch: own, stream, pipeline, Agent, Pool, Client, FormData, Headers, errors, MockAgent, setGlobalDispatcher, getGlobalDispatcher, interceptors } = require('undici');
const { PassThrough, Readable } = require('stream');
const { all, describe } = require('../_attempt');

const failure = async (promise) => {
  try { return await promise; } catch (e) { return { ...describe(e), undici: e instanceof errors.UndiciError }; }
};

exports.main = async ({ url, tls, ca, refused }) => {
  const agent = new Agent({ keepAliveTimeout: 10 });
  const old = getGlobalDispatcher();
  setGlobalDispatcher(agent);
  const result = await all({
    get: async () => { const { statusCode, headers, body, trailers } = await request(`${url}/echo?a=1`); return [statusCode, headers, await body.json(), trailers]; },
    query: async () => (await (await request(`${url}/echo`, { query: { a: 'ü', b: [1, 2] } })).body.json()).target,
    post: async () => (await request(`${url}/echo`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-A': ['1', '2'] }, body: JSON.stringify({ a: 'ü' }) })).body.json(),
    buffer: async () => (await request(`${url}/echo`, { method: 'PUT', body: Buffer.from('bytes') })).body.json(),
    streamed: async () => (await request(`${url}/echo`, { method: 'POST', body: Readable.from(['one ', 'two']) })).body.json(),
    text: async () => (await request(`${url}/status/404?body=no`)).body.text(),
    chunks: async () => { const { body } = await request(`${url}/stream?n=3`); const parts = []; for await (const c of body) parts.push(c); return Buffer.concat(parts).toString(); },
    arrayBuffer: async () => (await (await request(`${url}/large?bytes=70000`)).body.arrayBuffer()).byteLength,
    dump: async () => { const { body } = await request(`${url}/large?bytes=1000`); await body.dump(); return body.destroyed; },
    fetch: async () => { const r = await own(`${url}/echo`, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) }); return [r.status, await r.json()]; },
    fetchForm: async () => { const form = new FormData(); form.set('a', 'ü'); form.set('f', new Blob(['x'], { type: 'text/plain' }), 'f.txt'); return (await own(`${url}/multipart`, { method: 'POST', body: form })).json(); },
    fetchGzip: async () => (await own(`${url}/gzip`)).json(),
    fetchBr: async () => (await own(`${url}/br`)).json(),
    fetchRedirect: async () => { const r = await own(`${url}/redirects/2`); return [r.redirected, r.url, r.status]; },
    fetchRefused: () => failure(own(refused)),
    fetchAbort: () => failure(own(`${url}/hang`, { signal: AbortSignal.timeout(40) })),
    headers: () => [...new Headers({ b: '1', A: '2' })],
    stream: async () => { const parts = []; await stream(`${url}/stream?n=2`, { method: 'GET', opaque: parts }, ({ statusCode, opaque }) => { const sink = new PassThrough(); sink.on('data', (c) => opaque.push(c.toString())); return sink; }); return parts.join(''); },
    pipeline: () => new Promise((resolve, reject) => { const parts = []; pipeline(`${url}/echo`, { method: 'POST' }, ({ body }) => body).end('piped').on('data', (c) => parts.push(c)).on('error', reject).on('end', () => resolve(JSON.parse(Buffer.concat(parts)))); }),
    pool: async () => { const pool = new Pool(url, { connections: 1 }); const out = []; for (let i = 0; i < 3; i++) out.push(await (await pool.request({ path: '/keepalive', method: 'GET' })).body.json()); await pool.close(); return [out.map((o) => o.request), pool.closed]; },
    client: async () => { const client = new Client(url, { pipelining: 1 }); const r = await client.request({ path: '/status/201', method: 'GET' }); await r.body.dump(); await client.destroy(); return [r.statusCode, client.destroyed]; },
    retry: async () => { const a = new Agent().compose(interceptors.retry({ maxRetries: 1, minTimeout: 1, statusCodes: [503] })); return failure(request(`${url}/status/503`, { dispatcher: a }).then(async (r) => [r.statusCode, await r.body.text()])); },
    redirects: async () => { const a = new Agent().compose(interceptors.redirect({ maxRedirections: 3 })); const r = await request(`${url}/redirects/2`, { dispatcher: a }); await r.body.dump(); return r.statusCode; },
    headersTimeout: () => failure(request(`${url}/hang`, { headersTimeout: 50, dispatcher: new Agent({ headersTimeout: 50 }) })),
    bodyTimeout: async () => failure((await request(`${url}/hang-body`, { bodyTimeout: 50 })).body.text()),
    refused: () => failure(request(refused)),
    reset: () => failure(request(`${url}/reset`)),
    garbage: async () => (await failure(request(`${url}/garbage`))).code,
    abort: async () => { const c = new AbortController(); setTimeout(() => c.abort(), 20); return failure(request(`${url}/hang`, { signal: c.signal })); },
    https: async () => { const a = new Agent({ connect: { ca } }); const r = await request(`${tls}/echo`, { dispatcher: a }); return [r.statusCode, (await r.body.json()).target]; },
    untrusted: () => failure(request(`${tls}/echo`)),
    invalid: () => failure(request('nothing')),
    badHeader: () => failure(request(url, { headers: { 'a\n': '1' } })),
    throwOnError: () => failure(request(`${url}/status/400?body=bad`, { dispatcher: new Agent().compose(interceptors.responseError()) })),
    mock: async () => { const mock = new MockAgent(); mock.disableNetConnect(); mock.get('http://api.test').intercept({ path: '/x', method: 'POST' }).reply(202, { ok: true }); const r = await request('http://api.test/x', { method: 'POST', dispatcher: mock }); return [r.statusCode, await r.body.json(), await failure(request('http://other.test/', { dispatcher: mock }))]; },
    mixin: async () => { const { body } = await request(`${url}/status/200?body=x`); const before = body.bodyUsed; await body.text(); return [before, body.bodyUsed, await failure(body.text())]; },
  });
  setGlobalDispatcher(old);
  await agent.destroy();
  return result;
};
