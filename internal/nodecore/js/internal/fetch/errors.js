'use strict';
// The causes of a failed fetch, as undici names them.

class UndiciError extends Error {}

const classes = Object.create(null);

// classOf makes the class of an error when the first is thrown.
function classOf(name) {
  classes[name] ??= { [name]: class extends UndiciError {} }[name];
  return classes[name];
}

function failure(name, code, message, properties) {
  const error = new (classOf(name))(message);
  error.name = name;
  error.code = code;
  return Object.assign(error, properties);
}

function socketFacts(socket) {
  if (!socket) return null;
  const { localAddress, localPort, remoteAddress, remotePort, remoteFamily, timeout, bytesWritten, bytesRead } = socket;
  return { localAddress, localPort, remoteAddress, remotePort, remoteFamily, timeout, bytesWritten, bytesRead };
}

exports.closed = (socket) => failure('SocketError', 'UND_ERR_SOCKET', 'other side closed', { socket: socketFacts(socket) });
exports.lengthMismatch = () => failure('RequestContentLengthMismatchError', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'Request body length does not match content-length header');
exports.invalidArgument = (message) => failure('InvalidArgumentError', 'UND_ERR_INVALID_ARG', message);
exports.notSupported = (message) => failure('NotSupportedError', 'UND_ERR_NOT_SUPPORTED', message);
exports.connectTimeout = (host, port, ms) =>
  failure('ConnectTimeoutError', 'UND_ERR_CONNECT_TIMEOUT', `Connect Timeout Error (attempted address: ${host}:${port}, timeout: ${ms}ms)`);

// translated says what went wrong on a socket in undici's words.
exports.translated = (error, socket) => {
  // A socket that never became one of TLS is told as tls tells it.
  if (error.code === 'ECONNRESET' && error.syscall === undefined && !error.message.includes('before secure TLS connection')) return exports.closed(socket);
  if (typeof error.code === 'string' && error.code.startsWith('HPE_')) {
    // undici's parser knows no protocol but HTTP.
    const reason = error.reason ? ` (${error.reason.replace('HTTP/, RTSP/ or ICE/', 'HTTP/')})` : '';
    return failure('HTTPParserError', error.code, `Response does not match the HTTP/1.1 protocol${reason}`, { data: error.rawPacket ? error.rawPacket.toString() : undefined });
  }
  return error;
};
