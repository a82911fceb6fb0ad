const { all } = require('../_attempt');

const versions = { 8: require('uuid-8'), 9: require('uuid-9'), 14: require('uuid') };
const random = [0x10, 0x91, 0x56, 0xbe, 0xc4, 0xfb, 0xc1, 0xea, 0x71, 0xb4, 0xef, 0xe1, 0x67, 0x1c, 0x58, 0x36];

exports.main = async () => {
  const out = {};
  for (const [version, uuid] of Object.entries(versions)) {
    out[version] = await all({
      exports: () => Object.keys(uuid).sort(),
      v4: () => [uuid.v4({ random }), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(uuid.v4()), uuid.v4() !== uuid.v4()],
      v1: () => [uuid.v1({ node: [1, 35, 69, 103, 137, 171], clockseq: 0x1234, msecs: 1767225600000, nsecs: 5678 }), uuid.version(uuid.v1())],
      v3: () => uuid.v3('hello.example.com', uuid.v3.DNS),
      v5: () => [uuid.v5('http://example.com/hello', uuid.v5.URL), uuid.v5('ü', '1b671a64-40d5-491e-99b0-da01ff1f3341')],
      v7: () => (uuid.v7 ? [uuid.v7({ msecs: 1767225600000, random: Uint8Array.from(random), seq: 1 }), uuid.version(uuid.v7())] : 'not there'),
      parse: () => [Array.from(uuid.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')), uuid.stringify(Uint8Array.from(random)), uuid.validate('nope'), uuid.validate(uuid.NIL), uuid.NIL],
      bad: () => uuid.parse('zzz'),
      buffer: () => Array.from(uuid.v4({ random }, new Uint8Array(20), 2)),
    });
  }
  return out;
};
