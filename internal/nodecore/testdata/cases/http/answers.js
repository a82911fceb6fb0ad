const http = require('http');

exports.main = async ({ url, refused }) => {
  const out = [];
  const get = (target, options = {}, more = () => {}) => new Promise((resolve) => {
    const req = http.get(target, options, (res) => {
      const chunks = [];
      res.on('data', (d) => chunks.push(d));
      res.on('aborted', () => chunks.push(Buffer.from('|aborted')));
      res.on('error', (e) => resolve([res.statusCode, Buffer.concat(chunks).toString().length, e.code, e.message, res.complete]));
      res.on('end', () => resolve([res.statusCode, res.statusMessage, res.httpVersion, res.headers, res.headersDistinct, Buffer.concat(chunks).toString('latin1').slice(0, 500), res.rawTrailers, res.trailers, res.complete]));
    });
    req.on('error', (e) => resolve(['error', e.name, e.code, e.message, Object.keys(e)]));
    more(req);
  });
  const t = async (path, ...rest) => out.push(await get(path.startsWith('http') ? path : url + path, ...rest));

  for (const path of ['/cookies', '/status/204', '/status/404', '/status/500?body=x', '/redirect/302', '/trailers', '/stream?n=3', '/gzip', '/large?bytes=10', '/reset', '/close', '/truncate', '/reset-body', '/garbage']) await t(path);
  await t('/early', {}, (req) => req.on('information', (i) => out.push([i.statusCode, i.headers])));
  await t(refused);
  await t('http://nowhere.invalid/');
  await t('/hang', { timeout: 40 }, (req) => req.on('timeout', () => req.destroy(new Error('mine'))));
  await t('/hang', {}, (req) => req.setTimeout(40, () => req.destroy()));
  await t('/hang', {}, (req) => setTimeout(() => req.abort(), 20));
  await t('/hang', { signal: AbortSignal.timeout(20) });
  await t('/hang-body', {}, (req) => setTimeout(() => req.destroy(), 40));
  await t('/echo', {}, (req) => req.destroy());
  await t('/echo', {}, (req) => req.destroy(new RangeError('e')));
  return out;
};
