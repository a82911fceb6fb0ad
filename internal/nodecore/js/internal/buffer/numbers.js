'use strict';
// Buffer's reads and writes of numbers.

const { codeError, outOfRange, validateNumber } = require('internal/errors');

function outside(value, length, name) {
  if (Math.floor(value) !== value) {
    validateNumber(value, name || 'offset');
    throw outOfRange(name || 'offset', 'an integer', value);
  }
  if (length < 0) throw codeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  throw outOfRange(name || 'offset', `>= ${name ? 1 : 0} and <= ${length}`, value);
}

function check(b, offset, size) {
  if (typeof offset !== 'number') validateNumber(offset, 'offset');
  if (b[offset] === undefined || b[offset + size - 1] === undefined) outside(offset, b.length - size);
}

// The unsigned number at a position that has been checked.
const LOAD = {
  LE: {
    1: (b, i) => b[i],
    2: (b, i) => b[i] + b[i + 1] * 0x100,
    3: (b, i) => b[i] + b[i + 1] * 0x100 + b[i + 2] * 0x10000,
    4: (b, i) => b[i] + b[i + 1] * 0x100 + b[i + 2] * 0x10000 + b[i + 3] * 0x1000000,
    5: (b, i) => LOAD.LE[4](b, i) + b[i + 4] * 2 ** 32,
    6: (b, i) => LOAD.LE[4](b, i) + b[i + 4] * 2 ** 32 + b[i + 5] * 2 ** 40,
  },
  BE: {
    1: (b, i) => b[i],
    2: (b, i) => b[i] * 0x100 + b[i + 1],
    3: (b, i) => b[i] * 0x10000 + b[i + 1] * 0x100 + b[i + 2],
    4: (b, i) => b[i] * 0x1000000 + b[i + 1] * 0x10000 + b[i + 2] * 0x100 + b[i + 3],
    5: (b, i) => b[i] * 2 ** 32 + LOAD.BE[4](b, i + 1),
    6: (b, i) => b[i] * 2 ** 40 + b[i + 1] * 2 ** 32 + LOAD.BE[4](b, i + 2),
  },
};

function signed(n, size) {
  const half = 2 ** (size * 8 - 1);
  return n < half ? n : n - 2 * half;
}

function store(b, value, offset, size, big) {
  let low = value;
  let high = 0;
  if (size > 4) high = Math.floor(value * 2 ** -32);
  for (let i = 0; i < size; i++) {
    if (i === 4) low = high;
    b[big ? offset + size - 1 - i : offset + i] = low;
    low >>>= 8;
  }
  return offset + size;
}

function checkValue(value, min, max, size) {
  if (value <= max && value >= min) return;
  if (value !== value) return; // NaN is written as 0
  const n = typeof min === 'bigint' ? 'n' : '';
  if (size <= 4) throw outOfRange('value', `>= ${min}${n} and <= ${max}${n}`, value);
  const bits = size * 8;
  if (min == 0) throw outOfRange('value', `>= 0${n} and < 2${n} ** ${bits}${n}`, value);
  throw outOfRange('value', `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`, value);
}

function write(b, value, offset, size, big, min, max) {
  value = +value;
  if (size === 1 && typeof offset !== 'number') validateNumber(offset, 'offset');
  checkValue(value, min, max, size);
  check(b, offset, size);
  if (size === 1) {
    b[offset] = value;
    return offset + 1;
  }
  return store(b, value, offset, size, big);
}

function limits(size, isSigned) {
  const all = 2 ** (size * 8);
  return isSigned ? [-all / 2, all / 2 - 1] : [0, all - 1];
}

// The bytes of a float, in the order of this machine: little-endian, as of all
// machines that this runs on.
const scratch = new Uint8Array(8);
const floats = { 4: new Float32Array(scratch.buffer), 8: new Float64Array(scratch.buffer) };

exports.install = (proto) => {
  const add = (names, fn) => {
    Object.defineProperty(fn, 'name', { value: names[0], configurable: true });
    for (const name of names) proto[name] = fn;
  };
  // readUInt16LE is readUint16LE too.
  const both = (name) => (name.includes('UInt') ? [name, name.replace('UInt', 'Uint')] : [name]);

  for (const end of ['LE', 'BE']) {
    const big = end === 'BE';
    for (const isSigned of [false, true]) {
      const kind = isSigned ? 'Int' : 'UInt';
      add(both(`readBig${kind}64${end}`), function (offset = 0) {
        check(this, offset, 8);
        const first = BigInt(LOAD[end][4](this, offset));
        const second = BigInt(LOAD[end][4](this, offset + 4));
        const n = big ? (first << 32n) + second : (second << 32n) + first;
        return isSigned ? BigInt.asIntN(64, n) : n;
      });
      const min = isSigned ? -(2n ** 63n) : 0n;
      const max = isSigned ? 2n ** 63n - 1n : 2n ** 64n - 1n;
      add(both(`writeBig${kind}64${end}`), function (value, offset = 0) {
        if (typeof value !== 'bigint') throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
        checkValue(value, min, max, 8);
        check(this, offset, 8);
        const low = Number(BigInt.asUintN(32, value));
        const high = Number(BigInt.asUintN(32, value >> 32n));
        store(this, big ? high : low, offset, 4, big);
        return store(this, big ? low : high, offset + 4, 4, big);
      });
      for (const size of [1, 2, 4]) {
        if (size === 1 && big) continue;
        const name = `${kind}${size * 8}${size === 1 ? '' : end}`;
        const load = LOAD[end][size];
        const [least, most] = limits(size, isSigned);
        add(both(`read${name}`), isSigned
          ? function (offset = 0) {
            check(this, offset, size);
            const n = load(this, offset);
            return n > most ? n + 2 * least : n;
          }
          : function (offset = 0) {
            check(this, offset, size);
            return load(this, offset);
          });
        add(both(`write${name}`), function (value, offset = 0) {
          return write(this, value, offset, size, big, least, most);
        });
      }
      const checkSize = (size) => {
        if (!(size >= 1 && size <= 6 && Math.floor(size) === size)) {
          validateNumber(size, 'byteLength');
          outside(size, 6, 'byteLength');
        }
      };
      add(both(`read${kind}${end}`), function (offset, byteLength) {
        if (offset === undefined) throw require('internal/errors').invalidArgType('offset', 'number', offset);
        checkSize(byteLength);
        check(this, offset, byteLength);
        const n = LOAD[end][byteLength](this, offset);
        return isSigned ? signed(n, byteLength) : n;
      });
      add(both(`write${kind}${end}`), function (value, offset, byteLength) {
        checkSize(byteLength);
        return write(this, value, offset, byteLength, big, ...limits(byteLength, isSigned));
      });
    }
    for (const size of [4, 8]) {
      const name = `${size === 4 ? 'Float' : 'Double'}${end}`;
      add([`read${name}`], function (offset = 0) {
        check(this, offset, size);
        for (let i = 0; i < size; i++) scratch[i] = this[big ? offset + size - 1 - i : offset + i];
        return floats[size][0];
      });
      add([`write${name}`], function (value, offset = 0) {
        value = +value;
        check(this, offset, size);
        floats[size][0] = value;
        if (size === 8 && value !== value) scratch[0] = 0; // Go's NaN has a bit that V8's has not
        for (let i = 0; i < size; i++) this[big ? offset + size - 1 - i : offset + i] = scratch[i];
        return offset + size;
      });
    }
  }
};
