'use strict';
// X509Certificate, and the old SPKAC class.

const { codeError } = require('internal/errors');
const check = require('internal/crypto/check');
const keys = require('internal/crypto/keys');
const { hide } = require('internal/crypto/base');

// lines writes a distinguished name as OpenSSL does, one part a line.
function lines(parts) {
  return parts.map(([name, value]) => `${name}=${value.replace(/[,+"\\<>;]/g, '\\$&')}`).join('\n');
}

// legacyName makes the object that tls.getPeerCertificate has.
function legacyName(parts) {
  const out = Object.create(null);
  for (const [name, value] of parts) {
    if (out[name] === undefined) out[name] = value;
    else if (Array.isArray(out[name])) out[name].push(value);
    else out[name] = [out[name], value];
  }
  return out;
}

const quoted = (value) => (/[",'\x00-\x1f\x7f]/.test(value) || /^[^!-~]/.test(value) ? JSON.stringify(value) : value);

class X509Certificate {
  constructor(buffer) {
    if (typeof buffer !== 'string' && !ArrayBuffer.isView(buffer)) {
      throw check.wrongType('buffer', 'of type string or an instance of Buffer, TypedArray, or DataView', buffer);
    }
    hide(this, '_info', native.certParse(buffer));
  }

  get subject() {
    return lines(this._info.subject) || undefined;
  }

  get issuer() {
    return lines(this._info.issuer) || undefined;
  }

  get subjectAltName() {
    const names = this._info.altNames;
    if (!names || names.length === 0) return undefined;
    return names.map(([kind, value]) => `${kind}:${quoted(value)}`).join(', ');
  }

  get issuerCertificate() {
    return undefined;
  }

  get infoAccess() {
    const list = this._info.infoAccess;
    if (!list || list.length === 0) return undefined;
    return list.map(([kind, value]) => `${kind}:${quoted(value)}`).join('\n');
  }

  get validFrom() {
    return this._info.validFrom;
  }

  get validTo() {
    return this._info.validTo;
  }

  get fingerprint() {
    return this._info.fingerprint;
  }

  get fingerprint256() {
    return this._info.fingerprint256;
  }

  get fingerprint512() {
    return this._info.fingerprint512;
  }

  get keyUsage() {
    const list = this._info.keyUsage;
    return list && list.length > 0 ? list : undefined;
  }

  get serialNumber() {
    return this._info.serialNumber;
  }

  get raw() {
    return check.toBuffer(this._info.raw);
  }

  get publicKey() {
    if (!this._info.publicKey) {
      throw codeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'the kind of key in this certificate is not available in the embedded engine; --engine node has it');
    }
    return keys.fromDescription(this._info.publicKey);
  }

  get ca() {
    return this._info.ca;
  }

  toString() {
    return this._info.pem;
  }

  toJSON() {
    return this.toString();
  }

  checkHost(name, options) {
    check.string('name', name);
    const { subject = 'default', wildcards = true } = options || {};
    const names = (this._info.altNames || []).filter(([kind]) => kind === 'DNS').map(([, value]) => value);
    const useSubject = subject === 'always' || (subject === 'default' && names.length === 0);
    if (useSubject) names.push(...this._info.subject.filter(([kind]) => kind === 'CN').map(([, value]) => value));
    const wanted = name.toLowerCase();
    return names.find((pattern) => matchesHost(pattern.toLowerCase(), wanted, wildcards));
  }

  checkEmail(email, options) {
    check.string('email', email);
    const { subject = 'default' } = options || {};
    const mails = (this._info.altNames || []).filter(([kind]) => kind === 'email').map(([, value]) => value);
    if (subject === 'always' || (subject === 'default' && mails.length === 0)) {
      mails.push(...this._info.subject.filter(([kind]) => kind === 'emailAddress').map(([, value]) => value));
    }
    return mails.includes(email) ? email : undefined;
  }

  checkIP(ip) {
    check.string('ip', ip);
    const wanted = longIP(ip);
    const found = (this._info.altNames || []).some(([kind, value]) => kind === 'IP Address' && value === wanted);
    return found ? ip : undefined;
  }

  checkIssued(otherCert) {
    if (!(otherCert instanceof X509Certificate)) throw check.wrongType('otherCert', 'an instance of X509Certificate', otherCert);
    return native.certIssuedBy(this._info.handle, otherCert._info.handle);
  }

  checkPrivateKey(pkey) {
    if (!keys.isKeyObject(pkey)) throw check.wrongType('pkey', 'an instance of KeyObject', pkey);
    if (pkey.type !== 'private') throw check.wrongValue('pkey', pkey);
    return keys.createPublicKey(pkey).equals(this.publicKey);
  }

  verify(pkey) {
    if (!keys.isKeyObject(pkey)) throw check.wrongType('pkey', 'an instance of KeyObject', pkey);
    if (pkey.type !== 'public') throw check.wrongValue('pkey', pkey);
    return native.certVerify(this._info.handle, pkey._description.handle);
  }

  toLegacyObject() {
    return legacy(this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (depth < 0) return this;
    const shown = {};
    for (const name of ['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber']) {
      shown[name] = this[name];
    }
    return `X509Certificate ${(inspect || require('util').inspect)(shown, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}

// legacy is the certificate as tls describes a peer's.
function legacy(cert) {
  const out = { subject: legacyName(cert._info.subject), issuer: legacyName(cert._info.issuer) };
  if (cert.subjectAltName !== undefined) out.subjectaltname = cert.subjectAltName;
  if (cert.infoAccess !== undefined) {
    out.infoAccess = Object.create(null);
    for (const [kind, value] of cert._info.infoAccess) (out.infoAccess[kind] = out.infoAccess[kind] || []).push(value);
  }
  out.ca = cert.ca;
  const key = cert._info.publicKey && cert.publicKey;
  if (key && key.asymmetricKeyType === 'rsa') {
    const jwk = key.export({ format: 'jwk' });
    out.modulus = Buffer.from(jwk.n, 'base64url').toString('hex').toUpperCase();
    out.bits = key.asymmetricKeyDetails.modulusLength;
    out.exponent = `0x${key.asymmetricKeyDetails.publicExponent.toString(16)}`;
    out.pubkey = key.export({ type: 'spki', format: 'der' });
  } else if (key && key.asymmetricKeyType === 'ec') {
    const curve = key.asymmetricKeyDetails.namedCurve;
    const [bits, nist] = { prime256v1: [256, 'P-256'], secp384r1: [384, 'P-384'], secp521r1: [521, 'P-521'], secp224r1: [224, 'P-224'] }[curve];
    Object.assign(out, { bits, pubkey: check.toBuffer(native.keyRaw(key._description.handle)), asn1Curve: curve, nistCurve: nist });
  }
  out.valid_from = cert.validFrom;
  out.valid_to = cert.validTo;
  out.fingerprint = cert.fingerprint;
  out.fingerprint256 = cert.fingerprint256;
  out.fingerprint512 = cert.fingerprint512;
  if (cert.keyUsage !== undefined) out.ext_key_usage = cert.keyUsage;
  out.serialNumber = cert.serialNumber;
  out.raw = cert.raw;
  return out;
}

function matchesHost(pattern, name, wildcards) {
  if (pattern === name) return true;
  if (!wildcards || !pattern.startsWith('*.')) return false;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === pattern.slice(1) && pattern.split('.').length > 2;
}

// longIP writes an address as certificates' alternative names are shown.
function longIP(ip) {
  if (!ip.includes(':')) return ip;
  const [head, tail] = ip.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const gap = ip.includes('::') ? new Array(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...gap, ...right].map((group) => parseInt(group, 16).toString(16).toUpperCase()).join(':');
}

exports.X509Certificate = X509Certificate;

const spkac = () => {
  throw codeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'crypto.Certificate (SPKAC) is not available in the embedded engine; --engine node has it');
};

exports.Certificate = function Certificate() {
  if (!(this instanceof exports.Certificate)) return new exports.Certificate();
};
for (const name of ['verifySpkac', 'exportPublicKey', 'exportChallenge']) {
  exports.Certificate[name] = spkac;
  exports.Certificate.prototype[name] = spkac;
}
