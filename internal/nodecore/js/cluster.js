'use strict';
// The cluster module: refused, but a function learns that it is the primary.

const EventEmitter = require('events');
const { fns } = require('internal/refused');

const cluster = new EventEmitter();
module.exports = cluster;
cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
fns(cluster, 'cluster', { Worker: 1 });
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = 1;
cluster.SCHED_RR = 2;
cluster.schedulingPolicy = 2;
fns(cluster, 'cluster', { setupPrimary: 1, setupMaster: 1, fork: 1, disconnect: 1 });
