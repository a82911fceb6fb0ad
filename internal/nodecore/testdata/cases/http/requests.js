const http = require('http');

// What the server receives, in order and case, for every way to write a request.
exports.main = async ({ url }) => {
  const { hostname, port } = new URL(url);
  const out = [];
  const send = (options, write = (req) => req.end()) => new Promise((resolve) => {
    const req = http.request({ hostname, port, path: '/echo', ...options }, (res) => {
      const chunks = [];
      res.on('data', (d) => chunks.push(d));
      res.on('end', () => resolve({
        status: res.statusCode, message: res.statusMessage, headers: res.rawHeaders, body: JSON.parse(Buffer.concat(chunks).toString() || 'null'), complete: res.complete, reused: req.reusedSocket,
      }));
    });
    req.on('error', (e) => resolve([e.code, e.message]));
    write(req);
  });
  const t = async (...args) => out.push(await send(...args));

  await t({});
  await t({ path: '/echo?x=1', headers: { 'X-A': ['1', '2'], cookie: ['a=1', 'b=2'], host: 'foo' } });
  await t({ agent: false });
  await t({ agent: new http.Agent() });
  await t({ auth: 'user:pass', headers: { Connection: 'close' } });
  await t({ setHost: false, headers: { 'x-a': 'ü' } });
  await t({ method: 'post' }, (req) => req.end());
  await t({ method: 'POST' }, (req) => req.end('abc'));
  await t({ method: 'POST' }, (req) => req.end(Buffer.from('grüße')));
  await t({ method: 'POST' }, (req) => { req.write('abc'); req.end('d'); });
  await t({ method: 'DELETE' }, (req) => req.end());
  await t({ method: 'PUT', headers: { 'Content-Length': 2 } }, (req) => { req.setHeader('zed', 1); req.end('ab'); });
  await t({ method: 'POST', headers: ['Host', 'x', 'B', '2'] }, (req) => req.end('x'));
  await t({ method: 'POST', headers: { 'Transfer-Encoding': 'chunked', Trailer: 'T' } }, (req) => { req.addTrailers({ T: '1' }); req.end('x'); });
  await t({ method: 'PATCH' }, (req) => { req.setHeader('A', 1); req.appendHeader('A', '2'); req.removeHeader('Host'); req.end('{}'); });
  await t({ method: 'PUT' }, (req) => { req.flushHeaders(); setTimeout(() => req.end('late'), 10); });
  await t({ method: 'POST' }, (req) => { req.cork(); req.write('a'); req.write('b'); req.uncork(); req.end(); });
  await t({ method: 'HEAD' });
  return out;
};
