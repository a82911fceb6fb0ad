'use strict';
// An error while the module loads.

const settings = {};

function required(name) {
  if (!(name in settings)) throw new Error(`${name} is not set`);
  return settings[name];
}

const key = required('KEY');

exports.main = () => key;
