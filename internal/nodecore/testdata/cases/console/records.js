// Each call of console is one record.
exports.main = async () => {
  console.log();
  console.log("");
  console.log("a\nb");
  console.info("i", { a: 1 });
  console.debug("%s is %d", "x", 5);
  console.log("%o", [1]);
  console.group("G");
  console.log("in\nner");
  console.group();
  console.log({ a: 1, b: { c: 2 } });
  console.groupEnd();
  console.log("mid");
  console.groupEnd();
  console.groupEnd();
  console.log("out");
  console.table([{ a: 1, b: "x" }, { a: 2, c: true }]);
  console.table([[1, 2], [3, 4]]);
  console.table(/* @__PURE__ */ new Map([["a", 1]]));
  console.table(/* @__PURE__ */ new Set([1]));
  console.table([1, "b"]);
  console.table(5);
  console.table([{ a: 1, b: 2 }], ["b"]);
  console.table({ x: { v: 1 }, y: { v: 2 } });
  console.table([]);
  console.table([{ a: { b: 1 } }, { a: [1, 2, 3, 4] }]);
  console.count();
  console.count("x");
  console.count();
  console.countReset();
  console.count();
  console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
  console.dirxml({ a: 1 }, [2]);
  console.assert(true, "no");
  console.log(typeof console.Console, Object.keys(console).join(), Object.prototype.toString.call(console));
  const { log } = console;
  log("detached");
  [1, 2].forEach(console.log);
  console.log(/* @__PURE__ */ new Map([["k", { v: 1 }]]), /* @__PURE__ */ new Set([1]), /* @__PURE__ */ Symbol("s"), null, void 0, true, -0, 10n, () => {
  }, class X {
  });
  console.log("%c red", "color:red");
  console.log("x".repeat(20), ["y".repeat(80)]);
  console.log(Buffer.from("abc"), /* @__PURE__ */ new Date(0), /r/g);
  console.log({ e: new Error("m") }.e.message);
  console.log([void 0, null, , 3]);
  console.log(JSON.stringify({ a: 1 }), [["a", 1]], { ["k-1"]: "v" });
  console.log(-0, 0, NaN, Infinity);
  console.log("%s", -0, "%s");
  console.log("%i", 3.9, "%f");
  class Foo {
    constructor() {
      this.bar = "baz";
      this.self = this;
    }
  }
  ;
  console.log(new Foo());
  console.log([new Foo()]);
  console.log({ a: [{ b: { c: {} } }] });
  console.log(new class Contact {
    constructor() {
      Object.assign(this, { id: "1", properties: { email: "a@b.c", firstname: "A".repeat(30), lastname: "B".repeat(40) }, createdAt: /* @__PURE__ */ new Date(0), archived: false });
    }
  }());
  return null;
};
