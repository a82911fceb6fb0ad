'use strict';
// Stacks in V8's form, beyond what the engine writes itself.

// The engine's own form, which errors that it makes without a class have:
// "\tat fn (file:line:col(pc))".
const FRAME = /^\tat (.*?)(?:\(\d+\))?(\))?$/;

function v8(stack) {
  const start = stack.indexOf('\n\tat ');
  if (start === -1) return stack;
  const lines = stack.slice(start + 1).trimEnd().split('\n');
  const own = lines.filter((line) => !line.includes('node:') && !/native\)?$/.test(line));
  return [stack.slice(0, start), ...own.map((line) => line.replace(FRAME, '    at $1$2'))].join('\n');
}

exports.stackOf = (error) => {
  const { stack } = error;
  return typeof stack === 'string' ? v8(stack) : stack;
};

// capture gives the stack of the call of fn, which is itself left out.
exports.capture = (error, fn) => {
  Error.captureStackTrace(error, fn);
  return error.stack;
};

// CallSite is what Error.prepareStackTrace gets of a frame.
class CallSite {
  #function;
  #file;
  #line;
  #column;
  #text;

  constructor([fn, file, line, column, text]) {
    this.#function = fn;
    this.#file = file;
    this.#line = line;
    this.#column = column;
    this.#text = text;
  }

  getThis() {
    return undefined;
  }

  getTypeName() {
    return this.#function === '' ? null : 'Object';
  }

  getFunction() {
    return undefined;
  }

  getFunctionName() {
    return this.#function === '' ? null : this.#function;
  }

  getMethodName() {
    return null;
  }

  getFileName() {
    return this.#line === 0 ? null : this.#file;
  }

  getLineNumber() {
    return this.#line === 0 ? null : this.#line;
  }

  getColumnNumber() {
    return this.#line === 0 ? null : this.#column;
  }

  getEvalOrigin() {
    return undefined;
  }

  getScriptNameOrSourceURL() {
    return this.getFileName();
  }

  getScriptHash() {
    return '';
  }

  getEnclosingLineNumber() {
    return this.getLineNumber();
  }

  getEnclosingColumnNumber() {
    return this.getColumnNumber();
  }

  getPosition() {
    return 0;
  }

  getPromiseIndex() {
    return null;
  }

  isToplevel() {
    return true;
  }

  isEval() {
    return false;
  }

  isNative() {
    return this.#line === 0;
  }

  isConstructor() {
    return false;
  }

  isAsync() {
    return false;
  }

  isPromiseAll() {
    return false;
  }

  toString() {
    return this.#text;
  }
}

exports.callSites = (frames) => frames.map((frame) => new CallSite(frame));
