'use strict';
// stream.duplexPair: two streams, each of which reads what the other is given.

const { Duplex } = require('stream');

class Side extends Duplex {
  other = null;
  #taken = null; // the other side's callback, called once this side has read

  _read() {
    const taken = this.#taken;
    this.#taken = null;
    if (taken) taken();
  }

  receive(chunk, callback) {
    if (chunk.length === 0) {
      process.nextTick(callback);
      return;
    }
    this.push(chunk);
    this.#taken = callback;
  }

  _write(chunk, encoding, callback) {
    this.other.receive(chunk, callback);
  }

  _final(callback) {
    this.other.on('end', callback);
    this.other.push(null);
  }
}

module.exports = (options) => {
  const a = new Side(options);
  const b = new Side(options);
  for (const [side, other] of [[a, b], [b, a]]) Object.defineProperty(side, 'other', { value: other, enumerable: false });
  return [a, b];
};
