'use strict';
// The url module: the WHATWG classes, and the older parse, format and resolve.

const { codeError, invalidArgType } = require('internal/errors');
const { URL, URLSearchParams } = require('internal/web/url');
const legacy = require('internal/url_legacy');

exports.Url = legacy.Url;
exports.parse = legacy.parse;
exports.resolve = legacy.resolve;
exports.resolveObject = legacy.resolveObject;

exports.format = function format(urlObject, options) {
  if (urlObject instanceof URL) return formatWhatwg(urlObject, options);
  return legacy.format(urlObject);
};

// formatWhatwg writes a URL object without the parts that options turn off.
function formatWhatwg(url, options) {
  const { auth = true, fragment = true, search = true, unicode = false } = options || {};
  let href = url.protocol;
  if (url.href.startsWith(`${url.protocol}//`)) {
    href += '//';
    if (auth && (url.username || url.password)) href += url.password ? `${url.username}:${url.password}@` : `${url.username}@`;
    href += unicode ? exports.domainToUnicode(url.hostname) : url.hostname;
    if (url.port) href += `:${url.port}`;
  }
  href += url.pathname;
  if (search) href += url.search;
  if (fragment) href += url.hash;
  return href;
}

exports.URL = URL;
exports.URLSearchParams = URLSearchParams;

exports.domainToASCII = function domainToASCII(domain) {
  if (arguments.length < 1) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'The "domain" argument must be specified');
  return native.domainToASCII(`${domain}`);
};

exports.domainToUnicode = function domainToUnicode(domain) {
  if (arguments.length < 1) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'The "domain" argument must be specified');
  return native.domainToUnicode(`${domain}`);
};

const ESCAPES = { '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '?': '%3F', '#': '%23' };

exports.pathToFileURL = function pathToFileURL(path) {
  if (typeof path !== 'string') throw invalidArgType('path', 'string', path);
  let resolved = require('path').resolve(path);
  if (/[/\\]$/.test(path) && !resolved.endsWith('/')) resolved += '/';
  const windows = process.platform === 'win32';
  if (windows) resolved = resolved.replaceAll('\\', '/');
  const escaped = resolved.replace(/[%\\\n\r\t?#]/g, (c) => ESCAPES[c]);
  return new URL(`file://${windows ? '/' : ''}${escaped}`);
};

exports.fileURLToPath = function fileURLToPath(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw invalidArgType('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw codeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  return process.platform === 'win32' ? windowsPath(path) : posixPath(path);
};

function isURL(value) {
  return Boolean(value !== null && typeof value === 'object' && value.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function posixPath(url) {
  if (url.hostname !== '') {
    throw codeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', `File URL host must be "localhost" or empty on ${process.platform}`);
  }
  if (/%2f/i.test(url.pathname)) throw codeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(url.pathname);
}

function windowsPath(url) {
  if (/%2f|%5c/i.test(url.pathname)) throw codeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded \\ or / characters');
  const path = decodeURIComponent(url.pathname.replaceAll('/', '\\'));
  if (url.hostname !== '') return `\\\\${exports.domainToUnicode(url.hostname)}${path}`;
  if (!/^\\[a-z]:/i.test(path)) throw codeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must be absolute');
  return path.slice(1);
}

exports.urlToHttpOptions = function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
};
