'use strict';
// The readline/promises module.

const readline = require('readline');
const { AbortError } = require('internal/errors');

class Interface extends readline.Interface {
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const signal = options.signal;
      const abort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      if (signal && signal.aborted) {
        abort();
        return;
      }
      if (signal) signal.addEventListener('abort', abort, { once: true });
      super.question(query, options, resolve);
    });
  }
}

// Readline collects control sequences until commit.
class Readline {
  #stream;
  #todo = [];

  constructor(stream) {
    this.#stream = stream;
  }

  #add(fn, ...args) {
    fn({ write: (text) => this.#todo.push(text) }, ...args);
    return this;
  }

  cursorTo(x, y) { return this.#add(readline.cursorTo, x, y); }
  moveCursor(dx, dy) { return this.#add(readline.moveCursor, dx, dy); }
  clearLine(dir) { return this.#add(readline.clearLine, dir); }
  clearScreenDown() { return this.#add(readline.clearScreenDown); }

  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#todo.join(''), resolve);
      this.#todo = [];
    });
  }

  rollback() {
    this.#todo = [];
    return this;
  }
}

exports.Interface = Interface;
exports.Readline = Readline;
exports.createInterface = function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
};
