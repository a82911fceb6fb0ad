'use strict';
// TLSSocket: a socket over TLS.

const Socket = require('internal/net/socket');
const { Buffer } = require('buffer');
const { codeError, refused } = require('internal/errors');
const { socketError, connReset } = require('internal/net/errors');

// What OpenSSL calls the ways in which a chain fails.
const VERIFY = {
  UNABLE_TO_GET_ISSUER_CERT: 'unable to get issuer certificate',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  CERT_HAS_EXPIRED: 'certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
  INVALID_PURPOSE: 'unsupported certificate purpose',
  INVALID_CA: 'invalid CA certificate',
};

function list(value) {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => {
    const pem = item !== null && typeof item === 'object' && !ArrayBuffer.isView(item) ? item.pem : item;
    return typeof pem === 'string' ? pem : Buffer.from(pem.buffer, pem.byteOffset, pem.byteLength).toString();
  });
}

// keys gives the private keys without their passphrase.
function keys({ key, passphrase }) {
  const pems = list(key);
  return pems.map((pem, i) => {
    const item = Array.isArray(key) ? key[i] : key;
    const secret = item && item.passphrase !== undefined ? item.passphrase : passphrase;
    if (secret === undefined || !pem.includes('ENCRYPTED')) return pem;
    return require('crypto').createPrivateKey({ key: pem, passphrase: secret }).export({ type: 'pkcs8', format: 'pem' });
  });
}

class TLSSocket extends Socket {
  constructor(socket, options = {}) {
    super({ allowHalfOpen: socket ? socket.allowHalfOpen : options.allowHalfOpen, highWaterMark: options.highWaterMark, noDelay: options.noDelay, keepAlive: options.keepAlive, keepAliveInitialDelay: options.keepAliveInitialDelay });
    this._tlsOptions = options;
    this._secureEstablished = false;
    this._securePending = false;
    this._newSessionPending = false;
    this._controlReleased = false;
    this.secureConnecting = true;
    this._SNICallback = null;
    this.servername = null;
    this.alpnProtocol = null;
    this.authorized = false;
    this.authorizationError = null;
    this.encrypted = true;
    Object.defineProperty(this, '_tls', { value: { facts: null, parent: null }, enumerable: false });
    if (options.isServer) throw refused('a TLS server', 'nobody can connect to a function');
    if (socket) this._wrap(socket);
  }

