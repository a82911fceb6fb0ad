const http = require('http');

exports.main = async ({ url }) => {
  const run = (options, body) => new Promise((resolve) => {
    const seen = [];
    const req = http.request(url + '/echo', options, (res) => {
      seen.push('response');
      for (const e of ['end', 'close']) res.on(e, () => seen.push(`res ${e}`));
      res.resume();
    });
    for (const e of ['socket', 'prefinish', 'finish', 'close', 'abort', 'error', 'timeout']) {
      req.on(e, () => {
        seen.push(e);
        if (e === 'close') setTimeout(() => resolve([seen, req.destroyed, req.closed, req.writableFinished, req.finished]), 20);
      });
    }
    req.on('socket', (socket) => {
      seen.push([socket.connecting, socket.constructor.name, typeof socket.setKeepAlive]);
      for (const e of ['connect', 'close']) socket.on(e, () => seen.push(`socket ${e}`));
    });
    req.end(body);
    seen.push([req.headersSent, req.finished, req.writableEnded, req.writableFinished]);
  });
  return [await run({ agent: false, method: 'POST' }, 'x'), await run({ agent: new http.Agent() })];
};
