// Why a fetch failed: the cause and its code.
function chain(error) {
  const out = [];
  for (let e = error; e; e = e.cause) out.push([e.constructor.name, e.name, e.message, e.code, e.errno, e.syscall, e.hostname, e.address].map((v) => (v === undefined ? '-' : v)));
  return out;
}

async function failure(url, init, read = 'text') {
  try {
    const response = await fetch(url, init);
    return [response.status, (await response[read]()).length];
  } catch (error) {
    return chain(error);
  }
}

exports.main = async ({ url, tls, refused }) => ({
  refused: await failure(refused),
  nowhere: await failure('http://does-not-exist.invalid/'),
  reset: await failure(`${url}/reset`),
  resetBody: await failure(`${url}/reset-body`),
  close: await failure(`${url}/close`),
  truncate: await failure(`${url}/truncate`),
  garbage: await failure(`${url}/garbage`),
  untrusted: (await failure(tls)).map((row) => row.slice(0, 4)),
  aborted: await failure(`${url}/hang`, { signal: AbortSignal.timeout(50) }),
  referrers: await Promise.all(['about:client', 'about:blank', '', 'http://a.b/c?d#e', 'data:,x', 'file:///x', `${url}/deep`, 'https://s.x/y']
    .flatMap((referrer) => ['', 'unsafe-url', 'origin', 'same-origin'].map(async (referrerPolicy) => {
      const { headers } = await (await fetch(`${url}/echo`, { referrer, referrerPolicy })).json();
      return [referrer, referrerPolicy, JSON.stringify(headers).match(/referer[^\]}]*/i)?.[0]];
    }))),
  badJSON: await failure(`${url}/garbage-json`, {}, 'json'),
});
