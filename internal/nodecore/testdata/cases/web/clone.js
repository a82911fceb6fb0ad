'use strict';
// structuredClone.

const { inspect } = require('util');

function shown(make) {
  try {
    return inspect(make());
  } catch (error) {
    return `${error.constructor.name} ${error.name} ${error.code} ${error.message}`;
  }
}

class Point {
  constructor() {
    this.x = 1;
  }

  get y() {
    return 2;
  }
}

exports.main = async () => {
  const buffer = new ArrayBuffer(8);
  const cases = {
    primitives: () => [structuredClone(1), structuredClone('a'), structuredClone(null), structuredClone(undefined), structuredClone(10n), Object.is(structuredClone(-0), -0)],
    plain: () => structuredClone({ a: undefined, b: null, c: [1, , 3], get d() { return 5; }, [Symbol('x')]: 1 }),
    hidden: () => structuredClone(Object.defineProperty({}, 'a', { value: 1 })),
    bare: () => Object.getPrototypeOf(structuredClone(Object.create(null))) === Object.prototype,
    instance: () => structuredClone(new Point()),
    named: () => structuredClone(Object.assign([1], { x: 2 })),
    proto: () => Object.keys(structuredClone(JSON.parse('{"__proto__": 1}'))),
    cycle: () => { const a = { list: [] }; a.list.push(a); const c = structuredClone(a); return [c !== a, c.list[0] === c]; },
    dates: () => structuredClone([new Date(0), new Date(NaN)]),
    regexp: () => { const r = /a/gi; r.lastIndex = 3; const c = structuredClone(r); return [c, c.lastIndex]; },
    boxes: () => structuredClone([Object(1), Object('a'), Object(true), Object(1n)]),
    map: () => { const m = new Map([['a', { b: 1 }]]); m.set(m, m); m.extra = 1; const c = structuredClone(m); return [c.get(c) === c, c.get('a'), c.extra]; },
    set: () => structuredClone(new Set([1, { a: 1 }])),
    bytes: () => structuredClone([new Uint8Array([1, 2]), new Float64Array([1.5]), new BigInt64Array([1n]), new Uint8ClampedArray([300])]),
    buffer: () => structuredClone(Buffer.from('abc')),
    view: () => { const c = structuredClone(new DataView(new ArrayBuffer(4), 1, 2)); return [c.byteOffset, c.byteLength, c.buffer.byteLength]; },
    shared: () => { const c = structuredClone({ a: new Uint8Array(buffer), b: new Uint8Array(buffer, 4) }); return [c.a.buffer === c.b.buffer, c.b.byteOffset]; },
    error: () => { const e = new TypeError('x', { cause: { a: 1 } }); e.extra = 1; const c = structuredClone(e); return [c.name, c.message, c.cause, c.extra, c.stack === e.stack, c instanceof TypeError, Object.keys(c)]; },
    ownError: () => { class Mine extends Error {} const e = new Mine('x'); e.name = 'Mine'; const c = structuredClone(e); return [c.name, c.constructor.name, c.message, Object.getOwnPropertyDescriptor(c, 'message')]; },
    renamed: () => { const e = new RangeError(); e.name = 'TypeError'; const c = structuredClone(e); return [c.name, c.constructor.name, Object.hasOwn(c, 'message')]; },
    blob: () => structuredClone(new Blob(['a'], { type: 'a/b' })),
    inside: () => structuredClone({ a: () => 1 }),
    symbol: () => structuredClone(Symbol('x')),
    weakMap: () => structuredClone(new WeakMap()),
    promise: () => structuredClone(Promise.resolve()),
    generator: () => structuredClone((function* () {})()),
    iterator: () => structuredClone(new Map([[1, 2]]).entries()),
    arguments: () => (function () { return structuredClone(arguments); })(1, 2),
    proxy: () => structuredClone(new Proxy({ a: 1 }, {})),
    throwing: () => structuredClone({ get a() { throw new RangeError('boo'); } }),
    headers: () => structuredClone(new Headers({ a: '1' })),
    url: () => structuredClone(new URL('http://a/')),
    domException: () => structuredClone(new DOMException('a', 'b')),
    none: () => structuredClone(),
    options: () => structuredClone(1, 2),
    transferNumber: () => structuredClone(1, { transfer: 1 }),
    transferObject: () => structuredClone(1, { transfer: [{}] }),
    transfer: () => { const b = new Uint8Array([1, 2, 3]); const c = structuredClone({ b }, { transfer: [b.buffer] }); return [b.byteLength, c.b]; },
    twice: () => { const b = new ArrayBuffer(4); return structuredClone(b, { transfer: [b, b] }); },
    detached: () => { const b = new ArrayBuffer(4); structuredClone(b, { transfer: [b] }); return structuredClone(b); },
    port: () => structuredClone(new MessageChannel().port1),
    portMoved: () => { const p = new MessageChannel().port1; return structuredClone({ p }, { transfer: [p] }).p.constructor.name; },
    stream: () => structuredClone(new ReadableStream()),
    surface: () => [structuredClone.length, structuredClone.name],
  };
  const out = {};
  for (const [name, make] of Object.entries(cases)) out[name] = shown(make);
  return out;
};
