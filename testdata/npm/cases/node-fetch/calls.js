const http = require('http');
const https = require('https');
const { Readable } = require('stream');
const fetch = require('node-fetch');
const FormData = require('form-data');
const { all } = require('../_attempt');

exports.main = ({ url, tls, ca, refused }) => all({
  async get() {
    const r = await fetch(`${url}/echo?a=1`);
    return [r.ok, r.status, r.statusText, r.url, r.redirected, r.size, r.timeout, r.headers.raw(), [...r.headers], await r.json()];
  },
  async post() {
    const r = await fetch(`${url}/echo`, { method: 'POST', body: JSON.stringify({ a: 'ü' }), headers: { 'Content-Type': 'application/json', 'X-B': 'b' } });
    return r.json();
  },
  async params() {
    return (await fetch(`${url}/echo`, { method: 'post', body: new URLSearchParams({ a: 'b c' }) })).json();
  },
  async buffer() {
    return (await fetch(`${url}/echo`, { method: 'PUT', body: Buffer.from([1, 2, 255]) })).json();
  },
  async stream() {
    return (await fetch(`${url}/echo`, { method: 'PATCH', body: Readable.from(['a', 'b']) })).json();
  },
  async multipart() {
    const form = new FormData();
    form.append('a', '1');
    form.append('f', Buffer.from('data'), { filename: 'f.txt' });
    return (await fetch(`${url}/multipart`, { method: 'POST', body: form })).json();
  },
  async headers() {
    const headers = new fetch.Headers([['B', '2'], ['a', '1'], ['b', '3']]);
    headers.append('c', 'x');
    headers.delete('a');
    const request = new fetch.Request(`${url}/echo`, { headers, method: 'DELETE' });
    return [[...headers.entries()], headers.get('b'), request.method, request.url, (await (await fetch(request)).json()).headers];
  },
  async body() {
    const r = await fetch(`${url}/large?bytes=1000`);
    const copy = r.clone();
    const bytes = await r.arrayBuffer();
    const buffer = await copy.buffer();
    let twice;
    try {
      await r.text();
    } catch (error) {
      twice = error.message;
    }
    return [bytes.byteLength, buffer.equals(Buffer.from(bytes)), r.bodyUsed, twice];
  },
  async blob() {
    const blob = await (await fetch(`${url}/status/200?body=blob&type=text/x`)).blob();
    return [blob.size, blob.type, await blob.text()];
  },
  async chunks() {
    const r = await fetch(`${url}/stream?n=3&ms=20`);
    const parts = [];
    for await (const part of r.body) parts.push(part.toString());
    return parts;
  },
  gzip: async () => (await fetch(`${url}/gzip`)).json(),
  deflate: async () => (await fetch(`${url}/deflate`)).json(),
  rawdeflate: async () => (await fetch(`${url}/rawdeflate`)).json(),
  br: async () => (await fetch(`${url}/br`)).json(),
  uncompressed: async () => (await fetch(`${url}/gzip`, { compress: false })).buffer().then((b) => b.subarray(0, 3).toString('hex')),
  brokenGzip: async () => (await fetch(`${url}/broken-gzip`)).text(),
  async redirects() {
    const out = [];
    for (const code of [301, 302, 303, 307, 308]) {
      const r = await fetch(`${url}/redirect/${code}`, { method: 'POST', body: 'x' });
      const { method, body } = await r.json();
      out.push([code, r.redirected, method, body]);
    }
    return out;
  },
  manual: async () => { const r = await fetch(`${url}/redirect/302`, { redirect: 'manual' }); return [r.status, r.headers.get('location')]; },
  refusedRedirect: async () => (await fetch(`${url}/redirect/302`, { redirect: 'error' })).status,
  tooMany: async () => (await fetch(`${url}/redirects/0`)).status,
  follow: async () => (await fetch(`${url}/redirects/3`, { follow: 2 })).status,
  notFound: async () => { const r = await fetch(`${url}/status/404?body=no`); return [r.ok, r.status, r.statusText, await r.text()]; },
  notJSON: async () => (await fetch(`${url}/status/200?body=nope`)).json(),
  refused: async () => fetch(refused),
  reset: async () => fetch(`${url}/reset`),
  closed: async () => fetch(`${url}/close`),
  // It never settles.
  truncated: async () => Promise.race([(await fetch(`${url}/truncate`)).text(), new Promise((resolve) => { setTimeout(resolve, 500, 'waited'); })]),
  timeout: async () => fetch(`${url}/hang`, { timeout: 50 }),
  timeoutInBody: async () => (await fetch(`${url}/hang-body`, { timeout: 150 })).text(),
  tooBig: async () => (await fetch(`${url}/large?bytes=5000`, { size: 100 })).text(),
  async aborted() {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    return fetch(`${url}/hang`, { signal: controller.signal });
  },
  async abortedInBody() {
    const controller = new AbortController();
    const r = await fetch(`${url}/hang-body`, { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    return r.text();
  },
  relative: async () => fetch('/relative'),
  scheme: async () => fetch('ftp://127.0.0.1/'),
  bodyWithGet: async () => fetch(`${url}/echo`, { body: 'x' }),
  badHeader: async () => fetch(`${url}/echo`, { headers: { 'a b': 'c' } }),
  async keepAlive() {
    const agent = new http.Agent({ keepAlive: true });
    const seen = [];
    for (let i = 0; i < 3; i++) seen.push((await (await fetch(`${url}/keepalive`, { agent })).json()).request);
    agent.destroy();
    return seen;
  },
  async agentByURL() {
    const agent = new https.Agent({ ca });
    return (await (await fetch(`${url}/redirect/302?to=${encodeURIComponent(`${tls}/echo`)}`, { agent: (u) => (u.protocol === 'https:' ? agent : undefined) })).json()).target;
  },
  untrusted: async () => fetch(tls),
  async parallel() {
    return Promise.all([30, 5, 15].map(async (ms) => (await (await fetch(`${url}/slow?ms=${ms}`)).json()).slow));
  },
  response: async () => { const r = new fetch.Response('made', { status: 201, headers: { a: 'b' } }); return [r.status, await r.text(), r.headers.get('A'), String(r), fetch.isRedirect(302)]; },
});
