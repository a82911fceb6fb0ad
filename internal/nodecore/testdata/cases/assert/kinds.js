// Assertions of every kind.
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
  const AT = (f) => T("assert", f);
  AT(() => assert(0));
  AT(() => assert.equal(1, 2));
  AT(() => assert.strictEqual(1, 2));
  AT(() => assert.strictEqual("a".repeat(20), "a".repeat(19) + "b"));
  AT(() => assert.strictEqual({ a: 1 }, { a: 1 }));
  AT(() => assert.deepStrictEqual({ a: 1 }, { a: 2 }));
  AT(() => assert.deepEqual({ a: 1 }, { a: 2 }));
  AT(() => assert.deepStrictEqual([1, 2, 3], [1, 2, 4]));
  AT(() => assert.deepStrictEqual({ a: 1, b: { c: [1, 2, 3] }, d: "x", e: 5, f: 6, g: 7, h: 8 }, { a: 1, b: { c: [1, 5, 3] }, d: "x", e: 5, f: 6, g: 7, h: 9 }));
  AT(() => assert.notStrictEqual(1, 1));
  AT(() => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }));
  AT(() => assert.notEqual(1, 1));
  AT(() => assert.notDeepEqual({ a: 1 }, { a: 1 }));
  AT(() => assert.fail());
  AT(() => assert.fail("boom"));
  AT(() => assert.throws(() => {
  }));
  AT(() => assert.throws(() => {
    throw new Error("x");
  }, /y/));
  AT(() => assert.throws(() => {
    throw new Error("x");
  }, TypeError));
  AT(() => assert.throws(() => {
    throw new Error("x");
  }, { message: "y" }));
  AT(() => assert.throws(() => {
    throw new Error("x");
  }, { message: "x" }));
  AT(() => assert.doesNotThrow(() => {
    throw new Error("x");
  }));
  AT(() => assert.ifError(new Error("x")));
  AT(() => assert.ifError(null));
  AT(() => assert.match("a", /b/));
  AT(() => assert.doesNotMatch("a", /a/));
  AT(() => assert.ok(true));
  AT(() => assert.equal(NaN, NaN));
  AT(() => assert.deepEqual(/* @__PURE__ */ new Set([1]), /* @__PURE__ */ new Set(["1"])));
  AT(() => assert.strict.equal(1, "1"));
  AT(() => assert.strictEqual(1, 2, "custom"));
  AT(() => assert.strictEqual(1));
  AT(() => assert.deepStrictEqual(Array.from({ length: 30 }, (_, i) => i), Array.from({ length: 30 }, (_, i) => i === 15 ? 99 : i)));
  AT(() => assert.deepStrictEqual(/* @__PURE__ */ new Map([[1, 2]]), /* @__PURE__ */ new Map([[1, 3]])));
  AT(() => assert.strictEqual(void 0, null));
  AT(() => assert.deepStrictEqual("a\nb\nc", "a\nx\nc"));
  AT(() => assert.throws(() => {
    throw new Error("x");
  }, (e) => false));
  AT(() => assert.deepStrictEqual([1, [2]], [1, [2], 3]));
  await assert.rejects(Promise.reject(new Error("r")), /r/);
  await assert.rejects(async () => {
  }).catch((e) => L(e.message, e.code, e.operator));
  await assert.doesNotReject(Promise.reject(new Error("z"))).catch((e) => L(e.message));
  try {
    assert.strictEqual(1, 2);
  } catch (e) {
    L(e.name, e.code, e.actual, e.expected, e.operator, e.generatedMessage, Object.keys(e).join(), e instanceof assert.AssertionError, String(e), e.stack.split("\n")[0]);
  }
  return out;
};
