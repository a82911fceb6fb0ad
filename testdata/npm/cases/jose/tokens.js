const jose = require('jose');
const { createPrivateKey, generateKeyPairSync } = require('crypto');
const { all, describe } = require('../_attempt');
const { clock } = require('../_fixed');

const failure = async (promise) => {
  try { return await promise; } catch (e) { return { ...describe(e), claim: e.claim, jose: e instanceof jose.errors.JOSEError }; }
};

exports.main = async ({ url }) => {
  clock();
  const secret = new TextEncoder().encode('a secret of at least thirty-two bytes');
  const sign = (alg, key, claims = {}) => new jose.SignJWT({ name: 'Zoë', ...claims }).setProtectedHeader({ alg }).setIssuedAt().setIssuer('me').setAudience('you').setExpirationTime('2h').sign(key);
  return all({
    hmac: async () => { const out = []; for (const alg of ['HS256', 'HS384', 'HS512']) { const t = await sign(alg, alg === 'HS256' ? secret : new Uint8Array(64)); out.push(t, (await jose.jwtVerify(t, alg === 'HS256' ? secret : new Uint8Array(64), { issuer: 'me', audience: 'you' })).payload); } return out; },
    pairs: async () => {
      const out = {};
      for (const alg of ['PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']) {
        const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true });
        const t = await sign(alg, privateKey);
        const { payload, protectedHeader } = await jose.jwtVerify(t, publicKey);
        const other = await jose.generateKeyPair('ES256');
        out[alg] = [payload, protectedHeader, Object.keys(await jose.exportJWK(privateKey)), (await jose.exportSPKI(publicKey)).split('\n')[0], await failure(jose.jwtVerify(t, other.publicKey)), await failure(jose.jwtVerify(`${t.slice(0, -8)}AAAAAAAA`, publicKey))];
      }
      return out;
    },
    deterministic: async () => {
      const { privateKey } = generateKeyPairSync('ed25519');
      const key = await jose.importPKCS8(privateKey.export({ type: 'pkcs8', format: 'pem' }), 'EdDSA');
      const a = await sign('EdDSA', key);
      return [a === await sign('EdDSA', privateKey), (await jose.jwtVerify(a, createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })).constructor && key === null ? null : await jose.importSPKI(require('crypto').createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }), 'EdDSA'))).payload.iss];
    },
    expired: async () => failure(jose.jwtVerify(await new jose.SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(1).sign(secret), secret)),
    early: async () => failure(jose.jwtVerify(await new jose.SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setNotBefore('1h').sign(secret), secret)),
    audience: async () => failure(jose.jwtVerify(await sign('HS256', secret), secret, { audience: 'other' })),
    required: async () => failure(jose.jwtVerify(await sign('HS256', secret), secret, { requiredClaims: ['sub'] })),
    forged: async () => failure(jose.jwtVerify(`${(await sign('HS256', secret)).slice(0, -4)}AAAA`, secret)),
    malformed: () => failure(jose.jwtVerify('a.b', secret)),
    algorithms: async () => failure(jose.jwtVerify(await sign('HS256', secret), secret, { algorithms: ['RS256'] })),
    encrypt: async () => {
      const out = [];
      for (const [alg, enc, key] of [['dir', 'A256GCM', new Uint8Array(32)], ['dir', 'A128CBC-HS256', new Uint8Array(32)], ['A256KW', 'A256GCM', new Uint8Array(32)], ['A128GCMKW', 'A128GCM', new Uint8Array(16)], ['PBES2-HS256+A128KW', 'A128CBC-HS256', secret]]) {
        const t = await new jose.EncryptJWT({ a: 'ü' }).setProtectedHeader({ alg, enc }).setIssuedAt().encrypt(key);
        const { payload, protectedHeader } = await jose.jwtDecrypt(t, key, { keyManagementAlgorithms: [alg] });
        out.push([t.split('.').length, payload, protectedHeader.enc]);
      }
      return out;
    },
    encryptPairs: async () => {
      const out = [];
      for (const alg of ['RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW']) {
        const { publicKey, privateKey } = await jose.generateKeyPair(alg);
        const t = await new jose.CompactEncrypt(Buffer.from('plain ü')).setProtectedHeader({ alg, enc: 'A256GCM' }).encrypt(publicKey);
        const { plaintext, protectedHeader } = await jose.compactDecrypt(t, privateKey);
        out.push([Buffer.from(plaintext).toString(), Object.keys(protectedHeader)]);
      }
      return out;
    },
    jwks: async () => {
      const { publicKey, privateKey } = await jose.generateKeyPair('ES256');
      const jwk = { ...await jose.exportJWK(publicKey), kid: 'k1', alg: 'ES256' };
      const local = jose.createLocalJWKSet({ keys: [jwk] });
      const t = await new jose.SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey);
      const unknown = await new jose.SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'k2' }).sign(privateKey);
      const remote = jose.createRemoteJWKSet(new URL(`${url}/status/200?type=application/json&body=${encodeURIComponent(JSON.stringify({ keys: [jwk] }))}`));
      return [(await jose.jwtVerify(t, local)).protectedHeader, await failure(jose.jwtVerify(unknown, local)), (await jose.jwtVerify(t, remote)).protectedHeader, await failure(jose.jwtVerify(t, jose.createRemoteJWKSet(new URL(`${url}/status/500`)))), (await jose.calculateJwkThumbprint(jwk)).length];
    },
    thumbprint: () => jose.calculateJwkThumbprint({ kty: 'RSA', n: 'AQAB', e: 'AQAB' }),
    jwk: async () => { const key = await jose.importJWK({ kty: 'oct', k: Buffer.from(secret).toString('base64url') }, 'HS256'); return (await jose.jwtVerify(await sign('HS256', key), secret)).payload; },
    decode: async () => { const t = await sign('HS256', secret, { exp: 1 }); return [jose.decodeJwt(t), jose.decodeProtectedHeader(t)]; },
    flattened: async () => { const jws = await new jose.FlattenedSign(Buffer.from('x')).setProtectedHeader({ alg: 'HS256' }).setUnprotectedHeader({ kid: '1' }).sign(secret); return [jws, Buffer.from((await jose.flattenedVerify(jws, secret)).payload).toString()]; },
    detached: async () => { const jws = await new jose.FlattenedSign(Buffer.from('x')).setProtectedHeader({ alg: 'HS256', b64: false, crit: ['b64'] }).sign(secret); return [jws, (await jose.flattenedVerify({ ...jws, payload: 'x' }, secret)).protectedHeader]; },
    base64: () => [jose.base64url.encode('ü?'), Buffer.from(jose.base64url.decode('w7w_')).toString()],
    unsecured: () => new jose.UnsecuredJWT({ a: 1 }).encode(),
    weak: () => failure(sign('RS256', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)),
  });
};
