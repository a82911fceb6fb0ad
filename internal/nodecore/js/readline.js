'use strict';
// Being written by helper X, not by N2: see the end of /tmp/brief-node.md.
