// util.inspect of about 130 values with 13 sets of options.
const util = require("util");
class A {
  constructor() {
    this.x = 1;
  }
  get g() {
    return 1;
  }
}
;
class B extends A {
}
;
class C extends Map {
}
;
class D extends Array {
}
;
class E2 extends Error {
  constructor(m) {
    super(m);
    this.name = "E2";
  }
}
const circ = { a: 1 };
circ.self = circ;
circ.n = { circ };
const np = /* @__PURE__ */ Object.create(null);
np.a = 1;
function F() {
  this.a = 1;
}
;
function fn() {
}
;
fn.prop = 1;
const arrow = () => 1;
const anon = /* @__PURE__ */ (() => () => 1)();
const tagged = { [Symbol.toStringTag]: "Tagged", a: 1 };
class T {
  get [Symbol.toStringTag]() {
    return "TT";
  }
}
;
const cust = { [util.inspect.custom](d, o, i) {
  return "CUST " + d + " " + typeof o.stylize + " " + (i === util.inspect);
} };
const cust2 = { [util.inspect.custom]() {
  return { z: 1 };
} };
const sparse = [1, , 3, , , 6];
const arrp = [1, 2];
arrp.foo = "bar";
arrp[-1] = 3;
const vals = [
  1,
  -0,
  0,
  NaN,
  1.5,
  1e21,
  10n,
  "str",
  "it's",
  `"q'`,
  "a\nb\0`${}'\"",
  "\uD800x😀",
  true,
  null,
  void 0,
  /* @__PURE__ */ Symbol("s"),
  /* @__PURE__ */ Symbol(),
  /* @__PURE__ */ Symbol.for("a b"),
  [],
  [1, 2, 3],
  [[[[1]]]],
  {},
  { a: { b: { c: { d: 1 } } } },
  { a: 1, "b-c": 2, 3: 4, [/* @__PURE__ */ Symbol("k")]: 5 },
  new A(),
  new B(),
  new F(),
  Object.create(A.prototype),
  np,
  Object.create(np),
  Object.create(/* @__PURE__ */ Object.create(null)),
  /* @__PURE__ */ new Map([[1, { a: 2 }], ["k", [1]]]),
  /* @__PURE__ */ new Set([1, "a", { b: 1 }]),
  /* @__PURE__ */ new Map(),
  /* @__PURE__ */ new Set(),
  new C([[1, 2]]),
  new D(3),
  D.from([1, 2]),
  /* @__PURE__ */ new WeakMap(),
  /* @__PURE__ */ new WeakSet(),
  Promise.resolve(4),
  Promise.resolve({ a: 1 }),
  new Promise(() => {
  }),
  (() => {
    const p = Promise.reject(3);
    p.catch(() => {
    });
    return p;
  })(),
  /* @__PURE__ */ new Date(0),
  /* @__PURE__ */ new Date(NaN),
  /a+/gi,
  Object.assign(/x/, { p: 1 }),
  Object.assign(/* @__PURE__ */ new Date(0), { p: 1 }),
  fn,
  arrow,
  anon,
  class Q {
  },
  class extends A {
  },
  B,
  async () => {
  },
  async function af() {
  },
  function* gen() {
  },
  Math.max,
  Array,
  Buffer.from("hello"),
  new Uint8Array(3),
  new Float64Array([1.5, 2]),
  new Uint8Array(200),
  new BigInt64Array(2),
  new ArrayBuffer(4),
  new DataView(new ArrayBuffer(2)),
  new Number(3),
  new String("abc"),
  new Boolean(false),
  Object(/* @__PURE__ */ Symbol("q")),
  Object(5n),
  Object.assign(new String("ab"), { x: 1 }),
  circ,
  [circ],
  sparse,
  arrp,
  new Array(5),
  new Array(3).fill(0),
  tagged,
  new T(),
  cust,
  { a: cust },
  cust2,
  new Proxy({ a: 1 }, {}),
  new Proxy(function pf() {
  }, {}),
  new Proxy([1, 2], {}),
  { get a() {
    return 1;
  } },
  { set a(v) {
  } },
  { get a() {
    return 1;
  }, set a(v) {
  } },
  Array.from({ length: 120 }, (_, i) => i),
  Array.from({ length: 30 }, (_, i) => "item" + i),
  Array.from({ length: 27 }, (_, i) => i * 1e3),
  Array.from({ length: 10 }, (_, i) => ({ i })),
  { a: "x".repeat(100), b: "y".repeat(30) },
  { s: "line1\nline2\nlonger line number three to force the break of the string in lines okay" },
  "x".repeat(200),
  { a: [1, 2, 3, { b: [4, 5, { c: 6 }] }], f() {
  }, g: () => 1, h: class Foo {
  } },
  { aaaaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbbbbbb: 2, cccccccccccccccccccccccc: 3, dddddddd: 4 },
  { aaaaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbbbbbb: 2, ccc: 3 },
  globalThis.Math,
  JSON,
  Reflect,
  [void 0, null],
  [1.5, -2, 3],
  ["a", "b"],
  [[1, 2], [3, 4]],
  { m: /* @__PURE__ */ new Map([["a", /* @__PURE__ */ new Map([["b", /* @__PURE__ */ new Map([["c", 1]])]])]]) },
  /* @__PURE__ */ (function() {
    return arguments;
  })(1, "b"),
  Object.freeze({ z: 1 }),
  [, "a"],
  [,],
  { undefined: void 0 },
  [function() {
  }, class {
  }],
  { x: new Error("inner").message },
  { "a b": 1, "0x": 2, a1: 3, $d: 4, _e: 5 },
  new class Foo2 {
    constructor() {
      this.a = { b: { c: {} } };
    }
  }(),
  {},
  [/* @__PURE__ */ new Map([[{ a: 1 }, /* @__PURE__ */ new Set([[1]])]])],
  /* @__PURE__ */ Object.create({ inherited: 1 }),
  Object.create(Array.prototype),
  Object.create(Date.prototype),
  Object.setPrototypeOf([1], null),
  Object.setPrototypeOf(() => {
  }, null),
  Object.setPrototypeOf(/* @__PURE__ */ new Map([[1, 2]]), null),
  Object.setPrototypeOf(/x/, null),
  Object.setPrototypeOf(/* @__PURE__ */ new Date(0), null),
  ["日本語", "中文", "한국어", "aa", "bb", "cc", "dd", "ee"],
  [1n, 2n, 30n, 4n, 5n, 6n, 7n, 100n],
  [..."abcdefghijklmnopqrstuvwxyz"],
  Array.from({ length: 101 }, () => "ab"),
  [true, false, true, false, true, false, true],
  {},
  { "constructor": 5 },
  { constructor: { name: "Fake" } },
  { toString() {
    return "x";
  } }
];
const opts = [void 0, { depth: 0 }, { depth: null }, { compact: false }, { compact: true }, { colors: true }, { breakLength: 40 }, { maxArrayLength: 2, maxStringLength: 5 }, { sorted: true }, { getters: true }, { showProxy: true, depth: 1 }, { numericSeparator: true }, { compact: 1, breakLength: 60 }];
exports.main = () => {
  const out = [];
  for (const o of opts) vals.forEach((v, i) => {
    let r;
    try {
      r = util.inspect(v, o);
    } catch (e) {
      r = "THREW " + e.message;
    }
    out.push(JSON.stringify(o) + " #" + i + " " + r);
  });
  return out;
};
