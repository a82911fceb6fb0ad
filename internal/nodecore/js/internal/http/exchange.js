'use strict';
// One HTTP exchange as fetch needs it, over the client of http and https: headers
// raw and in order, the body pulled part by part.
//
//   httpRequest(options, onEvent) → exchange; onEvent(kind, …) gets 'connect',
//     'information', 'response' and 'error'
//   httpWrite(exchange, bytes, callback(error))
//   httpEnd(exchange, trailers, callback(error))
//   httpRead(exchange, callback(error, bytes | null at the end, trailers))
//   httpAbort(exchange)

const agents = new Map(); // pool and protocol → Agent

function agentFor(client, options) {
  if (!options.pool) return false;
  const key = `${options.pool}:${options.tls}`;
  if (!agents.has(key)) agents.set(key, new client.Agent({ keepAlive: true }));
  return agents.get(key);
}

exports.httpRequest = (options, onEvent) => {
  const client = require(options.tls ? 'https' : 'http');
  const request = client.request({
    host: options.host,
    port: options.port,
    servername: options.servername,
    method: options.method,
    path: options.path,
    setHost: false,
    agent: agentFor(client, options),
    rejectUnauthorized: options.rejectUnauthorized,
    ca: options.ca,
    cert: options.cert,
    key: options.key,
    passphrase: options.passphrase,
    headers: options.headers,
  });
  const exchange = { request, response: null, ended: false, failed: null, waiting: null, aborted: false };
  request.on('socket', (socket) => {
    if (socket.connecting) socket.once(options.tls ? 'secureConnect' : 'connect', () => onEvent('connect'));
    else onEvent('connect');
  });
  request.on('information', (info) => onEvent('information', info.statusCode, info.statusMessage, info.rawHeaders));
  request.on('error', (error) => {
    if (exchange.aborted) return;
    if (exchange.response) fail(exchange, error);
    else onEvent('error', error);
  });
  request.on('response', (response) => {
    exchange.response = response;
    response.on('readable', () => serve(exchange));
    response.on('end', () => {
      exchange.ended = true;
      serve(exchange);
    });
    response.on('error', (error) => fail(exchange, error));
    onEvent('response', response.statusCode, response.statusMessage, response.httpVersion, response.rawHeaders);
  });
  return exchange;
};

exports.httpWrite = (exchange, bytes, callback) => {
  exchange.request.write(bytes, () => callback(null));
};

exports.httpEnd = (exchange, trailers, callback) => {
  if (trailers) {
    const fields = {};
    for (let i = 0; i + 1 < trailers.length; i += 2) fields[trailers[i]] = trailers[i + 1];
    exchange.request.addTrailers(fields);
  }
  exchange.request.end(() => callback(null));
};

exports.httpRead = (exchange, callback) => {
  exchange.waiting = callback;
  serve(exchange);
};

exports.httpAbort = (exchange) => {
  exchange.aborted = true;
  exchange.request.destroy();
};

// serve answers the read that waits, if there is something to answer with.
function serve(exchange) {
  const { waiting, response } = exchange;
  if (!waiting) return;
  if (exchange.failed) {
    exchange.waiting = null;
    waiting(exchange.failed);
    return;
  }
  const chunk = response.read();
  if (chunk !== null) {
    exchange.waiting = null;
    waiting(null, chunk);
  } else if (exchange.ended) {
    exchange.waiting = null;
    waiting(null, null, response.rawTrailers);
  }
}

function fail(exchange, error) {
  exchange.failed = error;
  serve(exchange);
}
