'use strict';
// The trace_events module: refused. No category is ever enabled, as in Node
// without --trace-event-categories.

require('internal/refused').fns(exports, 'trace_events', { createTracing: 1 }, 'there is no V8 to trace; --engine node has it');
exports.getEnabledCategories = function getEnabledCategories() {
  return undefined;
};
