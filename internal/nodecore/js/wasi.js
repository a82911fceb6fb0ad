'use strict';
// The wasi module: refused.

require('internal/refused').fns(exports, 'wasi', { WASI: 0 }, 'WebAssembly runs here, but reaches no files and no clocks by itself; --engine node has WASI');
