'use strict';
// The dgram module: refused.

require('internal/refused').fns(exports, 'dgram', { _createSocketHandle: 0, createSocket: 2, Socket: 2 },
  'there are no UDP sockets; use http, https, net or fetch');
