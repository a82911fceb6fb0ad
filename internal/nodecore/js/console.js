'use strict';
exports.log = (...args) => native.log('INFO', args.map((a) => (typeof a === 'string' ? a : JSON.stringify(a))).join(' '));
