'use strict';
// The frames of package worker, on two file descriptors: a length (4 bytes,
// little endian, of what follows), a kind (1 byte) and a body. Writing and
// reading block: while nothing runs, the process stands still as a frozen sandbox
// does.

const fs = require('fs');

const { readSync, read, writeSync } = fs;
const LOCK = 1; // place in state: held while a frame is written

exports.LOCK = LOCK;

// writer gives a function that sends one frame. state is shared with the guard,
// which writes too.
exports.writer = (fd, state) => (kind, parts) => {
  const size = parts.reduce((n, part) => n + part.length, 1);
  const head = Buffer.allocUnsafe(5);
  head.writeUInt32LE(size, 0);
  head[4] = kind.charCodeAt(0);
  const frame = Buffer.concat([head, ...parts]);
  while (Atomics.compareExchange(state, LOCK, 0, 1) !== 0) Atomics.wait(state, LOCK, 1, 1);
  try {
    for (let at = 0; at < frame.length;) at += writeSync(fd, frame, at, frame.length - at);
  } finally {
    Atomics.store(state, LOCK, 0);
    Atomics.notify(state, LOCK);
  }
};

// end leaves the process: the other side has gone, or wishes it.
function end() {
  process.kill(process.pid, 'SIGKILL');
}

function fill(fd, buffer) {
  for (let at = 0; at < buffer.length;) {
    let n = 0;
    try {
      n = readSync(fd, buffer, at, buffer.length - at, null);
    } catch (error) {
      if (error.code === 'EAGAIN') continue;
    }
    if (n === 0) end();
    at += n;
  }
  return buffer;
}

function rest(fd, head) {
  const body = Buffer.allocUnsafe(head.readUInt32LE(0) - 1);
  return { kind: String.fromCharCode(head[4]), body: fill(fd, body) };
}

// next waits for a frame and blocks the process meanwhile.
exports.next = (fd) => rest(fd, fill(fd, Buffer.allocUnsafe(5)));

// nextLater waits for a frame and lets everything else run: a debugger needs
// that.
exports.nextLater = (fd, callback) => {
  const head = Buffer.allocUnsafe(5);
  read(fd, head, 0, 1, null, (error, n) => {
    if (error || n === 0) end();
    fill(fd, head.subarray(1));
    callback(rest(fd, head));
  });
};

// Integers as encoding/binary has them: unsigned, and signed in zigzag form.

exports.uvarint = (value) => {
  const bytes = [];
  let n = BigInt(value);
  while (n >= 0x80n) {
    bytes.push(Number(n & 0x7fn) | 0x80);
    n >>= 7n;
  }
  bytes.push(Number(n));
  return Buffer.from(bytes);
};

exports.varint = (value) => {
  const n = BigInt(value);
  return exports.uvarint(n < 0n ? ~(n << 1n) : n << 1n);
};

// block is a byte string with its length in front.
exports.block = (text) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([exports.uvarint(bytes.length), bytes]);
};

// Reader takes values off the front of a body.
exports.Reader = class Reader {
  constructor(body) {
    this.body = body;
    this.at = 0;
  }

  uvarint() {
    let n = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.body[this.at++];
      n |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return n;
    }
  }

  varint() {
    const n = this.uvarint();
    return n & 1n ? ~(n >> 1n) : n >> 1n;
  }

  block() {
    const size = Number(this.uvarint());
    this.at += size;
    return this.body.toString('utf8', this.at - size, this.at);
  }

  rest() {
    return this.body.toString('utf8', this.at);
  }
};
