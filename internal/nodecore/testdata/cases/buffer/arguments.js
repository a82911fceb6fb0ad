// What Buffer refuses, and the names it has.
const lines = [];
function log(...a) {
  lines.push(a.map((x) => x instanceof Uint8Array && x.inspect ? x.inspect() : String(x)).join(" "));
}
const b = require("buffer");
log(Object.keys(b).join(" "));
log(Object.getOwnPropertyNames(b.Buffer).join(" "));
log(Object.keys(b.Buffer).join(" "));
log(Object.getOwnPropertyNames(b.Buffer.prototype).sort().join(" "));
log(Object.keys(b.Buffer.prototype).sort().join(" "));
for (const f of [() => Buffer(5), () => Buffer.from(5), () => Buffer.alloc("x"), () => Buffer.alloc(-1), () => Buffer.alloc(2 ** 53), () => Buffer.from("a", "zzz"), () => Buffer.from({}), () => Buffer.from(null), () => Buffer.alloc(1).readUInt8(1), () => Buffer.alloc(8).readUInt32LE(5), () => Buffer.alloc(8).readUInt32LE(1.5), () => Buffer.alloc(8).readUInt32LE("1"), () => Buffer.alloc(8).writeUInt8(256), () => Buffer.alloc(8).writeInt8(-129), () => Buffer.alloc(8).writeInt16LE(4e4), () => Buffer.alloc(8).writeUInt32BE(-1), () => Buffer.alloc(8).writeIntBE(1, 0, 7), () => Buffer.alloc(8).writeIntBE(2 ** 40, 0, 5), () => Buffer.alloc(8).writeUIntBE(2 ** 40, 0, 5), () => Buffer.alloc(8).writeBigInt64LE(2n ** 63n), () => Buffer.alloc(8).writeBigUInt64LE(-1n), () => Buffer.alloc(8).writeBigUInt64LE(1), () => Buffer.alloc(1).readUInt16LE(0), () => Buffer.concat("x"), () => Buffer.concat(["x"]), () => Buffer.compare("a", "b"), () => Buffer.byteLength(5), () => Buffer.alloc(5).swap16(), () => Buffer.alloc(5).swap32(), () => Buffer.alloc(5).swap64(), () => Buffer.alloc(5).fill("x", 10), () => Buffer.alloc(5).fill("x", 0, 9), () => Buffer.alloc(5).fill("x", "zz"), () => Buffer.alloc(5).fill("zz", "hex"), () => Buffer.alloc(5, "zz", "hex"), () => Buffer.alloc(5).write("x", 9), () => Buffer.alloc(5).write("x", 0, 9), () => Buffer.alloc(5).write(5), () => Buffer.alloc(5).write("abc", 0, 2, "bla"), () => Buffer.alloc(5).toString("bla"), () => Buffer.alloc(5).indexOf({}), () => Buffer.alloc(5).indexOf("a", 0, "bla"), () => Buffer.alloc(5).equals("x"), () => Buffer.alloc(5).compare("x"), () => Buffer.alloc(5).compare(Buffer.alloc(2), 9), () => Buffer.alloc(5).compare(Buffer.alloc(2), 0, 9), () => Buffer.alloc(5).copy("x"), () => Buffer.alloc(5).copy(Buffer.alloc(2), -1), () => Buffer.alloc(5).copy(Buffer.alloc(2), 0, 9), () => Buffer.alloc(5).copy(Buffer.alloc(2), 0, 0, -1), () => Buffer.from(new ArrayBuffer(4), 9), () => Buffer.from(new ArrayBuffer(4), 0, 9), () => b.transcode("x", "a", "b"), () => b.transcode(Buffer.from("x"), "a", "b"), () => atob(), () => atob("a"), () => btoa("€"), () => btoa(), () => b.isUtf8("x"), () => Buffer.copyBytesFrom("x"), () => Buffer.copyBytesFrom(new Uint16Array(2), -1), () => Buffer.alloc(8).readIntLE(0), () => Buffer.alloc(8).readIntLE(0, 9), () => Buffer.alloc(8).readUIntBE(6, 4), () => Buffer.alloc(4).readDoubleLE(0), () => Buffer.alloc(4).writeDoubleLE(1), () => Buffer.alloc(8).writeDoubleLE(1, 3), () => Buffer.from(/* @__PURE__ */ Symbol()), () => Buffer.from(5n), () => Buffer.from(() => 1), () => Buffer.from(true), () => Buffer.alloc(4).hexSlice(9), () => Buffer.alloc(4).latin1Slice(0, 9), () => Buffer.alloc(3).utf8Write("x", 9), () => Buffer.alloc(8).readInt32LE(NaN), () => Buffer.alloc(8).readInt32LE(void 0), () => Buffer.alloc(8).readInt32LE(null), () => new b.SlowBuffer(-1), () => Buffer("a", 5), () => Buffer.alloc(8).writeUInt8(1, 8), () => Buffer.alloc(8).writeUInt8(1, 0.5)]) {
  try {
    log(f.toString(), "=>", f());
  } catch (e) {
    log(f.toString(), "!!", e.name, e.code, e.message, e.constructor.name, Object.keys(e) + "");
  }
}
exports.main = () => console.log(lines.join("\n"));
