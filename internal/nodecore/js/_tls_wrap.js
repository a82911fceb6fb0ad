'use strict';
// The old name of a part of tls.

const { TLSSocket, Server, createServer, connect } = require('tls');

exports.TLSSocket = TLSSocket;
exports.Server = Server;
exports.createServer = createServer;
exports.connect = connect;
