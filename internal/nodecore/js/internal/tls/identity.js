'use strict';
// Whether a certificate is for a host.

const { codeError } = require('internal/errors');

function wrong(reason, host, cert) {
  const error = codeError(Error, 'ERR_TLS_CERT_ALTNAME_INVALID', `Hostname/IP does not match certificate's altnames: ${reason}`);
  error.reason = reason;
  error.host = host;
  error.cert = cert;
  return error;
}

const plain = (name) => (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();

// matches compares the labels of a host with a pattern that may begin with *.
function matches(host, pattern) {
  if (!pattern) return false;
  const hostParts = host.split('.');
  const parts = plain(pattern).split('.');
  if (hostParts.length !== parts.length || parts.includes('') || /[^\x21-\x7e]/.test(pattern)) return false;
  for (let i = parts.length - 1; i > 0; i--) if (hostParts[i] !== parts[i]) return false;
  const [first] = parts;
  const stars = first.split('*');
  if (stars.length === 1 || first.includes('xn--')) return hostParts[0] === first;
  if (stars.length > 2 || parts.length <= 2) return false;
  const [before, after] = stars;
  return before.length + after.length <= hostParts[0].length && hostParts[0].startsWith(before) && hostParts[0].endsWith(after);
}

module.exports = (hostname, cert) => {
  const host = plain(`${hostname}`);
  const names = [];
  const addresses = [];
  for (const entry of cert.subjectaltname ? cert.subjectaltname.split(', ') : []) {
    if (entry.startsWith('DNS:')) names.push(entry.slice(4));
    else if (entry.startsWith('IP Address:')) addresses.push(entry.slice(11).toLowerCase());
  }
  if (native.netIsIP(host)) {
    if (addresses.includes(host)) return undefined;
    return wrong(`IP: ${host} is not in the cert's list: ${addresses.join(', ')}`, host, cert);
  }
  if (names.length > 0) {
    if (names.some((name) => matches(host, name))) return undefined;
    return wrong(`Host: ${hostname}. is not in the cert's altnames: ${cert.subjectaltname}`, host, cert);
  }
  const cn = cert.subject && cert.subject.CN;
  if (cn) {
    if ((Array.isArray(cn) ? cn : [cn]).some((name) => matches(host, name))) return undefined;
    return wrong(`Host: ${hostname}. is not cert's CN: ${cn}`, host, cert);
  }
  return wrong('Cert does not contain a DNS name', host, cert);
};
