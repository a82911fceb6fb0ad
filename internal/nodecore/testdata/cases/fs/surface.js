// Every function, constant and class of fs and fs/promises.
const fs = require('fs');

exports.main = async () => ({
  functions: Object.keys(fs).filter((k) => typeof fs[k] === 'function').map((k) => `${k} ${fs[k].name} ${fs[k].length}`).sort(),
  others: Object.keys(fs).filter((k) => typeof fs[k] !== 'function').sort(),
  promises: Object.keys(require('fs/promises')).sort(),
  same: require('fs/promises') === fs.promises,
  constants: fs.constants,
  stats: Object.getOwnPropertyNames(fs.statSync('/tmp')),
});
