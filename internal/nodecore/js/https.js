'use strict';
// https: http over TLS.

const http = require('http');
const tls = require('tls');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  options = { __proto__: null, ...options };
  if (options.defaultPort === undefined) options.defaultPort = 443;
  if (options.protocol === undefined) options.protocol = 'https:';
  http.Agent.call(this, options);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = this.options.maxCachedSessions === undefined ? 100 : this.options.maxCachedSessions;
  this._sessionCache = { map: {}, list: [] };
}
Object.setPrototypeOf(Agent.prototype, http.Agent.prototype);
Object.setPrototypeOf(Agent, http.Agent);

Agent.prototype.createConnection = function createConnection(port, host, options) {
  if (port !== null && typeof port === 'object') options = port;
  else if (host !== null && typeof host === 'object') options = { ...host };
  else if (options === null || typeof options !== 'object') options = {};
  else options = { ...options };
  if (typeof port === 'number') options.port = port;
  if (typeof host === 'string') options.host = host;
  return tls.connect(options);
};

// The options that make connections unlike each other, in Node's order.
const DISTINCT = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion', 'maxVersion',
  'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext', 'sigalgs',
  'privateKeyIdentifier', 'privateKeyEngine',
];

Agent.prototype.getName = function getName(options = {}) {
  let name = http.Agent.prototype.getName.call(this, options);
  for (const option of DISTINCT) {
    name += ':';
    const value = options[option];
    if (option === 'rejectUnauthorized') {
      if (value !== undefined) name += value;
    } else if (option === 'servername') {
      if (value && value !== options.host) name += value;
    } else if (value) {
      name += option === 'pfx' || option === 'sigalgs' ? JSON.stringify(value) : value;
    }
  }
  return name;
};

Agent.prototype._getSession = () => undefined;
Agent.prototype._cacheSession = () => {};
Agent.prototype._evictSession = () => {};

exports.Agent = Agent;

let globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
Object.defineProperty(exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get: () => globalAgent,
  set(value) {
    globalAgent = value;
  },
});

exports.Server = http.Server;
exports.createServer = function createServer() {
  return http.createServer();
};

exports.get = function get(input, options, callback) {
  const req = exports.request(input, options, callback);
  req.end();
  return req;
};

exports.request = function request(...args) {
  let options = {};
  if (typeof args[0] === 'string') {
    options = require('url').urlToHttpOptions(new URL(args.shift()));
  } else if (args[0] && args[0].href && args[0].protocol && args[0].auth === undefined && args[0].path === undefined) {
    options = require('url').urlToHttpOptions(args.shift());
  }
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = exports.globalAgent;
  args.unshift(options);
  return new http.ClientRequest(...args);
};
