exports.main = () => {
  const b = Buffer.alloc(24);
  b.writeDoubleLE(NaN, 0);
  b.writeDoubleBE(NaN, 8);
  b.writeFloatLE(NaN, 16);
  b.writeFloatBE(undefined, 20);
  return [b.toString('hex'), b.readDoubleLE(0), b.readFloatBE(20), require('v8').serialize(NaN).toString('hex')].map(String);
};
