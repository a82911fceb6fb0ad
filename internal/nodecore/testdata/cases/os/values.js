// The values of os that do not depend on the machine.
const util = require("util"), path = require("path"), os = require("os"), assert = require("assert");
exports.main = async () => {
  const out = [];
  const L = (...a) => out.push(a.map((x) => {
    try {
      return typeof x === "string" ? x : util.inspect(x);
    } catch (e) {
      return "X" + e.message;
    }
  }).join(" | "));
  const T = (n, f) => {
    try {
      L(n, f());
    } catch (e) {
      L(n, "!!" + e.name + " " + e.code + " " + e.message);
    }
  };
  L(os.EOL, os.platform(), os.type(), os.endianness(), os.tmpdir(), `${os.platform}`, os.constants.signals.SIGTERM, os.constants.errno.ENOENT, Object.keys(os).length, os.devNull);
  return out;
};
