'use strict';
// What the frames say, and the failures that no thrown error describes. The
// words are those of the embedded engine; a test compares them.

const { block, varint } = require('./frames.js');

// Places in the memory that is shared with the guard (frames.js has another),
// and the values of PHASE.
exports.PHASE = 0;
exports.LIMIT = 2; // of the invocation, ms
exports.SERIAL = 3; // counts invocations
exports.BEGAN = 4; // now() at its start
exports.PLACES = 5;
exports.IDLE = 0;
exports.LOAD = 1;
exports.RUN = 2;

// now is a time that all threads share, in ms, as far as it fits a place.
exports.MASK = 0x3fffffff;
exports.now = () => Math.round(performance.timeOrigin + performance.now()) & exports.MASK;

const MB = 1024 * 1024;

exports.timeout = (ms) => ({ cause: 'timeout', errorType: '', errorMessage: `Task timed out after ${(ms / 1000).toFixed(2)} seconds` });

exports.memory = (used, limit) => ({
  cause: 'memory',
  errorType: 'Runtime.OutOfMemory',
  errorMessage: `Runtime exited with error: signal: killed (about ${Math.floor(used / MB)} MB used of ${Math.floor(limit / MB)} MB)`,
  hint: 'the figure is the resident memory of the Node process, see docs/engines.md',
});

exports.exit = (code) => ({
  cause: 'exit',
  errorType: '',
  errorMessage: code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason',
});

exports.noMain = (found) => ({
  cause: 'no-main',
  errorType: found === undefined ? 'Runtime.HandlerNotFound' : 'TypeError',
  errorMessage: found === undefined ? 'main is undefined or not exported' : 'main is not a function',
  hint: 'export the handler: exports.main = async (context) => { … }',
});

exports.noResponse = (callback) => ({
  cause: 'no-response',
  errorType: 'Runtime.NoResponse',
  errorMessage: 'nothing is left to run and main has not answered',
  hint: callback ? 'call sendResponse({ statusCode, body }) on every path' : 'main awaits a promise that never settles',
});

exports.tooLarge = (size, limit) => ({
  cause: 'response',
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size (${size} bytes) exceeded maximum allowed payload size (${limit} bytes).`,
});

exports.NOT_JSON = 'return plain data: what JSON.stringify cannot write cannot be answered';

const NANO = 1e6; // nanoseconds in a millisecond

// ready is the body of the frame that answers a start.
exports.ready = (ms, error) => Buffer.from(JSON.stringify({ init: Math.round(ms * NANO), ...(error ? { error } : {}) }));

// done is the body of the frame that ends an invocation.
exports.done = (ms, memory, error, payload) => [
  varint(Math.round(ms * NANO)), varint(memory), block('node'), block(error ? JSON.stringify(error) : ''), Buffer.from(payload),
];

// log is the body of a log record.
exports.log = (now, level, text) => [varint(BigInt(now) * BigInt(NANO)), block(level), Buffer.from(text)];
