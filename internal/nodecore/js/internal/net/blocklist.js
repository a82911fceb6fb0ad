'use strict';
// net.BlockList and net.SocketAddress.

const { codeError, invalidArgValue, validateInteger, validateString } = require('internal/errors');

class SocketAddress {
  #options;

  constructor(options = {}) {
    const { family = 'ipv4', port = 0, flowlabel = 0 } = options;
    const { address = family === 'ipv4' ? '127.0.0.1' : '::' } = options;
    if (family !== 'ipv4' && family !== 'ipv6') throw invalidArgValue('options.family', family);
    validateString(address, 'options.address');
    if (native.netIsIP(address) !== (family === 'ipv4' ? 4 : 6)) throw codeError(Error, 'ERR_INVALID_ADDRESS', 'Invalid address');
    validateInteger(port, 'options.port', 0, 65535);
    this.#options = { address, port: Number(port), family, flowlabel };
  }

  static isSocketAddress(value) {
    return value instanceof SocketAddress;
  }

  get address() {
    return this.#options.address;
  }

  get port() {
    return this.#options.port;
  }

  get family() {
    return this.#options.family;
  }

  get flowlabel() {
    return this.#options.flowlabel;
  }

  toJSON() {
    return { ...this.#options };
  }
}

// bits gives an address as a number, for comparing.
function bits(address) {
  if (native.netIsIP(address) === 4) return address.split('.').reduce((n, part) => n * 256n + BigInt(part), 0n);
  let text = address.split('%')[0];
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (dotted) {
    const [a, b, c, d] = dotted.slice(1).map(Number);
    text = `${text.slice(0, dotted.index)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const [head, tail] = text.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const parts = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return parts.reduce((n, part) => n * 65536n + BigInt(`0x${part}`), 0n);
}

class BlockList {
  #rules = [];

  static isBlockList(value) {
    return value instanceof BlockList;
  }

  #add(family, low, high, text) {
    this.#rules.unshift({ family, low, high, text });
  }

  addAddress(address, family = 'ipv4') {
    const { address: a, family: f } = plain(address, family);
    this.#add(f, bits(a), bits(a), `Address: ${f === 'ipv4' ? 'IPv4' : 'IPv6'} ${a}`);
  }

  addRange(start, end, family = 'ipv4') {
    const from = plain(start, family);
    const to = plain(end, family);
    if (bits(from.address) > bits(to.address)) throw invalidArgValue('start', start, 'must come before end');
    this.#add(from.family, bits(from.address), bits(to.address), `Range: ${from.family === 'ipv4' ? 'IPv4' : 'IPv6'} ${from.address}-${to.address}`);
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const { address, family: f } = plain(network, family);
    const width = f === 'ipv4' ? 32 : 128;
    validateInteger(prefix, 'prefix', 0, width);
    const size = 1n << BigInt(width - prefix);
    const low = bits(address) / size * size;
    this.#add(f, low, low + size - 1n, `Subnet: ${f === 'ipv4' ? 'IPv4' : 'IPv6'} ${address}/${prefix}`);
  }

  check(address, family = 'ipv4') {
    const { address: a, family: f } = plain(address, family);
    if (native.netIsIP(a) === 0) return false;
    const n = bits(a);
    return this.#rules.some((rule) => rule.family === f && n >= rule.low && n <= rule.high);
  }

  get rules() {
    return this.#rules.map((rule) => rule.text);
  }
}

function plain(address, family) {
  if (SocketAddress.isSocketAddress(address)) return address;
  validateString(address, 'address');
  validateString(family, 'family');
  const f = family.toLowerCase();
  if (f !== 'ipv4' && f !== 'ipv6') throw invalidArgValue('family', family, "must be one of: 'ipv4', 'ipv6'");
  return { address, family: f };
}

module.exports = { BlockList, SocketAddress };
