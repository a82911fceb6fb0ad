const http = require('http');
const { Readable, PassThrough, pipeline } = require('stream');

// Bodies flow: neither side holds more than a buffer's worth.
exports.main = async ({ url }) => {
  const out = [];
  const send = (path, options, write) => new Promise((resolve, reject) => {
    const req = http.request(url + path, options, async (res) => {
      const chunks = [];
      for await (const chunk of res) chunks.push(chunk);
      resolve(Buffer.concat(chunks).toString());
    });
    req.on('error', reject);
    write(req);
  });
  out.push(await new Promise((resolve) => http.get(`${url}/large?bytes=3000000`, async (res) => {
    let n = 0;
    let most = 0;
    for await (const chunk of res) {
      n += chunk.length;
      most = Math.max(most, res.readableLength);
      if (n < 200000) await new Promise((r) => setTimeout(r, 2));
    }
    resolve([n, most <= 200000]);
  })));
  out.push(await send('/upload', { method: 'POST' }, (req) => {
    function* parts() {
      for (let i = 0; i < 40; i++) yield Buffer.alloc(50000, i);
    }
    pipeline(Readable.from(parts()), req, () => {});
  }));
  out.push(await send('/upload', { method: 'POST' }, (req) => {
    out.push(req.write(Buffer.alloc(3000000, 7)));
    req.on('drain', () => { out.push('drained'); req.end(); });
  }));
  out.push(await send('/upload', { method: 'PUT', headers: { 'content-length': 10 } }, (req) => {
    const through = new PassThrough();
    through.pipe(req);
    through.write('01234');
    setTimeout(() => through.end('56789'), 10);
  }));
  out.push(await new Promise((resolve) => http.get(`${url}/stream?n=4&ms=10`, (res) => {
    res.setEncoding('utf8');
    let text = '';
    res.on('data', (d) => { text += d; res.pause(); setTimeout(() => res.resume(), 5); });
    res.on('end', () => resolve(text));
  })));
  return out;
};
