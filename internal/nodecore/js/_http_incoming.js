'use strict';
// The old name of http.IncomingMessage.

exports.IncomingMessage = require('http').IncomingMessage;
exports.readStart = function readStart(socket) {
  if (socket && socket.readable && !socket._paused) socket.resume();
};
exports.readStop = function readStop(socket) {
  if (socket) socket.pause();
};
