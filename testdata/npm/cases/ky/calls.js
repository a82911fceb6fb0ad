const { default: ky, HTTPError, TimeoutError } = require('ky');
const { all, describe } = require('../_attempt');

const failure = async (promise) => {
  try { return await promise; } catch (e) { return { ...describe(e), http: e instanceof HTTPError, timeout: e instanceof TimeoutError, status: e.response && e.response.status }; }
};
const quiet = ['user-agent', 'accept-language', 'sec-fetch-mode', 'accept-encoding'];
const shown = ({ headers, ...rest }) => ({ ...rest, headers: headers.filter(([k]) => !quiet.includes(k)) });

exports.main = ({ url, refused }) => all({
  get: async () => shown(await ky.get(`${url}/echo`, { searchParams: { a: 'ü b', c: 1 } }).json()),
  post: async () => shown(await ky.post(`${url}/echo`, { json: { a: 'ü' }, headers: { 'x-own': '1' } }).json()),
  form: async () => shown(await ky.post(`${url}/echo`, { body: new URLSearchParams({ a: 'b c' }) }).json()),
  text: () => ky(`${url}/status/200?body=hi`).text(),
  bytes: async () => [...new Uint8Array(await ky(`${url}/large?bytes=5`).arrayBuffer())],
  prefix: async () => shown(await ky.create({ prefixUrl: url, headers: { 'x-base': '1' } }).extend({ headers: { 'x-more': '2' } }).put('echo').json()),
  notFound: () => failure(ky(`${url}/status/404?body=no`)),
  notThrown: async () => (await ky(`${url}/status/500`, { throwHttpErrors: false, retry: 0 })).status,
  retry: async () => { const tries = []; const r = await failure(ky(`${url}/status/503`, { retry: { limit: 2, delay: () => 1 }, hooks: { beforeRetry: [({ retryCount, error }) => { tries.push([retryCount, error.name]); }] } })); return [r, tries]; },
  timeout: () => failure(ky(`${url}/hang`, { timeout: 60, retry: 0 })),
  refused: () => failure(ky(refused, { retry: 0 })),
  abort: () => { const c = new AbortController(); setTimeout(() => c.abort(), 20); return failure(ky(`${url}/hang`, { signal: c.signal, retry: 0 })); },
  hooks: async () => { const order = []; const r = await ky(`${url}/echo`, { hooks: { beforeRequest: [(q) => { order.push('before'); q.headers.set('x-hook', '1'); }], afterResponse: [(q, o, s) => { order.push(s.status); return new Response(JSON.stringify({ replaced: true }), { status: 200 }); }] } }).json(); return [order, r]; },
  beforeError: () => failure(ky(`${url}/status/400`, { hooks: { beforeError: [(e) => { e.name = 'Own'; e.message = `own ${e.response.status}`; return e; }] } })),
  empty: () => failure(ky(`${url}/status/204`).json()),
  badJSON: () => failure(ky(`${url}/status/200?body=x`, { retry: 0 }).json()),
  progress: async () => { const seen = []; await ky(`${url}/large?bytes=1000`, { onDownloadProgress: (p) => { seen.push(p.percent); } }).arrayBuffer(); return seen[seen.length - 1]; },
  redirect: async () => { const r = await ky(`${url}/redirects/2`); return [r.redirected, r.status]; },
  methods: async () => { const out = []; for (const m of ['get', 'post', 'put', 'patch', 'delete']) out.push((await ky[m](`${url}/echo`).json()).method); return out; },
  invalid: () => failure(Promise.resolve().then(() => ky('/x', { prefixUrl: 'nothing' }))),
});
