'use strict';
// tls: connections outwards over TLS.

const net = require('net');
const { refused } = require('internal/errors');
const TLSSocket = require('internal/tls/socket');

exports.CLIENT_RENEG_LIMIT = 3;
exports.CLIENT_RENEG_WINDOW = 600;
exports.DEFAULT_CIPHERS = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:HIGH:!aNULL:!eNULL:!EXPORT:!DES:!RC4:!MD5:!PSK:!SRP:!CAMELLIA';
exports.DEFAULT_ECDH_CURVE = 'auto';
exports.DEFAULT_MIN_VERSION = 'TLSv1.2';
exports.DEFAULT_MAX_VERSION = 'TLSv1.3';

exports.getCiphers = () => [
  'ecdhe-ecdsa-aes128-gcm-sha256', 'ecdhe-ecdsa-aes256-gcm-sha384', 'ecdhe-ecdsa-chacha20-poly1305', 'ecdhe-rsa-aes128-gcm-sha256',
  'ecdhe-rsa-aes256-gcm-sha384', 'ecdhe-rsa-chacha20-poly1305', 'tls_aes_128_gcm_sha256', 'tls_aes_256_gcm_sha384', 'tls_chacha20_poly1305_sha256',
];

// The authorities are the system's; they are not listed.
exports.rootCertificates = Object.freeze([]);

exports.convertALPNProtocols = function convertALPNProtocols(protocols, out) {
  const { Buffer } = require('buffer');
  if (Array.isArray(protocols)) {
    out.ALPNProtocols = Buffer.concat(protocols.map((name) => Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name)])));
  } else if (ArrayBuffer.isView(protocols)) {
    out.ALPNProtocols = Buffer.from(protocols);
  }
};

exports.checkServerIdentity = function checkServerIdentity(hostname, cert) {
  return require('internal/tls/identity')(hostname, cert);
};

class SecureContext {
  constructor(options) {
    this.context = options;
  }
}

exports.SecureContext = SecureContext;
exports.createSecureContext = function createSecureContext(options = {}) {
  return new SecureContext({ ...options });
};
exports.TLSSocket = TLSSocket;

exports.Server = function Server() {
  throw refused('tls.Server', 'nobody can connect to a function; HubSpot calls main instead');
};
exports.createServer = function createServer() {
  throw refused('tls.createServer', 'nobody can connect to a function; HubSpot calls main instead');
};

exports.connect = function connect(...args) {
  const normalized = net._normalizeArgs(args);
  let [options] = normalized;
  const [, callback] = normalized;
  if (args[1] !== null && typeof args[1] === 'object') Object.assign(options, args[1]);
  else if (args[2] !== null && typeof args[2] === 'object') Object.assign(options, args[2]);
  options = { checkServerIdentity: exports.checkServerIdentity, ...options };
  const socket = new TLSSocket(options.socket, options);
  if (callback) socket.once('secureConnect', callback);
  if (!options.socket) {
    if (options.timeout) socket.setTimeout(options.timeout);
    const target = [options, null];
    target.normalized = true;
    socket.connect(target);
  }
  return socket;
};

exports.createSecurePair = () => {
  throw refused('tls.createSecurePair', 'it was removed from TLS libraries; use tls.TLSSocket');
};
