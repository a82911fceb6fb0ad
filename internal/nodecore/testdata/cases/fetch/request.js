'use strict';
// Request without a network.

const { inspect } = require('util');
const { attempt } = require('./_attempt');

const NAMES = ['method', 'url', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'duplex', 'bodyUsed'];
const facts = (r) => ({ ...Object.fromEntries(NAMES.map((name) => [name, r[name]])), headers: [...r.headers], body: r.body && r.body.constructor.name, aborted: r.signal.aborted });

exports.main = async () => {
  const controller = new AbortController();
  const made = [
    new Request('http://x/a#b'), new Request(new URL('http://x/?q=ü')), new Request({ toString: () => 'http://object/' }),
    new Request('http://x/', { method: 'post', body: 'text', headers: { A: 'b' } }), new Request('http://x/', { method: 'PaTcH', body: new URLSearchParams('a=1') }),
    new Request('http://x/', { method: 'PUT', body: JSON.stringify({}), headers: { 'content-type': 'application/json' }, redirect: 'manual', cache: 'no-store', credentials: 'omit', keepalive: 1, integrity: 'x', referrer: '', referrerPolicy: 'origin', mode: 'same-origin' }),
    new Request('http://x/', { referrer: 'about:client' }), new Request('http://x/', { referrer: 'http://y/z#h', mode: 'no-cors' }), new Request('http://x/', { signal: AbortSignal.abort('why') }), new Request('http://x/', { signal: null }),
    new Request('http://x/', { method: 'DELETE', body: 'x' }), new Request('http://x/', { method: 'get' }), new Request('http://x/', { method: 'foo' }),
  ].map(facts);
  const post = new Request('http://x/', { method: 'POST', body: 'moved', headers: { a: '1' } });
  const taken = new Request(post);
  const derived = new Request(new Request('http://x/', { method: 'POST', body: 'x', headers: { a: '1' } }), { headers: { b: '2' } });
  const overridden = new Request(new Request('http://x/', { method: 'POST', body: 'x' }), { body: 'y', method: 'PUT' });
  const moves = [post.bodyUsed, facts(taken), await taken.text(), await attempt(() => new Request(post)), facts(derived), await derived.text(), await overridden.text(), overridden.method];
  const clone = new Request('http://x/', { method: 'POST', body: 'twice', signal: controller.signal });
  const copy = clone.clone();
  const both = [await clone.text(), await copy.text(), await attempt(() => clone.clone())];
  controller.abort(new RangeError('stop'));
  const signals = [clone.signal.aborted, copy.signal.aborted, clone.signal.reason.message, copy.signal.reason.message, clone.signal !== controller.signal];
  const stream = () => new ReadableStream({ start(c) { c.close(); } });
  const wrong = [
    () => new Request(), () => new Request(''), () => new Request('/path'), () => new Request('http://u:p@x/'), () => new Request('http://x/', { method: 'GET', body: 'a' }), () => new Request('http://x/', { method: 'TRACE' }),
    () => new Request('http://x/', { method: 'connect' }), () => new Request('http://x/', { method: 'a b' }), () => new Request('http://x/', { mode: 'navigate' }), () => new Request('http://x/', { mode: 'foo' }), () => new Request('http://x/', { redirect: 'foo' }),
    () => new Request('http://x/', { signal: {} }), () => new Request('http://x/', { signal: 1 }), () => new Request('http://x/', { window: 1 }), () => new Request('http://x/', { cache: 'only-if-cached' }), () => new Request('http://x/', { body: stream(), method: 'POST' }),
    () => new Request('http://x/', { body: stream(), method: 'POST', duplex: 'full' }), () => new Request('http://x/', { body: stream(), method: 'POST', duplex: 'half', keepalive: true }), () => new Request('http://x/', { method: 'POST', mode: 'no-cors', body: stream(), duplex: 'half' }),
    () => new Request('http://x/', { method: 'PUT', mode: 'no-cors' }), () => new Request('http://x/', { referrer: 'nope' }), () => new Request('http://x/', 1), () => new Request('http://x/', { headers: 'a' }), () => new Request('http://x/', { headers: [['a']] }),
    () => new Request(Symbol('s')), () => Request.prototype.clone.call({}), () => new Request('http://x/', { method: Symbol('s') }), () => new Request('http://x/', { body: 'a', method: 'HEAD' }),
  ];
  const errors = [];
  for (const run of wrong) errors.push(await attempt(run));
  const form = new Request('http://x/', { method: 'POST', body: new URLSearchParams('a=1&b=2&a=3') });
  return {
    made, moves, both, signals, errors, form: [...await form.formData()],
    surface: [Object.keys(Request.prototype).filter((name) => name !== 'attribute').sort(), String(new Request('http://x')), Request.length, Object.getOwnPropertyNames(Request).sort(), JSON.stringify(new Request('http://x')), Object.keys(new Request('http://x'))],
    shown: inspect(new Request('http://x/', { headers: { a: 'b' } })),
  };
};
