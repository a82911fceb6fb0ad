'use strict';
// Aborting a fetch at each of its stages.

const { attempt } = require('./_attempt');

exports.main = async ({ url }) => {
  const out = {};
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 30);
  out.waiting = await attempt(() => fetch(`${url}/hang`, { signal: controller.signal }));
  out.before = await attempt(() => fetch(`${url}/echo`, { signal: controller.signal }));
  out.timeout = await attempt(() => fetch(`${url}/hang`, { signal: AbortSignal.timeout(30) }));
  out.reason = await attempt(() => fetch(`${url}/echo`, { signal: AbortSignal.abort(new RangeError('own')) }));
  out.string = await attempt(() => fetch(`${url}/echo`, { signal: AbortSignal.abort('text') }));
  out.any = await attempt(() => fetch(`${url}/hang`, { signal: AbortSignal.any([AbortSignal.timeout(30), new AbortController().signal]) }));
  const middle = new AbortController();
  const r = await fetch(`${url}/hang-body`, { signal: middle.signal });
  setTimeout(() => middle.abort(), 30);
  out.body = await attempt(() => r.text());
  out.after = await attempt(() => r.text());
  const late = new AbortController();
  const whole = await fetch(`${url}/hang-body`, { signal: late.signal });
  late.abort(new RangeError('before reading'));
  out.unread = await attempt(() => whole.json());
  out.stream = await attempt(async () => {
    const ac = new AbortController();
    const response = await fetch(`${url}/hang-body`, { signal: ac.signal });
    const reader = response.body.getReader();
    await reader.read();
    setTimeout(() => ac.abort(), 30);
    return reader.read();
  });
  out.canceled = await attempt(async () => {
    const response = await fetch(`${url}/hang-body`);
    await response.body.cancel();
    return [response.bodyUsed, await response.body.getReader().read()];
  });
  const done = new AbortController();
  const finished = await fetch(`${url}/echo`, { signal: done.signal });
  const json = await finished.json();
  done.abort();
  out.done = [json.method, finished.bodyUsed];
  const request = new Request(`${url}/hang`, { signal: AbortSignal.timeout(30) });
  out.request = [await attempt(() => fetch(request)), request.signal.aborted];
  const upload = new AbortController();
  setTimeout(() => upload.abort(), 30);
  out.upload = await attempt(() => fetch(`${url}/echo`, { method: 'POST', duplex: 'half', signal: upload.signal, body: new ReadableStream({ pull() { return new Promise(() => {}); } }) }));
  const slow = await fetch(`${url}/drip?ms=20`, { signal: AbortSignal.timeout(5000) });
  out.slow = await slow.text();
  return out;
};
