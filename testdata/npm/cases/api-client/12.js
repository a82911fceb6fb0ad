const hubspot = require('@hubspot/api-client-12');
const { main } = require('./_crm');

exports.main = main(hubspot, (client, { url, requests }) => ({
  async associations() {
    const page = await client.crm.associations.v4.basicApi.getPage('contacts', '1', 'companies');
    return [page, await requests(url, 1)];
  },
  async hubdb() {
    const rows = await client.cms.hubdb.rowsApi.getTableRows('my_table', undefined, undefined, 10).catch((error) => error.message);
    return [typeof rows, await requests(url, 1)];
  },
}));
