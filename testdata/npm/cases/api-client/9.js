const hubspot = require('@hubspot/api-client-9');
const { main } = require('./_crm');

exports.main = main(hubspot, (client, { url, requests }) => ({
  async associations() {
    const page = await client.crm.objects.associationsApi.getAll('contacts', 1, 'companies').catch((error) => error.message);
    return [page, await requests(url, 1)];
  },
}));
