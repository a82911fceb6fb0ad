const https = require('https');
const tls = require('tls');

exports.main = async ({ tls: url, ca, refused }) => {
  const out = [];
  const get = (target, options) => new Promise((resolve) => {
    const req = https.get(target, options, (res) => {
      const chunks = [];
      res.on('data', (d) => chunks.push(d));
      res.on('end', () => resolve([res.statusCode, Buffer.concat(chunks).toString(), req.socket.authorized, req.socket.authorizationError, req.socket.encrypted, req.reusedSocket]));
    });
    req.on('error', (e) => resolve(['error', e.name, e.code, e.message, Object.keys(e).filter((k) => k !== 'cert')]));
  });
  const t = async (...args) => out.push(await get(...args));
  await t(`${url}/echo`, { ca });
  await t(`${url}/echo?2`, { ca });
  await t(`${url}/echo`, {});
  await t(`${url}/echo`, { rejectUnauthorized: false });
  await t(`${url}/echo`, { ca, servername: 'other.example' });
  await t(`${url}/echo`, { ca, checkServerIdentity: () => new Error('nope') });
  await t(refused.replace('http', 'https'), { ca });
  const agent = new https.Agent({ keepAlive: true, ca });
  await t(`${url}/echo`, { agent });
  await new Promise((r) => setTimeout(r, 20));
  await t(`${url}/echo`, { agent });
  agent.destroy();
  const { port } = new URL(url);
  out.push(await new Promise((resolve) => {
    const socket = tls.connect({ host: 'localhost', port, ca, ALPNProtocols: ['http/1.1'] }, () => {
      const cert = socket.getPeerCertificate();
      resolve([socket.authorized, cert.subject, cert.subjectaltname, typeof cert.fingerprint256, Buffer.isBuffer(cert.raw), socket.getProtocol(), socket.servername]);
      socket.destroy();
    });
  }));
  const named = (subject, names) => ({ subject, subjectaltname: names });
  for (const [host, cert] of [['a.com', named({}, 'DNS:a.com')], ['b.com', named({}, 'DNS:a.com')], ['x.a.com', named({}, 'DNS:*.a.com')], ['x.y.a.com', named({}, 'DNS:*.a.com')], ['1.2.3.4', named({}, 'IP Address:1.2.3.4')], ['1.2.3.5', named({}, 'DNS:a, IP Address:1.2.3.4')], ['cn.com', named({ CN: 'cn.com' })], ['dn.com', named({ CN: 'cn.com' })], ['x', named({})]]) {
    const e = tls.checkServerIdentity(host, cert);
    out.push(e && [e.code, e.message, e.reason, e.host]);
  }
  return out;
};
