'use strict';
// Errors as Node words them, and how any thrown value is described.

function codeError(Base, code, message) {
  const error = new Base(message);
  Object.defineProperty(error, 'code', { value: code, writable: true, enumerable: true, configurable: true });
  return error;
}

exports.codeError = codeError;

function received(value) {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor && value.constructor.name) return ` Received an instance of ${value.constructor.name}`;
    return ' Received [Object: null prototype] {}';
  }
  let text = typeof value === 'string' ? `'${value.length > 28 ? value.slice(0, 25) + '...' : value}'` : String(value);
  if (typeof value === 'bigint') text += 'n';
  return ` Received type ${typeof value} (${text})`;
}

exports.received = received;

exports.invalidArgType = (name, expected, value) => {
  const what = name.includes('.') ? 'property' : 'argument';
  return codeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${what} must be of type ${expected}.${received(value)}`);
};

exports.describe = (error) => {
  const text = (v) => {
    try {
      return String(v);
    } catch {
      return '[object]';
    }
  };
  if (error === null || typeof error !== 'object' || typeof error.stack !== 'string') {
    return { name: '', message: text(error), stack: '', code: '' };
  }
  return {
    name: text(error.name),
    message: text(error.message),
    stack: error.stack,
    code: typeof error.code === 'string' ? error.code : '',
  };
};
