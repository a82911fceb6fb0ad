'use strict';
// The v8 module: figures of the heap as Go counts them, and V8's serialization.
// Snapshots, coverage and flags are V8's own and refused.

const { fns } = require('internal/refused');
const { validateString } = require('internal/errors');

const WHY = 'the embedded engine is not V8';

exports.cachedDataVersionTag = function cachedDataVersionTag() {
  return 0;
};
fns(exports, 'v8', { getHeapSnapshot: 1 }, WHY);
exports.getHeapStatistics = function getHeapStatistics() {
  const { heapUsed, heapTotal, rss } = native.memory();
  const limit = 4345298944;
  return {
    total_heap_size: heapTotal, total_heap_size_executable: 0, total_physical_size: rss, total_available_size: limit - heapUsed,
    used_heap_size: heapUsed, heap_size_limit: limit, malloced_memory: 0, peak_malloced_memory: 0, does_zap_garbage: 0,
    number_of_native_contexts: 1, number_of_detached_contexts: 0, total_global_handles_size: 0, used_global_handles_size: 0, external_memory: 0,
  };
};
exports.getHeapSpaceStatistics = function getHeapSpaceStatistics() {
  const { heapUsed, heapTotal } = native.memory();
  return [{ space_name: 'new_space', space_size: heapTotal, space_used_size: heapUsed, space_available_size: heapTotal - heapUsed, physical_space_size: heapTotal }];
};
exports.getHeapCodeStatistics = function getHeapCodeStatistics() {
  return { code_and_metadata_size: 0, bytecode_and_metadata_size: 0, external_script_source_size: 0, cpu_profiler_metadata_size: 0 };
};
exports.setFlagsFromString = function setFlagsFromString(flags) {
  validateString(flags, 'flags');
};
for (const name of ['Serializer', 'Deserializer', 'DefaultSerializer', 'DefaultDeserializer', 'deserialize']) {
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => require('internal/v8_format')[name] });
}
exports.takeCoverage = function takeCoverage() {};
exports.stopCoverage = function stopCoverage() {};
Object.defineProperty(exports, 'serialize', { enumerable: true, configurable: true, get: () => require('internal/v8_format').serialize });
fns(exports, 'v8', { writeHeapSnapshot: 2 }, WHY);
exports.promiseHooks = {};
fns(exports.promiseHooks, 'v8.promiseHooks', { createHook: 0, onInit: 1, onBefore: 1, onAfter: 1, onSettled: 1 }, WHY);
fns(exports, 'v8', { queryObjects: 1 }, WHY);
exports.startupSnapshot = { isBuildingSnapshot: () => false };
fns(exports.startupSnapshot, 'v8.startupSnapshot', { addSerializeCallback: 0, addDeserializeCallback: 0, setDeserializeMainFunction: 0 }, WHY);
exports.setHeapSnapshotNearHeapLimit = function setHeapSnapshotNearHeapLimit() {};
fns(exports, 'v8', { GCProfiler: 0 }, WHY);
