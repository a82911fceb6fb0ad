// Writes members.json: node _make.js, with Node 20.

const modules = [
  'assert', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants', 'crypto', 'dgram', 'diagnostics_channel', 'dns',
  'dns/promises', 'domain', 'events', 'fs', 'fs/promises', 'http', 'http2', 'https', 'inspector', 'module', 'net', 'os', 'path', 'path/posix',
  'path/win32', 'perf_hooks', 'process', 'punycode', 'querystring', 'readline', 'readline/promises', 'repl', 'stream', 'stream/consumers',
  'stream/promises', 'stream/web', 'string_decoder', 'timers', 'timers/promises', 'tls', 'tty', 'url', 'util', 'util/types', 'v8', 'vm',
  'worker_threads', 'zlib',
];

// Classes that nobody can have an object of in a function.
const refused = [
  'child_process.ChildProcess', 'cluster.Worker', 'dgram.Socket', 'http.Server', 'http.ServerResponse', 'http2.Http2ServerRequest',
  'http2.Http2ServerResponse', 'https.Server', 'inspector.Session', 'net.Server', 'repl.REPLServer', 'tls.Server', 'tty.ReadStream',
  'tty.WriteStream', 'worker_threads.Worker', 'perf_hooks.PerformanceResourceTiming', 'module.SourceMap', 'v8.GCProfiler',
];

const hidden = (k) => k.startsWith('_') || ['length', 'name', 'prototype', 'arguments', 'caller', 'constructor'].includes(k);
const own = (object) => Object.getOwnPropertyNames(object).filter((k) => !hidden(k));
const lists = {};
for (const name of modules) {
  const module = require(name);
  const list = Object.keys(module).filter((k) => !k.startsWith('_'));
  for (const k of [...list]) {
    const value = module[k];
    if (typeof value !== 'function' || !/^[A-Z]/.test(k) || refused.includes(`${name}.${k}`)) continue;
    list.push(...own(value).map((p) => `${k}.${p}`));
    if (value.prototype) list.push(...own(value.prototype).map((p) => `${k}#${p}`));
  }
  lists[name] = list.sort().join(' ');
}
require('fs').writeFileSync(`${__dirname}/members.json`, `${JSON.stringify(lists, null, 1)}\n`);
