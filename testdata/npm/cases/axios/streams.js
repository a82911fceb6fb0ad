const fs = require('fs');
const os = require('os');
const path = require('path');
const { PassThrough, pipeline } = require('stream');
const { promisify } = require('util');
const { each } = require('./_versions');

exports.main = each((axios, { url }, version) => ({
  async chunks() {
    const { data, status } = await axios.get(`${url}/stream?n=4&ms=20`, { responseType: 'stream' });
    const parts = [];
    data.setEncoding('utf8');
    data.on('data', (c) => parts.push(c));
    await new Promise((resolve, reject) => data.on('end', resolve).on('error', reject));
    return [status, parts];
  },
  async toFile() {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'case-'));
    const file = path.join(dir, 'down');
    const { data } = await axios.get(`${url}/large?bytes=200000`, { responseType: 'stream' });
    await promisify(pipeline)(data, fs.createWriteStream(file));
    const { size } = fs.statSync(file);
    const sent = (await axios.post(`${url}/upload`, fs.createReadStream(file), { maxBodyLength: Infinity })).data;
    fs.rmSync(dir, { recursive: true });
    return [size, sent];
  },
  async destroyed() {
    const { data } = await axios.get(`${url}/hang-body`, { responseType: 'stream' });
    const events = [];
    for (const name of ['aborted', 'error', 'close', 'end']) data.on(name, (e) => events.push(e ? `${name} ${e.message}` : name));
    await new Promise((resolve) => { data.once('data', () => { data.destroy(); setTimeout(resolve, 50); }); });
    return [events, data.destroyed];
  },
  async slowUpload() {
    const body = new PassThrough();
    const sent = axios.post(`${url}/echo`, body);
    for (const part of ['a', 'b', 'c']) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      body.write(part);
    }
    body.end();
    return (await sent).data;
  },
  async failedUpload() {
    const body = new PassThrough();
    setTimeout(() => body.destroy(new Error('source broke')), 20);
    return (await axios.post(`${url}/echo`, body)).data;
  },
  async progress() {
    if (version !== '1') return 'not there';
    const up = [];
    const down = [];
    await axios.post(`${url}/large?bytes=10000`, Buffer.alloc(10000), { onUploadProgress: (e) => up.push([e.loaded, e.total]), onDownloadProgress: (e) => down.push([e.loaded, e.total]), responseType: 'arraybuffer' });
    return [up[up.length - 1], down[down.length - 1]];
  },
  async rateLimited() {
    if (version !== '1') return 'not there';
    const { data } = await axios.get(`${url}/large?bytes=3000`, { responseType: 'arraybuffer', maxRate: [1e6, 1e5] });
    return data.length;
  },
  async fetchAdapter() {
    if (version !== '1') return 'not there';
    const r = await axios.post(`${url}/echo`, { a: 'ü' }, { adapter: 'fetch', params: { q: 1 }, headers: { 'X-F': 'y' } });
    return [r.status, r.data.method, r.data.target, r.data.body, r.headers.get('content-type'), r.data.headers.filter(([n]) => /^x-f|content-type$/i.test(n))];
  },
  async fetchAdapterErrors() {
    if (version !== '1') return 'not there';
    const out = [];
    for (const [route, config] of [['/status/404', {}], ['/hang', { timeout: 40 }], ['/redirects/0', {}]]) {
      await axios.get(url + route, { adapter: 'fetch', ...config }).catch((e) => out.push([e.code, e.message, e.response && e.response.status]));
    }
    return out;
  },
}));
