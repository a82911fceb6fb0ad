// A module written byte by byte: what it imports and exports, its memory, its
// globals, its traps.

const I32 = 0x7f;
const I64 = 0x7e;
const F32 = 0x7d;
const F64 = 0x7c;
const text = (s) => [s.length, ...Buffer.from(s)];
const section = (id, ...items) => { const body = [items.length, ...items.flat()]; return [id, ...leb(body.length), ...body]; };
const leb = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)]);
const type = (params, results) => [0x60, params.length, ...params, results.length, ...results];
const code = (...bytes) => { const body = [0, ...bytes, 0x0b]; return [...leb(body.length), ...body]; };
const binary = (...sections) => Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);

const source = binary(
  section(1, type([I32, I32], [I32]), type([I64], [I64]), type([F32], [F32]), type([F64, I32], [F64]), type([], []), type([I32], []), type([], [I32, I64])),
  section(2, [...text('env'), ...text('log'), 0, 5], [...text('env'), ...text('twice'), 0, 0], [...text('env'), ...text('start'), 3, I32, 0], [...text('env'), ...text('count'), 3, I64, 1]),
  section(3, [0], [1], [2], [3], [4], [0], [5], [6], [4]),
  section(4, [0x70, 0, 2]),
  section(5, [1, 1, 3]),
  section(6, [I32, 1, 0x41, 7, 0x0b], [F64, 0, 0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x0b]),
  section(
    7, [...text('add'), 0, 2], [...text('long'), 0, 3], [...text('single'), 0, 4], [...text('double'), 0, 5], [...text('trap'), 0, 6], [...text('divide'), 0, 7],
    [...text('call'), 0, 8], [...text('two'), 0, 9], [...text('endless'), 0, 10], [...text('memory'), 2, 0], [...text('level'), 3, 2], [...text('fixed'), 3, 3], [...text('given'), 3, 0], [...text('table'), 1, 0], [...text('log'), 0, 0],
  ),
  section(
    10,
    code(0x20, 0, 0x20, 1, 0x6a),
    code(0x20, 0, 0x42, 1, 0x7c),
    code(0x20, 0, 0x43, 0, 0, 0, 0x3f, 0x92),
    code(0x20, 0, 0x20, 1, 0xb7, 0xa2),
    code(0x00),
    code(0x20, 0, 0x20, 1, 0x6d),
    code(0x20, 0, 0x41, 3, 0x10, 1, 0x10, 0, 0x23, 1, 0x42, 1, 0x7c, 0x24, 1, 0x41, 0, 0x20, 0, 0x36, 2, 0),
    code(0x41, 0x2a, 0x42, 0x2a),
    code(0x10, 10),
  ),
  section(11, [0, 0x41, 8, 0x0b, ...text('data')]),
  [0, ...leb(9), ...text('note'), 1, 2, 3, 4],
);

const attempt = (fn) => {
  try {
    return show(fn());
  } catch (error) {
    const { name, message, constructor } = error;
    return [name, message.replace(/: .*@\+\d+$/, ''), constructor.name, error instanceof Error, error instanceof WebAssembly.RuntimeError];
  }
};
const show = (value) => (typeof value === 'bigint' ? `${value}n` : Array.isArray(value) ? value.map(show) : value);

exports.main = async () => {
  const logged = [];
  const count = new WebAssembly.Global({ value: 'i64', mutable: true }, 5n);
  let fail = false;
  const imports = { env: {
    log: (n) => { if (fail) throw new RangeError('from JavaScript'); logged.push(n); },
    twice: (a, b) => a * 2 + b,
    start: 3,
    count,
  } };
  const compiled = new WebAssembly.Module(source);
  const { exports: it } = new WebAssembly.Instance(compiled, imports);
  const out = {
    lists: [WebAssembly.Module.imports(compiled), WebAssembly.Module.exports(compiled), WebAssembly.Module.customSections(compiled, 'note').map((b) => [...new Uint8Array(b)])],
    shapes: [String(compiled), String(it.memory), Object.isFrozen(it), Object.getPrototypeOf(it), it.add.name, it.add.length, typeof it.table, String(WebAssembly), Object.keys(it)],
    calls: [it.add(1, 2), it.add(2 ** 31 - 1, 1), it.add('4', null), it.add(), it.add(1.9, -1.9), it.add(2 ** 32 + 5, 0), it.long(2n ** 63n - 1n), it.long(-1n), it.single(0.1), it.double(1.5, 3), it.double(NaN, 1), it.double(-0, 1), it.two(), it.trap.name].map(show),
    converted: [() => it.long(1), () => it.long(), () => it.long('7'), () => it.add(1n, 2), () => it.add(Symbol('x'), 1)].map(attempt),
  };
  it.call(20);
  out.called = [logged, `${count.value}`, it.level.value, it.fixed.value, it.given.value, [...new Uint8Array(it.memory.buffer, 0, 12)]];
  it.level.value = 9.7;
  count.value = 100n;
  it.call(-1);
  out.globals = [it.level.value, `${count.value}`, attempt(() => { it.fixed.value = 2; }), `${count}`, attempt(() => { count.value = 1; })];
  const before = it.memory.buffer;
  const view = new Uint8Array(before);
  out.memory = [before.byteLength, it.memory.buffer === before, it.memory.grow(1), before.byteLength, view.length, it.memory.buffer.byteLength, [...new Uint8Array(it.memory.buffer, 8, 4)], attempt(() => it.memory.grow(5))];
  out.traps = [() => it.trap(), () => it.divide(1, 0), () => it.divide(-(2 ** 31), -1), () => it.endless()].map(attempt).map((t, i) => (i === 2 ? t[0] : t));
  fail = true;
  out.thrown = attempt(() => it.call(1));
  fail = false;
  it.call(1);
  out.reentrant = (() => {
    const nested = new WebAssembly.Instance(compiled, { env: { ...imports.env, log: (n) => { if (n > 0) nested.exports.call(n > 20 ? 5 : -5); logged.push(n); }, count: new WebAssembly.Global({ value: 'i64', mutable: true }) } });
    nested.exports.call(15);
    return logged.slice(-3);
  })();
  out.links = [undefined, {}, { env: {} }, { env: { ...imports.env, start: 'x' } }, { env: { ...imports.env, count: 1n } }].map((given) => attempt(() => new WebAssembly.Instance(compiled, given)));
  out.invalid = [Buffer.from('nope'), Buffer.alloc(0), 5, new Uint8Array([0, 0x61, 0x73, 0x6d])].map((bytes) => [attempt(() => typeof new WebAssembly.Module(bytes)).slice(0, 1), attempt(() => WebAssembly.validate(bytes))]);
  out.async = [
    Object.keys(await WebAssembly.instantiate(source, imports)), (await WebAssembly.instantiate(compiled, imports)).exports.add(2, 3), String(await WebAssembly.compile(source.buffer)),
    await WebAssembly.instantiate(Buffer.from('nope')).catch((error) => [error.name, error.message]), WebAssembly.validate(source),
  ];
  return out;
};
