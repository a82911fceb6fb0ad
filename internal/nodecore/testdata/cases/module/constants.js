// The merged constants of the old module.
exports.main = async () => {
  const c = require('constants');
  return ['ENOENT', 'SIGTERM', 'O_RDONLY', 'S_IFDIR', 'R_OK', 'RSA_PKCS1_PADDING', 'PRIORITY_LOW', 'COPYFILE_EXCL', 'RTLD_LAZY'].map((k) => [k, c[k]]);
};
