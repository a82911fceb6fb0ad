// The beta that the design manager preloads: answers are {response, body}.
const hubspot = require('@hubspot/api-client-1');
const { all } = require('../_attempt');

exports.main = async ({ url }) => {
  const client = new hubspot.Client({ accessToken: 'token', basePath: url, useLimiter: false });
  const { contacts } = client.crm;
  const requests = async (n) => (await client.apiRequest({ method: 'GET', path: '/requests' })).body.slice(-n);
  const failing = async (fn) => {
    try {
      return await fn();
    } catch (error) {
      return [error.name, error.message, error.statusCode, error.response && error.response.statusCode, error.response && error.response.body];
    }
  };
  return all({
    async getPage() {
      const { response, body } = await contacts.basicApi.getPage(2, undefined, ['email'], undefined, false);
      return [response.statusCode, body, body.results[0].createdAt instanceof Date, await requests(1)];
    },
    async getAll() {
      return (await contacts.getAll()).map((c) => c.id);
    },
    async getById() {
      return [(await contacts.basicApi.getById('51', ['email'])).body, await requests(1)];
    },
    async create() {
      return [(await client.crm.companies.basicApi.create({ properties: { name: 'Ünïcode' } })).body, await requests(1)];
    },
    async update() {
      return [(await contacts.basicApi.update('51', { properties: { email: 'x@y.z' } })).body, await requests(1)];
    },
    async archive() {
      return [(await contacts.basicApi.archive('51')).response.statusCode, await requests(1)];
    },
    async search() {
      const search = { filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: 'a@b.c' }] }], sorts: ['createdate'], query: '', properties: ['email'], limit: 10, after: 0 };
      return [(await contacts.searchApi.doSearch(search)).body, await requests(1)];
    },
    async associations() {
      return [(await contacts.associationsApi.getAll('1', 'companies')).body, await requests(1)];
    },
    async batch() {
      return [(await contacts.batchApi.read(false, { properties: ['email'], inputs: [{ id: '1' }] })).body, await requests(1)];
    },
    async apiRequest() {
      const { response, body } = await client.apiRequest({ method: 'POST', path: '/custom', qs: { a: 'b c' }, body: { x: 'ü' } });
      return [response.statusCode, body, await requests(1)];
    },
    notFound: () => failing(() => contacts.basicApi.getById('404')),
    rateLimited: () => failing(() => contacts.basicApi.getPage(1, '429')),
    serverError: () => failing(() => contacts.basicApi.getById('500')),
    async apiKey() {
      const other = new hubspot.Client({ apiKey: 'key', basePath: url });
      await other.crm.deals.basicApi.getById('5');
      return requests(1);
    },
    async limited() {
      const slow = new hubspot.Client({ accessToken: 'token', basePath: url, limiterOptions: { minTime: 5, maxConcurrent: 2 } });
      const list = await Promise.all(['1', '2', '3'].map((id) => slow.crm.contacts.basicApi.getById(id)));
      return list.map(({ body }) => body.id);
    },
  });
};
