'use strict';
// The constants module, old and deprecated: those of os, fs and crypto in one.

const os = require('os').constants;

Object.assign(exports, os.dlopen, os.errno, os.priority, os.signals, require('internal/fs/constants'), require('crypto').constants);
delete exports.defaultCipherList; // crypto's only
