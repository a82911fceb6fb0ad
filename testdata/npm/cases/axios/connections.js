const http = require('http');
const https = require('https');
const { each } = require('./_versions');

exports.main = each((axios, { url, tls, ca }) => ({
  async keepAlive() {
    const agent = new http.Agent({ keepAlive: true });
    const seen = [];
    for (let i = 0; i < 3; i++) seen.push((await axios.get(`${url}/keepalive`, { httpAgent: agent })).data.request);
    agent.destroy();
    return seen;
  },
  async noKeepAlive() {
    const agent = new http.Agent({ keepAlive: false });
    const seen = [];
    for (let i = 0; i < 2; i++) seen.push((await axios.get(`${url}/keepalive`, { httpAgent: agent })).data.request);
    return [seen, (await axios.get(`${url}/echo`, { httpAgent: agent })).data.headers];
  },
  async oneSocket() {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const all = await Promise.all([1, 2, 3].map(() => axios.get(`${url}/keepalive`, { httpAgent: agent })));
    const seen = all.map((r) => r.data.request);
    agent.destroy();
    return seen;
  },
  async parallel() {
    const all = await Promise.all([50, 10, 30].map(async (ms) => (await axios.get(`${url}/slow?ms=${ms}`)).config.url.split('?')[1]));
    return all;
  },
  async order() {
    const order = [];
    await Promise.all([300, 10, 150].map(async (ms) => { await axios.get(`${url}/slow?ms=${ms}`); order.push(ms); }));
    return order;
  },
  async https() {
    const r = await axios.get(`${tls}/echo/secure`, { httpsAgent: new https.Agent({ ca }) });
    return [r.data, r.request.protocol];
  },
  async insecure() {
    const r = await axios.get(`${tls}/echo`, { httpsAgent: new https.Agent({ rejectUnauthorized: false }) });
    return r.status;
  },
  async wrongName() {
    const r = await axios.get(`${tls.replace('localhost', '127.0.0.1')}/echo`, { httpsAgent: new https.Agent({ ca }) });
    return r.status;
  },
  async proxy() {
    const r = await axios.get('http://api.example.com/echo/by/proxy', { proxy: { host: '127.0.0.1', port: Number(new URL(url).port), auth: { username: 'u', password: 'p' } } });
    return r.data;
  },
  async interceptors() {
    const instance = axios.create();
    const seen = [];
    instance.interceptors.request.use((config) => { seen.push('request 1'); config.headers['X-I'] = '1'; return config; });
    instance.interceptors.request.use(async (config) => { seen.push('request 2'); await null; return config; });
    instance.interceptors.response.use((r) => { seen.push('response'); r.data.extra = true; return r; }, (error) => { seen.push(`error ${error.response.status}`); return Promise.reject(error); });
    const r = await instance.get(`${url}/echo`);
    await instance.get(`${url}/status/503`).catch((error) => seen.push(error.message));
    return [seen, r.data.extra, r.data.headers.some(([name]) => name.toLowerCase() === 'x-i')];
  },
  async retries() {
    let n = 0;
    const instance = axios.create();
    instance.interceptors.response.use(null, (error) => {
      if (++n < 3) return instance(error.config);
      return { data: `gave up after ${n}` };
    });
    return (await instance.get(`${url}/status/500`)).data;
  },
}));
