'use strict';
// The worker_threads module: a function is the main thread and the only one.

const { fn } = require('internal/refused');

const environment = new Map();

exports.isMainThread = true;
for (const name of ['MessagePort', 'MessageChannel']) {
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => globalThis[name] });
}
exports.markAsUntransferable = function markAsUntransferable() {};
exports.moveMessagePortToContext = fn('worker_threads', 'moveMessagePortToContext', 0, 'there are no other contexts');
exports.receiveMessageOnPort = function receiveMessageOnPort(port) {
  if (port !== null && typeof port === 'object' && typeof port.__receive === 'function') return port.__receive();
  throw require('internal/errors').invalidArgType('port', ['MessagePort', 'BroadcastChannel'], port);
};
exports.resourceLimits = {};
exports.postMessageToThread = fn('worker_threads', 'postMessageToThread', 4, 'there are no other threads');
exports.threadId = 0;
exports.SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
exports.Worker = fn('worker_threads', 'Worker', 1, 'a function runs on one thread of its sandbox');
exports.parentPort = null;
exports.workerData = null;
Object.defineProperty(exports, 'BroadcastChannel', {
  enumerable: true,
  configurable: true,
  get: () => globalThis.BroadcastChannel || fn('worker_threads', 'BroadcastChannel', 1, 'there are no other threads'),
});
exports.setEnvironmentData = function setEnvironmentData(key, value) {
  if (value === undefined) environment.delete(key);
  else environment.set(key, value);
};
exports.getEnvironmentData = function getEnvironmentData(key) {
  return environment.get(key);
};
