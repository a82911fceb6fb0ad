const attempt = (fn) => { try { return fn(); } catch (error) { return error.name; } };

exports.main = () => {
  const stream = require('stream');
  const http = require('http');
  return [
    ['readable', 'writable', 'duplex', 'transform', 'passthrough'].map((n) => [n, Object.values(stream).includes(require(`_stream_${n}`)), require(`node:_stream_${n}`).name]),
    require('_http_client').ClientRequest === http.ClientRequest, require('_http_incoming').IncomingMessage === http.IncomingMessage, require('_http_outgoing').OutgoingMessage === http.OutgoingMessage,
    typeof require('_tls_wrap').connect, typeof require('_tls_common').createSecureContext, require('_http_agent').Agent === http.Agent,
    typeof require('wasi').WASI, typeof require('trace_events').createTracing, require('trace_events').getEnabledCategories(), typeof require('inspector/promises').Session,
    attempt(() => require('node:nothing')), attempt(() => require('_stream_nothing')),
  ];
};
