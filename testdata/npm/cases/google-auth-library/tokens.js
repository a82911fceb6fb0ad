const { GoogleAuth, OAuth2Client, JWT, CodeChallengeMethod } = require('google-auth-library');
const crypto = require('crypto');
const { all } = require('../_attempt');
const { clock, requests } = require('../_fixed');

// A key made for this test only.
const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' });

const claims = (body) => {
  const form = new URLSearchParams(body);
  const [head, payload, signature] = (form.get('assertion') || '').split('.');
  if (!payload) return Object.fromEntries(form);
  const valid = crypto.verify('sha256', Buffer.from(`${head}.${payload}`), crypto.createPublicKey(privateKey), Buffer.from(signature, 'base64url'));
  return [form.get('grant_type'), Buffer.from(head, 'base64url').toString(), Buffer.from(payload, 'base64url').toString(), valid];
};

exports.main = async ({ url }) => {
  clock();
  const shown = (r) => [r.method, r.target, r.headers.filter(([k]) => !['content-length'].includes(k.toLowerCase())), claims(r.body)];
  const token = `${url}/google/token`;
  // Only the address of the token endpoint is ours.
  const transporterOptions = { adapter: undefined };
  const redirect = (client) => {
    const { transporter } = client;
    const request = transporter.request.bind(transporter);
    transporter.request = (options) => request({ ...options, url: String(options.url).replace('https://oauth2.googleapis.com/token', token).replace('https://www.googleapis.com/oauth2/v4/token', token) });
    return client;
  };
  return all({
    jwt: async () => {
      const client = redirect(new JWT({ email: 'svc@example.iam.gserviceaccount.com', key, keyId: 'k1', scopes: ['https://www.googleapis.com/auth/spreadsheets'], transporterOptions }));
      const credentials = await client.authorize();
      return [credentials, shown((await requests(url, 1))[0]), await client.getAccessToken().then((t) => t.token)];
    },
    jwtRequest: async () => {
      const client = redirect(new JWT({ email: 'svc@example.iam.gserviceaccount.com', key, scopes: 's' }));
      const response = await client.request({ url: `${url}/google/values`, method: 'POST', data: { a: 'ü' } });
      return [response.status, response.data, response.constructor.name];
    },
    selfSigned: async () => {
      const client = new JWT({ email: 'svc@example.com', key });
      const headers = await client.getRequestHeaders('https://pubsub.googleapis.com/');
      const [, payload] = headers.get('authorization').split('.');
      return [[...headers.keys()], Buffer.from(payload, 'base64url').toString()];
    },
    fromJSON: async () => {
      const auth = new GoogleAuth({ credentials: { type: 'service_account', client_email: 'svc@example.com', private_key: key, project_id: 'p1' }, scopes: ['s'] });
      const client = redirect(await auth.getClient());
      return [client.constructor.name, await auth.getProjectId(), (await client.getAccessToken()).token];
    },
    authUrl: () => {
      const client = new OAuth2Client('id', 'secret', 'https://example.com/back');
      return client.generateAuthUrl({ access_type: 'offline', scope: ['a', 'b c'], state: 'x=y', code_challenge_method: CodeChallengeMethod.S256, code_challenge: 'ch' });
    },
    code: async () => {
      const client = new OAuth2Client({ clientId: 'id', clientSecret: 'secret', redirectUri: 'https://example.com/back', endpoints: { oauth2TokenUrl: token } });
      const { tokens } = await client.getToken('the code');
      return [tokens, shown((await requests(url, 1))[0])];
    },
    refresh: async () => {
      const client = new OAuth2Client({ clientId: 'id', clientSecret: 'secret', endpoints: { oauth2TokenUrl: token } });
      client.setCredentials({ refresh_token: 'good' });
      const events = [];
      client.on('tokens', (t) => events.push(Object.keys(t)));
      const headers = await client.getRequestHeaders();
      return [Object.fromEntries(headers), events, shown((await requests(url, 1))[0])];
    },
    badRefresh: async () => {
      const client = new OAuth2Client({ clientId: 'id', clientSecret: 'secret', endpoints: { oauth2TokenUrl: token } });
      client.setCredentials({ refresh_token: 'bad' });
      try { return await client.getAccessToken(); } catch (e) { return [e.message, e.status, e.code, e.response.data, e.constructor.name]; }
    },
    verify: async () => {
      const client = new OAuth2Client('id');
      const now = Math.floor(Date.now() / 1000);
      const encode = (o) => Buffer.from(JSON.stringify(o)).toString('base64url');
      const make = (c) => { const text = `${encode({ alg: 'RS256', kid: 'k' })}.${encode(c)}`; return `${text}.${crypto.sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`; };
      const certs = { k: crypto.createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) };
      const good = { iss: 'https://accounts.google.com', aud: 'id', sub: '1', iat: now - 10, exp: now + 100, email: 'a@b.c' };
      const ticket = await client.verifySignedJwtWithCertsAsync(make(good), certs, 'id', ['https://accounts.google.com']);
      const errors = [];
      for (const bad of [{ ...good, aud: 'other' }, { ...good, iss: 'x' }]) await client.verifySignedJwtWithCertsAsync(make(bad), certs, 'id', ['https://accounts.google.com']).catch((e) => errors.push(e.message.replace(/eyJ[\w.-]+/g, 'TOKEN').split(':')[0]));
      return [ticket.getPayload(), ticket.getUserId(), errors];
    },
    verifier: async () => { const v = await new OAuth2Client('id').generateCodeVerifierAsync(); return [v.codeVerifier.length, v.codeChallenge.length]; },
  });
};
