// How errors look: inspect, stack, captureStackTrace, prepareStackTrace.
const util = require("util");
class E2 extends Error {
  constructor(m) {
    super(m);
    this.name = "E2";
  }
}
class E3 extends TypeError {
}
class E4 extends Error {
  get name() {
    return "Custom";
  }
}
function strip(s) {
  return s.replace(/\n +at .*/g, "\n    at X").replace(/(\n    at X)+/g, "\n    at X");
}
exports.main = () => {
  const out = [];
  const p = (v, o2) => out.push(strip(util.inspect(v, o2)));
  const tr = (f) => {
    try {
      f();
    } catch (e2) {
      return e2;
    }
  };
  p(new Error("a"));
  p(new Error(""));
  p(new Error());
  p(new TypeError("multi\nline"));
  p(new E2("x"));
  p(new E3("y"));
  p(new E4("z"));
  const e = new Error("with props");
  e.code = "ECODE";
  e.nested = { a: 1 };
  p(e);
  p({ e });
  p([e]);
  p({ a: { b: { c: e } } });
  p({ a: { b: { c: { e } } } });
  p(new Error("c", { cause: "str" }));
  p(new AggregateError([new Error("1"), new Error("2")], "agg"));
  const ns = new Error("nostack");
  ns.stack = void 0;
  p(ns);
  const ns2 = new Error("x");
  ns2.stack = "custom stack";
  p(ns2);
  ns2.stack = "Error: x\n    at foo (bar.js:1:2)";
  p(ns2);
  const nm = new Error("msg");
  nm.name = "Renamed";
  p(nm);
  const nm2 = new Error("msg");
  nm2.name = "RenamedError";
  p(nm2);
  const nm3 = new Error("m");
  nm3.message = "changed";
  out.push(strip(util.inspect(nm3)).split("\n")[0].length > 0);
  p(Object.create(Error.prototype));
  p(Object.setPrototypeOf(new Error("np"), null));
  p(tr(() => null.x) instanceof TypeError);
  const en = new Error("enum");
  Object.defineProperty(en, "message", { enumerable: true, value: "enum" });
  p(en);
  const nn = new Error("q");
  nn.name = null;
  p(nn);
  const dom = new RangeError("r");
  delete dom.stack;
  p(dom);
  p(new class Foo extends Error {
    constructor() {
      super("foo");
      this.extra = 1;
    }
  }());
  p(tr(() => Buffer.alloc("x")));
  out.push(String(tr(() => Buffer.alloc("x"))), tr(() => Buffer.alloc("x")).stack.split("\n")[0], tr(() => Buffer.alloc("x")).name);
  p(new Error("err"), { depth: -1 });
  p({ e: new Error("x") }, { depth: -1 });
  p(new Error("c"), { compact: true });
  const st = new Error("s").stack.split("\n");
  out.push(st[0], /^    at .*:\d+:\d+\)?$/.test(st[1]));
  out.push(Object.keys(new Error("x")).length, JSON.stringify(new Error("x")), Object.getOwnPropertyNames(new Error("x")).join(), "stack" in new Error(), delete new Error("x").stack);
  const o = {};
  Error.captureStackTrace(o);
  out.push(o.stack.split("\n")[0], Object.keys(o).length, /inspect/.test(o.stack.split("\n")[1]));
  function outer() {
    return inner();
  }
  function inner() {
    const e2 = {};
    Error.captureStackTrace(e2, inner);
    return e2.stack.split("\n")[1].includes("outer");
  }
  out.push(outer());
  out.push(typeof Error.stackTraceLimit, Error.stackTraceLimit);
  Error.stackTraceLimit = 1;
  out.push(new Error("lim").stack.split("\n").length);
  Error.stackTraceLimit = 10;
  function deep(n) {
    return n ? deep(n - 1) : new Error("d").stack.split("\n").length;
  }
  out.push(deep(20));
  Error.prepareStackTrace = (err, sites) => sites.map((s) => typeof s.getFileName() + typeof s.getLineNumber()).slice(0, 1);
  const ps = new Error("p").stack;
  out.push(Array.isArray(ps), ps);
  Error.prepareStackTrace = void 0;
  return out;
};
