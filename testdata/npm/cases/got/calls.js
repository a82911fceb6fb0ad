const got = require('got');
const { PassThrough, pipeline } = require('stream');
const { promisify } = require('util');
const { all, describe } = require('../_attempt');

const shown = (r) => [r.statusCode, r.body, r.redirectUrls, r.retryCount, r.headers['content-type']];
const failure = async (promise) => {
  try { return await promise; } catch (e) { return { ...describe(e), status: e.response && e.response.statusCode, got: e instanceof got.RequestError, event: e.event }; }
};

exports.main = async ({ url, tls, ca, refused }) => {
  const client = got.extend({ retry: 0, headers: { 'user-agent': 'me' } });
  return all({
    get: async () => shown(await client(`${url}/echo?a=1`)),
    json: () => client(`${url}/echo`, { searchParams: { a: 'ü b', c: 1 } }).json(),
    text: () => client(`${url}/status/200?body=hi`).text(),
    buffer: async () => (await client(`${url}/large?bytes=50`).buffer()).toString('hex'),
    post: () => client.post(`${url}/echo`, { json: { a: 'ü' } }).json(),
    form: () => client.post(`${url}/echo`, { form: { a: 'b c', d: 1 } }).json(),
    body: () => client.put(`${url}/echo`, { body: Buffer.from('bytes'), headers: { 'content-type': 'text/plain' } }).json(),
    streamBody: () => { const s = new PassThrough(); s.end('streamed'); return client.post(`${url}/echo`, { body: s }).json(); },
    prefix: () => client.extend({ prefixUrl: url, responseType: 'json' })('echo').then((r) => r.body.target),
    gzip: () => client(`${url}/gzip`).json(),
    br: () => client(`${url}/br`).json(),
    redirect: async () => shown(await client(`${url}/redirects/3`)),
    seeOther: async () => shown(await client.post(`${url}/redirect/303`, { json: { a: 1 } })),
    noRedirect: async () => shown(await client(`${url}/redirect/302`, { followRedirect: false })),
    tooMany: () => failure(client(`${url}/redirects/0`)),
    notFound: () => failure(client(`${url}/status/404?body=no`)),
    notThrown: async () => shown(await client(`${url}/status/500`, { throwHttpErrors: false })),
    notJSON: () => failure(client(`${url}/status/200?body=nope`, { responseType: 'json' })),
    refused: () => failure(client(refused)),
    notResolved: () => failure(client('http://does-not-exist.invalid')),
    timeout: () => failure(client(`${url}/hang`, { timeout: 60 })),
    responseTimeout: () => failure(client(`${url}/hang`, { timeout: { response: 60 } })),
    retry: async () => { const tries = []; const r = await failure(got(`${url}/status/503`, { retry: { limit: 2, calculateDelay: ({ attemptCount }) => (attemptCount > 2 ? 0 : 1) }, hooks: { beforeRetry: [(o, e, n) => tries.push(n)] } })); return [r, tries]; },
    hooks: async () => {
      const order = [];
      const r = await client(`${url}/echo`, { responseType: 'json', hooks: { init: [() => order.push('init')], beforeRequest: [(o) => { order.push('beforeRequest'); o.headers['x-hook'] = '1'; }], afterResponse: [(response) => { order.push('afterResponse'); return response; }] } });
      return [order, r.body.headers];
    },
    cancel: async () => { const p = client(`${url}/hang`); setTimeout(() => p.cancel(), 10); const e = await failure(p); return [e, p.isCanceled]; },
    pagination: () => client.paginate.all(`${url}/airtable/v0/b/t`, { responseType: 'json', pagination: { transform: (r) => r.body.records.map((x) => x.id), paginate: (r) => (r.body.offset ? { searchParams: { offset: r.body.offset } } : false) } }),
    stream: async () => { const out = new PassThrough(); const parts = []; out.on('data', (c) => parts.push(c)); await promisify(pipeline)(client.stream(`${url}/stream?n=3`), out); return Buffer.concat(parts).toString(); },
    streamEvents: () => new Promise((resolve, reject) => { const events = []; const s = client.stream(`${url}/large?bytes=1000`); s.on('response', (r) => events.push(r.statusCode)).on('downloadProgress', (p) => events.push([p.transferred, p.total, p.percent])).on('error', reject).on('end', () => resolve(events)).resume(); }),
    streamError: () => new Promise((resolve) => { client.stream(`${url}/status/500`).on('error', (e) => resolve(describe(e))).resume(); }),
    streamUpload: () => new Promise((resolve, reject) => { const s = client.stream.post(`${url}/echo`); const parts = []; s.on('data', (c) => parts.push(c)).on('error', reject).on('end', () => resolve(JSON.parse(Buffer.concat(parts)))); s.write('one '); s.end('two'); }),
    cookies: async () => { const jar = []; const cookieJar = { getCookieString: async () => jar.join('; '), setCookie: async (c) => { jar.push(c.split(';')[0]); } }; await client(`${url}/cookies`, { cookieJar }); return client(`${url}/cookies`, { cookieJar }).json(); },
    https: async () => shown(await client(`${tls}/status/200?body=ok`, { https: { certificateAuthority: ca } })),
    untrusted: () => failure(client(`${tls}/echo`)),
    auth: () => client(`${url}/basic`, { username: 'u', password: 'p' }).json(),
    timings: async () => { const r = await client(`${url}/echo`); return [Object.keys(r.timings), Object.keys(r.timings.phases), r.ip]; },
    dnsCache: async () => shown(await client(`${url.replace('127.0.0.1', 'localhost')}/status/200?body=x`, { dnsCache: true })),
    invalid: () => failure(client('nothing')),
    badOption: () => failure(client(url, { json: {}, body: 'x' })),
  });
};
