// The same calls for the versions whose client reads alike (9 and later).
const { all } = require('../_attempt');

// sent shows what the server got for the calls so far, and forgets nothing: the
// last n requests.
const requests = async (url, n) => (await (await fetch(`${url}/requests`)).json()).slice(-n);

exports.main = (hubspot, more = () => ({})) => async ({ url }) => {
  const client = new hubspot.Client({ accessToken: 'pat-na1-secret', basePath: url });
  const { contacts, companies, objects } = client.crm;
  const failing = async (fn) => {
    try {
      return await fn();
    } catch (error) {
      return { name: error.name, message: error.message, code: error.code, body: error.body, headers: error.headers && error.headers['content-type'], keys: Object.keys(error), instance: error instanceof Error };
    }
  };
  const results = await all({
    async getPage() {
      const page = await contacts.basicApi.getPage(2, undefined, ['email', 'firstname'], undefined, ['companies'], false);
      return [page, page.constructor.name, page.results[0].createdAt instanceof Date, page.results[0].constructor.name, await requests(url, 1)];
    },
    async getAll() {
      const list = await contacts.getAll(2);
      return [list.length, list.map((c) => c.id)];
    },
    async getById() {
      const contact = await contacts.basicApi.getById('51', ['email']);
      return [contact, JSON.stringify(contact), await requests(url, 1)];
    },
    async create() {
      const made = await companies.basicApi.create({ properties: { name: 'Ünïcode & Söhne', domain: 'example.com' }, associations: [] });
      return [made, await requests(url, 1)];
    },
    async update() {
      const changed = await contacts.basicApi.update('51', { properties: { email: 'new@example.com' } });
      return [changed, await requests(url, 1)];
    },
    async archive() {
      return [await contacts.basicApi.archive('51'), await requests(url, 1)];
    },
    async search() {
      const found = await contacts.searchApi.doSearch({ query: 'zoë', limit: 10, after: '0', sorts: ['createdate'], properties: ['email'], filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: 'a@b.c' }] }] });
      return [found, await requests(url, 1)];
    },
    async batch() {
      const read = await objects.batchApi.read('contacts', { properties: ['email'], inputs: [{ id: '1' }, { id: '2' }], propertiesWithHistory: [] }, false);
      return [read, read.completedAt instanceof Date, await requests(url, 1)];
    },
    async object() {
      return [await objects.basicApi.getById('2-12345', '99', ['a', 'b']), await requests(url, 1)];
    },
    async apiRequest() {
      const response = await client.apiRequest({ method: 'POST', path: '/custom/path?x=1', body: { a: 'ü' }, qs: { b: 'c d' }, headers: { 'X-Custom': 'yes' } });
      const body = await response.json();
      return [response.status, response.ok, response.headers.get('content-type'), body, await requests(url, 1)];
    },
    async apiRequestGet() {
      const response = await client.apiRequest({ path: '/crm/v3/objects/contacts', qs: { limit: 1 } });
      return [response.status, (await response.json()).results.length];
    },
    async apiRequestError() {
      const response = await client.apiRequest({ path: '/crm/v3/objects/contacts/404' });
      return [response.status, response.ok, await response.text()];
    },
    notFound: () => failing(() => contacts.basicApi.getById('404')),
    forbidden: () => failing(() => contacts.basicApi.getById('403')),
    conflict: () => failing(() => companies.basicApi.update('409', { properties: {} })),
    serverError: () => failing(() => contacts.basicApi.getById('503')),
    rateLimited: () => failing(() => contacts.basicApi.getPage(1, '429')),
    async retried() {
      const patient = new hubspot.Client({ accessToken: 't', basePath: url, numberOfApiCallRetries: 3 });
      return failing(() => patient.crm.deals.basicApi.getById('429'));
    },
    async retriedInVain() {
      const patient = new hubspot.Client({ accessToken: 't', basePath: url, numberOfApiCallRetries: 2 });
      return failing(() => patient.crm.tickets.basicApi.getById('500'));
    },
    async reset() {
      const lost = new hubspot.Client({ accessToken: 't', basePath: `${url}/reset` });
      const error = await failing(() => lost.crm.contacts.basicApi.getById('1'));
      return [error.name, typeof error.message];
    },
    async parallel() {
      const list = await Promise.all(['11', '12', '13'].map((id) => contacts.basicApi.getById(id)));
      return list.map((c) => c.id);
    },
    async oauth() {
      return client.oauth.getAuthorizationUrl('client-id', 'https://example.com/back', 'crm.objects.contacts.read oauth', 'optional', 'state x');
    },
    async token() {
      client.setAccessToken('pat-other');
      await contacts.basicApi.getById('7');
      return requests(url, 1);
    },
    async missing() {
      return contacts.basicApi.getById();
    },
    ...more(client, { url, failing, requests }),
  });
  return results;
};
