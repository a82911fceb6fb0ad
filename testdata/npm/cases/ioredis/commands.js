const { Redis, Command } = require('ioredis');
const { all, describe } = require('../_attempt');

exports.main = async ({ redis: options, refused }) => {
  const redis = new Redis({ ...options, lazyConnect: true });
  await redis.connect();
  await redis.flushall();
  const connect = (more) => new Redis({ ...options, ...more });
  const result = await all({
    set: async () => [await redis.set('k', 'Grüße 🎉'), await redis.get('k'), await redis.get('none'), await redis.exists('k', 'none'), await redis.del('k')],
    expiring: async () => [await redis.set('e', '1', 'EX', 100, 'NX'), await redis.set('e', '2', 'NX'), (await redis.ttl('e')) > 90, await redis.persist('e')],
    numbers: async () => [await redis.incr('n'), await redis.incrby('n', 5), await redis.incrbyfloat('n', 0.5), await redis.decr('m')],
    buffers: async () => { await redis.set('b', Buffer.from([0, 255, 13, 10])); return [(await redis.getBuffer('b')).toString('hex'), await redis.strlen('b')]; },
    hashes: async () => [await redis.hset('h', { a: 1, b: 'two' }), await redis.hgetall('h'), await redis.hmget('h', 'a', 'none'), await redis.hset('h', new Map([['c', 3]])), await redis.hgetall('none')],
    lists: async () => [await redis.rpush('l', 'a', 'b', 'c'), await redis.lrange('l', 0, -1), await redis.lpop('l'), await redis.llen('l'), await redis.blpop('l', 1)],
    sets: async () => [await redis.sadd('s', 'x', 'y', 'x'), (await redis.smembers('s')).sort(), await redis.sismember('s', 'y')],
    sorted: async () => [await redis.zadd('z', 1, 'one', 2.5, 'two'), await redis.zrange('z', 0, -1, 'WITHSCORES'), await redis.zscore('z', 'two')],
    pipeline: async () => redis.pipeline().set('p', 1).incr('p').hget('p', 'x').get('p').exec().then((list) => list.map(([e, v]) => [e && e.message, v])),
    multi: async () => [await redis.multi().set('t', 'a').get('t').exec(), await redis.multi({ pipeline: false }).then(() => redis.set('t', 'b')).then(() => redis.exec())],
    watched: async () => { await redis.watch('w'); await connect({}).set('w', 'x'); return redis.multi().set('w', 'y').exec(); },
    lua: async () => { redis.defineCommand('double', { numberOfKeys: 1, lua: "return {KEYS[1], ARGV[1] * 2, redis.call('get', KEYS[1])}" }); return [await redis.double('p', 21), await redis.eval('return {1, "x", {2, false}}', 0)]; },
    scan: async () => { const keys = []; for await (const batch of redis.scanStream({ match: '[a-c]*', count: 2 })) keys.push(...batch); return keys.sort(); },
    pubsub: async () => {
      const subscriber = connect({});
      const heard = [];
      const both = new Promise((resolve) => {
        const note = (...args) => { if (heard.push(args) === 2) resolve(); };
        subscriber.on('message', note).on('pmessage', note);
      });
      const counts = [await subscriber.subscribe('news'), await subscriber.psubscribe('o*')];
      const reached = [await redis.publish('news', 'ü'), await redis.publish('other', '2')];
      await both;
      subscriber.disconnect();
      return [counts, reached, heard];
    },
    wrongType: async () => { await redis.set('str', 'x'); return redis.lpush('str', 'y').catch((e) => ({ ...describe(e), command: e.command })); },
    unknown: () => redis.call('NOTHING', 'a').catch((e) => e.message),
    callback: () => new Promise((resolve) => redis.get('p', (e, v) => resolve([e, v]))),
    prefix: async () => { const r = connect({ keyPrefix: 'pre:', db: 1 }); await r.set('a', 1); const keys = await r.keys('*'); await r.quit(); return keys; },
    large: async () => { await redis.set('big', 'äx'.repeat(200000)); const v = await redis.get('big'); return [v.length, v.slice(-2)]; },
    transform: () => new Command('set', ['a', 1, { b: 2 }]).toWritable().toString(),
    many: async () => { const out = await Promise.all(Array.from({ length: 500 }, (_, i) => redis.set(`many:${i}`, i))); return [out.length, await redis.dbsize() > 500]; },
    wrongPassword: async () => { const r = connect({ password: 'no', retryStrategy: null, maxRetriesPerRequest: 0 }); const errors = []; r.on('error', (e) => errors.push(e.message)); const e = await r.get('a').catch((x) => x.message); r.disconnect(); return [errors, e]; },
    refused: async () => {
      const r = new Redis(Number(new URL(refused).port), '127.0.0.1', { retryStrategy: (n) => (n > 2 ? null : 5), maxRetriesPerRequest: 1 });
      const errors = [];
      r.on('error', (e) => errors.push(e.message));
      const e = await r.get('a').catch((x) => describe(x));
      r.disconnect();
      return [e, errors[0]];
    },
    offline: async () => { const r = connect({ lazyConnect: true, enableOfflineQueue: false }); const e = await r.get('a').catch((x) => x.message); r.disconnect(); return [e, r.status]; },
    url: async () => { const r = new Redis(`redis://:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/2`); const v = await r.ping('hi'); await r.quit(); return [v, r.options.db]; },
    events: async () => { const events = []; const r = connect({ lazyConnect: true }); for (const e of ['connecting', 'connect', 'ready', 'close', 'end']) r.on(e, () => events.push(e)); await r.connect(); const ended = new Promise((resolve) => r.once('end', resolve)); await r.quit(); await ended; return events; },
    info: async () => /redis_version:/.test(await redis.info('server')),
  });
  await redis.quit();
  return result;
};
