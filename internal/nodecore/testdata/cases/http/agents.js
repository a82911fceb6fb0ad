const http = require('http');

exports.main = async ({ url }) => {
  const out = [];
  const pause = (ms) => new Promise((r) => setTimeout(r, ms));
  const get = (path, options) => new Promise((resolve, reject) => http.get(url + path, options, async (res) => {
    let text = '';
    for await (const chunk of res.setEncoding('utf8')) text += chunk;
    resolve(JSON.parse(text));
  }).on('error', reject));

  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const seen = [];
  for (let i = 0; i < 3; i++) {
    seen.push((await get('/keepalive', { agent })).connection);
    await pause(10);
  }
  out.push(new Set(seen).size, Object.values(agent.freeSockets).map((l) => l.length), agent.totalSocketCount, Object.keys(agent.sockets).length);
  const all = await Promise.all([1, 2, 3].map(() => get('/keepalive', { agent })));
  out.push(new Set(all.map((a) => a.connection)).size);
  agent.destroy();
  await pause(20);
  out.push(agent.totalSocketCount, Object.keys(agent.freeSockets));

  const plain = new http.Agent();
  const each = [await get('/keepalive', { agent: plain }), await get('/keepalive', { agent: plain })];
  out.push(new Set(each.map((a) => a.connection)).size);
  const many = new http.Agent({ keepAlive: true, maxSockets: 2 });
  const five = await Promise.all([1, 2, 3, 4, 5].map(() => get('/keepalive', { agent: many })));
  out.push(new Set(five.map((a) => a.connection)).size);
  many.destroy();
  return out;
};
