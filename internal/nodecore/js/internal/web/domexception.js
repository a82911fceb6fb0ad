'use strict';
// DOMException.

const LEGACY = {
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7,
  NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12,
  InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18,
  NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24,
  DataCloneError: 25,
};

const CONSTANTS = {
  INDEX_SIZE_ERR: 1, DOMSTRING_SIZE_ERR: 2, HIERARCHY_REQUEST_ERR: 3, WRONG_DOCUMENT_ERR: 4, INVALID_CHARACTER_ERR: 5,
  NO_DATA_ALLOWED_ERR: 6, NO_MODIFICATION_ALLOWED_ERR: 7, NOT_FOUND_ERR: 8, NOT_SUPPORTED_ERR: 9, INUSE_ATTRIBUTE_ERR: 10,
  INVALID_STATE_ERR: 11, SYNTAX_ERR: 12, INVALID_MODIFICATION_ERR: 13, NAMESPACE_ERR: 14, INVALID_ACCESS_ERR: 15,
  VALIDATION_ERR: 16, TYPE_MISMATCH_ERR: 17, SECURITY_ERR: 18, NETWORK_ERR: 19, ABORT_ERR: 20, URL_MISMATCH_ERR: 21,
  QUOTA_EXCEEDED_ERR: 22, TIMEOUT_ERR: 23, INVALID_NODE_TYPE_ERR: 24, DATA_CLONE_ERR: 25,
};

// An Error is made and given this prototype, so that it has a stack and counts
// as an error, while name, message and code come from the prototype as in Node.
const facts = new WeakMap();

function factsOf(exception) {
  const found = facts.get(exception);
  if (!found) throw new TypeError('Illegal invocation');
  return found;
}

function DOMException(message = '', options = 'Error') {
  if (!new.target) throw new TypeError("Class constructor DOMException cannot be invoked without 'new'");
  const error = new Error();
  Object.setPrototypeOf(error, new.target.prototype);
  const isBag = options !== null && typeof options === 'object';
  const name = isBag ? (options.name === undefined ? 'Error' : String(options.name)) : String(options);
  if (isBag && 'cause' in options) Object.defineProperty(error, 'cause', { value: options.cause, configurable: true, writable: true, enumerable: false });
  message = String(message);
  delete error.message;
  facts.set(error, { name, message });
  const stack = typeof error.stack === 'string' ? error.stack.split('\n').slice(1).join('\n') : '';
  Object.defineProperty(error, 'stack', { value: `${name}: ${message}\n${stack}`, configurable: true, writable: true, enumerable: false });
  return error;
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperty(DOMException, 'prototype', { writable: false });
Object.defineProperties(DOMException.prototype, {
  name: { enumerable: true, configurable: true, get() { return factsOf(this).name; } },
  message: { enumerable: true, configurable: true, get() { return factsOf(this).message; } },
  code: { enumerable: true, configurable: true, get() { return LEGACY[factsOf(this).name] || 0; } },
  [Symbol.toStringTag]: { configurable: true, value: 'DOMException' },
});
for (const [name, value] of Object.entries(CONSTANTS)) {
  Object.defineProperty(DOMException, name, { enumerable: true, value });
  Object.defineProperty(DOMException.prototype, name, { enumerable: true, value });
}

exports.DOMException = DOMException;
