const net = require('net');
const dns = require('dns');
const util = require('util');

exports.main = async ({ url, refused }) => {
  const out = [];
  const { hostname, port } = new URL(url);
  const target = { host: hostname, port: Number(port) };
  out.push(await new Promise((resolve) => {
    const socket = net.connect(target.port, target.host, () => socket.write('GET /status/200?body=hi HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
    socket.setEncoding('utf8');
    const seen = [];
    let text = '';
    socket.on('data', (d) => { text += d; });
    for (const e of ['connect', 'ready', 'end', 'close']) socket.on(e, (...args) => seen.push([e, ...args]));
    socket.on('close', () => resolve([text.split('\r\n')[0], seen, socket.bytesRead === text.length, socket.bytesWritten, socket.readyState, socket.destroyed]));
  }));
  const failed = (options) => new Promise((resolve) => {
    const socket = net.connect(options);
    socket.on('error', (e) => resolve([e.name, e.code, e.message, Object.keys(e), socket.connecting]));
  });
  const nobody = new URL(refused);
  out.push(await failed({ host: nobody.hostname, port: nobody.port }));
  out.push(await failed({ host: 'nowhere.invalid', port: 80 }));
  out.push(await failed({ path: '/nowhere/at/all.sock' }));
  out.push(await failed({ ...target, signal: AbortSignal.abort() }));
  out.push(await new Promise((resolve) => {
    const socket = net.connect({ ...target, timeout: 30 });
    socket.on('timeout', () => { socket.destroy(); resolve('timeout'); });
  }));
  out.push(await new Promise((resolve) => {
    const socket = new net.Socket();
    socket.connect(target, () => resolve([socket.remoteAddress, socket.remoteFamily, socket.readyState, socket.pending, socket.address().family, socket.destroy() === socket]));
  }));
  out.push(['1.2.3.4', '::1', 'fe80::1%eth0', '1.2.3', '', '01.2.3.4', '::ffff:1.2.3.4'].map((a) => [net.isIP(a), net.isIPv4(a), net.isIPv6(a)]));
  const list = new net.BlockList();
  list.addSubnet('10.0.0.0', 8);
  list.addAddress('::1', 'ipv6');
  list.addRange('1.1.1.1', '1.1.1.9');
  out.push([list.check('10.2.3.4'), list.check('11.0.0.1'), list.check('::1', 'ipv6'), list.check('1.1.1.5'), list.rules]);
  out.push(await dns.promises.lookup('localhost', { family: 4 }), await dns.promises.lookup('localhost', { all: true, family: 4 }));
  out.push(await dns.promises.lookup('nowhere.invalid').catch((e) => [e.name, e.message, Object.keys(e)]));
  out.push(await new Promise((resolve) => dns.lookup('127.0.0.1', (...args) => resolve(args))));
  out.push(await util.promisify(dns.lookup)('localhost', 4));
  for (const f of [() => net.connect(), () => net.connect({ port: 'x' }), () => net.connect(99999), () => dns.lookup(1, () => {}), () => dns.lookup('a', { family: 5 }, () => {}), () => dns.lookup('a'), () => dns.resolve('a', 'XX', () => {}), () => dns.setServers(['x']), () => dns.resolve4('a')]) {
    try {
      f();
      out.push('ok');
    } catch (e) {
      out.push([e.name, e.code, e.message]);
    }
  }
  out.push(Object.keys(net).sort(), Object.keys(dns).sort(), Object.keys(dns.promises).sort(), Object.keys(require('tls')).sort(), require('http2').constants.HTTP2_HEADER_CONTENT_TYPE);
  return out;
};
