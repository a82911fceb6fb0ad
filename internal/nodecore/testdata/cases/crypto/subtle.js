// Web Crypto: every algorithm, format and the common mistakes.
const { webcrypto, createHmac, KeyObject } = require('crypto');

const { subtle } = webcrypto;

const plain = (v) => {
  if (v instanceof ArrayBuffer) return { hex: Buffer.from(v).toString('hex') };
  if (ArrayBuffer.isView(v)) return { view: Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('hex') };
  if (v instanceof CryptoKey) return { type: v.type, extractable: v.extractable, algorithm: plain(v.algorithm), usages: v.usages };
  if (Array.isArray(v)) return v.map(plain);
  if (v && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, plain(x)]));
  return v;
};

const t = async (name, f) => {
  try {
    return [name, plain(await f())];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message, dom: e instanceof DOMException }];
  }
};

const raw = (hex, algorithm, usages, extractable = true) => subtle.importKey('raw', Buffer.from(hex, 'hex'), algorithm, extractable, usages);
const text = Buffer.from('The quick brown fox jumps over the lazy dog');

exports.main = async () => {
  const out = [];
  const add = async (name, f) => out.push(await t(name, f));
  for (const a of ['SHA-1', 'sha-256', 'SHA-384', { name: 'SHA-512' }, 'MD5', {}, 1]) await add('digest ' + JSON.stringify(a), () => subtle.digest(a, text));
  await add('digest of text', () => subtle.digest('SHA-256', 'a'));
  await add('digest of nothing', () => subtle.digest('SHA-256'));
  await add('digest of a part', () => subtle.digest('SHA-1', new Uint8Array(text.buffer, text.byteOffset, 3)));

  const hmac = await raw('00112233445566778899', { name: 'HMAC', hash: 'SHA-256' }, ['verify', 'sign']);
  await add('hmac key', () => hmac);
  await add('hmac', () => subtle.sign('HMAC', hmac, text));
  await add('hmac verify', async () => [await subtle.verify('hmac', hmac, await subtle.sign('HMAC', hmac, text), text), await subtle.verify('HMAC', hmac, new Uint8Array(32), text), await subtle.verify('HMAC', hmac, new Uint8Array(3), text)]);
  await add('hmac jwk', () => subtle.exportKey('jwk', hmac));
  await add('hmac raw', () => subtle.exportKey('raw', hmac));
  await add('hmac spki', () => subtle.exportKey('spki', hmac).catch((e) => e.name));
  await add('hmac generated', async () => [await subtle.generateKey({ name: 'HMAC', hash: 'SHA-1' }, false, ['sign']), await subtle.generateKey({ name: 'HMAC', hash: 'SHA-512' }, true, ['verify'])]);
  await add('hmac for node', () => createHmac('md5', hmac).update('a').digest('hex'));

  const iv = Buffer.alloc(12, 5);
  for (const [name, extra] of [['AES-GCM', { iv }], ['AES-GCM', { iv, additionalData: text, tagLength: 96 }], ['AES-GCM', { iv: Buffer.alloc(16, 2) }], ['AES-CBC', { iv: Buffer.alloc(16, 1) }], ['AES-CTR', { counter: Buffer.alloc(16, 255), length: 64 }], ['AES-CTR', { counter: Buffer.alloc(16, 255), length: 2 }], ['AES-CTR', { counter: Buffer.alloc(16, 3), length: 128 }]]) {
    for (const size of [16, 32]) {
      const key = await raw('0f'.repeat(size), name, ['encrypt', 'decrypt']);
      await add(`${name} ${size}`, async () => {
        const c = await subtle.encrypt({ name, ...extra }, key, text);
        const d = await subtle.decrypt({ name, ...extra }, key, c);
        return [key, c, Buffer.from(d).equals(text)];
      });
    }
  }
  const gcm = await raw('0f'.repeat(16), 'AES-GCM', ['encrypt', 'decrypt']);
  const cbc = await raw('0f'.repeat(16), 'AES-CBC', ['decrypt', 'encrypt']);
  await add('gcm tag length', () => subtle.encrypt({ name: 'AES-GCM', iv, tagLength: 1 }, gcm, text));
  await add('gcm bad', () => subtle.decrypt({ name: 'AES-GCM', iv }, gcm, Buffer.alloc(30)));
  await add('gcm short', () => subtle.decrypt({ name: 'AES-GCM', iv }, gcm, Buffer.alloc(3)));
  await add('gcm no iv', () => subtle.encrypt({ name: 'AES-GCM' }, gcm, text));
  await add('cbc iv', () => subtle.encrypt({ name: 'AES-CBC', iv }, cbc, text));
  await add('cbc bad', () => subtle.decrypt({ name: 'AES-CBC', iv: Buffer.alloc(16) }, cbc, Buffer.alloc(16)));
  await add('ctr too long', async () => subtle.encrypt({ name: 'AES-CTR', counter: Buffer.alloc(16), length: 1 }, await raw('0f'.repeat(16), 'AES-CTR', ['encrypt']), text));
  await add('aes generated', async () => { const k = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['decrypt', 'encrypt']); return [k, (await subtle.exportKey('raw', k)).byteLength, Object.keys(await subtle.exportKey('jwk', k))]; });
  await add('aes length', () => subtle.generateKey({ name: 'AES-GCM', length: 100 }, true, ['encrypt']));
  await add('no usages', () => subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, []));
  await add('wrong usages', () => raw('00'.repeat(16), 'AES-GCM', ['encrypt', 'sign']));
  await add('raw length', () => raw('00'.repeat(15), 'AES-GCM', ['encrypt']));
  await add('raw no usages', () => raw('00'.repeat(16), 'AES-GCM', []));
  await add('format', () => subtle.importKey('rew', Buffer.alloc(16), 'AES-GCM', true, ['encrypt']));
  await add('unknown algorithm', () => raw('00', 'AES-XXX', ['encrypt']));
  await add('hmac empty', () => raw('', { name: 'HMAC', hash: 'SHA-256' }, ['sign']));
  await add('hmac no hash', () => raw('00', { name: 'HMAC' }, ['sign']));
  await add('hmac length', () => raw('00', { name: 'HMAC', hash: 'SHA-256', length: 9 }, ['sign']));
  await add('not extractable', async () => subtle.exportKey('raw', await raw('00'.repeat(16), 'AES-GCM', ['encrypt'], false)));
  await add('wrong use', async () => subtle.verify('HMAC', await raw('00', { name: 'HMAC', hash: 'SHA-256' }, ['sign']), text, text));
  await add('wrong algorithm', () => subtle.encrypt({ name: 'AES-CBC', iv: Buffer.alloc(16) }, gcm, text));
  for (const jwk of [{ kty: 'oct', k: 'AAAA' }, { kty: 'oct', k: 'AAAA', use: 'sig', alg: 'HS256', ext: true, key_ops: ['sign'] }, { kty: 'oct', k: 'AAAA', use: 'enc' }, { kty: 'oct', k: 'AAAA', alg: 'HS512' }, { kty: 'oct', k: 'AAAA', ext: false }, { kty: 'oct', k: 'AAAA', key_ops: ['verify'] }, { kty: 'RSA', k: 'AAAA' }]) {
    await add('jwk ' + JSON.stringify(jwk), () => subtle.importKey('jwk', jwk, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));
  }

  for (const [name, params, sign] of [['RSASSA-PKCS1-v1_5', { hash: 'SHA-256' }, {}], ['RSA-PSS', { hash: 'SHA-512' }, { saltLength: 20 }], ['RSA-PSS', { hash: 'SHA-256' }, { saltLength: 0 }], ['ECDSA', { namedCurve: 'P-256' }, { hash: 'SHA-256' }], ['ECDSA', { namedCurve: 'P-521' }, { hash: 'SHA-512' }], ['Ed25519', {}, {}]]) {
    await add('pair ' + name, async () => {
      const rsa = name.startsWith('RSA') ? { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) } : {};
      const { publicKey, privateKey } = await subtle.generateKey({ name, ...rsa, ...params }, true, ['verify', 'sign']);
      const how = { name, ...sign };
      const signature = await subtle.sign(how, privateKey, text);
      const results = [publicKey, privateKey, signature.byteLength, await subtle.verify(how, publicKey, signature, text), await subtle.verify(how, publicKey, signature, iv)];
      for (const format of ['spki', 'jwk', 'raw']) {
        results.push(await t(format, async () => {
          const data = await subtle.exportKey(format, publicKey);
          const again = await subtle.importKey(format, data, { name, ...params }, true, ['verify']);
          return [format === 'jwk' ? Object.keys(data) : data.constructor.name, again, await subtle.verify(how, again, signature, text)];
        }));
      }
      for (const format of ['pkcs8', 'jwk', 'raw']) {
        results.push(await t(format, async () => {
          const data = await subtle.exportKey(format, privateKey);
          const again = await subtle.importKey(format, data, { name, ...params }, true, ['sign']);
          return [format === 'jwk' ? [Object.keys(data), data.key_ops, data.ext, data.alg] : data.constructor.name, await subtle.verify(how, publicKey, await subtle.sign(how, again, text), text)];
        }));
      }
      return results;
    });
  }
  await add('ec curve', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-999' }, true, ['sign', 'verify']));
  await add('ec no private use', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']));
  await add('ec wrong use', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['encrypt']));
  await add('oaep', async () => {
    const { publicKey, privateKey } = await subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['encrypt', 'decrypt']);
    const c = await subtle.encrypt({ name: 'RSA-OAEP', label: text }, publicKey, iv);
    return [c.byteLength, await subtle.decrypt({ name: 'RSA-OAEP', label: text }, privateKey, c), await t('no label', () => subtle.decrypt({ name: 'RSA-OAEP' }, privateKey, c)), Object.keys(await subtle.exportKey('jwk', privateKey)), (await subtle.exportKey('jwk', privateKey)).alg, KeyObject.from(privateKey).asymmetricKeyType];
  });

  const password = await raw('70617373', 'PBKDF2', ['deriveBits', 'deriveKey'], false);
  const pbkdf2 = { name: 'PBKDF2', salt: Buffer.from('salt'), iterations: 3, hash: 'SHA-256' };
  await add('pbkdf2', () => subtle.deriveBits(pbkdf2, password, 128));
  await add('pbkdf2 key', async () => { const k = await subtle.deriveKey(pbkdf2, password, { name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']); return [k, await subtle.exportKey('raw', k)]; });
  await add('pbkdf2 hmac', () => subtle.deriveKey(pbkdf2, password, { name: 'HMAC', hash: 'SHA-512' }, true, ['sign']));
  await add('pbkdf2 no rounds', () => subtle.deriveBits({ ...pbkdf2, iterations: 0 }, password, 64));
  await add('pbkdf2 odd', () => subtle.deriveBits(pbkdf2, password, 63));
  await add('pbkdf2 null', () => subtle.deriveBits(pbkdf2, password, null));
  await add('pbkdf2 extractable', () => raw('00', 'PBKDF2', ['deriveBits']));
  const ikm = await raw('0b'.repeat(22), 'HKDF', ['deriveBits'], false);
  await add('hkdf', () => subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: Buffer.from('000102030405060708090a0b0c', 'hex'), info: Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex') }, ikm, 336));
  await add('hkdf use', () => subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: iv, info: iv }, ikm, { name: 'AES-CBC', length: 128 }, true, ['encrypt']));
  for (const algorithm of [{ name: 'ECDH', namedCurve: 'P-384' }, { name: 'X25519' }]) {
    await add('agree ' + algorithm.name, async () => {
      const a = await subtle.generateKey(algorithm, true, ['deriveBits', 'deriveKey']);
      const b = await subtle.generateKey(algorithm, true, ['deriveBits']);
      const one = await subtle.deriveBits({ name: algorithm.name, public: b.publicKey }, a.privateKey, 256);
      const two = await subtle.deriveBits({ name: algorithm.name, public: a.publicKey }, b.privateKey, 256);
      const whole = await subtle.deriveBits({ name: algorithm.name, public: a.publicKey }, b.privateKey, null);
      const key = await subtle.deriveKey({ name: algorithm.name, public: b.publicKey }, a.privateKey, { name: 'AES-GCM', length: 256 }, true, ['encrypt']);
      return [a.publicKey, a.privateKey, Buffer.from(one).equals(Buffer.from(two)), whole.byteLength, key, await t('too long', () => subtle.deriveBits({ name: algorithm.name, public: a.publicKey }, b.privateKey, 512)), await t('private', () => subtle.deriveBits({ name: algorithm.name, public: a.privateKey }, b.privateKey, 128))];
    });
  }
  await add('wrap', async () => {
    const kek = await raw('0f'.repeat(16), 'AES-KW', ['wrapKey', 'unwrapKey']);
    const wrapped = await subtle.wrapKey('raw', gcm, kek, 'AES-KW');
    const back = await subtle.unwrapKey('raw', wrapped, kek, 'AES-KW', 'AES-GCM', true, ['encrypt']);
    const asJWK = await subtle.unwrapKey('jwk', await subtle.wrapKey('jwk', gcm, kek, 'AES-KW'), kek, 'AES-KW', 'AES-GCM', true, ['encrypt', 'decrypt']);
    const other = await raw('0f'.repeat(16), 'AES-GCM', ['wrapKey', 'unwrapKey']);
    const viaGCM = await subtle.unwrapKey('jwk', await subtle.wrapKey('jwk', gcm, other, { name: 'AES-GCM', iv }), other, { name: 'AES-GCM', iv }, 'AES-GCM', true, ['encrypt']);
    return [wrapped, back, await subtle.exportKey('raw', back), asJWK, viaGCM];
  });
  await add('detached', () => { const { digest } = subtle; return digest('SHA-1', iv); });
  await add('detached values', () => { const { getRandomValues } = webcrypto; return getRandomValues(new Uint8Array(1)); });
  await add('new CryptoKey', () => new CryptoKey());
  await add('new Crypto', () => new Crypto());
  await add('new SubtleCrypto', () => new SubtleCrypto());
  await add('values type', () => webcrypto.getRandomValues([1]));
  await add('values float', () => webcrypto.getRandomValues(new Float32Array(2)));
  await add('values many', () => webcrypto.getRandomValues(new Uint8Array(70000)));
  await add('shape', () => [String(webcrypto), String(subtle), String(gcm), globalThis.crypto === webcrypto, crypto.subtle === subtle, Object.getOwnPropertyNames(Object.getPrototypeOf(subtle)), Object.getOwnPropertyNames(Object.getPrototypeOf(webcrypto))]);
  return out;
};