  // _wrap puts TLS over a socket that is there or will be.
  _wrap(socket) {
    if (!(socket instanceof Socket)) {
      throw refused('TLS over a stream that is no net.Socket', 'the handshake is made on the connection itself');
    }
    this._parent = socket;
    this._tls.parent = socket;
    this.connecting = socket.connecting || !socket._open;
    socket.on('close', () => {
      if (!this.destroyed && !this._open) this.destroy(this._cutShort());
    });
    socket.on('error', (error) => this.destroy(error));
    const begin = () => {
      if (this.destroyed) return;
      this.connecting = false;
      this._facts = socket._facts;
      const early = [];
      for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) early.push(chunk);
      this._handshake(socket._handle, early.length ? Buffer.concat(early) : undefined);
    };
    if (socket._open && socket._handle) begin();
    else socket._waiting.push(begin);
  }

  _cutShort() {
    const error = connReset('Client network socket disconnected before secure TLS connection was established');
    const { path, host, port, localAddress } = this._tlsOptions;
    return Object.assign(error, { path, host, port, localAddress });
  }

  // After TCP stands and before data flows.
  _opened() {
    this._handshake(this._handle, undefined);
  }

  _handshake(below, early) {
    const o = this._tlsOptions;
    const context = o.secureContext && o.secureContext.context ? { ...o.secureContext.context, ...o } : o;
    const servername = typeof o.servername === 'string' && o.servername !== '' ? o.servername : undefined;
    this.servername = servername || null;
    let handle;
    try {
      if (context.pfx) throw refused('the option pfx', 'give the certificate and the key as cert and key, in PEM');
      handle = native.tlsConnect(below, {
        servername,
        ca: list(context.ca),
        cert: list(context.cert),
        key: keys(context),
        alpn: protocols(o.ALPNProtocols),
        minVersion: context.minVersion,
        maxVersion: context.maxVersion,
        ciphers: context.ciphers,
        extraCA: process.env.NODE_EXTRA_CA_CERTS,
        early,
      }, (code, message, facts) => this._shaken(handle, code, message, facts));
    } catch (error) {
      this.destroy(error);
      return;
    }
    this._handle = handle;
  }

  _shaken(handle, code, message, facts) {
    if (this.destroyed) return;
    if (code) {
      this.destroy(this._handshakeError(code, message));
      return;
    }
    this._tls.facts = facts;
    this._touch();
    const o = this._tlsOptions;
    const checks = o.rejectUnauthorized === undefined ? process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0' : o.rejectUnauthorized !== false;
    let error = facts.verify ? codeError(Error, facts.verify, VERIFY[facts.verify] || facts.verify) : null;
    if (!error && !this.isSessionReused()) {
      const host = o.servername || o.host || (o.socket && o.socket._host) || 'localhost';
      error = (o.checkServerIdentity || require('tls').checkServerIdentity)(host, this.getPeerCertificate(true)) || null;
    }
    this.alpnProtocol = facts.alpn || false;
    if (error) {
      this.authorized = false;
      this.authorizationError = error.code || error.message;
      if (checks) {
        this.destroy(error);
        return;
      }
    } else {
      this.authorized = true;
    }
    this._secureEstablished = true;
    this.secureConnecting = false;
    this.servername = this.servername || false;
    if (!this._refed) native.netRef(handle, false);
    this.emit('secure');
    this.emit('secureConnect');
    this._begin();
    if (!this.isPaused()) this.read(0);
  }

  _handshakeError(code, message) {
    if (code === 'ECONNRESET') return this._cutShort();
    if (code !== 'EPROTO' || !message) return socketError('read', code);
    const error = socketError('write', 'EPROTO');
    error.message = `write EPROTO error:SSL routines::${message}\n`;
    return error;
  }

  _begin() {
    if (this._secureEstablished || !this._tls) super._begin();
  }

  _destroy(error, callback) {
    const { parent } = this._tls;
    super._destroy(error, (failure) => {
      // The error is heard before the socket below closes, and that before this.
      callback(failure);
      if (parent && !parent.destroyed) parent.destroy();
    });
  }

  getPeerCertificate(detailed) {
    const { facts } = this._tls;
    if (!facts || facts.chain.length === 0) return this.destroyed ? null : {};
    const { X509Certificate } = require('crypto');
    const made = facts.chain.map((raw) => new X509Certificate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)).toLegacyObject());
    if (detailed) {
      made.forEach((cert, i) => {
        if (made[i + 1]) cert.issuerCertificate = made[i + 1];
        else if (JSON.stringify(cert.subject) === JSON.stringify(cert.issuer)) cert.issuerCertificate = cert;
      });
    }
    return made[0];
  }

  getPeerX509Certificate() {
    const { facts } = this._tls;
    if (!facts || facts.chain.length === 0) return undefined;
    const { X509Certificate } = require('crypto');
    return new X509Certificate(Buffer.from(facts.chain[0]));
  }

  getCertificate() {
    return {};
  }

  getX509Certificate() {
    return undefined;
  }

  getProtocol() {
    return this._tls.facts ? this._tls.facts.version : null;
  }

  getCipher() {
    const { facts } = this._tls;
    if (!facts) return {};
    return { name: facts.cipher, standardName: facts.cipher, version: facts.version };
  }

  getEphemeralKeyInfo() {
    return {};
  }

  getFinished() {
    return undefined;
  }

  getPeerFinished() {
    return undefined;
  }

  getSession() {
    return undefined;
  }

  getSharedSigalgs() {
    return [];
  }

  getTLSTicket() {
    return undefined;
  }

  isSessionReused() {
    return Boolean(this._tls.facts && this._tls.facts.resumed);
  }

  setSession() {}

  setServername(name) {
    this._tlsOptions = { ...this._tlsOptions, servername: name };
  }

  setMaxSendFragment() {
    return true;
  }

  disableRenegotiation() {}

  enableTrace() {}

  exportKeyingMaterial() {
    throw refused('tlsSocket.exportKeyingMaterial', 'the keys stay with the native client');
  }

  renegotiate() {
    throw refused('tlsSocket.renegotiate', 'the native client does not renegotiate');
  }
}

// protocols reads ALPNProtocols: names, or their wire form.
function protocols(value) {
  if (!value) return [];
  if (Array.isArray(value)) return value.map(String);
  const names = [];
  for (let i = 0; i < value.length; i += value[i] + 1) names.push(Buffer.from(value.slice(i + 1, i + 1 + value[i])).toString());
  return names;
}

module.exports = TLSSocket;
