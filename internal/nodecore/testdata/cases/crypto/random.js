// Random values: their shapes and mistakes.
const crypto = require('crypto');
const { promisify } = require('util');

const t = (name, f) => {
  try {
    return [name, f()];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message }];
  }
};

exports.main = async () => {
  const out = [];
  out.push(t('bytes', () => [crypto.randomBytes(8).length, Buffer.isBuffer(crypto.randomBytes(1)), crypto.randomBytes(0).length]));
  out.push(t('bytes string', () => crypto.randomBytes('a')));
  out.push(t('bytes -1', () => crypto.randomBytes(-1)));
  out.push(t('bytes big', () => crypto.randomBytes(2 ** 31)));
  out.push(t('bytes NaN', () => crypto.randomBytes(NaN)));
  out.push(t('bytes callback', () => crypto.randomBytes(1, 2)));
  out.push(t('int', () => { const n = crypto.randomInt(10); return n >= 0 && n < 10; }));
  out.push(t('int range', () => { const n = crypto.randomInt(-5, -3); return n >= -5 && n < -3; }));
  out.push(t('int 0', () => crypto.randomInt(0)));
  out.push(t('int reversed', () => crypto.randomInt(5, 3)));
  out.push(t('int fraction', () => crypto.randomInt(5.5)));
  out.push(t('int wide', () => crypto.randomInt(0, 2 ** 48)));
  out.push(t('int wide max', () => crypto.randomInt(2 ** 48)));
  out.push(t('fill', () => { const b = Buffer.alloc(8); return [crypto.randomFillSync(b) === b, b.some((x) => x !== 0)]; }));
  out.push(t('fill part', () => { const b = Buffer.alloc(64); crypto.randomFillSync(b, 32); return [b.subarray(0, 32).every((x) => x === 0), b.subarray(32).some((x) => x !== 0)]; }));
  out.push(t('fill string', () => crypto.randomFillSync('a')));
  out.push(t('fill offset', () => crypto.randomFillSync(Buffer.alloc(3), 4)));
  out.push(t('fill size', () => crypto.randomFillSync(Buffer.alloc(3), 1, 4)));
  out.push(t('fill typed', () => crypto.randomFillSync(new Uint32Array(4)).length));
  out.push(t('uuid', () => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())));
  out.push(t('uuid options', () => crypto.randomUUID(1)));
  out.push(t('uuid entropy', () => crypto.randomUUID({ disableEntropyCache: 1 })));
  out.push(t('uuid entropy ok', () => crypto.randomUUID({ disableEntropyCache: true }).length));
  out.push(t('equal', () => [crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ab')), crypto.timingSafeEqual(new Uint8Array([1]), Buffer.from([2]))]));
  out.push(t('equal lengths', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'))));
  out.push(t('equal strings', () => crypto.timingSafeEqual('a', Buffer.from('ab'))));
  out.push(t('equal strings 2', () => crypto.timingSafeEqual(Buffer.from('ab'), 'ab')));
  out.push(t('values', () => crypto.getRandomValues(new Uint8Array(4)).length));
  out.push(t('prime', () => { const p = crypto.generatePrimeSync(64, { bigint: true }); return [typeof p, p > 2n ** 63n, crypto.checkPrimeSync(p), crypto.checkPrimeSync(15n)]; }));
  out.push(t('prime add', () => crypto.generatePrimeSync(32, { add: 12n, rem: 11n, bigint: true }) % 12n === 11n));
  out.push(t('prime bytes', () => crypto.generatePrimeSync(32).byteLength));

  out.push((await promisify(crypto.randomBytes)(5)).length);
  out.push((await promisify(crypto.randomFill)(Buffer.alloc(6))).length);
  out.push((await promisify(crypto.randomInt)(1)));
  out.push(await new Promise((r) => crypto.checkPrime(7n, (e, is) => r([e === undefined, is]))));
  out.push(await new Promise((r) => crypto.randomFill(new Uint8Array(9), 3, (e, b) => r([e, b.length]))));
  out.push(typeof crypto.pseudoRandomBytes(2).length);
  return out;
};
