'use strict';
// dns: lookup as the system does it, and queries of the common record types.

const { codeError, invalidArgType, invalidArgValue, validateFunction, validateOneOf, validateString } = require('internal/errors');
const { dnsError } = require('internal/net/errors');
const { nextTick } = require('internal/ticks');

const ERRORS = {
  NODATA: 'ENODATA', FORMERR: 'EFORMERR', SERVFAIL: 'ESERVFAIL', NOTFOUND: 'ENOTFOUND', NOTIMP: 'ENOTIMP', REFUSED: 'EREFUSED',
  BADQUERY: 'EBADQUERY', BADNAME: 'EBADNAME', BADFAMILY: 'EBADFAMILY', BADRESP: 'EBADRESP', CONNREFUSED: 'ECONNREFUSED',
  TIMEOUT: 'ETIMEOUT', EOF: 'EOF', FILE: 'EFILE', NOMEM: 'ENOMEM', DESTRUCTION: 'EDESTRUCTION', BADSTR: 'EBADSTR',
  BADFLAGS: 'EBADFLAGS', NONAME: 'ENONAME', BADHINTS: 'EBADHINTS', NOTINITIALIZED: 'ENOTINITIALIZED',
  LOADIPHLPAPI: 'ELOADIPHLPAPI', ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS', CANCELLED: 'ECANCELLED',
};

// Types of records by method, and the name of the query in errors.
const QUERIES = {
  resolve4: ['A', 'queryA'], resolve6: ['AAAA', 'queryAaaa'], resolveAny: ['ANY', 'queryAny'], resolveCaa: ['CAA', 'queryCaa'],
  resolveCname: ['CNAME', 'queryCname'], resolveMx: ['MX', 'queryMx'], resolveNaptr: ['NAPTR', 'queryNaptr'], resolveNs: ['NS', 'queryNs'],
  resolvePtr: ['PTR', 'queryPtr'], resolveSoa: ['SOA', 'querySoa'], resolveSrv: ['SRV', 'querySrv'], resolveTxt: ['TXT', 'queryTxt'],
};

let order = 'verbatim';

exports.lookup = function lookup(hostname, options, callback) {
  if (hostname) validateString(hostname, 'hostname');
  let family = 0;
  let all = false;
  let sorting = order;
  if (typeof options === 'function') {
    callback = options;
  } else if (typeof options === 'number') {
    validateFunction(callback, 'callback');
    validateOneOf(options, 'family', [0, 4, 6]);
    family = options;
  } else if (options !== undefined && typeof options !== 'object') {
    validateFunction(arguments.length === 2 ? options : callback, 'callback');
    throw invalidArgType('options', ['integer', 'object'], options);
  } else {
    validateFunction(callback, 'callback');
    options = options || {};
    if (options.family !== undefined && options.family !== null) {
      if (options.family === 'IPv4') family = 4;
      else if (options.family === 'IPv6') family = 6;
      else {
        validateOneOf(options.family, 'options.family', [0, 4, 6]);
        family = options.family;
      }
    }
    all = Boolean(options.all);
    if (options.verbatim !== undefined && options.verbatim !== null) sorting = options.verbatim ? 'verbatim' : 'ipv4first';
    if (options.order !== undefined && options.order !== null) {
      validateOneOf(options.order, 'options.order', ['ipv4first', 'ipv6first', 'verbatim']);
      sorting = options.order;
    }
  }
  if (typeof callback !== 'function') validateFunction(callback, 'callback');
  if (!hostname) {
    nextTick(all ? () => callback(null, []) : () => callback(null, null, family === 6 ? 6 : 4));
    return {};
  }
  const version = native.netIsIP(hostname);
  if (version) {
    nextTick(all ? () => callback(null, [{ address: hostname, family: version }]) : () => callback(null, hostname, version));
    return {};
  }
  native.dnsLookup(hostname, family, (code, list) => {
    if (code !== undefined) {
      callback(dnsError(code, 'getaddrinfo', hostname));
      return;
    }
    const found = list.map(([address, of]) => ({ address, family: of }));
    if (sorting !== 'verbatim') {
      const first = sorting === 'ipv4first' ? 4 : 6;
      found.sort((a, b) => (b.family === first) - (a.family === first));
    }
    if (all) callback(null, found);
    else callback(null, found[0].address, found[0].family);
  });
  return {};
};

