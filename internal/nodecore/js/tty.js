'use strict';
// The tty module: nothing is a terminal.

const { codeError } = require('internal/errors');

exports.isatty = function isatty() {
  return false;
};

function refuse(fd) {
  if (fd >> 0 !== fd || fd < 0) throw codeError(RangeError, 'ERR_INVALID_FD', `"fd" must be a positive integer: ${String(fd)}`);
  const error = codeError(Error, 'ERR_TTY_INIT_FAILED', 'TTY initialization failed: uv_tty_init returned EINVAL (invalid argument)');
  Object.defineProperty(error, 'name', { value: 'SystemError', writable: true, configurable: true });
  throw error;
}

// The classes exist for instanceof, process.stdout is none of them.
exports.ReadStream = function ReadStream(fd, options) { // eslint-disable-line no-unused-vars
  refuse(fd);
};
exports.WriteStream = function WriteStream(fd) {
  refuse(fd);
};
Object.setPrototypeOf(exports.WriteStream.prototype, {
  isTTY: true,
  getColorDepth() {
    return 1;
  },
  hasColors(count = 16) {
    return typeof count === 'number' && count <= 2;
  },
  getWindowSize() {
    return [80, 24];
  },
});
