'use strict';
// Each call of the global console is one log record, and so is each write to
// stdout or stderr.

const fs = require('fs');
const { Console } = require('console');
const { Readable, Writable } = require('stream');

const LEVELS = { debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE', assert: 'WARN' };

// install directs everything to record(level, text).
exports.install = (record) => {
  globalConsole(record);
  streams(record);
  descriptors(record);
};

function withoutBreak(text) {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

function globalConsole(record) {
  let level = null; // of the method that runs
  const sink = (other) => new Writable({
    decodeStrings: false,
    write(chunk, encoding, callback) {
      record(level === null ? other : level, withoutBreak(String(chunk)));
      callback();
    },
  });
  const inner = new Console({ stdout: sink('INFO'), stderr: sink('ERROR'), colorMode: false });
  for (const name of Object.keys(inner)) {
    if (typeof inner[name] !== 'function' || name === 'Console') continue;
    const method = {
      [name](...args) {
        const before = level;
        if (level === null) level = LEVELS[name] || 'INFO';
        try {
          return inner[name](...args);
        } finally {
          level = before;
        }
      },
    }[name];
    Object.defineProperty(console, name, { value: method, writable: true, enumerable: true, configurable: true });
  }
}

// writing gives a function that records what is written.
function writing(record, level) {
  return (chunk) => {
    const text = withoutBreak(typeof chunk === 'string' ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString());
    if (text !== '') record(level, text);
  };
}

function streams(record) {
  for (const [name, level] of [['stdout', 'INFO'], ['stderr', 'ERROR']]) {
    const put = writing(record, level);
    const { get } = Object.getOwnPropertyDescriptor(process, name);
    let stream;
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get() {
        if (stream === undefined) {
          stream = get.call(process);
          stream.write = function write(chunk, encoding, callback) {
            if (typeof encoding === 'function') callback = encoding;
            put(chunk);
            if (typeof callback === 'function') process.nextTick(callback);
            return true;
          };
        }
        return stream;
      },
    });
  }
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    enumerable: true,
    get() {
      const value = new Readable({ read() { this.push(null); } });
      value.fd = 0;
      Object.defineProperty(process, 'stdin', { value, configurable: true, enumerable: true, writable: true });
      return value;
    },
  });
}

// descriptors catches what loggers write past the streams, to the file
// descriptors 1 and 2.
function descriptors(record) {
  const puts = { 1: writing(record, 'INFO'), 2: writing(record, 'ERROR') };
  const { writeSync, write } = fs;
  const part = (data, offset, length) => {
    if (typeof data === 'string') return data;
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    if (offset !== null && typeof offset === 'object') ({ offset, length } = offset);
    const from = typeof offset === 'number' ? offset : 0;
    return bytes.subarray(from, typeof length === 'number' ? from + length : undefined);
  };
  const isData = (data) => typeof data === 'string' || ArrayBuffer.isView(data);
  fs.writeSync = function writeSync_(fd, data, offset, length, ...more) {
    if (puts[fd] === undefined || !isData(data)) return writeSync.call(fs, fd, data, offset, length, ...more);
    const piece = part(data, offset, length);
    puts[fd](piece);
    return Buffer.byteLength(piece);
  };
  fs.write = function write_(fd, data, ...more) {
    const callback = more[more.length - 1];
    if (puts[fd] === undefined || !isData(data) || typeof callback !== 'function') return write.call(fs, fd, data, ...more);
    const piece = part(data, ...more);
    puts[fd](piece);
    process.nextTick(callback, null, Buffer.byteLength(piece), data);
    return undefined;
  };
  for (const [made, of] of [[fs.writeSync, writeSync], [fs.write, write]]) {
    for (const key of ['name', 'length']) Object.defineProperty(made, key, { value: of[key], configurable: true });
  }
}
