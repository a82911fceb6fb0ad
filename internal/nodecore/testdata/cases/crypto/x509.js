// X509Certificate.
const crypto = require('crypto');

// Self-signed, for names that nobody has.
const RSA = `-----BEGIN CERTIFICATE-----
MIIEqzCCA5OgAwIBAgIUGE7QXZN3mVqY6M0tvYAdEiIgY/MwDQYJKoZIhvcNAQEL
BQAwdTELMAkGA1UEBhMCREUxDzANBgNVBAgMBkJlcmxpbjEPMA0GA1UEBwwGQmVy
bGluMRAwDgYDVQQKDAdFeCwgSW5jMRQwEgYDVQQDDAtleGFtcGxlLmNvbTEcMBoG
CSqGSIb3DQEJARYNYUBleGFtcGxlLmNvbTAeFw0yNjExMjMwODQ4MDlaFw0zNjEx
MjAwODQ4MDlaMHUxCzAJBgNVBAYTAkRFMQ8wDQYDVQQIDAZCZXJsaW4xDzANBgNV
BAcMBkJlcmxpbjEQMA4GA1UECgwHRXgsIEluYzEUMBIGA1UEAwwLZXhhbXBsZS5j
b20xHDAaBgkqhkiG9w0BCQEWDWFAZXhhbXBsZS5jb20wggEiMA0GCSqGSIb3DQEB
AQUAA4IBDwAwggEKAoIBAQCmoaaVucRH3V0xiOT6JSGx2znvFqSWXMU/QV7lSLNO
3Cjf/rusAcdGhGqMZ5eqAuUoikmKD3MEqpTqfsVetA9ePGokoCHFeARFZ1gMJdzg
Gra1NZNtiwWvd/fT2VGaLoO/UzGX3HHgu/L95uc6V4TJOgXPri9mhRIR8XPKO5o/
q2XSMrKoyFo0S3XWQ2m4DKcXElygHtrhQkV3If5P6uCnZ7d9/bT2gniKZ3aB8paD
xyF1atw/LL8lPHMNwe7dthDTyTIkHbQmACj/vwsUj314rbDLYbSMsUkdbNsNkbXC
u9krn6FpsZhC6HsdluOzMnKZ+KG1SB49vEue8twYgSkDAgMBAAGjggExMIIBLTAd
BgNVHQ4EFgQUVDQ/WwE+5tTR9/ntvmY0lbxuTiwwHwYDVR0jBBgwFoAUVDQ/WwE+
5tTR9/ntvmY0lbxuTiwwDwYDVR0TAQH/BAUwAwEB/zBjBgNVHREEXDBaggtleGFt
cGxlLmNvbYINKi5leGFtcGxlLm9yZ4cEfwAAAYcQAAAAAAAAAAAAAAAAAAAAAYEN
YkBleGFtcGxlLmNvbYYVaHR0cHM6Ly9leGFtcGxlLmNvbS94MFYGCCsGAQUFBwEB
BEowSDAjBggrBgEFBQcwAYYXaHR0cDovL29jc3AuZXhhbXBsZS5jb20wIQYIKwYB
BQUHMAKGFWh0dHA6Ly9jYS5leGFtcGxlLmNvbTAdBgNVHSUEFjAUBggrBgEFBQcD
AQYIKwYBBQUHAwIwDQYJKoZIhvcNAQELBQADggEBAD7o+2Zl+XvUoXLgaavgl+zK
uiEUIik5DKHXZP/+lPJrZ4EMVGRnSjy3oCyid0urI3VRZ0Gspcn+qxpEOLRa1NG5
+kvEd6K8w486E0pvyvHePPpEbLg97GGuqMZkE7emJxzcvueWcis8MamWospenQb4
eD7anLAYYKaIyTuWqlP9r6UVRMydtEpbrVgIALFRgAi0NBfbTQ9cxDobLXnQLZqm
A1uJBHJu3WQKM5JURvKmuHf0MTu1CdnoEUIgkFRA5ptC2k9JZZNFFWEQlGlL2tB4
WJQYNyjmZjYXv2d90YMIh443dSzOcXhAcB8byeHR/DtlYbad0QHcdm4VH3cJ7qk=
-----END CERTIFICATE-----
`;
const EC = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUVokfNPtzoqSjOt1U26Vq2xunoBkwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKZWMuZXhhbXBsZTAeFw0yNjExMjMwODQ4MDlaFw0zNjExMjAw
ODQ4MDlaMBUxEzARBgNVBAMMCmVjLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATqjj59Lcxlhtl2UbkKnJ/cQcxXWUCFXBEWXoGeD2iCAJyb0ViWDFWJ
Xd3C6MLrTYfa+dlhRQ3qJf5O6sZfxMWIo1MwUTAdBgNVHQ4EFgQUeL5gNOwjqt4y
1cg1Kd8RPOWcCPcwHwYDVR0jBBgwFoAUeL5gNOwjqt4y1cg1Kd8RPOWcCPcwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAn7bzUWn7sNAusNTVOf1g
TtM2QrLra2NFdI9+m8XMOCACIQDl0hyI+rGpp3vkAtOOUPgHb1FzuygjUxsEHTPm
F13Rzg==
-----END CERTIFICATE-----
`;

const t = (name, f) => {
  try {
    const v = f();
    return [name, Buffer.isBuffer(v) ? v.toString('hex') : v];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message }];
  }
};

exports.main = async () => {
  // OpenSSL keeps errors that nobody asked for; this takes what other cases left.
  try {
    crypto.createPrivateKey('garbage');
  } catch {
    // as meant
  }
  const out = [];
  for (const pem of [RSA, EC]) {
    const x = new crypto.X509Certificate(pem);
    for (const name of ['subject', 'subjectAltName', 'issuer', 'issuerCertificate', 'infoAccess', 'validFrom', 'validTo', 'fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'raw', 'ca']) {
      out.push(t(name, () => x[name]));
    }
    out.push(t('public key', () => x.publicKey.export({ type: 'spki', format: 'pem' })));
    out.push(t('legacy', () => x.toLegacyObject()));
    out.push(t('text', () => [x.toString(), JSON.stringify(x), x.toString() === pem]));
    out.push(t('der', () => new crypto.X509Certificate(x.raw).fingerprint === x.fingerprint));
    for (const host of ['example.com', 'EXAMPLE.com', 'a.example.org', 'a.b.example.org', 'example.org', 'no', 'ec.example']) out.push(t(host, () => x.checkHost(host)));
    out.push(t('options', () => [x.checkHost('a.example.org', { wildcards: false }), x.checkHost('ec.example', { subject: 'never' }), x.checkHost('example.com', { subject: 'always' })]));
    for (const mail of ['a@example.com', 'b@example.com', 'q@example.com']) out.push(t(mail, () => x.checkEmail(mail)));
    for (const ip of ['127.0.0.1', '::1', '127.0.0.2', '0:0:0:0:0:0:0:1']) out.push(t(ip, () => x.checkIP(ip)));
    out.push(t('issued', () => [x.checkIssued(x), x.checkIssued(new crypto.X509Certificate(EC)), x.verify(x.publicKey), x.verify(new crypto.X509Certificate(EC).publicKey)]));
    out.push(t('private', () => x.checkPrivateKey(crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)));
  }
  out.push(t('garbage', () => new crypto.X509Certificate('x')));
  out.push(t('number', () => new crypto.X509Certificate(1)));
  out.push(t('host type', () => new crypto.X509Certificate(EC).checkHost(1)));
  out.push(t('key type', () => new crypto.X509Certificate(EC).verify(1)));
  out.push(t('public of certificate', () => crypto.createPublicKey(RSA).asymmetricKeyType));
  return out;
};
