'use strict';
// net: connections outwards. A function has nobody who could connect to it, so
// there is no server.

const { refused, validateBoolean, validateInteger } = require('internal/errors');
const Socket = require('internal/net/socket');
const { normalizeArgs, defaults } = require('internal/net/connect');

const noServer = (what) => refused(what, 'nobody can connect to a function; HubSpot calls main instead');

exports._createServerHandle = () => {
  throw noServer('net.Server');
};
exports._normalizeArgs = normalizeArgs;
exports._setSimultaneousAccepts = () => {};

Object.defineProperty(exports, 'BlockList', { enumerable: true, configurable: true, get: () => require('internal/net/blocklist').BlockList });
Object.defineProperty(exports, 'SocketAddress', { enumerable: true, configurable: true, get: () => require('internal/net/blocklist').SocketAddress });

exports.connect = function connect(...args) {
  const normalized = normalizeArgs(args);
  const [options] = normalized;
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
};
exports.createConnection = exports.connect;

exports.createServer = function createServer() {
  throw noServer('net.createServer');
};

exports.isIP = (input) => native.netIsIP(`${input}`);
exports.isIPv4 = (input) => native.netIsIP(`${input}`) === 4;
exports.isIPv6 = (input) => native.netIsIP(`${input}`) === 6;

exports.Server = function Server() {
  throw noServer('net.Server');
};
exports.Socket = Socket;
exports.Stream = Socket;

exports.getDefaultAutoSelectFamily = () => defaults.autoSelectFamily;
exports.setDefaultAutoSelectFamily = (value) => {
  validateBoolean(value, 'value');
  defaults.autoSelectFamily = value;
};
exports.getDefaultAutoSelectFamilyAttemptTimeout = () => defaults.attemptTimeout;
exports.setDefaultAutoSelectFamilyAttemptTimeout = (value) => {
  validateInteger(value, 'value', 1);
  defaults.attemptTimeout = value < 10 ? 10 : value;
};
