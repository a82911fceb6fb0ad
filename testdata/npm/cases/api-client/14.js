const hubspot = require('@hubspot/api-client');
const { main } = require('./_crm');

exports.main = main(hubspot, (client, { url, requests }) => ({
  async associations() {
    const created = await client.crm.associations.v4.basicApi.createDefault('contacts', '1', 'companies', '2').catch((error) => error.message);
    const page = await client.crm.associations.v4.basicApi.getPage('contacts', '1', 'companies', undefined, 100);
    return [created, page, await requests(url, 2)];
  },
  async batchAssociations() {
    const made = await client.crm.associations.batchApi.create('contacts', 'companies', { inputs: [{ _from: { id: '1' }, to: { id: '2' }, type: 'contact_to_company' }] });
    return [made, await requests(url, 1)];
  },
  async owners() {
    return [typeof client.crm.owners.ownersApi.getPage, Object.keys(client).filter((k) => !k.startsWith('_')).sort()];
  },
  async signature() {
    const { Signature } = hubspot;
    const method = 'POST';
    const requestBody = '{"a":"ü"}';
    const details = { clientSecret: 'secret', requestBody, url: 'https://www.example.com/hook?x=1', method };
    const timestamp = 1767225600000;
    return [
      Signature.getSignature(method, 'v1', details),
      Signature.getSignature(method, 'v2', details),
      Signature.getSignature(method, 'v3', { ...details, timestamp }),
      Signature.isValid({ ...details, signature: Signature.getSignature(method, 'v1', details), signatureVersion: 'v1' }),
    ].map((x) => x);
  },
  async upload() {
    const response = await client.apiRequest({
      method: 'POST', path: '/multipart', defaultJson: false,
      body: (() => { const form = new FormData(); form.append('file', new Blob(['content']), 'a.txt'); return form; })(),
    });
    return response.json();
  },
}));
