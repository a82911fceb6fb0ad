'use strict';
// Being written by helper Y, not by N1: see the end of /tmp/brief-node.md.
