'use strict';
// What most functions do: ask for JSON, send JSON.

exports.main = async ({ url }) => {
  const got = await fetch(`${url}/echo?a=1`);
  const sent = await fetch(`${url}/echo`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x', 'X-Mixed-Case': '1' }, body: JSON.stringify({ grüße: 'ß' }) });
  const wrong = await fetch(`${url}/json-error?status=404`);
  return {
    got: { status: got.status, ok: got.ok, statusText: got.statusText, type: got.type, redirected: got.redirected, url: got.url, headers: [...got.headers], json: await got.json(), used: got.bodyUsed },
    sent: await sent.json(),
    wrong: [wrong.ok, wrong.status, await wrong.json()],
  };
};
