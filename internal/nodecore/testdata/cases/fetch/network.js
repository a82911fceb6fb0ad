'use strict';
// Redirects, encodings, statuses and bodies over the network.

const { attempt } = require('./_attempt');

const facts = (r) => ({ status: r.status, statusText: r.statusText, ok: r.ok, type: r.type, url: r.url, redirected: r.redirected, location: r.headers.get('location'), body: r.body === null ? null : 'stream' });

exports.main = async ({ url, refused }) => {
  const out = { redirects: [], errors: [] };
  const tries = [
    ['/redirect/301', { method: 'POST', body: 'x', headers: { 'content-language': 'de', authorization: 'a' } }], ['/redirect/302', { method: 'PUT', body: 'x' }], ['/redirect/303', { method: 'PUT', body: 'x' }], ['/redirect/303', { method: 'HEAD' }],
    ['/redirect/307', { method: 'POST', body: 'again' }], ['/redirect/308', { method: 'POST', body: new URLSearchParams('a=b') }], ['/redirects/3', {}], ['/redirects/20', {}], ['/redirects/21', {}],
    ['/redirect/302', { redirect: 'manual' }], ['/redirect/302', { redirect: 'error' }], ['/redirect/302?to=ftp://x/', {}], ['/redirect/302?to=/echo%23frag', {}], ['/redirect/302#kept', {}], ['/redirect/300', {}], ['/redirect/304', {}],
    ['/redirect/307', { method: 'POST', duplex: 'half', body: new ReadableStream({ start(c) { c.enqueue(new Uint8Array([120])); c.close(); } }) }],
    ['/redirect/302?to=http://[', {}], ['/redirect/302?to=%2F%2Flocalhost:1%2F', {}],
  ];
  for (const [path, init] of tries) {
    out.redirects.push([path, await attempt(async () => {
      const r = await fetch(url + path, init);
      const text = await r.text();
      return [facts(r), text.startsWith('{') ? JSON.parse(text) : text];
    })]);
  }
  out.encodings = [];
  for (const path of ['/gzip', '/deflate', '/rawdeflate', '/br', '/broken-gzip']) {
    out.encodings.push([path, await attempt(async () => {
      const r = await fetch(url + path);
      return [r.headers.get('content-encoding'), r.headers.get('content-length') !== null, (await r.json()).filler.length];
    })]);
  }
  out.statuses = [];
  for (const status of [200, 201, 204, 205, 304, 400, 404, 418, 500, 503]) {
    const r = await fetch(`${url}/status/${status}?body=hi`);
    out.statuses.push([facts(r), await r.text()]);
  }
  out.reason = (await fetch(`${url}/status/200?reason=All%20Fine`)).statusText;
  const head = await fetch(`${url}/large?bytes=100`, { method: 'HEAD' });
  out.head = [facts(head), head.headers.get('content-length'), await head.text()];
  const cookies = await fetch(`${url}/cookies`, { headers: { cookie: 'x=1' } });
  out.cookies = [cookies.headers.getSetCookie(), cookies.headers.get('x-twice'), await cookies.json()];
  const large = await fetch(`${url}/large?bytes=3000000`);
  const bytes = Buffer.from(await large.arrayBuffer());
  out.large = [bytes.length, require('crypto').createHash('sha1').update(bytes).digest('hex')];
  const parts = [];
  for await (const part of (await fetch(`${url}/stream?n=3`)).body) parts.push([part.constructor.name, Buffer.from(part).toString()]);
  out.stream = parts.map((p) => p[1]).join('');
  const early = await fetch(`${url}/early`);
  out.early = [early.status, await early.json()];
  const cloned = await fetch(`${url}/echo`);
  const copy = cloned.clone();
  out.clone = [(await cloned.json()).method, (await copy.json()).method];
  for (const run of [
    () => fetch(refused), () => fetch(`${url}/reset`), () => fetch(`${url}/close`), () => fetch(`${url}/garbage`), () => fetch('http://name.invalid/'), () => fetch('nope'), () => fetch('ftp://x/'), () => fetch('file:///etc/hosts'), () => fetch('about:blank'), () => fetch('foo:bar'),
    () => fetch('http://127.0.0.1:22/'), () => fetch(), () => fetch(`${url}/`, { method: 'GET', body: 'x' }), () => fetch(`${url}/`, { headers: { 'transfer-encoding': 'chunked' } }), () => fetch(`${url}/`, { headers: { expect: '100-continue' } }), () => fetch(`${url}/`, { headers: { connection: 'foo' } }),
    () => fetch(`${url}/`, { headers: { upgrade: 'foo' } }), () => fetch(`${url}/`, { method: 'POST', body: 'abc', headers: { 'content-length': '2' } }), () => fetch(`${url}/`, { method: 'POST', body: 'abc', headers: { 'content-length': '4' } }),
    () => fetch(`${url}/status/407`),
    async () => (await fetch(`${url}/truncate`)).text(), async () => (await fetch(`${url}/reset-body`)).text(),
  ]) out.errors.push(await attempt(run));
  return out;
};
