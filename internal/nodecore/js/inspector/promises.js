'use strict';
// The inspector/promises module: refused as inspector is.

Object.assign(exports, require('inspector'));
