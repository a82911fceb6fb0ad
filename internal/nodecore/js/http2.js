'use strict';
// http2: the constants that packages read at load; there is no client.

const { refused } = require('internal/errors');

const SETTINGS = {
  headerTableSize: 4096, enablePush: true, initialWindowSize: 65535, maxFrameSize: 16384, maxConcurrentStreams: 4294967295,
  maxHeaderSize: 65535, maxHeaderListSize: 65535, enableConnectProtocol: false,
};

const lacking = (what, why) => () => {
  throw refused(what, why);
};
const noServer = 'nobody can connect to a function; HubSpot calls main instead';

exports.connect = lacking('http2.connect', 'requests are made over HTTP/1.1; use https');
Object.defineProperty(exports, 'constants', { enumerable: true, get: () => require('internal/http2/constants') });
exports.createServer = lacking('http2.createServer', noServer);
exports.createSecureServer = lacking('http2.createSecureServer', noServer);
exports.getDefaultSettings = () => Object.assign(Object.create(null), SETTINGS);
exports.getPackedSettings = lacking('http2.getPackedSettings', 'there is no HTTP/2 client');
exports.getUnpackedSettings = lacking('http2.getUnpackedSettings', 'there is no HTTP/2 client');
exports.performServerHandshake = lacking('http2.performServerHandshake', noServer);
exports.sensitiveHeaders = Symbol('sensitiveHeaders');
exports.Http2ServerRequest = class Http2ServerRequest {};
exports.Http2ServerResponse = class Http2ServerResponse {};
