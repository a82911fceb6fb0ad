const zlib = require('zlib');
const { each } = require('./_versions');

exports.main = each((axios, { url }) => ({
  gzip: async () => { const r = await axios.get(`${url}/gzip`); return [r.data, r.headers]; },
  deflate: async () => (await axios.get(`${url}/deflate`)).data,
  rawdeflate: async () => { const { data } = await axios.get(`${url}/rawdeflate`); return typeof data; },
  br: async () => { const { data } = await axios.get(`${url}/br`); return typeof data === 'string' ? 'not decoded' : data; },
  broken: async () => (await axios.get(`${url}/broken-gzip`)).data,
  raw: async () => {
    const { data, headers } = await axios.get(`${url}/gzip`, { decompress: false, responseType: 'arraybuffer' });
    return [headers['content-encoding'], JSON.parse(zlib.gunzipSync(data)).encoding];
  },
  head: async () => { const r = await axios.head(`${url}/gzip`); return [r.status, r.headers['content-encoding'], r.data]; },
  stream: async () => {
    const { data } = await axios.get(`${url}/gzip`, { responseType: 'stream' });
    const parts = [];
    for await (const part of data) parts.push(part);
    return Buffer.concat(parts).toString().length;
  },
  compressedRequest: async () => (await axios.post(`${url}/echo`, zlib.gzipSync('hello'), { headers: { 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' } })).data.headers.filter(([name]) => name !== 'Content-Length'),
}));
