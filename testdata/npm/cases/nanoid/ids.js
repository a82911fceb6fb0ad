const { nanoid, customAlphabet, customRandom, urlAlphabet } = require('nanoid');
const insecure = require('nanoid/non-secure');

exports.main = () => {
  const many = new Set(Array.from({ length: 500 }, () => nanoid()));
  let state = 1;
  const seeded = customRandom('abcdef', 10, (n) => Uint8Array.from({ length: n }, () => { state = (state * 31) % 251; return state; }));
  return [many.size, /^[\w-]{21}$/.test(nanoid()), nanoid(5).length, nanoid(0), /^[0-9a-f]{12}$/.test(customAlphabet('0123456789abcdef', 12)()), customAlphabet('x', 3)(), seeded(), seeded(), urlAlphabet.length, insecure.nanoid(8).length, /^[ab]{4}$/.test(insecure.customAlphabet('ab', 4)()), nanoid(3000).length];
};
