// The engine's own errors, in V8's words.
const tr = (f) => {
  try {
    f();
  } catch (e) {
    return e;
  }
};
exports.main = () => {
  const out = [];
  for (const f of [() => null.x, () => (void 0).foo, () => {
    let o = {};
    o.f();
  }, () => {
    let o = { a: {} };
    o.a.b.c;
  }, () => {
    x1;
  }, () => {
    new (() => {
    })();
  }, () => {
    let u;
    u();
  }, () => {
    null.x = 1;
  }, () => {
    const [a] = {};
  }, () => JSON.parse("{bad"), () => JSON.parse(""), () => JSON.parse("[1,"), () => JSON.parse("<html>"), () => JSON.parse(void 0), () => 1n + 1, () => /* @__PURE__ */ Symbol() + "", () => "x".repeat(-1), () => new Array(-1), () => 1 .toFixed(101), () => decodeURIComponent("%"), () => (/* @__PURE__ */ new Date(NaN)).toISOString(), () => [].reduce((a, b) => a), () => {
    class A {
    }
    ;
    A();
  }, () => {
    class A {
      constructor() {
        this.x;
      }
    }
    ;
    class B extends A {
      constructor() {
        this.x;
      }
    }
    ;
    new B();
  }, () => Object.defineProperty(Object.freeze({}), "a", { value: 1 }), () => {
        Object.freeze([1]).push(2);
  }, () => {
        const o = Object.freeze({ a: 1 });
    o.a = 2;
  }, () => new Proxy({}, null), () => BigInt("x"), () => {
    let o = { a: { b: null } };
    o.a.b.c;
  }, () => {
    let arr = [1];
    arr[5].x;
  }, () => {
    let o = {};
    o.a.b.c();
  }, () => {
    let o = {};
    o.a();
  }, () => {
    let o = { a: {} };
    o.a.b();
  }, () => {
    let o = {};
    o["x-y"]();
  }, () => {
    let f2 = 5;
    f2();
  }, () => {
    [].foo();
  }, () => {
    "s".foo();
  }, () => {
    let x = y2;
    let y2 = 1;
  }, () => new 5(), () => {
    let a = {};
    new a.b();
  }, () => [...5], () => Promise(), () => super1(), () => [].at.call(null), () => "abc".localeCompare(/* @__PURE__ */ Symbol()), () => parseInt(/* @__PURE__ */ Symbol()), () => {
    await1.x;
  }, () => new Intl1.X(), () => {
    let o = {};
    delete Object.freeze({ a: 1 }).a;
  }, () => {
    let context = {};
    context.params.name;
  }, () => {
    let res = { data: null };
    res.data.results.map((x) => x);
  }, () => {
    let res = { data: {} };
    res.data.results.map((x) => x);
  }, () => {
    let res = {};
    res.data.results[0].id;
  }]) {
    const e = tr(f);
    out.push((e ? e.name + ": " + e.message : "none"));
  }
  return out;
};
