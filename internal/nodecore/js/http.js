'use strict';
// http: the client. Nobody can connect to a function, so there is no server.

const { ClientRequest } = require('internal/http/client');
const { OutgoingMessage } = require('internal/http/outgoing');
const { validateHeaderName, validateHeaderValue } = require('internal/http/headers');
const { refused, validateInteger } = require('internal/errors');
const Agent = require('internal/http/agent');

const noServer = (what) => refused(what, 'nobody can connect to a function; HubSpot calls main instead');

exports._connectionListener = () => {
  throw noServer('http.Server');
};

exports.METHODS = [
  'ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'M-SEARCH', 'MERGE', 'MKACTIVITY',
  'MKCALENDAR', 'MKCOL', 'MOVE', 'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'QUERY', 'REBIND',
  'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE',
];

exports.STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created', 202: 'Accepted',
  203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status',
  208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other',
  304: 'Not Modified', 305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request',
  401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed',
  406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone',
  411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long',
  415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot",
  421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early',
  426: 'Upgrade Required', 428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway',
  503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates',
  507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended',
  511: 'Network Authentication Required',
};

exports.Agent = Agent;
exports.ClientRequest = ClientRequest;
exports.IncomingMessage = require('internal/http/incoming');
exports.OutgoingMessage = OutgoingMessage;
exports.Server = function Server() {
  throw noServer('http.Server');
};
exports.ServerResponse = class ServerResponse extends OutgoingMessage {};
exports.createServer = function createServer() {
  throw noServer('http.createServer');
};
exports.validateHeaderName = validateHeaderName;
exports.validateHeaderValue = validateHeaderValue;

exports.get = function get(url, options, callback) {
  const req = exports.request(url, options, callback);
  req.end();
  return req;
};

exports.request = function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
};

exports.setMaxIdleHTTPParsers = (max) => validateInteger(max, 'max', 1);

Object.defineProperty(exports, 'maxHeaderSize', { configurable: true, enumerable: true, get: () => 16384 });

let globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
Object.defineProperty(exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get: () => globalAgent,
  set(value) {
    globalAgent = value;
  },
});
