const nodemailer = require('nodemailer');
const { Readable } = require('stream');
const { all, describe } = require('../_attempt');
const { clock, random } = require('../_fixed');

const mails = async (url, n) => (await (await fetch(`${url}/mail`)).json()).slice(-n).map((m) => ({ ...m, data: m.data.replace(/--_NmP-[0-9a-f]+/g, '--_NmP-BOUNDARY') }));

exports.main = async ({ url, smtp, smtps, ca, refused }) => {
  clock();
  random();
  const options = { host: 'localhost', port: Number(smtp), name: 'client.example.com', tls: { ca } };
  const transport = nodemailer.createTransport({ ...options, auth: { user: 'u', pass: 'secret' } });
  const letter = { messageId: '<1@example.com>', from: '"Zoë K." <zoe@example.com>', to: ['a@example.com', 'Bö <b@example.com>'], subject: 'Grüße an alle 🎉 mit einem Betreff, der länger als eine Zeile von achtundsiebzig Zeichen ist' };
  const failure = async (promise) => {
    try { return await promise; } catch (e) { return { ...describe(e), command: e.command, responseCode: e.responseCode, response: e.response, rejected: e.rejected }; }
  };
  const shown = ({ accepted, rejected, envelope, messageId, response, rejectedErrors }) => ({ accepted, rejected, envelope, messageId, response, rejectedErrors: rejectedErrors && rejectedErrors.map((e) => e.message) });
  return all({
    text: async () => [shown(await transport.sendMail({ ...letter, text: 'Hello,\n.dot\nÜmlaut = 1' })), await mails(url, 1)],
    html: async () => [shown(await transport.sendMail({ ...letter, cc: 'c@example.com', bcc: 'd@example.com', replyTo: 'r@example.com', text: 'plain', html: '<p>Grüße <img src="cid:logo"></p>', attachments: [{ filename: 'lögo.png', content: Buffer.from([1, 2, 3, 255]), cid: 'logo' }, { filename: 'a.txt', content: Readable.from(['streamed ', 'text']) }, { filename: 'b.csv', content: 'YSxi', encoding: 'base64', contentType: 'text/csv' }] })), await mails(url, 1)],
    headers: async () => [shown(await transport.sendMail({ ...letter, priority: 'high', headers: { 'X-Own': 'a', 'X-List': ['b', 'c'] }, list: { unsubscribe: { url: 'https://example.com/u', comment: 'Leave' } }, text: 'x', inReplyTo: '<0@example.com>', references: ['<0@example.com>'], date: new Date(0) })), await mails(url, 1)],
    calendar: async () => [shown(await transport.sendMail({ ...letter, text: 'x', icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' } })), await mails(url, 1)],
    smtps: async () => [shown(await nodemailer.createTransport({ ...options, port: Number(smtps), secure: true, auth: { type: 'login', user: 'u', pass: 'secret' } }).sendMail({ ...letter, text: 'secure' })), await mails(url, 1)],
    noTLS: async () => [shown(await nodemailer.createTransport({ ...options, ignoreTLS: true }).sendMail({ ...letter, text: 'open' })), await mails(url, 1)],
    url: async () => shown(await nodemailer.createTransport(`smtp://u:secret@localhost:${smtp}?ignoreTLS=true&name=x.example.com`).sendMail({ ...letter, text: 'url' })),
    pool: async () => {
      const pool = nodemailer.createTransport({ ...options, pool: true, maxConnections: 1 });
      const done = await Promise.all([1, 2, 3].map((n) => pool.sendMail({ ...letter, subject: `n${n}`, text: `pool ${n}` })));
      pool.close();
      return [done.map(shown), (await mails(url, 3)).map((m) => m.data.split('\n').filter((l) => /^(Subject|pool)/.test(l)))];
    },
    verify: () => transport.verify(),
    callback: () => new Promise((resolve) => transport.sendMail({ ...letter, text: 'x' }, (error, info) => resolve([error, shown(info)]))),
    someRejected: async () => shown(await transport.sendMail({ ...letter, to: 'a@example.com, nobody@example.com', text: 'x' })),
    allRejected: () => failure(transport.sendMail({ ...letter, to: 'nobody@example.com', text: 'x' })),
    noRecipients: () => failure(transport.sendMail({ ...letter, to: [], text: 'x' })),
    wrongPassword: () => failure(nodemailer.createTransport({ ...options, auth: { user: 'u', pass: 'wrong' } }).sendMail({ ...letter, text: 'x' })),
    untrusted: () => failure(nodemailer.createTransport({ ...options, tls: {} }).sendMail({ ...letter, text: 'x' })),
    insecure: async () => shown(await nodemailer.createTransport({ ...options, tls: { rejectUnauthorized: false } }).sendMail({ ...letter, text: 'x' })),
    refused: () => failure(nodemailer.createTransport({ host: '127.0.0.1', port: Number(new URL(refused).port) }).sendMail({ ...letter, text: 'x' })),
    timeout: () => failure(nodemailer.createTransport({ host: '127.0.0.1', port: Number(new URL(url).port), greetingTimeout: 100 }).sendMail({ ...letter, text: 'x' })),
    stream: async () => { const info = await nodemailer.createTransport({ streamTransport: true, newline: 'unix', buffer: true }).sendMail({ ...letter, html: '<b>x</b>', text: 'ÄÖÜ '.repeat(40) }); return [info.message.toString().replace(/--_NmP-[0-9a-f]+/g, '--_NmP-BOUNDARY'), info.envelope]; },
    json: async () => (await nodemailer.createTransport({ jsonTransport: true }).sendMail({ ...letter, text: 'x' })).message,
    dkim: async () => {
      const { privateKey } = require('crypto').generateKeyPairSync('rsa', { modulusLength: 1024, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
      const info = await nodemailer.createTransport({ streamTransport: true, buffer: true, dkim: { domainName: 'example.com', keySelector: 's1', privateKey } }).sendMail({ ...letter, text: 'signed' });
      return info.message.toString().replace(/b=[\w+/=\s]+;?(?=\r\n\S)/, 'b=SIGNATURE');
    },
  });
};
