'use strict';
// Stats, Dirent and StatFs.

const S_IFMT = 61440;
const KINDS = { isDirectory: 16384, isFile: 32768, isBlockDevice: 24576, isCharacterDevice: 8192, isSymbolicLink: 40960, isFIFO: 4096, isSocket: 49152 };

function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
}
for (const [name, kind] of Object.entries(KINDS)) {
  StatsBase.prototype[name] = { [name]() { return this._checkModeProperty(kind); } }[name];
}

function date(ms) {
  return new Date(Math.floor(Number(ms) + 0.5));
}

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
  this.atime = date(atimeMs);
  this.mtime = date(mtimeMs);
  this.ctime = date(ctimeMs);
  this.birthtime = date(birthtimeMs);
}
Object.setPrototypeOf(Stats.prototype, StatsBase.prototype);
Object.setPrototypeOf(Stats, StatsBase);
Stats.prototype.isFile = StatsBase.prototype.isFile;
Stats.prototype._checkModeProperty = function _checkModeProperty(kind) {
  return (this.mode & S_IFMT) === kind;
};

function BigIntStats(numbers, ns) {
  StatsBase.apply(this, numbers);
  ['atime', 'mtime', 'ctime', 'birthtime'].forEach((name, i) => { this[`${name}Ms`] = ns[i] / 1000000n; });
  ['atime', 'mtime', 'ctime', 'birthtime'].forEach((name, i) => { this[`${name}Ns`] = ns[i]; });
  ['atime', 'mtime', 'ctime', 'birthtime'].forEach((name, i) => { this[name] = date(ns[i] / 1000000n); });
}
Object.setPrototypeOf(BigIntStats.prototype, StatsBase.prototype);
Object.setPrototypeOf(BigIntStats, StatsBase);
BigIntStats.prototype._checkModeProperty = function _checkModeProperty(kind) {
  return (this.mode & BigInt(S_IFMT)) === BigInt(kind);
};

// make gives the stats of the list that Go's statOf makes.
exports.make = (list, bigint) => {
  const numbers = list.slice(0, 10);
  if (bigint) {
    const ns = [10, 12, 14, 16].map((i) => BigInt(list[i]) * 1000000000n + BigInt(list[i + 1]));
    return new BigIntStats(numbers.map(BigInt), ns);
  }
  const ms = [10, 12, 14, 16].map((i) => list[i] * 1000 + list[i + 1] / 1000000);
  return new Stats(...numbers, ...ms);
};

const type = Symbol('type');
const DIRENTS = { isDirectory: 2, isFile: 1, isBlockDevice: 7, isCharacterDevice: 6, isSymbolicLink: 3, isFIFO: 4, isSocket: 5 };

class Dirent {
  constructor(name, kind, path) {
    this.name = name;
    this.parentPath = path;
    this.path = path;
    this[type] = kind;
  }
}
for (const [name, kind] of Object.entries(DIRENTS)) {
  Object.defineProperty(Dirent.prototype, name, {
    value: { [name]() { return this[type] === kind; } }[name], writable: true, enumerable: false, configurable: true,
  });
}

class StatFs {
  constructor(list, bigint) {
    ['type', 'bsize', 'blocks', 'bfree', 'bavail', 'files', 'ffree'].forEach((name, i) => {
      this[name] = bigint ? BigInt(list[i]) : list[i];
    });
  }
}

exports.Stats = Stats;
exports.Dirent = Dirent;
exports.StatFs = StatFs;
