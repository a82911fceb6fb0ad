// Channels and tracing channels.
const dc = require('diagnostics_channel');
const { AsyncLocalStorage } = require('async_hooks');

exports.main = async () => {
  const out = [];
  const ch = dc.channel('c');
  out.push(ch === dc.channel('c'), ch.hasSubscribers, dc.hasSubscribers('c'), ch.name, Object.keys(ch), ch instanceof dc.Channel);
  const sub = (message, name) => out.push(['got', message, name]);
  dc.subscribe('c', sub);
  ch.publish({ a: 1 });
  out.push(ch.hasSubscribers, dc.unsubscribe('c', sub), dc.unsubscribe('c', sub), ch.hasSubscribers);
  ch.publish({ a: 2 });
  const als = new AsyncLocalStorage();
  ch.bindStore(als, (d) => ({ wrapped: d }));
  out.push(ch.runStores('data', (x) => [als.getStore(), x], undefined, 'arg'), ch.unbindStore(als), ch.unbindStore(als));
  for (const f of [() => dc.channel(3), () => ch.subscribe(3), () => dc.tracingChannel(3)]) { try { f(); } catch (e) { out.push([e.name, e.code, e.message]); } }
  const tc = dc.tracingChannel('t');
  const log = (event) => (m) => out.push([event, Object.keys(m), m.result, m.error && m.error.message]);
  const handlers = Object.fromEntries(['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((e) => [e, log(e)]));
  out.push(tc.traceSync(() => 'untraced'), tc.start.name);
  tc.subscribe(handlers);
  out.push(tc.traceSync((a) => a + 1, { x: 1 }, null, 2));
  try { tc.traceSync(() => { throw new Error('bad'); }, {}); } catch (e) { out.push(e.message); }
  out.push(await tc.tracePromise(async (v) => v * 2, {}, null, 4));
  try { await tc.tracePromise(async () => { throw new Error('worse'); }, {}); } catch (e) { out.push(e.message); }
  await new Promise((resolve) => tc.traceCallback((a, cb) => setImmediate(cb, null, a), -1, {}, null, 'cb', (e, v) => { out.push(['callback', v]); resolve(); }));
  out.push(tc.unsubscribe(handlers), tc.unsubscribe(handlers), Object.keys(dc));
  return out;
};
