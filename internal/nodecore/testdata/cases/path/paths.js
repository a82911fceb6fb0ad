// Paths of both systems.
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
  for (const P of [path, path.win32]) for (const x of ["/a/b/c.txt", "a/b", "", "/", "//", ".", "..", "/a/..", "a/../..", "./x", "/a//b/./c/", ".bashrc", "a.b.c", "/a/.b", "C:\\x\\y.z", "C:/x", "C:", "\\\\srv\\share\\f", "a\\b\\", "x.", "..a", "a/b/..", "C:\\", "c:a\\..\\..", "foo/bar/", "/foo/bar//"]) {
    T("p " + x, () => [P.normalize(x), P.dirname(x), P.basename(x), P.extname(x), P.isAbsolute(x), JSON.stringify(P.parse(x)), P.format(P.parse(x)), P.join(x, "..", "q"), P.relative("/a/b", x == "" ? "/a" : x).length > 0]);
  }
  L(path.resolve("/a", "b", "../c", "/d", "e"), path.join("a", "", "/b", "../c"), path.relative("/data/x/y", "/data/z"), path.basename("/a/b.html", ".html"), path.basename("b", "b"), path.join(), path.sep, path.delimiter, path.posix === path, path.win32.posix === path, path.format({ dir: "/x", name: "a", ext: ".b" }), path.format({ root: "/", base: "z" }));
  L(path.win32.resolve("C:\\a", "b", "..\\c"), path.win32.join("a", "/b", "..\\c"), path.win32.relative("C:\\a\\b", "C:\\a\\c\\d"), path.win32.resolve("C:\\a", "D:b", "\\x"), path.win32.relative("C:\\a", "D:\\b"));
  T("path", () => path.join(1));
  T("path", () => path.resolve(null));
  return out;
};
