'use strict';
// dns/promises.

const dns = require('dns');

const METHODS = [
  'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs',
  'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTxt', 'reverse',
];

const promised = (call) => new Promise((resolve, reject) => {
  call((error, ...values) => (error ? reject(error) : resolve(values)));
});

exports.lookup = function lookup(hostname, options) {
  return promised((done) => (options === undefined ? dns.lookup(hostname, done) : dns.lookup(hostname, options, done)))
    .then(([address, family]) => (Array.isArray(address) ? address : { address, family }));
};

exports.lookupService = function lookupService(address, port) {
  return promised((done) => dns.lookupService(address, port, done)).then(([hostname, service]) => ({ hostname, service }));
};

exports.Resolver = class Resolver extends dns.Resolver {};

for (const method of METHODS) {
  exports.Resolver.prototype[method] = function(...args) {
    return promised((done) => dns.Resolver.prototype[method].call(this, ...args, done)).then(([records]) => records);
  };
  exports[method] = (...args) => promised((done) => dns[method](...args, done)).then(([records]) => records);
}

exports.getDefaultResultOrder = dns.getDefaultResultOrder;
exports.setDefaultResultOrder = dns.setDefaultResultOrder;
exports.setServers = dns.setServers;
exports.getServers = dns.getServers;
for (const [name, value] of Object.entries(dns)) {
  if (typeof value === 'string') exports[name] = value;
}
