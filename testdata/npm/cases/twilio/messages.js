const twilio = require('twilio');
const { all, describe } = require('../_attempt');
const { requests } = require('../_fixed');

const SID = 'AC00000000000000000000000000000001';

exports.main = async ({ url, refused }) => {
  // The library's own client, with another address.
  const { default: RequestClient } = require('twilio/lib/base/RequestClient');
  class Local extends (RequestClient || require('twilio').RequestClient) {
    constructor(base) { super(); this.base = base; }
    request(options) { return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', this.base) }); }
  }
  const client = twilio(SID, 'token', { httpClient: new Local(`${url}/twilio`) });
  const failure = async (promise) => {
    try { return await promise; } catch (e) { return { ...describe(e), code: e.code, status: e.status, moreInfo: e.moreInfo }; }
  };
  const shown = (m) => m.toJSON();
  const accepted = (list) => list.map(({ headers, ...rest }) => ({ ...rest, headers: headers.filter(([k]) => !/^(accept|user-agent|x-twilio-client|accept-encoding|accept-charset)$/i.test(k)) }));
  return all({
    send: async () => [shown(await client.messages.create({ to: '+4912345', from: '+1555', body: 'Grüße & mehr 🎉', mediaUrl: ['https://a.example/1', 'https://a.example/2'] })), accepted(await requests(url, 1))],
    fetch: async () => shown(await client.messages('SM1').fetch()),
    list: async () => (await client.messages.list({ limit: 3, to: '+1' })).map((m) => m.sid),
    each: () => new Promise((resolve) => { const sids = []; client.messages.each({ limit: 4, callback: (m, done) => { sids.push(m.sid); if (sids.length === 3) done(); }, done: () => resolve(sids) }); }),
    remove: () => client.messages('SM1').remove(),
    callback: () => new Promise((resolve) => client.messages.create({ to: '+1', body: 'x', from: '+2' }, (error, m) => resolve([error, m.sid]))),
    bad: () => failure(client.messages.create({ to: 'bad', body: 'x', from: '+2' })),
    missing: () => failure(Promise.resolve().then(() => client.messages.create({ body: 'x' }))),
    refused: () => failure(twilio(SID, 't', { httpClient: new Local(refused) }).messages('SM1').fetch()),
    noSid: () => failure(Promise.resolve().then(() => twilio('x', 'y'))),
    voice: () => { const r = new twilio.twiml.VoiceResponse(); r.say({ voice: 'alice', language: 'de-DE' }, 'Grüße & mehr'); r.gather({ numDigits: 1, input: ['speech', 'dtmf'] }).say('<1>'); r.dial().number('+1555'); return r.toString(); },
    messaging: () => { const r = new twilio.twiml.MessagingResponse(); r.message('Hi').media('https://a.example/x.png'); return r.toString(); },
    validate: () => {
      const params = { CallSid: 'CA1', Caller: '+1', Digits: '1234' };
      const at = 'https://example.com/hook?x=1';
      const signature = twilio.getExpectedTwilioSignature('token', at, params);
      return [signature, twilio.validateRequest('token', signature, at, params), twilio.validateRequest('other', signature, at, params), twilio.validateBody('{"a":1}', twilio.getExpectedBodyHash('{"a":1}'))];
    },
    token: () => { const { AccessToken } = twilio.jwt; const t = new AccessToken(SID, 'SK1', 'secret', { identity: 'me', ttl: 60 }); t.addGrant(new AccessToken.VideoGrant({ room: 'r' })); const [head, body] = t.toJwt().split('.'); const { jti, iat, exp, ...claims } = JSON.parse(Buffer.from(body, 'base64url')); return [Buffer.from(head, 'base64url').toString(), claims, exp - iat]; },
  });
};
