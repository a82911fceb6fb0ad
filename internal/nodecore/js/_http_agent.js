'use strict';
// N1 writes this after all: the lead has withdrawn.
