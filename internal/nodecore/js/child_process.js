'use strict';
// The child_process module: refused, see internal/refused.

const EventEmitter = require('events');
const { refused } = require('internal/errors');
const { fns } = require('internal/refused');

const WHY = 'a function runs alone in its sandbox and cannot start programs there';

function ChildProcess() {
  EventEmitter.call(this);
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);
ChildProcess.prototype.spawn = function spawn() {
  throw refused('child_process.spawn', WHY);
};

fns(exports, 'child_process', { _forkChild: 2 }, WHY);
exports.ChildProcess = ChildProcess;
fns(exports, 'child_process', { exec: 3, execFile: 4, execFileSync: 3, execSync: 2, fork: 1, spawn: 3, spawnSync: 3 }, WHY);
