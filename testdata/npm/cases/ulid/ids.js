const { ulid, decodeTime, encodeTime, monotonicFactory, factory, isValid, fixULIDBase32, incrementBase32, ulidToUUID, uuidToULID } = require('ulid');

exports.main = () => {
  const next = monotonicFactory(() => 0.5);
  const threw = (f) => { try { return f(); } catch (e) { return [e.name, e.message, e.code]; } };
  return [ulid(1767225600000).slice(0, 10), ulid().length, decodeTime('01KDV4XA00ABCDEFGHJKMNPQRS'), encodeTime(1767225600000, 10), next(1), next(1), next(2), isValid(ulid()), isValid('x'), typeof factory, fixULIDBase32 && fixULIDBase32('oLi'), incrementBase32('A109C'), ulidToUUID && ulidToUUID('01KDV4XA00ABCDEFGHJKMNPQRS'), uuidToULID && uuidToULID('019b1b25-5800-5a97-2e6b-8452de0b6b4d'), threw(() => decodeTime('short')), threw(() => encodeTime(2 ** 48, 10)), threw(() => encodeTime('x', 10)), threw(() => incrementBase32('ZZZ'))];
};
