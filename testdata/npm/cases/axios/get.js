const { each } = require('./_versions');

exports.main = each((axios, { url }) => ({
  async plain() {
    const r = await axios.get(`${url}/echo`);
    return [r.status, r.statusText, r.headers, r.data];
  },
  async params() {
    const r = await axios.get(`${url}/echo?z=0`, { params: { a: 1, b: [1, 2], c: { d: 'e' }, when: new Date(0), none: null, text: 'a b&c=ü:$,[]' } });
    return r.data.target;
  },
  async searchParams() {
    const r = await axios.get(`${url}/echo`, { params: new URLSearchParams({ a: 'b c', d: 'é' }) });
    return r.data.target;
  },
  async serializer() {
    const paramsSerializer = (p) => Object.keys(p).join('+');
    const r = await axios.get(`${url}/echo`, { params: { a: 1, b: 2 }, paramsSerializer });
    return r.data.target;
  },
  async headers() {
    const r = await axios.get(`${url}/echo`, { headers: { Authorization: 'Bearer x', 'X-Custom': 'a, b', 'user-agent': 'me', Accept: 'text/*' } });
    return r.data.headers;
  },
  async auth() {
    const r = await axios.get(`${url}/basic`, { auth: { username: 'ü', password: 'p:w' } });
    return r.data;
  },
  async unauthorized() {
    return (await axios.get(`${url}/basic`)).data;
  },
  async text() {
    const r = await axios.get(`${url}/echo`, { responseType: 'text', transformResponse: (x) => x });
    return typeof r.data;
  },
  async arraybuffer() {
    const r = await axios.get(`${url}/large?bytes=3000`, { responseType: 'arraybuffer' });
    return [Buffer.isBuffer(r.data), r.data.length, r.data.toString('base64').slice(0, 40), r.data.toString('hex').slice(-40)];
  },
  async cookies() {
    const r = await axios.get(`${url}/cookies`, { headers: { Cookie: 'x=y' } });
    return [r.headers['set-cookie'], r.headers['x-twice'], r.data];
  },
  async notJSON() {
    const r = await axios.get(`${url}/status/200?body=${encodeURIComponent('{"a":')}&type=application/json`);
    return r.data;
  },
  async empty() {
    const r = await axios.get(`${url}/status/204`);
    return [r.status, r.data];
  },
  async reason() {
    const r = await axios.get(`${url}/status/200?reason=Fine+enough`);
    return r.statusText;
  },
  async early() {
    return (await axios.get(`${url}/early`)).data;
  },
  async request() {
    const r = await axios({ url: '/echo', baseURL: url, method: 'get' });
    return [r.data, r.request.constructor.name, r.request.method, r.request.path, r.request.getHeader('host'), r.config.method, r.config.url];
  },
  async head() {
    const r = await axios.head(`${url}/large?bytes=77`);
    return [r.status, r.headers, r.data];
  },
  async options() {
    return (await axios.options(`${url}/echo`)).data.method;
  },
  async delete() {
    return (await axios.delete(`${url}/echo`, { data: { a: 1 } })).data;
  },
}));
