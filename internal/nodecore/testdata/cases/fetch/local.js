// data: and blob: URLs, which no network is asked for.
const { Buffer, resolveObjectURL } = require('buffer');

async function look(input, init) {
  try {
    const response = await fetch(input, init);
    return [response.status, response.statusText, response.type, response.url, [...response.headers], Buffer.from(await response.arrayBuffer()).toString('latin1')];
  } catch (error) {
    return [error.name, error.message, error.cause && error.cause.message];
  }
}

exports.main = async () => {
  const answers = {};
  for (const url of [
    'data:,', 'data:,hello%20world', 'data:text/plain;charset=utf-8,h%C3%A4', 'data:text/html,<b>x</b>#part', 'data:;base64,aGVsbG8=',
    'data:text/plain;base64,aGVsbG8', 'data:application/json;base64,eyJhIjoxfQ==', 'data:image/gif;BASE64,R0lGODlhAQ', 'data:x,no type',
    'data:text/plain;base64,%61GVsbG8=', 'data:text/plain;base64,a b c d', 'data:text/plain;base64,***', 'data:text/plain', 'data:;charset=x,1',
  ]) answers[url] = await look(url);
  answers.post = await look('data:,x', { method: 'POST', body: 'y' });
  answers.head = await look('data:text/plain,abc', { method: 'HEAD' });

  const url = URL.createObjectURL(new Blob(['some ', 'bytes'], { type: 'text/x-own' }));
  answers.blobURL = [url.startsWith('blob:nodedata:'), url.length];
  const blob = await look(url);
  blob[3] = blob[3] === url;
  answers.blob = blob;
  const found = resolveObjectURL(url);
  answers.resolved = [found.size, found.type, await found.text()];
  URL.revokeObjectURL(url);
  answers.revoked = [(await look(url)).slice(0, 2), resolveObjectURL(url)];
  answers.unknown = await look('blob:nodedata:none');
  answers.malformed = [resolveObjectURL('blob:x'), resolveObjectURL('http://x/')];
  for (const bad of [undefined, null, 'x', {}]) {
    try {
      answers[`of ${bad}`] = typeof URL.createObjectURL(bad);
    } catch (error) {
      answers[`of ${bad}`] = [error.name, error.code, error.message];
    }
  }
  for (const scheme of ['about:blank', 'file:///etc/passwd', 'ftp://127.0.0.1/x', 'nothing:x']) answers[scheme] = await look(scheme);
  return answers;
};
