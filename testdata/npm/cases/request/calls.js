const { promisify } = require('util');
const { Readable, PassThrough } = require('stream');
const request = require('request');
const { all } = require('../_attempt');

const call = (options) => new Promise((resolve, reject) => {
  request(options, (error, response, body) => (error ? reject(error) : resolve([response.statusCode, body])));
});

exports.main = ({ url, tls, ca, refused }) => all({
  async get() {
    return new Promise((resolve, reject) => {
      request(`${url}/echo?a=1`, (error, response, body) => (error ? reject(error) : resolve([response.statusCode, response.headers, JSON.parse(body), response.request.uri.path, typeof response.toJSON()])));
    });
  },
  json: () => call({ url: `${url}/echo`, method: 'POST', json: { a: 'ü', b: [1] } }),
  jsonResponse: () => call({ url: `${url}/echo`, json: true }),
  form: () => call({ url: `${url}/echo`, method: 'POST', form: { a: 'b c', d: ['e', 'f'], g: { h: 'i' } } }),
  qs: () => call({ url: `${url}/echo?x=y`, qs: { a: [1, 2], b: { c: 'd é' } } }),
  body: () => call({ url: `${url}/echo`, method: 'PUT', body: Buffer.from('bytes'), headers: { 'content-type': 'text/plain' } }),
  headers: () => call({ url: `${url}/echo`, headers: { 'User-Agent': 'me', Authorization: 'Bearer x' } }),
  basic: () => call({ url: `${url}/basic`, auth: { user: 'u', pass: 'p' } }),
  basicLate: () => call({ url: `${url}/basic`, auth: { user: 'u', pass: 'p', sendImmediately: false } }),
  bearer: () => call({ url: `${url}/echo`, auth: { bearer: 'token' }, json: true }),
  async formData() {
    const [status, body] = await call({ url: `${url}/multipart`, method: 'POST', formData: { field: 'value', list: ['a', 'b'], file: { value: Buffer.from('content'), options: { filename: 'f.txt', contentType: 'text/plain' } } } });
    return [status, JSON.parse(body)];
  },
  async related() {
    const [status, body] = await call({ url: `${url}/echo`, method: 'PUT', multipart: [{ 'content-type': 'application/json', body: JSON.stringify({ a: 1 }) }, { body: 'I am an attachment' }] });
    return [status, JSON.parse(body)];
  },
  gzip: () => call({ url: `${url}/gzip`, gzip: true, json: true }),
  deflate: () => call({ url: `${url}/deflate`, gzip: true, json: true }),
  notDecoded: async () => { const [status, body] = await call({ url: `${url}/gzip`, encoding: null }); return [status, body.length > 20, Buffer.isBuffer(body)]; },
  binary: async () => { const [, body] = await call({ url: `${url}/large?bytes=300`, encoding: null }); return body.toString('base64'); },
  latin1: async () => { const [, body] = await call({ url: `${url}/large?bytes=30`, encoding: 'latin1' }); return body; },
  redirect: () => call({ url: `${url}/redirect/302`, json: true }),
  postRedirect: () => call({ url: `${url}/redirect/302`, method: 'POST', json: { a: 1 } }),
  postRedirectFollowed: () => call({ url: `${url}/redirect/303`, method: 'POST', json: { a: 1 }, followAllRedirects: true }),
  noRedirect: () => call({ url: `${url}/redirect/301`, followRedirect: false }),
  tooMany: () => call({ url: `${url}/redirects/0` }),
  async jar() {
    const jar = request.jar();
    await call({ url: `${url}/cookies`, jar });
    return [jar.getCookieString(url), await call({ url: `${url}/cookies`, jar, json: true })];
  },
  error: () => call({ url: `${url}/status/500?body=bad` }),
  refused: () => call({ url: refused }),
  notResolved: () => call({ url: 'http://does-not-exist.invalid' }),
  reset: () => call({ url: `${url}/reset` }),
  timeout: () => call({ url: `${url}/hang`, timeout: 60 }),
  timeoutInBody: () => call({ url: `${url}/hang-body`, timeout: 150 }),
  https: () => call({ url: `${tls}/echo`, ca, json: true }),
  insecure: async () => (await call({ url: `${tls}/echo`, strictSSL: false }))[0],
  untrusted: () => call({ url: `${tls}/echo` }),
  badURI: () => call({ url: 'nothing' }),
  async noURI() {
    return call({});
  },
  async pipe() {
    const out = [];
    const events = [];
    const sink = new PassThrough();
    sink.on('data', (c) => out.push(c));
    const r = request(`${url}/stream?n=3`);
    r.on('response', (response) => events.push(`response ${response.statusCode}`)).on('complete', () => events.push('complete')).on('end', () => events.push('end'));
    r.pipe(sink);
    await new Promise((resolve) => sink.on('finish', resolve));
    return [Buffer.concat(out).toString(), events];
  },
  async pipeIn() {
    return new Promise((resolve, reject) => {
      Readable.from([Buffer.from('one '), Buffer.from('two')]).pipe(request.post(`${url}/echo`, (error, response, body) => (error ? reject(error) : resolve(JSON.parse(body)))));
    });
  },
  async defaults() {
    const own = request.defaults({ baseUrl: `${url}/echo`, headers: { 'x-default': '1' }, json: true });
    const [status, body] = await new Promise((resolve, reject) => own.get('/deep', { qs: { a: 1 } }, (e, r, b) => (e ? reject(e) : resolve([r.statusCode, b]))));
    return [status, body];
  },
  async methods() {
    const out = [];
    for (const method of ['get', 'put', 'patch', 'post', 'del', 'head', 'options']) out.push((await promisify(request[method])({ url: `${url}/status/200?body=x` })).body);
    return out;
  },
  async keepAlive() {
    const seen = [];
    const pool = {};
    for (let i = 0; i < 3; i++) seen.push((await call({ url: `${url}/keepalive`, forever: true, pool, json: true }))[1].request);
    return seen;
  },
  async time() {
    return new Promise((resolve, reject) => request({ url: `${url}/echo`, time: true }, (e, r) => (e ? reject(e) : resolve([typeof r.elapsedTime, Object.keys(r.timings), Object.keys(r.timingPhases)]))));
  },
  async abort() {
    return new Promise((resolve) => {
      const events = [];
      const r = request(`${url}/hang`, () => events.push('callback'));
      r.on('abort', () => events.push('abort')).on('error', (e) => events.push(e.message));
      setTimeout(() => { r.abort(); setTimeout(() => resolve(events), 30); }, 30);
    });
  },
  async hawkless() {
    return call({ url: `${url}/echo`, oauth: undefined, har: { url: `${url}/echo/har`, method: 'POST', headers: [{ name: 'x-har', value: '1' }], postData: { mimeType: 'application/json', text: '{"a":1}' } } });
  },
});
