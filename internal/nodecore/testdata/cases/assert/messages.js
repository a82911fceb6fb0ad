// Every assertion, failing, and what it says.
const assert = require("assert");
const out = [];
const T = (f) => {
  try {
    f();
    out.push("ok");
  } catch (e) {
    out.push(e.name + " " + e.generatedMessage + " " + JSON.stringify(e.message));
  }
};
exports.main = () => {
  T(() => assert.strictEqual(1, 2, "custom"));
  T(() => assert.strictEqual("aaaaaaaaaaaaaa", "bbbbbbbbbbbbbbb", "custom"));
  T(() => assert.deepStrictEqual({ a: 1 }, { a: 2 }, "custom"));
  T(() => assert.equal(1, 2, "custom"));
  T(() => assert.notStrictEqual(1, 1, "custom"));
  T(() => assert.deepEqual({ a: 1 }, { a: 2 }, "custom"));
  T(() => assert.deepStrictEqual(1, 2, "custom"));
  T(() => assert.strictEqual({ a: 1 }, { a: 1 }, "custom"));
  T(() => assert.ok(false, "custom"));
  T(() => assert.strictEqual("a\nb", "a\nc", "custom"));
  T(() => assert.deepStrictEqual({ a: { b: { c: 1 } }, x: [1, 2, 3, 4, 5, 6, 7, 8] }, { a: { b: { c: 2 } }, x: [1, 2, 3, 4, 5, 6, 7, 9] }));
  T(() => assert.deepStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]));
  T(() => assert.deepStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  T(() => assert.deepStrictEqual([], [1]));
  T(() => assert.deepStrictEqual({}, { a: 1, b: 2 }));
  T(() => assert.deepStrictEqual({ a: 1, b: 2 }, {}));
  T(() => assert.deepStrictEqual([1, 2, 3], [3, 2, 1]));
  T(() => assert.deepStrictEqual(Array.from({ length: 80 }, (_, i) => i), Array.from({ length: 80 }, (_, i) => i + 1)));
  T(() => assert.deepStrictEqual(new Error("a"), new Error("b")));
  T(() => assert.deepStrictEqual({ a: [1, 2, { b: 3 }] }, { a: [1, 2, { b: 4 }] }));
  T(() => assert.strictEqual(NaN, 0));
  T(() => assert.strictEqual(0, -0));
  T(() => assert.strictEqual("x", void 0));
  T(() => assert.strictEqual(/* @__PURE__ */ new Date(0), /* @__PURE__ */ new Date(0)));
  T(() => assert.deepStrictEqual(/* @__PURE__ */ new Date(0), /* @__PURE__ */ new Date(1)));
  T(() => assert.strictEqual("hello world this is long", "hello world that is long"));
  T(() => assert.strictEqual(() => 1, () => 1));
  T(() => assert.strictEqual(1n, 1));
  T(() => assert.deepStrictEqual({ a: 1, b: 2, c: 3, d: 4 }, { a: 1, b: 9, c: 3, d: 4 }));
  T(() => assert.deepStrictEqual({ b: 1, a: 2 }, { a: 2, b: 2 }));
  T(() => assert.deepStrictEqual(/* @__PURE__ */ new Set([1, 2]), /* @__PURE__ */ new Set([1, 3])));
  T(() => assert.throws(() => {
    throw Object.assign(new Error("x"), { code: 1 });
  }, { code: 2, message: "x" }));
  T(() => assert.throws(() => {
    throw new TypeError("bad");
  }, { name: "RangeError" }));
  T(() => assert.throws(1));
  T(() => assert.throws(() => {
    throw new Error("m");
  }, "m"));
  T(() => assert.throws(() => {
  }, "msg"));
  T(() => assert.throws(() => {
  }, TypeError, "msg"));
  T(() => assert.throws(() => {
    throw new Error("e");
  }, new Error("f")));
  T(() => assert.throws(() => {
    throw "str";
  }, { message: "x" }));
  T(() => assert.throws(() => {
    throw new Error("x");
  }, {}));
  T(() => assert.equal(1));
  T(() => assert.notEqual({}, 1));
  T(() => assert.deepEqual([1, "2"], [1, 2]));
  T(() => assert.deepEqual({ a: 1 }, "x"));
  T(() => assert.notDeepStrictEqual([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]));
  T(() => assert.match(5, /x/));
  T(() => assert.strict.deepEqual([1], ["1"]));
  T(() => assert.fail(1, 2, void 0, ">"));
  T(() => assert.fail(new TypeError("own")));
  T(() => assert.ok());
  T(() => assert.ok(0, new RangeError("mine")));
  T(() => assert.ifError("s"));
  T(() => assert.ifError(0));
  return out;
};
