// AsyncLocalStorage through everything that runs later.
const { AsyncLocalStorage, AsyncResource, createHook, executionAsyncId, triggerAsyncId } = require('async_hooks');
const { EventEmitter } = require('events');
const fs = require('fs');

const als = new AsyncLocalStorage();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

exports.main = async () => {
  const out = [];
  const put = (name) => out.push([name, als.getStore() === undefined ? 'none' : als.getStore()]);
  put('outside');
  out.push(als.run(1, (a, b) => [a, b, als.getStore()], 'a', 'b'));
  put('after run');
  await als.run(2, async () => {
    put('sync in run');
    await null;
    put('after await');
    await sleep(2);
    put('after timer await');
    await new Promise((resolve) => setTimeout(() => { put('timeout'); resolve(); }, 1));
    await new Promise((resolve) => setImmediate(() => { put('immediate'); resolve(); }));
    await new Promise((resolve) => process.nextTick(() => { put('tick'); resolve(); }));
    await new Promise((resolve) => queueMicrotask(() => { put('microtask'); resolve(); }));
    await new Promise((resolve) => fs.readFile('/tmp/fns-none', () => { put('fs callback'); resolve(); }));
    await fs.promises.readFile('/tmp/fns-none').catch(() => put('fs promise'));
    await Promise.resolve().then(() => put('then')).finally(() => put('finally'));
    await Promise.all([1, 2].map(async (n) => { await sleep(n); put(`all ${n}`); }));
    await als.run(3, async () => { await sleep(1); put('nested'); });
    put('after nested');
    als.exit(() => put('exit'));
    put('after exit');
    await new Promise((resolve) => { let n = 0; const i = setInterval(() => { put('interval'); if (++n === 2) { clearInterval(i); resolve(); } }, 1); });
    try { await als.run(9, async () => { await sleep(1); throw new Error('x'); }); } catch { put('catch'); }
  });
  put('after everything');
  try { als.run(5, () => { throw new Error('x'); }); } catch { put('after throw'); }
  const emitter = new EventEmitter();
  als.run(6, () => emitter.on('e', () => put('listener')));
  emitter.emit('e');
  als.run(7, () => emitter.emit('e'));
  const both = [];
  await Promise.all(['a', 'b', 'c'].map((id, i) => als.run(id, async () => { for (let k = 0; k < 3; k++) { await sleep(i + 1); both.push([id, als.getStore()]); } })));
  out.push(both.every(([a, b]) => a === b), both.length);
  const bound = als.run('bound', () => AsyncResource.bind(() => als.getStore()));
  const snapshot = als.run('snap', () => AsyncLocalStorage.snapshot());
  const staticBound = als.run('static', () => AsyncLocalStorage.bind((x) => [x, als.getStore()]));
  out.push(bound(), snapshot(() => als.getStore()), staticBound(1), als.run('other', () => snapshot((x) => [x, als.getStore()], 7)));
  const resource = als.run('res', () => new AsyncResource('THING'));
  out.push(resource.runInAsyncScope(function(a) { return [this.self, a, als.getStore()]; }, { self: 1 }, 2));
  out.push(typeof resource.asyncId(), typeof resource.triggerAsyncId(), resource.emitDestroy() === resource, typeof executionAsyncId(), typeof triggerAsyncId());
  const second = new AsyncLocalStorage();
  als.run(1, () => second.run(2, () => out.push([als.getStore(), second.getStore()])));
  await (async () => { als.enterWith('entered'); put('entered'); await sleep(1); put('entered after'); })();
  put('entered outside');
  als.disable();
  put('disabled');
  als.run('again', () => put('again'));
  const hook = createHook({ init() {} });
  out.push(hook.enable() === hook, hook.disable() === hook);
  for (const f of [() => new AsyncResource(3), () => createHook({ init: 3 }), () => AsyncResource.bind(3), () => new AsyncResource('x', { triggerAsyncId: 'y' })]) {
    try { f(); } catch (e) { out.push([e.name, e.code, e.message]); }
  }
  return out;
};
