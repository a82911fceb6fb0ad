'use strict';
// How a socket finds its peer: the arguments of connect, the name's addresses,
// and the attempts to reach them.

const { nextTick } = require('internal/ticks');
const { codeError, invalidArgType, invalidArgValue, validateFunction, validateNumber } = require('internal/errors');
const { socketError } = require('internal/net/errors');

const defaults = { autoSelectFamily: true, attemptTimeout: 250 };
exports.defaults = defaults;

// normalizeArgs reads connect(options), connect(path), connect(port, host), each
// with a callback at the end.
exports.normalizeArgs = (args) => {
  if (args.length === 0) return Object.assign([{}, null], { normalized: true });
  const [first] = args;
  let options = {};
  if (typeof first === 'object' && first !== null) options = first;
  else if (typeof first === 'string' && !(Number(first) >= 0)) options.path = first;
  else {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const last = args[args.length - 1];
  return Object.assign([options, typeof last === 'function' ? last : null], { normalized: true });
};

function validPort(port) {
  if ((typeof port !== 'number' && typeof port !== 'string') || (typeof port === 'string' && port.trim().length === 0)
    || +port !== (+port >>> 0) || port > 0xffff) {
    throw codeError(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536.${require('internal/errors').received(port)}.`);
  }
  return Number(port);
}

// connect starts connecting socket.
exports.connect = (socket, options) => {
  if (options.path !== undefined && options.path !== null) {
    if (typeof options.path !== 'string') throw invalidArgType('options.path', 'string', options.path);
    attempt(socket, { path: options.path }, (code, handle, facts) => {
      if (code) socket.destroy(socketError('connect', code, options.path));
      else socket._connected(handle, facts);
    });
    return;
  }
  const { localAddress, localPort } = options;
  if (localAddress && !native.netIsIP(localAddress)) throw codeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (options.port === undefined) throw codeError(TypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
  const port = validPort(options.port);
  const host = options.host || 'localhost';
  const local = { localAddress, localPort };
  if (native.netIsIP(host)) {
    nextTick(() => {
      if (socket.connecting) single(socket, host, port, local);
    });
    return;
  }
  if (options.lookup !== undefined) validateFunction(options.lookup, 'options.lookup');
  const lookup = options.lookup || require('dns').lookup;
  const dnsOptions = { family: options.family, hints: options.hints || 0 };
  socket._host = host;
  const many = (options.autoSelectFamily === undefined ? defaults.autoSelectFamily : options.autoSelectFamily)
    && dnsOptions.family !== 4 && dnsOptions.family !== 6 && !localAddress;
  if (many) {
    dnsOptions.all = true;
    lookup(host, dnsOptions, (error, addresses) => {
      if (!socket.connecting) return;
      if (error) {
        socket.emit('lookup', error, undefined, undefined, host);
        nextTick(() => socket.destroy(error));
        return;
      }
      several(socket, host, port, local, addresses, options);
    });
    return;
  }
  lookup(host, dnsOptions, (error, address, family) => {
    socket.emit('lookup', error, address, family, host);
    if (!socket.connecting) return;
    if (error) {
      nextTick(() => socket.destroy(error));
    } else if (!native.netIsIP(address)) {
      const bad = codeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${address}`);
      nextTick(() => socket.destroy(bad));
    } else {
      single(socket, address, port, local);
    }
  });
};

// attempt makes one connection; done(code, handle, facts).
function attempt(socket, target, done) {
  let over = false;
  const handle = native.netConnect(target, (code, facts) => {
    if (over) return;
    over = true;
    done(code, handle, facts);
  });
  socket._cancel = () => {
    over = true;
    native.netClose(handle, false);
  };
}

function single(socket, address, port, local) {
  socket.emit('connectionAttempt', address, port, native.netIsIP(address));
  attempt(socket, { address, port, ...local }, (code, handle, facts) => {
    if (!code) {
      socket._connected(handle, facts);
      return;
    }
    const error = socketError('connect', code, address, port);
    socket.emit('connectionAttemptFailed', address, port, native.netIsIP(address), error);
    socket.destroy(error);
  });
}

// interleave orders addresses so that families take turns, the first first.
function interleave(addresses) {
  const first = addresses[0].family;
  const same = addresses.filter((a) => a.family === first);
  const other = addresses.filter((a) => a.family !== first);
  const list = [];
  for (let i = 0; i < Math.max(same.length, other.length); i++) {
    if (i < same.length) list.push(same[i]);
    if (i < other.length) list.push(other[i]);
  }
  return list;
}

// several tries one address after another, each for a while.
function several(socket, host, port, local, found, options) {
  if (!Array.isArray(found)) {
    nextTick(() => socket.destroy(invalidArgValue('addresses', found)));
    return;
  }
  const addresses = found.filter((a) => a && native.netIsIP(a.address) && (a.family === 4 || a.family === 6));
  if (addresses.length === 0) {
    const bad = codeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${found[0] ? found[0].address : undefined}`);
    nextTick(() => socket.destroy(bad));
    return;
  }
  for (const { address, family } of addresses) socket.emit('lookup', null, address, family, host);
  if (addresses.length === 1) {
    single(socket, addresses[0].address, port, local);
    return;
  }
  const list = interleave(addresses);
  const errors = [];
  let wait = options.autoSelectFamilyAttemptTimeout === undefined ? defaults.attemptTimeout : options.autoSelectFamilyAttemptTimeout;
  if (wait < 10) wait = 10;

  function next(i) {
    if (!socket.connecting) return;
    if (i >= list.length) {
      const all = new AggregateError(errors);
      all.code = errors[0].code;
      socket.destroy(all);
      return;
    }
    const { address, family } = list[i];
    socket.emit('connectionAttempt', address, port, family);
    const last = i === list.length - 1;
    attempt(socket, { address, port, ...local, timeout: last ? 0 : wait }, (code, handle, facts) => {
      if (!code) {
        socket._connected(handle, facts);
        return;
      }
      const error = socketError('connect', code, address, port);
      errors.push(error);
      socket.emit(code === 'ETIMEDOUT' ? 'connectionAttemptTimeout' : 'connectionAttemptFailed', address, port, family, error);
      next(i + 1);
    });
  }
  next(0);
}
