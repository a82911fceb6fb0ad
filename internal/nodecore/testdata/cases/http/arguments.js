const http = require('http');
const https = require('https');

exports.main = async () => {
  const out = [];
  const t = (f) => {
    try {
      const req = f();
      if (req && req.on) {
        req.on('error', () => {});
        out.push([req.method, req.path, req.host, req.protocol, req.getHeaders(), req.shouldKeepAlive]);
        req.destroy();
      } else out.push(req);
    } catch (e) {
      out.push([e.name, e.code, e.message]);
    }
  };
  t(() => http.request('http://u%20x:p@h.invalid:81/a?b#c'));
  t(() => http.request(new URL('http://[::1]/x'), { method: 'PUT' }));
  t(() => http.request({ host: '::1', port: 8080 }));
  t(() => http.request({ path: '/a b' }));
  t(() => http.request({ method: 'A B' }));
  t(() => http.request({ method: 1 }));
  t(() => http.request({ protocol: 'https:' }));
  t(() => http.request('https://x.invalid'));
  t(() => http.request({ headers: { 'a b': 'c' } }));
  t(() => http.request({ headers: { a: 'b\n' } }));
  t(() => http.request({ headers: { a: undefined } }));
  t(() => http.request({ host: 5 }));
  t(() => http.request({ port: 99999 }));
  t(() => http.request({ agent: {} }));
  t(() => http.request({ timeout: 'x' }));
  t(() => http.request('nonsense'));
  t(() => https.request('http://x.invalid'));
  t(() => http.validateHeaderName('a b'));
  t(() => http.validateHeaderValue('a', undefined));
  t(() => new http.Agent({ scheduling: 'x' }));
  t(() => new http.Agent({ maxTotalSockets: -1 }));
  t(() => {
    const req = http.request({ host: 'x.invalid' });
    req.on('error', () => {});
    req.setHeader('X-A', 1);
    req.setHeader('x-b', ['1', '2']);
    return [req.getHeader('x-a'), req.hasHeader('X-B'), req.getHeaderNames(), req.getRawHeaderNames(), req.headersSent, req.writableEnded, req.writableHighWaterMark, req instanceof http.OutgoingMessage, req.constructor.name, req.destroy() === req];
  });
  t(() => [new http.Agent().getName({ host: 'a', port: 1, localAddress: 'l', family: 6 }), new https.Agent().getName({ host: 'a', rejectUnauthorized: false, servername: 'b' })]);
  t(() => { const a = new http.Agent({ keepAlive: true }); return [a.options, a.maxSockets === Infinity, a.maxFreeSockets, a.defaultPort, a.protocol, a.keepAliveMsecs]; });
  t(() => [http.globalAgent.keepAlive, https.globalAgent.protocol, http.maxHeaderSize, http.STATUS_CODES, http.METHODS.length > 30]);
  t(() => [Object.keys(http).sort(), Object.keys(https).sort()]);
  return out;
};
