'use strict';
// Errors of sockets, as Node words what libuv reports.

let numbers;

function numberOf(code) {
  if (!numbers) {
    numbers = new Map();
    for (const [number, [name]] of require('internal/errno').getSystemErrorMap()) numbers.set(name, number);
    numbers.set('ENOTFOUND', -3008);
  }
  return numbers.get(code);
}

// socketError is "connect ECONNREFUSED 127.0.0.1:80" with its properties.
exports.socketError = (syscall, code, address, port) => {
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  const error = new Error(`${syscall} ${code}${details}`);
  error.errno = numberOf(code);
  error.code = code;
  error.syscall = syscall;
  if (address) error.address = address;
  if (port) error.port = port;
  return error;
};

// dnsError is "getaddrinfo ENOTFOUND host" with its properties.
exports.dnsError = (code, syscall, hostname) => {
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  error.errno = syscall === 'getaddrinfo' ? numberOf(code) : undefined;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
};

// connReset is an ECONNRESET that no system call reported.
exports.connReset = (message) => {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
};
