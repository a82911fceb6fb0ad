'use strict';
// Paths of Windows.

const { validateString, validateObject } = require('internal/errors');

const isSlash = (c) => c === '/' || c === '\\';

// split tells device ("C:" or "\\server\share"), whether the rest is absolute,
// and the rest.
function split(path) {
  const unc = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path);
  if (unc) return { device: `\\\\${unc[1]}\\${unc[2]}`, unc: true, absolute: true, length: unc[0].length, rest: path.slice(unc[0].length) };
  const drive = /^[a-zA-Z]:/.exec(path);
  const device = drive ? drive[0] : '';
  const rest = path.slice(device.length);
  return { device, unc: false, absolute: rest.length > 0 && isSlash(rest[0]), length: device.length, rest };
}

function squeeze(path, absolute) {
  const out = [];
  for (const segment of path.split(/[\\/]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') out.push(segment);
    else if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
    else if (!absolute) out.push('..');
  }
  return out.join('\\');
}

function normalize(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const { device, unc, absolute, rest } = split(path);
  let tail = squeeze(rest, absolute);
  if (tail.length === 0 && !absolute) tail = '.';
  if (tail.length > 0 && isSlash(path[path.length - 1])) tail += '\\';
  if (unc) return tail.length > 0 ? `${device}\\${tail}` : `${device}\\`;
  return absolute ? `${device}\\${tail}` : `${device}${tail}`;
}

function isAbsolute(path) {
  validateString(path, 'path');
  return path.length > 0 && (isSlash(path[0]) || /^[a-zA-Z]:[\\/]/.test(path));
}

function join(...paths) {
  const parts = [];
  for (const path of paths) {
    validateString(path, 'path');
    if (path.length > 0) parts.push(path);
  }
  if (parts.length === 0) return '.';
  let joined = parts.join('\\');
  // A double slash at the start means a share only if the first part had it.
  if (isSlash(joined[0]) && isSlash(joined[1] || '') && !/^[\\/]{2}[^\\/]/.test(parts[0])) joined = joined.replace(/^[\\/]+/, '\\');
  return normalize(joined);
}

function resolve(...paths) {
  let device = '';
  let tail = '';
  let absolute = false;
  for (let i = paths.length - 1; i >= -1; i--) {
    let path;
    if (i >= 0) {
      path = paths[i];
      validateString(path, `paths[${i}]`);
      if (path.length === 0) continue;
    } else {
      path = process.cwd();
      if (device.length > 0 && split(path).device.toLowerCase() !== device.toLowerCase()) path = `${device}\\`;
    }
    const part = split(path);
    if (part.device.length > 0) {
      if (device.length > 0 && part.device.toLowerCase() !== device.toLowerCase()) continue;
      if (device.length === 0) device = part.device;
    }
    if (absolute) {
      if (device.length > 0) break;
    } else {
      tail = `${part.rest}\\${tail}`;
      absolute = part.absolute;
      if (absolute && device.length > 0) break;
    }
  }
  tail = squeeze(tail, absolute);
  return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
}

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  const origin = resolve(from);
  const target = resolve(to);
  if (origin.toLowerCase() === target.toLowerCase()) return '';
  const a = origin.split('\\').filter(Boolean);
  const b = target.split('\\').filter(Boolean);
  let same = 0;
  while (same < a.length && same < b.length && a[same].toLowerCase() === b[same].toLowerCase()) same++;
  if (same === 0) return target;
  return [...new Array(a.length - same).fill('..'), ...b.slice(same)].join('\\');
}

function dirname(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const { length, absolute, unc } = split(path);
  const rootEnd = absolute && path.length > length ? length + 1 : length;
  let end = path.length;
  while (end > rootEnd && isSlash(path[end - 1])) end--;
  if (end <= rootEnd) return unc || absolute || length > 0 ? path.slice(0, Math.max(rootEnd, 0)) || path : '.';
  while (end > rootEnd && !isSlash(path[end - 1])) end--;
  if (end <= rootEnd) return rootEnd > 0 ? path.slice(0, rootEnd) : '.';
  while (end > rootEnd && isSlash(path[end - 1])) end--;
  return end > 0 ? path.slice(0, end) : '.';
}

function base(path) {
  const from = /^[a-zA-Z]:/.test(path) ? 2 : 0;
  let end = path.length;
  while (end > from && isSlash(path[end - 1])) end--;
  let start = end;
  while (start > from && !isSlash(path[start - 1])) start--;
  return path.slice(start, end);
}

function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  const name = base(path);
  if (suffix === undefined || suffix.length === 0 || suffix.length > path.length) return name;
  if (suffix === path) return '';
  return name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

function extensionOf(name) {
  const dot = name.lastIndexOf('.');
  return dot <= 0 || name === '..' ? '' : name.slice(dot);
}

function extname(path) {
  validateString(path, 'path');
  return extensionOf(base(path));
}

function format(pathObject) {
  validateObject(pathObject, 'pathObject');
  const dir = pathObject.dir || pathObject.root;
  const { ext } = pathObject;
  const name = pathObject.base || `${pathObject.name || ''}${ext ? `${ext[0] === '.' ? '' : '.'}${ext}` : ''}`;
  if (!dir) return name;
  return dir === pathObject.root ? `${dir}${name}` : `${dir}\\${name}`;
}

function parse(path) {
  validateString(path, 'path');
  const parsed = { root: '', dir: '', base: '', ext: '', name: '' };
  if (path.length === 0) return parsed;
  const { length, absolute } = split(path);
  parsed.root = path.slice(0, absolute && path.length > length ? length + 1 : length);
  const tail = path.slice(parsed.root.length);
  parsed.base = tail.length > 0 ? base(tail) : '';
  parsed.ext = extensionOf(parsed.base);
  parsed.name = parsed.ext === '' ? parsed.base : parsed.base.slice(0, -parsed.ext.length);
  const dir = tail.replace(/[\\/]+$/, '').replace(/[\\/]*[^\\/]*$/, '');
  parsed.dir = dir.length > 0 ? parsed.root + dir : parsed.root;
  return parsed;
}

function toNamespacedPath(path) {
  if (typeof path !== 'string' || path.length === 0) return path;
  const full = resolve(path);
  if (full.length <= 2) return path;
  if (full.startsWith('\\\\')) return full[2] === '?' || full[2] === '.' ? path : `\\\\?\\UNC\\${full.slice(2)}`;
  return /^[a-zA-Z]:\\/.test(full) ? `\\\\?\\${full}` : path;
}

exports.make = (posix) => {
  const win32 = {
    resolve, normalize, isAbsolute, join, relative, toNamespacedPath, dirname, basename, extname, format, parse,
    matchesGlob: (path, pattern) => posix.matchesGlob(path.replaceAll('\\', '/'), pattern.replaceAll('\\', '/')),
    sep: '\\', delimiter: ';', win32: null, posix, _makeLong: toNamespacedPath,
  };
  win32.win32 = win32;
  return win32;
};
