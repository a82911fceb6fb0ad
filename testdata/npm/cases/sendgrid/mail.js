const mail = require('@sendgrid/mail');
const { Client } = require('@sendgrid/client');
const { all, describe } = require('../_attempt');
const { requests } = require('../_fixed');

const failure = async (promise) => {
  try { return await promise; } catch (e) { return { ...describe(e), code: e.code, body: e.response && e.response.body, text: e.toString().split('\n')[0] }; }
};

exports.main = ({ url, refused }) => {
  mail.setApiKey('SG.test');
  mail.client.setDefaultRequest('baseUrl', `${url}/sendgrid/`);
  const letter = { to: 'zoe@example.com', from: { email: 'me@example.com', name: 'Mé' }, subject: 'Grüße', text: 'Hallo', html: '<b>Hallo</b>' };
  const last = async () => (await requests(url, 1)).map(({ headers, ...rest }) => ({ ...rest, headers: headers.filter(([k]) => !/^(accept-encoding)$/i.test(k)) }));
  return all({
    send: async () => { const [r, body] = await mail.send(letter); return [r.statusCode, r.headers['x-message-id'], body, await last()]; },
    several: async () => [(await mail.send([letter, { ...letter, to: 'b@example.com' }])).map(([r]) => r.statusCode)],
    multiple: async () => { await mail.sendMultiple({ ...letter, to: ['a@example.com', { email: 'b@example.com', name: 'B' }] }); return JSON.parse((await last())[0].body).personalizations; },
    template: async () => { await mail.send({ to: [letter.to], from: letter.from, cc: 'c@example.com', bcc: ['d@example.com'], replyTo: 'r@example.com', templateId: 'd-1', dynamicTemplateData: { name: 'Zoë', list: [1] }, categories: ['x'], sendAt: 1767225600, customArgs: { id: '1' }, attachments: [{ content: Buffer.from('x').toString('base64'), filename: 'a.txt', type: 'text/plain', disposition: 'attachment' }], trackingSettings: { clickTracking: { enable: false } }, headers: { 'X-Own': '1' }, asm: { groupId: 5 } }); return JSON.parse((await last())[0].body); },
    substitutions: async () => { mail.setSubstitutionWrappers('{{', '}}'); await mail.send({ ...letter, substitutions: { a: 'b' } }); return JSON.parse((await last())[0].body).personalizations; },
    callback: () => new Promise((resolve) => mail.send(letter, false, (e, r) => resolve([e, r && r[0].statusCode]))),
    rejected: () => failure(mail.send({ ...letter, to: 'nobody@example.com' })),
    invalid: () => failure(Promise.resolve().then(() => mail.send({ ...letter, to: 5 }))),
    noFrom: () => failure(Promise.resolve().then(() => mail.send({ to: 'a@b.c', subject: 'x' }))),
    client: async () => { const c = new Client(); c.setApiKey('SG.other'); c.setDefaultRequest('baseUrl', `${url}/sendgrid`); const [r] = await c.request({ method: 'GET', url: '/v3/stats', qs: { limit: 1 } }); return [r.statusCode, (await last())[0].target]; },
    refused: () => { const c = new Client(); c.setApiKey('SG.other'); return failure(c.request({ method: 'GET', baseUrl: refused, url: '/v3/stats' })); },
  });
};
