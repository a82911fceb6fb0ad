const Stripe = require('stripe');
const { all } = require('../_attempt');
const { random, requests } = require('../_fixed');

exports.main = async ({ url, refused }) => {
  random();
  const { hostname, port } = new URL(url);
  // The library's path begins with /v1, which the server has under /stripe.
  class Client extends Stripe.HttpClient {
    constructor() { super(); this.inner = Stripe.createNodeHttpClient(); }
    getClientName() { return 'node'; }
    makeRequest(host, at, path, ...rest) { return this.inner.makeRequest(host, at, `/stripe${path}`, ...rest); }
  }
  const options = { host: hostname, port, protocol: 'http', telemetry: false, httpClient: new Client() };
  const stripe = new Stripe('sk_test_1', options);
  const plain = (o) => ({ ...o, lastResponse: o.lastResponse && { statusCode: o.lastResponse.statusCode, requestId: o.lastResponse.requestId } });
  const failure = async (promise) => {
    try { return await promise; } catch (e) {
      return { type: e.type, name: e.constructor.name, code: e.code, decline: e.decline_code, param: e.param, status: e.statusCode, id: e.requestId, message: e.message, raw: e.rawType, is: e instanceof Stripe.errors.StripeError, is2: e instanceof Error };
    }
  };
  return all({
    create: async () => [plain(await stripe.customers.create({ email: 'zoë@example.com', metadata: { k: 'v & w' }, expand: ['default_source'], address: { line1: 'a b', city: null } })), await requests(url, 1)],
    retrieve: async () => [plain(await stripe.customers.retrieve('cus_1', { expand: ['subscriptions'] })), await requests(url, 1)],
    update: async () => [plain(await stripe.customers.update('cus_1', { name: '' })), await requests(url, 1)],
    del: async () => plain(await stripe.customers.del('cus_1')),
    list: async () => (await stripe.customers.list({ limit: 2, created: { gte: 1 } })).data.map((c) => c.id),
    pages: async () => { const ids = []; for await (const c of stripe.customers.list({ limit: 2 })) ids.push(c.id); return ids; },
    toArray: async () => (await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 5 })).map((c) => c.id),
    intent: async () => [plain(await stripe.paymentIntents.create({ amount: 1099, currency: 'eur', payment_method_types: ['card', 'ideal'] }, { idempotencyKey: 'once' })), await requests(url, 1)],
    declined: () => failure(stripe.customers.retrieve('cus_402')),
    missing: () => failure(stripe.customers.retrieve('cus_404')),
    again: async () => [plain(await new Stripe('sk_test_1', { ...options, maxNetworkRetries: 2 }).customers.retrieve('cus_503')).id],
    wrongKey: () => failure(new Stripe('sk_bad', options).customers.retrieve('cus_1')),
    refused: () => failure(new Stripe('sk_test_1', { host: '127.0.0.1', port: new URL(refused).port, protocol: 'http', maxNetworkRetries: 0 }).customers.retrieve('cus_1')),
    fetchClient: async () => {
      const client = new Stripe('sk_test_1', { host: hostname, port, protocol: 'http', telemetry: false, httpClient: Stripe.createFetchHttpClient((u, init) => fetch(String(u).replace('/v1/', '/stripe/v1/'), init)) });
      return [plain(await client.customers.retrieve('cus_1')), await failure(client.customers.retrieve('cus_402'))];
    },
    noKey: () => new Stripe(),
    webhook: async () => {
      const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'ping' });
      const header = stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_1', timestamp: 1767225600 });
      const event = stripe.webhooks.constructEvent(payload, header, 'whsec_1', 1e10);
      const wrong = await failure(Promise.resolve().then(() => stripe.webhooks.constructEvent(`${payload} `, header, 'whsec_1', 1e10)));
      const old = await failure(Promise.resolve().then(() => stripe.webhooks.constructEvent(payload, header, 'whsec_1')));
      return [header, event, wrong, old, (await stripe.webhooks.constructEventAsync(payload, header, 'whsec_1', 1e10)).id];
    },
    members: () => [Object.keys(stripe).filter((k) => !k.startsWith('_')).length, Stripe.PACKAGE_VERSION],
  });
};
