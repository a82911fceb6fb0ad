'use strict';
// The module named module. Files are loaded by the engine, so replacing
// Module._load, Module._extensions or Module.prototype.require changes nothing
// about what require does.

const { invalidArgType, invalidArgValue, refused, validateString } = require('internal/errors');

function Module(id = '', parent = undefined) {
  this.id = id;
  this.path = folder(id);
  this.exports = {};
  Object.defineProperty(this, 'parent', { value: parent, writable: true, configurable: true, enumerable: false });
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

function folder(path) {
  const at = path.lastIndexOf('/');
  return at > 0 ? path.slice(0, at) : at === 0 ? '/' : '.';
}

module.exports = Module;

// from gives the path that a module's requires begin at.
function from(parent) {
  return parent && typeof parent.filename === 'string' ? parent.filename : native.entry();
}

Module.prototype.require = function(id) {
  validateString(id, 'id');
  if (id === '') throw invalidArgValue('id', id, 'must be a non-empty string');
  return Module._load(id, this, false);
};
Module.prototype.load = function(filename) {
  this.filename = filename;
  this.exports = native.requireFrom(from(this))(filename);
  this.loaded = true;
};
Module.prototype._compile = function(code, filename) {
  const fn = native.runScript(native.compileScript(Module.wrap(`${code}`.replace(/^#!/, '//')), filename || 'evalmachine.<anonymous>'));
  const require = native.requireFrom(filename && filename.startsWith('/') ? filename : from(this));
  return Reflect.apply(fn, this.exports, [this.exports, require, this, filename, folder(filename || '')]);
};

Module._cache = undefined;
Object.defineProperty(Module, '_cache', { enumerable: true, configurable: true, get: () => native.requireFrom(native.entry()).cache });
Module._pathCache = Object.create(null);
Module._extensions = Object.assign(Object.create(null), {
  '.js'(target, filename) {
    target._compile(require('fs').readFileSync(filename, 'utf8'), filename);
  },
  '.json'(target, filename) {
    target.exports = JSON.parse(require('fs').readFileSync(filename, 'utf8').replace(/^\ufeff/, ''));
  },
  '.node'(target, filename) {
    throw refused(`The compiled addon ${filename}`, 'addons need Node itself');
  },
});
Module.globalPaths = [];

const wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
Module.wrap = (script) => wrapper[0] + script + wrapper[1];
Module.wrapper = wrapper;
Module._debug = function() {};
Module.isBuiltin = function isBuiltin(name) {
  return typeof name === 'string' && native.isBuiltin(name);
};
Module._findPath = function(request, paths) {
  for (const path of request.startsWith('/') ? [''] : paths || []) {
    try {
      return native.requireFrom(`${path || '/'}/noop.js`).resolve(request.startsWith('/') ? request : `./${request}`);
    } catch {
      // the next one
    }
  }
  return false;
};
Module._nodeModulePaths = function(path) {
  const paths = [];
  for (let at = path; ; at = folder(at)) {
    if (!at.endsWith('/node_modules')) paths.push(at === '/' ? '/node_modules' : `${at}/node_modules`);
    if (at === '/' || at === '.' || folder(at) === at) return paths;
  }
};
Module._resolveLookupPaths = function(request, parent) {
  if (Module.isBuiltin(request)) return null;
  if (/^\.\.?(\/|$)/.test(request)) return [parent && parent.filename ? folder(parent.filename) : '.'];
  return parent && parent.paths && parent.paths.length > 0 ? parent.paths : Module._nodeModulePaths(folder(from(parent)));
};
Module._load = function(request, parent) {
  return native.requireFrom(from(parent))(request);
};
Module._resolveFilename = function(request, parent, isMain, options) {
  if (options && Array.isArray(options.paths)) {
    for (const path of options.paths) {
      try {
        return native.requireFrom(`${path}/noop.js`).resolve(request);
      } catch {
        // the next one
      }
    }
  }
  return native.requireFrom(from(parent)).resolve(request);
};
Module.createRequire = function createRequire(filename) {
  let path = filename;
  if (filename !== null && typeof filename === 'object' && typeof filename.href === 'string') path = filename.href;
  if (typeof path === 'string' && path.startsWith('file:')) path = require('internal/fs/base').path(new URL(path), 'filename');
  if (typeof path !== 'string' || !/^(\/|[a-zA-Z]:[\\/])/.test(path)) {
    throw invalidArgValue('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  }
  return native.requireFrom(/[\\/]$/.test(path) ? `${path}noop.js` : path);
};
Module._initPaths = function() {};
Module._preloadModules = function() {};
Module.syncBuiltinESMExports = function syncBuiltinESMExports() {};
Module.Module = Module;
let builtins;
Object.defineProperty(Module, 'builtinModules', {
  enumerable: true,
  configurable: true,
  get() {
    if (!builtins) builtins = native.builtinModules();
    return builtins;
  },
});
Module.runMain = function() {};
Module.findSourceMap = function findSourceMap() {
  return undefined;
};
Module.register = function register() {
  throw refused('module.register', 'modules are loaded by the embedded engine itself');
};
Module.SourceMap = class SourceMap {
  constructor(payload) {
    if (payload === null || typeof payload !== 'object') throw invalidArgType('payload', 'Object', payload);
    throw refused('module.SourceMap', 'stack traces are mapped by the embedded engine itself');
  }
};
