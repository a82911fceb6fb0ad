// Memories and globals made by JavaScript.

const text = (s) => [s.length, ...Buffer.from(s)];
const source = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f,
  2, 12, 1, ...text('js'), ...text('mem'), 2, 1, 1, 4,
  3, 2, 1, 0,
  7, 8, 1, ...text('load'), 0, 0,
  10, 9, 1, 7, 0, 0x20, 0, 0x28, 2, 0, 0x0b,
]);

const attempt = (fn) => { try { return fn(); } catch (error) { return [error.name, error.message]; } };

exports.main = () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
  const words = new Uint32Array(memory.buffer);
  words[3] = 77;
  const { load } = new WebAssembly.Instance(new WebAssembly.Module(source), { js: { mem: memory } }).exports;
  const seen = [load(12)];
  new Uint32Array(memory.buffer)[3] = 78;
  seen.push(load(12), memory.grow(1), load(12), memory.buffer.byteLength, attempt(() => load(3 * 65536)));
  const own = new WebAssembly.Memory({ initial: 0, maximum: 2 });
  const first = own.buffer;
  return [
    seen, own.grow(2), own.buffer.byteLength, first.byteLength, attempt(() => own.grow(1)),
    [{}, { initial: 70000 }, { initial: 2, maximum: 1 }, undefined, { initial: -1 }].map((d) => attempt(() => typeof new WebAssembly.Memory(d))[0]),
    [['i32'], ['i32', 1.5], ['f32', 0.1], ['f64', '2.5'], ['i64', 3n], ['i64']].map(([value, v]) => String(new WebAssembly.Global({ value }, v).value)),
    attempt(() => new WebAssembly.Global({ value: 'nope' })), attempt(() => new WebAssembly.Global({ value: 'i64' }, 1)),
    [WebAssembly.Module, WebAssembly.Memory, WebAssembly.Global].map((C) => attempt(() => C({}))[0]),
  ];
};
