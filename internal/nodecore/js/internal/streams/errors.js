'use strict';
// Stands in for readable-stream's own errors: the same constructors, giving
// errors that are made as Node's are.

const errors = require('internal/errors');

const codes = {
  // readable-stream names what its own writes take; stream.js takes more.
  ERR_INVALID_ARG_TYPE: (name, expected, value) =>
    errors.invalidArgType(name, name === 'chunk' ? ['string', 'Buffer', 'TypedArray', 'DataView'] : expected, value),
  ERR_INVALID_ARG_VALUE: errors.invalidArgValue,
  ERR_MISSING_ARGS: errors.missingArgs,
  ERR_OUT_OF_RANGE: errors.outOfRange,
  ERR_UNKNOWN_ENCODING: errors.unknownEncoding,
};

function define(code, Base, message) {
  codes[code] = (...args) => errors.codeError(Base, code, message(...args));
}

define('ERR_INVALID_RETURN_VALUE', TypeError, (input, name, value) => {
  const got = value && value.constructor && value.constructor.name ? `an instance of ${value.constructor.name}` : `type ${typeof value}`;
  return `Expected ${input} to be returned from the "${name}" function but got ${got}.`;
});
define('ERR_ASSERTION', Error, (text) => text);
define('ERR_INTERNAL_ASSERTION', Error, (text) => text);
define('ERR_MULTIPLE_CALLBACK', Error, () => 'Callback called multiple times');
define('ERR_METHOD_NOT_IMPLEMENTED', Error, (name) => `The ${name} method is not implemented`);
define('ERR_STREAM_ALREADY_FINISHED', Error, (name) => `Cannot call ${name} after a stream was finished`);
define('ERR_STREAM_CANNOT_PIPE', Error, () => 'Cannot pipe, not readable');
define('ERR_STREAM_DESTROYED', Error, (name) => `Cannot call ${name} after a stream was destroyed`);
define('ERR_STREAM_NULL_VALUES', TypeError, () => 'May not write null values to stream');
define('ERR_STREAM_PREMATURE_CLOSE', Error, () => 'Premature close');
define('ERR_STREAM_PUSH_AFTER_EOF', Error, () => 'stream.push() after EOF');
define('ERR_STREAM_UNSHIFT_AFTER_END_EVENT', Error, () => 'stream.unshift() after end event');
define('ERR_STREAM_WRITE_AFTER_END', Error, () => 'write after end');

// readable-stream calls them with new; an arrow function cannot be.
exports.codes = {};
for (const [code, make] of Object.entries(codes)) {
  exports.codes[code] = function NodeError(...args) {
    return make(...args);
  };
}

exports.AbortError = errors.AbortError;
exports.hideStackFrames = (fn) => fn;
exports.aggregateTwoErrors = (inner, outer) => {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  const both = new AggregateError([outer, inner], outer.message);
  both.code = outer.code;
  return both;
};
