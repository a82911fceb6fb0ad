// The members of modules that refuse, and what does not.
exports.main = async () => {
  const out = {};
  for (const name of ['child_process', 'cluster', 'dgram', 'inspector', 'repl', 'worker_threads', 'tty', 'domain']) {
    const m = require(name);
    out[name] = Object.keys(m).filter((k) => !k.startsWith('_')).map((k) => `${k} ${typeof m[k]}`).sort();
  }
  const w = require('worker_threads');
  const c = require('cluster');
  const tty = require('tty');
  w.setEnvironmentData('a', 1);
  return { out, worker: [w.isMainThread, w.threadId, w.parentPort, w.workerData, w.getEnvironmentData('a')], cluster: [c.isMaster, c.isPrimary, c.isWorker, Object.keys(c.workers)], tty: [tty.isatty(99), tty.isatty('x')], url: String(require('inspector').url()) };
};
