// The global performance, marks, measures, observers.
const { performance, PerformanceObserver, PerformanceMark, PerformanceEntry, timerify } = require('perf_hooks');

exports.main = async () => {
  const out = [];
  const t = (name, f) => {
    try { out.push([name, f()]); } catch (e) { out.push([name, e.name, e.code, e.message]); }
  };
  t('global', () => performance === globalThis.performance);
  t('now', () => { const a = performance.now(); const b = performance.now(); return [typeof a, b >= a, a >= 0]; });
  t('origin', () => Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 50);
  t('mark', () => { const m = performance.mark('a', { startTime: 5, detail: { x: 1 } }); return [m, JSON.stringify(m), m.name, m.entryType, m.duration, m.detail, m instanceof PerformanceMark, m instanceof PerformanceEntry, m.constructor.name]; });
  t('mark now', () => { const m = performance.mark('b'); return [m.detail, m.startTime > 0]; });
  t('measure', () => { performance.mark('c', { startTime: 9 }); const m = performance.measure('m', 'a', 'c'); return [JSON.stringify(m), m.constructor.name]; });
  t('measure options', () => [performance.measure('n', { start: 1, end: 4 }), performance.measure('o', { start: 1, duration: 4, detail: 'd' }), performance.measure('p', { end: 9, duration: 4 })]);
  t('measure missing', () => performance.measure('q', 'nope'));
  t('measure number', () => performance.measure(3));
  t('entries', () => performance.getEntriesByType('measure').map((e) => e.name));
  t('by name', () => performance.getEntriesByName('a').length + performance.getEntriesByName('a', 'measure').length);
  t('clear', () => { performance.clearMarks('a'); performance.clearMeasures(); return performance.getEntries().map((e) => e.name).sort(); });
  t('clear all', () => { performance.clearMarks(); return performance.getEntries(); });
  t('json', () => Object.keys(performance.toJSON()));
  t('bad mark', () => performance.mark());
  t('bad time', () => performance.mark('x', { startTime: -1 }));
  t('constructor', () => new PerformanceEntry('x'));
  t('timerify', () => { const f = performance.timerify(function add(a, b) { return a + b; }); return [f(1, 2), f.name, f.length]; });
  t('bad timerify', () => performance.timerify(3));
  t('bad observer', () => new PerformanceObserver());
  t('bad observe', () => new PerformanceObserver(() => {}).observe({}));
  const got = await new Promise((resolve) => {
    const o = new PerformanceObserver((list, self) => { self.disconnect(); resolve([list.getEntries().map((e) => e.name), list.getEntriesByName('z1').length, list.getEntriesByType('measure').length]); });
    o.observe({ entryTypes: ['mark', 'measure'] });
    performance.mark('z1');
    performance.mark('z2');
    performance.measure('z3', 'z1', 'z2');
  });
  out.push(got);
  out.push(Object.keys(require('perf_hooks')));
  return out;
};
