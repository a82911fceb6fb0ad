const request = require('superagent');
const { PassThrough } = require('stream');
const { all, describe } = require('../_attempt');

const shown = (r) => [r.status, r.type, r.ok, r.body, r.text, r.redirects];
const failure = async (promise) => {
  try { return shown(await promise); } catch (e) { return { ...describe(e), status: e.status, timeout: e.timeout, retries: e.retries, response: e.response && shown(e.response) }; }
};

exports.main = ({ url, tls, ca, refused }) => all({
  get: async () => shown(await request.get(`${url}/echo`).query({ a: 'ü b', l: [1, 2] }).query('c=d')),
  post: async () => shown(await request.post(`${url}/echo`).send({ a: 'ü' }).send({ b: 1 }).set('X-Own', '1').accept('json')),
  form: async () => shown(await request.post(`${url}/echo`).type('form').send({ a: 'b c' }).send('d=e')),
  text: async () => shown(await request.put(`${url}/echo`).type('text/plain').send('text')),
  multipart: async () => shown(await request.post(`${url}/multipart`).field('name', 'Zoë').field('list', ['a', 'b']).attach('file', Buffer.from('content'), { filename: 'f.txt', contentType: 'text/plain' })),
  callback: () => new Promise((resolve) => request.get(`${url}/json-error`).end((e, r) => resolve([e.status, e.message, r.body]))),
  status: () => failure(request.get(`${url}/status/404?body=no`)),
  allowed: () => failure(request.get(`${url}/status/404?body=no`).ok((r) => r.status < 500)),
  auth: async () => (await request.get(`${url}/basic`).auth('u', 'p')).body,
  bearer: async () => (await request.get(`${url}/echo`).auth('t', { type: 'bearer' })).body.headers,
  redirect: () => failure(request.get(`${url}/redirects/2`)),
  noRedirect: () => failure(request.get(`${url}/redirect/302`).redirects(0)),
  tooMany: () => failure(request.get(`${url}/redirects/9`)),
  gzip: async () => (await request.get(`${url}/gzip`)).body,
  br: async () => (await request.get(`${url}/br`)).body.encoding,
  buffer: async () => { const r = await request.get(`${url}/large?bytes=20`).responseType('blob'); return [Buffer.isBuffer(r.body), r.body.toString('hex')]; },
  stream: () => new Promise((resolve, reject) => { const out = new PassThrough(); const parts = []; out.on('data', (c) => parts.push(c)).on('end', () => resolve(Buffer.concat(parts).toString())).on('error', reject); request.get(`${url}/stream?n=3`).pipe(out); }),
  parser: async () => (await request.get(`${url}/status/200?body=abc`).buffer(true).parse((r, done) => { const parts = []; r.on('data', (c) => parts.push(c)).on('end', () => done(null, Buffer.concat(parts).toString().toUpperCase())); })).body,
  refused: () => failure(request.get(refused)),
  timeout: () => failure(request.get(`${url}/hang`).timeout(60)),
  deadline: () => failure(request.get(`${url}/hang-body`).timeout({ response: 500, deadline: 80 })),
  retry: () => failure(request.get(`${url}/status/503`).retry(2)),
  abort: () => new Promise((resolve) => { const r = request.get(`${url}/hang`); r.on('abort', () => resolve('aborted')).end(() => {}); setTimeout(() => r.abort(), 20); }),
  agent: async () => { const a = request.agent(); await a.get(`${url}/cookies`); return (await a.get(`${url}/cookies`)).body; },
  defaults: async () => { const a = request.agent().set('X-Default', 'd').query({ k: 1 }); return (await a.get(`${url}/echo`)).body; },
  plugin: async () => shown(await request.get('/echo').use((r) => { r.url = `${url}${r.url}`; return r; })).slice(0, 2),
  https: async () => (await request.get(`${tls}/status/200?body=ok`).ca(ca)).text,
  untrusted: () => failure(request.get(`${tls}/echo`)),
  insecure: async () => (await request.get(`${tls}/status/200?body=ok`).disableTLSCerts()).text,
  events: async () => { const events = []; await request.get(`${url}/redirects/1`).on('request', () => events.push('request')).on('redirect', (r) => events.push(r.status)).on('response', (r) => events.push(r.status)); return events; },
  methods: async () => { const out = []; for (const m of ['get', 'put', 'patch', 'del', 'head', 'options']) out.push([m, (await request[m](`${url}/echo`)).body.method]); return out; },
});
