const { Readable } = require('stream');
const { each } = require('./_versions');

exports.main = each((axios, { url }, version) => ({
  async json() {
    return (await axios.post(`${url}/echo`, { a: 1, b: ['ü', null, undefined], c: { d: new Date(0) }, e: undefined })).data;
  },
  async string() {
    return (await axios.post(`${url}/echo`, 'text ü')).data;
  },
  async jsonString() {
    return (await axios.post(`${url}/echo`, '{"a":1}', { headers: { 'Content-Type': 'application/json' } })).data;
  },
  async number() {
    return (await axios.post(`${url}/echo`, 12, { headers: { 'content-type': 'application/json' } })).data;
  },
  async form() {
    return (await axios.post(`${url}/echo`, new URLSearchParams([['a', '1'], ['b', 'x y'], ['a', 'é']]))).data;
  },
  async formByHeader() {
    return (await axios.post(`${url}/echo`, { a: 1, b: ['x', 'y'], c: { d: 2 } }, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).data;
  },
  async buffer() {
    return (await axios.post(`${url}/echo`, Buffer.from([0, 1, 254, 255]), { headers: { 'Content-Type': 'application/octet-stream' } })).data;
  },
  async arrayBuffer() {
    return (await axios.post(`${url}/echo`, new Uint8Array([65, 66]).buffer)).data;
  },
  async typedArray() {
    return (await axios.post(`${url}/echo`, new Uint16Array([65, 66]))).data;
  },
  async stream() {
    return (await axios.post(`${url}/echo`, Readable.from(['one ', 'two ', 'three']), { maxRedirects: 0 })).data;
  },
  async streamThroughRedirects() {
    return (await axios.post(`${url}/echo`, Readable.from([Buffer.from('one '), Buffer.from('two')]), { headers: { 'Content-Type': 'text/plain' } })).data;
  },
  async big() {
    return (await axios.post(`${url}/upload`, Buffer.alloc(3e6, 'ab'), { maxBodyLength: Infinity, maxContentLength: Infinity })).data;
  },
  async nothing() {
    return (await axios.post(`${url}/echo`)).data;
  },
  async null() {
    return (await axios.post(`${url}/echo`, null, { headers: { 'Content-Type': 'application/json' } })).data;
  },
  async put() {
    return (await axios.put(`${url}/echo`, { put: true })).data;
  },
  async patch() {
    return (await axios.patch(`${url}/echo`, { patch: true })).data;
  },
  async transform() {
    return (await axios.post(`${url}/echo`, { a: 1 }, {
      transformRequest: [(data, headers) => { headers['X-T'] = 'yes'; return JSON.stringify({ ...data, b: 2 }); }],
      transformResponse: [(text) => ({ got: JSON.parse(text).body })],
    })).data;
  },
  async tooBig() {
    return (await axios.post(`${url}/echo`, 'x'.repeat(100), { maxBodyLength: 10 })).data.length;
  },
  async instance() {
    const instance = axios.create({ baseURL: `${url}/echo/`, headers: { 'X-Default': 'd', common: { 'X-Common': 'c' } } });
    instance.defaults.headers.common.Authorization = 'Bearer t';
    instance.defaults.headers.post['X-Post'] = version;
    return (await instance.post('deep', { i: 1 })).data;
  },
}));
