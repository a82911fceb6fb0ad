const { default: Mailgun } = require('mailgun.js');
const FormDataPackage = require('form-data');
const { all, describe } = require('../_attempt');
const { requests } = require('../_fixed');

const failure = async (promise) => {
  try { return await promise; } catch (e) { return { ...describe(e), status: e.status, details: e.details, kind: e.type }; }
};
const fields = async (url) => (await requests(url, 1)).map(({ method, target, headers, body }) => [method, target, headers.filter(([k]) => /^(authorization|content-type)$/i.test(k)), body]);

exports.main = ({ url, refused }) => {
  const letter = { from: 'Mé <me@mg.example.com>', to: ['a@example.com', 'b@example.com'], subject: 'Grüße', text: 'Hallo', html: '<b>Hallo</b>' };
  const client = (Form, more) => new Mailgun(Form).client({ username: 'api', key: 'key-1', url: `${url}/mailgun`, ...more });
  return all({
    send: async () => [await client(FormDataPackage).messages.create('mg.example.com', letter), await fields(url)],
    global: async () => [await client(FormData).messages.create('mg.example.com', { ...letter, 'h:X-Own': '1', 'v:data': JSON.stringify({ a: 1 }), 'o:tag': ['x', 'y'] }), (await fields(url))[0][1]],
    attachment: async () => { await client(FormDataPackage).messages.create('mg.example.com', { ...letter, attachment: { data: Buffer.from('content'), filename: 'ä.txt', contentType: 'text/plain' }, inline: [{ data: 'text', filename: 'b.txt' }] }); return (await fields(url))[0][3]; },
    template: async () => { await client(FormDataPackage).messages.create('mg.example.com', { from: letter.from, to: letter.to, template: 't', 't:variables': '{"a":1}', subject: 's' }); return (await fields(url))[0][3]; },
    domains: async () => (await client(FormDataPackage).domains.list()).map((d) => [d.name, d.state]),
    wrongKey: () => failure(new Mailgun(FormDataPackage).client({ username: 'api', key: 'bad', url: `${url}/mailgun` }).messages.create('mg.example.com', letter)),
    noContent: () => failure(Promise.resolve().then(() => client(FormDataPackage).messages.create('mg.example.com', { to: 'x' }))),
    noKey: () => failure(Promise.resolve().then(() => new Mailgun(FormDataPackage).client({ username: 'api' }))),
    refused: () => failure(new Mailgun(FormDataPackage).client({ username: 'api', key: 'k', url: refused }).messages.create('mg.example.com', letter)),
  });
};
