'use strict';
// process.stdout, stderr and stdin. What is written becomes log records: one
// for each write, without its last line break.

const { Readable, Writable } = require('stream');

exports.output = (fd, level) => {
  const stream = new Writable({
    decodeStrings: false,
    autoDestroy: false,
    write(chunk, encoding, callback) {
      let text = typeof chunk === 'string' ? chunk : require('buffer').Buffer.from(chunk).toString();
      if (text.endsWith('\n')) text = text.slice(0, -1);
      if (text !== '') native.log(level, text);
      callback();
    },
  });
  stream.fd = fd;
  stream._type = 'pipe';
  stream._isStdio = true;
  stream.destroySoon = stream.destroy;
  stream._destroy = (error, callback) => callback(error);
  return stream;
};

exports.input = () => {
  const stream = new Readable({ read() { this.push(null); } });
  stream.fd = 0;
  return stream;
};
