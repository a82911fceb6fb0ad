const { Readable } = require('stream');
const NodeFormData = require('form-data');
const { all } = require('../_attempt');
const { versions } = require('./_versions');

exports.main = async ({ url }) => {
  const out = {};
  for (const [version, axios] of Object.entries(versions)) {
    out[version] = await all({
      async package() {
        const form = new NodeFormData();
        form.append('text', 'grüße');
        form.append('number', 12);
        form.append('file', Buffer.from('a,b\n1,2\n'), { filename: 'data.csv', contentType: 'text/csv' });
        return (await axios.post(`${url}/multipart`, form, { headers: form.getHeaders() })).data;
      },
      async knownLength() {
        const form = new NodeFormData();
        form.append('file', Buffer.alloc(100000, 'x'), 'big.bin');
        const r = await axios.post(`${url}/echo`, form, { headers: { ...form.getHeaders(), 'Content-Length': form.getLengthSync() } });
        return [r.data.length, r.data.headers];
      },
      async stream() {
        const form = new NodeFormData();
        form.append('stream', Readable.from(['one', 'two']), { filename: 'x.txt', knownLength: 6 });
        return (await axios.post(`${url}/multipart`, form, { headers: form.getHeaders() })).data;
      },
    });
  }
  for (const version of ['0.27', '1']) {
    const axios = versions[version];
    Object.assign(out[version], await all({
      async postForm() {
        return (await axios.postForm(`${url}/multipart`, { a: 1, 'list[]': ['x', 'y'], nested: { deep: 'v' }, buffer: Buffer.from('bytes') })).data;
      },
      async toFormData() {
        return (await axios.post(`${url}/multipart`, { a: 'b', c: null }, { headers: { 'Content-Type': 'multipart/form-data' } })).data;
      },
    }));
  }
  const axios = versions[1];
  Object.assign(out[1], await all({
    async web() {
      const form = new FormData();
      form.append('a', 'b ü');
      form.append('file', new Blob(['blob text'], { type: 'text/plain' }), 'ü "x".txt');
      return (await axios.post(`${url}/multipart`, form)).data;
    },
    async blob() {
      return (await axios.post(`${url}/echo`, new Blob(['blob ', 'body'], { type: 'text/x-blob' }))).data;
    },
    async formJSON() {
      const form = new FormData();
      form.append('a', '1');
      form.append('b[c]', '2');
      return (await axios.post(`${url}/echo`, form, { headers: { 'Content-Type': 'application/json' } })).data;
    },
  }));
  return out;
};
