// createRequire, isBuiltin, Module's inner functions.
const Module = require('module');
const { createRequire, isBuiltin } = Module;

exports.main = async () => {
  const out = [];
  const t = (name, f) => {
    try { out.push([name, f()]); } catch (e) { out.push([name, e.name, e.code, e.message.split('\n')[0]]); }
  };
  t('same', () => [Module === Module.Module, typeof Module]);
  t('isBuiltin', () => ['fs', 'node:fs', 'fs/promises', 'axios', 'node:nope', 'wss', './fs'].map(isBuiltin));
  t('createRequire', () => createRequire(__filename)('fs') === require('fs'));
  t('createRequire url', () => createRequire(`file://${__filename}`)('node:path') === require('path'));
  t('createRequire relative', () => createRequire('./x.js'));
  t('createRequire number', () => createRequire(3));
  t('missing', () => createRequire('/tmp/fns-none/x.js')('nope-not-there'));
  t('resolve', () => createRequire(__filename).resolve('fs'));
  t('paths', () => Module._nodeModulePaths('/a/b/node_modules/c'));
  t('wrap', () => Module.wrap('x'));
  t('wrapper', () => Module.wrapper);
  t('load', () => Module._load('fs') === require('fs'));
  t('resolveFilename', () => Module._resolveFilename('fs'));
  t('compile', () => { const m = new Module('/tmp/made.js'); m.filename = '/tmp/made.js'; m.paths = Module._nodeModulePaths('/tmp'); m._compile('module.exports = [typeof require, __filename, __dirname, this === exports]', '/tmp/made.js'); return m.exports; });
  t('builtins', () => ['fs', 'http', 'path', 'util', 'worker_threads', 'timers/promises'].every((m) => Module.builtinModules.includes(m)));
  t('extensions', () => Object.keys(Module._extensions));
  t('sync', () => String(Module.syncBuiltinESMExports()));
  t('keys', () => { const m = new Module('a/b'); return [Object.keys(m), m.path, m.id]; });
  return out;
};
