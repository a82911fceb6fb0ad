// The members of util.
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
  const p = util.promisify((a, cb) => cb(null, a + 1));
  L(await p(1));
  L(await util.promisify((cb) => cb(new Error("bad")))().catch((e) => e.message));
  L(util.promisify(setTimeout).name);
  T("pr", () => util.promisify(1));
  await new Promise((r) => util.callbackify(async (x) => x * 2)(4, (e, v) => {
    L("cb", e, v);
    r();
  }));
  await new Promise((r) => util.callbackify(async () => {
    throw null;
  })((e) => {
    L("cbe", e.code, e.message, e.reason);
    r();
  }));
  L(util.callbackify(async function foo(a, b) {
  }).name, util.callbackify(async function foo(a, b) {
  }).length);
  function A1() {
  }
  ;
  function B1() {
  }
  ;
  util.inherits(A1, B1);
  L(new A1() instanceof B1, A1.super_ === B1);
  T("inh", () => util.inherits(A1, null));
  T("inh", () => util.inherits(A1, {}));
  L(util.isDeepStrictEqual({ a: [1, /* @__PURE__ */ new Map([[1, { b: 2 }]])] }, { a: [1, /* @__PURE__ */ new Map([[1, { b: 2 }]])] }), util.isDeepStrictEqual([1, , 3], [1, void 0, 3]), util.isDeepStrictEqual(/* @__PURE__ */ new Set([{ a: 1 }]), /* @__PURE__ */ new Set([{ a: 1 }])), util.isDeepStrictEqual(NaN, NaN), util.isDeepStrictEqual(0, -0), util.isDeepStrictEqual({ a: void 0 }, {}), util.isDeepStrictEqual(/* @__PURE__ */ new Date(1), /* @__PURE__ */ new Date(1)), util.isDeepStrictEqual(/a/g, /a/i), util.isDeepStrictEqual(Buffer.from("a"), Buffer.from("a")), util.isDeepStrictEqual([1], { 0: 1 }), util.isDeepStrictEqual(new Error("a"), new Error("b")), util.isDeepStrictEqual(/* @__PURE__ */ Object.create(null), {}), util.isDeepStrictEqual(Object(1), Object(1)));
  for (const t of Object.keys(util.types)) {
    L(t, [1, "s", null, void 0, {}, [], /* @__PURE__ */ new Map(), /* @__PURE__ */ new Set(), /* @__PURE__ */ new Date(), /x/, new Error(), Promise.resolve(), /* @__PURE__ */ new WeakMap(), /* @__PURE__ */ new WeakSet(), Buffer.from(""), new Uint8Array(), new Float32Array(), new ArrayBuffer(1), new DataView(new ArrayBuffer(1)), () => {
    }, async () => {
    }, function* () {
    }, (function* () {
    })(), (/* @__PURE__ */ new Map()).entries(), (/* @__PURE__ */ new Set()).values(), Object(1), Object("s"), Object(true), Object(1n), Object(/* @__PURE__ */ Symbol()), new Proxy({}, {}), /* @__PURE__ */ (function() {
      return arguments;
    })()].map((v) => util.types[t](v) ? 1 : 0).join(""));
  }
  L(util.stripVTControlCharacters("\x1B[31mred\x1B[39m"), JSON.stringify(util.styleText("red", "x")), JSON.stringify(util.styleText(["bold", "underline"], "x")));
  T("st", () => util.styleText("nope", "x"));
  L(util.getSystemErrorName(-2), util.getSystemErrorName(-111), util.getSystemErrorMap().size > 50);
  T("sn", () => util.getSystemErrorName(1));
  L(util.toUSVString("a\uD800b"), util.inspect.custom, util.promisify.custom);
  L(util.parseArgs({ args: ["-f", "--bar", "b", "pos"], options: { foo: { type: "boolean", short: "f" }, bar: { type: "string" } }, allowPositionals: true }));
  T("pa", () => util.parseArgs({ args: ["--nope"], options: {} }));
  T("pa", () => util.parseArgs({ args: ["--bar"], options: { bar: { type: "string" } } }));
  T("pa", () => util.parseArgs({ args: ["x"], options: {} }));
  T("pa", () => util.parseArgs({ args: ["-abc", "--d=1", "--no"], strict: false, tokens: true }));
  T("pa", () => util.parseArgs({ args: ["-vv", "-o", "x", "-oy"], options: { v: { type: "boolean", short: "v", multiple: true }, out: { type: "string", short: "o", multiple: true }, def: { type: "string", default: "d" } } }));
  L(util.parseEnv(`A=1
B="x y"
#c
C='q' 
export D=4 # c
E="a\\nb"`));
  L(String(new util.MIMEType('text/html; charset=UTF-8; q="a b"')), new util.MIMEType("Text/Plain").essence);
  T("mt", () => new util.MIMEType("bad"));
  L(util._extend({ a: 1 }, { b: 2 }), util.isArray([]), util.isError(new Error()), util.isRegExp(/a/), util.isPrimitive(1), util.isBuffer(Buffer.alloc(1)));
  const dep = util.deprecate(function orig(a, b) {
    return 5;
  }, "msg", "DEP9");
  L(dep.name, dep.length, typeof dep);
  L(new util.TextEncoder().encode("é€"), new TextDecoder().decode(new Uint8Array([239, 187, 191, 97, 226, 130])), new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array([239, 187, 191, 97])).length, new TextDecoder("utf-16le").decode(new Uint8Array([97, 0, 172, 32])), new TextDecoder("latin1").encoding);
  T("td", () => new TextDecoder("nope"));
  T("td", () => new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([255])));
  const td = new TextDecoder();
  L(td.decode(new Uint8Array([226, 130]), { stream: true }) + td.decode(new Uint8Array([172, 65]), { stream: true }) + td.decode());
  L(new TextEncoder().encodeInto("héllo", new Uint8Array(3)), new TextEncoder(), Object.prototype.toString.call(new TextEncoder()));
  L(new TextDecoder("shift_jis").decode(new Uint8Array([131, 101, 131, 88])));
  return out;
};
