'use strict';
// What this process used of the memory at most, in bytes of resident memory.

const fs = require('fs');
const { resourceUsage } = process;

const STATUS = '/proc/self/status';
const text = Buffer.alloc(4096);
let file; // the open STATUS

// The resource usage of Linux counts what the process was before it became Node:
// a copy of a larger one.
function fromStatus() {
  file ??= fs.openSync(STATUS);
  const status = text.latin1Slice(0, fs.readSync(file, text, 0, text.length, 0));
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]) * 1024;
}

function fromUsage() {
  return resourceUsage().maxRSS * 1024;
}

module.exports = process.platform === 'linux' ? fromStatus : fromUsage;
