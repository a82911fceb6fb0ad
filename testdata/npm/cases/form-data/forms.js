const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');
const { Readable } = require('stream');
const FormData = require('form-data');
const { all } = require('../_attempt');

const read = (res) => new Promise((resolve, reject) => {
  const parts = [];
  res.on('data', (c) => parts.push(c)).on('end', () => resolve(JSON.parse(Buffer.concat(parts)))).on('error', reject);
});

const submit = (form, to) => new Promise((resolve, reject) => {
  form.submit(to, (error, res) => (error ? reject(error) : read(res).then(resolve, reject)));
});

exports.main = ({ url, refused }) => all({
  async fields() {
    const form = new FormData();
    form.append('a', 'grüße');
    form.append('n', 12);
    form.append('custom', '{"a":1}', { contentType: 'application/json' });
    form.append('header', 'x', { header: { 'X-Part': 'p' } });
    return submit(form, `${url}/multipart`);
  },
  async files() {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'case-'));
    const file = path.join(dir, 'data.json');
    fs.writeFileSync(file, '{"file":true}');
    const form = new FormData();
    form.append('file', fs.createReadStream(file));
    form.append('buffer', Buffer.from('b'), 'b.png');
    form.append('path', Buffer.from('c'), { filepath: 'x/y.html' });
    const answer = await submit(form, `${url}/multipart`);
    fs.rmSync(dir, { recursive: true });
    return answer;
  },
  async response() {
    const form = new FormData();
    form.append('text', await new Promise((resolve, reject) => http.get(`${url}/stream?n=2`, resolve).on('error', reject)), { filename: 'stream.txt' });
    return submit(form, `${url}/multipart`);
  },
  async piped() {
    const form = new FormData();
    form.append('s', Readable.from(['x', 'y']), { filename: 's' });
    return new Promise((resolve, reject) => {
      const req = http.request(`${url}/multipart`, { method: 'POST', headers: form.getHeaders({ 'X-More': '1' }) }, (res) => read(res).then(resolve, reject));
      req.on('error', reject);
      form.pipe(req);
    });
  },
  async text() {
    const form = new FormData();
    form.setBoundary('B');
    form.append('a', '1');
    form.append('b', Buffer.from('2'), { filename: 'b' });
    return [form.getHeaders(), form.getBuffer().toString(), form.getLengthSync(), form.hasKnownLength(), form.getBoundary(), String(form)];
  },
  boundary: async () => /^-{26}[0-9a-f]{24}$/.test(new FormData().getBoundary()),
  async length() {
    const form = new FormData();
    form.append('a', Buffer.alloc(10));
    return new Promise((resolve, reject) => form.getLength((e, n) => (e ? reject(e) : resolve(typeof n))));
  },
  async array() {
    new FormData().append('a', [1]);
  },
  async refused() {
    const form = new FormData();
    form.append('a', '1');
    return submit(form, refused);
  },
});
