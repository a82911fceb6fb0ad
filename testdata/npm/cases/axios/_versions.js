const { all } = require('../_attempt');

exports.versions = { '0.19': require('axios-0.19'), '0.27': require('axios-0.27'), 1: require('axios') };

// each runs the same steps with every version: steps(axios, version) gives named functions.
exports.each = (steps) => async (context) => {
  const out = {};
  for (const [version, axios] of Object.entries(exports.versions)) out[version] = await all(steps(axios, context, version));
  return out;
};
