const crypto = require('crypto');
const jwt = require('jsonwebtoken');
const { all } = require('../_attempt');

const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'sec1', format: 'pem' } });
const iat = 1767225600;

const fixed = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIiwiaWF0IjoxNzY3MjI1NjAwfQ';

exports.main = async () => all({
  hmac: () => ['HS256', 'HS384', 'HS512'].map((algorithm) => jwt.sign({ sub: '1', name: 'Zoë', iat }, 'secret', { algorithm })),
  rsa: () => ['RS256', 'RS384', 'RS512', 'PS256'].map((algorithm) => jwt.verify(jwt.sign({ a: 1, iat }, rsa.privateKey, { algorithm }), rsa.publicKey, { algorithms: [algorithm] })),
  signature: () => jwt.sign({ iat }, 'k'.repeat(40)).startsWith(fixed.slice(0, 36)),
  ec: () => jwt.verify(jwt.sign({ a: 1, iat }, ec.privateKey, { algorithm: 'ES256', keyid: 'k1' }), ec.publicKey, { complete: true }).header,
  options: () => jwt.decode(jwt.sign({ iat }, 's', { expiresIn: '2h', notBefore: 10, audience: ['a', 'b'], issuer: 'i', subject: 's', jwtid: 'j', header: { x: 1 } }), { complete: true }),
  claims: () => jwt.verify(jwt.sign({ a: 1 }, 's', { audience: 'urn:x', issuer: 'me' }), 's', { audience: /urn:/, issuer: ['me', 'you'] }).a,
  expired: () => jwt.verify(jwt.sign({ exp: iat - 1000 }, 's'), 's', { clockTimestamp: iat }),
  expiredAt: () => { try { jwt.verify(jwt.sign({ exp: 1000 }, 's'), 's'); } catch (e) { return [e.name, e.expiredAt, e instanceof jwt.TokenExpiredError, e instanceof Error]; } },
  early: () => jwt.verify(jwt.sign({ nbf: iat + 1000 }, 's'), 's', { clockTimestamp: iat }),
  wrongSecret: () => jwt.verify(jwt.sign({ iat }, 's'), 't'),
  wrongAudience: () => jwt.verify(jwt.sign({ aud: 'a', iat }, 's'), 's', { audience: 'b' }),
  malformed: () => jwt.verify('a.b', 's'),
  garbage: () => jwt.verify('not.a.token', 's'),
  tampered: () => { const t = jwt.sign({ a: 1, iat }, 's').split('.'); t[1] = Buffer.from('{"a":2}').toString('base64url'); return jwt.verify(t.join('.'), 's'); },
  none: () => jwt.verify(jwt.sign({ iat }, '', { algorithm: 'none' }), 's'),
  algorithm: () => jwt.verify(jwt.sign({ iat }, 's'), 's', { algorithms: ['HS512'] }),
  noSecret: () => jwt.sign({}, ''),
  badExpiry: () => jwt.sign({}, 's', { expiresIn: 'soon' }),
  shortKey: () => jwt.sign({}, crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, { algorithm: 'RS256' }),
  string: () => jwt.verify(jwt.sign('text', 's'), 's'),
  keyObject: () => jwt.verify(jwt.sign({ iat, k: 1 }, crypto.createPrivateKey(rsa.privateKey), { algorithm: 'RS256' }), crypto.createPublicKey(rsa.publicKey)),
  callback: () => new Promise((resolve) => jwt.sign({ iat }, 's', (e, token) => jwt.verify(token, (header, done) => done(null, 's'), (e2, payload) => resolve([e, e2, payload])))),
  callbackError: () => new Promise((resolve) => jwt.verify('x', 's', (e, p) => resolve([e.message, p]))),
  mutate: () => { const p = { a: 1 }; jwt.sign(p, 's', { mutatePayload: true, issuer: 'x' }); return Object.keys(p); },
});
