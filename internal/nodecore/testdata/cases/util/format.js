// util.format with every placeholder.
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
  const F = (...a) => L(JSON.stringify(util.format(...a)));
  F();
  F("a");
  F("a", "b", 1);
  F("%s", "x");
  F("%s %s", "x");
  F("%s", { a: { b: 1 } });
  F("%s", [1, [2]]);
  F("%s", () => 1);
  F("%s", /* @__PURE__ */ Symbol("a"));
  F("%s", 5n);
  F("%s", -0);
  F("%d", "42");
  F("%d", 5n);
  F("%d", {});
  F("%i", "42.9px");
  F("%f", "1.5x");
  F("%j", { a: 1 });
  F("%j", (() => {
    const a = {};
    a.a = a;
    return a;
  })());
  F("%o", { a: [1] });
  F("%O", { a: { b: { c: { d: 1 } } } });
  F("%c styled", "css");
  F("%%");
  F("%% %s", "a");
  F("%x", "a");
  F("a%", "b");
  F("%s", null, void 0);
  F("%s", new Error("e").message);
  F(1, 2, "3");
  F({ a: 1 }, "x");
  F("%s", { toString() {
    return "custom";
  } });
  F("%s", new class Foo {
    toString() {
      return "foo!";
    }
  }());
  F("%s", /* @__PURE__ */ new Date(0));
  F("%s", /* @__PURE__ */ Object.create(null));
  F("%d", /* @__PURE__ */ Symbol());
  F("%s %d %i %f %j %o %O %%", 1, 2, 3, 4, 5, 6, 7, 8);
  F("100%");
  F("%s%s", "a");
  F("x", null, void 0, true, /* @__PURE__ */ Symbol("q"), 1n, [], {}, () => {
  });
  F("%s", "it's", "b");
  F(-0, "%s", 1);
  L(util.formatWithOptions({ compact: false }, "%O", { a: 1 }));
  return out;
};