const promisifyArgs = Symbol.for('fns.promisify.args');
Object.defineProperty(exports.lookup, promisifyArgs, { value: ['address', 'family'] });

exports.lookupService = function lookupService(address, port, callback) {
  if (native.netIsIP(address) === 0) throw invalidArgValue('address', address);
  validateFunction(callback, 'callback');
  native.dnsResolve('PTR', address, '', (code, names) => {
    if (code !== undefined) callback(dnsError(code, 'getnameinfo', address));
    else callback(null, names[0], { 22: 'ssh', 53: 'domain', 80: 'http', 443: 'https' }[port] || String(port));
  });
};

function query(type, syscall, server, name, callback) {
  native.dnsResolve(type, name, server, (code, records) => {
    if (code !== undefined) callback(dnsError(code, syscall, name));
    else callback(null, records);
  });
}

class Resolver {
  #servers = [];

  constructor(options = undefined) {
    if (options !== undefined && (options === null || typeof options !== 'object')) throw invalidArgType('options', 'object', options);
  }

  cancel() {}

  getServers() {
    return this.#servers.slice();
  }

  setServers(servers) {
    if (!Array.isArray(servers)) throw invalidArgType('servers', 'Array', servers);
    this.#servers = servers.map((server) => {
      validateString(server, 'servers');
      const bare = /^\[(.*)\](?::\d+)?$/.exec(server);
      const host = bare ? bare[1] : native.netIsIP(server) ? server : server.split(':')[0];
      if (!native.netIsIP(host)) throw codeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${server}`);
      return server;
    });
  }

  setLocalAddress() {}

  // The address to ask, with a port; '' asks whom the system asks.
  get _server() {
    const [server] = this.#servers;
    if (!server) return '';
    if (/^\[.*\]:\d+$/.test(server) || /^[\d.]+:\d+$/.test(server)) return server;
    return native.netIsIP(server) === 6 ? `[${server}]:53` : `${server.replace(/^\[|\]$/g, '')}:53`;
  }

  resolve(name, type, callback) {
    if (typeof type === 'function') {
      callback = type;
      type = 'A';
    }
    validateString(type, 'rrtype');
    const method = { A: 'resolve4', AAAA: 'resolve6' }[type] || `resolve${type[0]}${type.slice(1).toLowerCase()}`;
    if (!QUERIES[method]) throw invalidArgValue('rrtype', type);
    this[method](name, callback);
  }

  reverse(address, callback) {
    validateString(address, 'name');
    validateFunction(callback, 'callback');
    if (!native.netIsIP(address)) {
      const error = dnsError('EINVAL', 'getHostByAddr', address);
      error.errno = -22;
      throw error;
    }
    query('PTR', 'getHostByAddr', this._server, address, callback);
  }
}

for (const [method, [type, syscall]] of Object.entries(QUERIES)) {
  const fn = function(name, options, callback) {
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    }
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    query(type, syscall, this._server, name, (error, records) => {
      if (records && options && options.ttl) records = records.map((address) => ({ address, ttl: 0 }));
      callback(error, records);
    });
    return {};
  };
  Object.defineProperty(fn, 'name', { value: syscall });
  Object.defineProperty(Resolver.prototype, method, { value: fn, writable: true, configurable: true, enumerable: true });
}

exports.Resolver = Resolver;
exports.getDefaultResultOrder = () => order;
exports.setDefaultResultOrder = (value) => {
  validateOneOf(value, 'dnsOrder', ['verbatim', 'ipv4first', 'ipv6first']);
  order = value;
};

let resolver = new Resolver();

exports.setServers = (servers) => {
  const next = new Resolver();
  next.setServers(servers);
  resolver = next;
};
Object.assign(exports, { ADDRCONFIG: 32, ALL: 16, V4MAPPED: 8 }, ERRORS);
exports.getServers = () => resolver.getServers();
for (const method of ['resolve', ...Object.keys(QUERIES), 'reverse']) {
  exports[method] = (...args) => resolver[method](...args);
  Object.defineProperty(exports[method], 'name', { value: `bound ${QUERIES[method] ? QUERIES[method][1] : method}` });
}
Object.defineProperty(exports, 'promises', { configurable: true, enumerable: true, get: () => require('dns/promises') });
