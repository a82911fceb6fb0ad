'use strict';
// The first piece an engine runs. It puts Node's globals in place and exports
// what an engine calls:
//
//   coreRequire(name)   the exports of a core module (no "node:" prefix)
//   task(fn, ...args)   runs one macrotask and then the nextTick queue
//   hasTicks(), tick()  the nextTick queue, to be emptied between promise jobs
//   start(module, context, callback, settle, id)
//                       runs module.main; settle(id, kind, value) is called once:
//                       'ok' with JSON, 'throw' and 'response' with an error,
//                       'no-main' with what was found instead
//   describe(error)     {name, message, stack, code} of anything thrown, strings
//   uncaught(error, origin, promise)
//                       true if a listener of process took it; origin is
//                       'uncaughtException', or 'unhandledRejection' with the promise

const globals = require('internal/globals');
const ticks = require('internal/ticks');
const errors = require('internal/errors');
const handler = require('internal/handler');

globals.install(globalThis);

exports.coreRequire = (name) => require(name);
exports.task = ticks.task;
exports.hasTicks = ticks.hasTicks;
exports.tick = ticks.run;
exports.start = handler.start;
exports.describe = errors.describe;
exports.uncaught = (error, origin, promise) => require('process').__uncaught(error, origin, promise);
