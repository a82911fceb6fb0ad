const EventEmitter = require('events');
const { once, on, getEventListeners, errorMonitor, captureRejectionSymbol, addAbortListener, setMaxListeners, getMaxListeners, listenerCount } = EventEmitter;

exports.main = async () => {
  const out = [];
  const t = (f) => { try { out.push(f()); } catch (e) { out.push([e.name, e.code, e.message, Object.keys(e)]); } };
  out.push(Object.keys(EventEmitter), Object.keys(EventEmitter.prototype), EventEmitter.EventEmitter === EventEmitter);
  const e = new EventEmitter();
  out.push(Object.keys(e));
  const seen = [];
  e.on('newListener', (name, fn) => seen.push(['new', name, typeof fn]));
  e.on('removeListener', (name, fn) => seen.push(['removed', name, typeof fn]));
  const a = (...args) => seen.push(['a', ...args]);
  e.on('x', a);
  e.once('x', (...args) => seen.push(['once', ...args]));
  e.prependListener('x', () => seen.push('first'));
  e.prependOnceListener('x', () => seen.push('first once'));
  t(() => [e.emit('x', 1, 2), e.emit('x'), e.emit('nothing')]);
  t(() => [e.listenerCount('x'), e.listenerCount('x', a), e.listeners('x').length, e.rawListeners('x').length, e.eventNames()]);
  t(() => e.off('x', a).removeAllListeners('x').eventNames());
  e.removeAllListeners();
  out.push(seen, e.eventNames());
  t(() => e.emit('error', new TypeError('boom')));
  t(() => e.emit('error', { a: 1 }));
  t(() => e.emit('error'));
  t(() => { e.on(errorMonitor, (er) => out.push(['monitor', er.message])); e.emit('error', new Error('watched')); });
  t(() => e.on('x', 1));
  t(() => e.setMaxListeners(-1));
  t(() => { EventEmitter.defaultMaxListeners = 'x'; });
  t(() => [getMaxListeners(e), e.setMaxListeners(3) === e, e.getMaxListeners(), EventEmitter.defaultMaxListeners]);
  t(() => { const s = Symbol('s'); e.once(s, () => {}); return [e.rawListeners(s)[0].name, typeof e.rawListeners(s)[0].listener, getEventListeners(e, s).length, listenerCount(e, s)]; });

  function Old() { EventEmitter.call(this); }
  require('util').inherits(Old, EventEmitter);
  t(() => { const o = new Old(); let n = 0; o.on('y', function () { n = this === o; }); o.emit('y'); return n; });
  t(() => { class Sub extends EventEmitter { constructor() { super({ captureRejections: true }); } } const s = new Sub(); s.on('z', async () => { throw new Error('async'); }); s.on('error', (er) => out.push(['captured', er.message])); s.emit('z'); });
  t(() => { const s = new EventEmitter({ captureRejections: true }); s[captureRejectionSymbol] = (er, name, ...args) => out.push(['symbol', er.message, name, args]); s.on('z', async () => { throw new Error('mine'); }); s.emit('z', 5); });
  await new Promise((r) => setTimeout(r, 5));

  setTimeout(() => e.emit('later', 1, 2), 1);
  out.push(await once(e, 'later'));
  setTimeout(() => e.emit('error', new Error('instead')), 1);
  out.push(await once(e, 'never').catch((er) => er.message));
  out.push(await once(e, 'never', { signal: AbortSignal.abort('why') }).catch((er) => [er.name, er.code, er.message, er.cause]));
  const target = new EventTarget();
  setTimeout(() => target.dispatchEvent(new Event('go')), 1);
  out.push((await once(target, 'go'))[0].type);
  setTimeout(() => { e.emit('many', 1); e.emit('many', 2); e.emit('stop'); }, 1);
  for await (const args of on(e, 'many', { close: ['stop'] })) out.push(args);
  const controller = new AbortController();
  setTimeout(() => { e.emit('many', 3); controller.abort(); }, 1);
  try {
    for await (const args of on(e, 'many', { signal: controller.signal })) out.push(args);
  } catch (er) {
    out.push([er.name, er.code]);
  }
  addAbortListener(controller.signal, () => out.push('aborted already'));
  await null;
  t(() => [setMaxListeners(5, target), getMaxListeners(target), e.listenerCount('many')]);
  process.on('warning', (w) => out.push([w.name, w.message, w.count]));
  const crowded = new EventEmitter();
  for (let i = 0; i < 12; i++) crowded.on('x', () => {});
  await new Promise((r) => setTimeout(r, 5));
  return out;
};
