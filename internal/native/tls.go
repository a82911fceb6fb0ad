package native

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"time"
)

// tlsNatives serve tls.connect: TLS over a connection that is there.
func tlsNatives() Table {
	return Table{
		// tlsConnect(socket, {servername, ca, cert, key, passphrase, alpn, minVersion,
		// maxVersion, ciphers, extraCA, early}, cb) → socket; the given one is no longer
		// used. cb(code, message), or cb(undefined, undefined, facts); facts.verify is
		// the code of what is wrong with the server's certificate. early is what was
		// read from the socket already.
		"tlsConnect": func(h Host, a Args) (any, error) {
			under, ok := HandleOf[*socket](a, 0)
			if !ok || under.conn == nil {
				return nil, Errorf("ENOTCONN", "the socket below TLS is not connected")
			}
			config, roots, err := clientConfig(a.Map(1))
			if err != nil {
				return nil, err
			}
			early, _ := a.Map(1)["early"].([]byte)
			cb, s := a.Callback(2), newSocket(h)
			op := s.begin()
			s.onClose = func() { under.close(false) }
			under.release(func(read []byte) {
				if under.closed || s.closed {
					op.end(func() { cb("ECONNRESET", "") })
					return
				}
				raw := under.conn
				conn := tls.Client(&earlyConn{Conn: raw, early: append(append([]byte(nil), early...), read...)}, config)
				ctx, cancel := context.WithCancel(h.Context())
				s.onClose = func() {
					cancel()
					under.close(false)
				}
				go func() {
					err := conn.HandshakeContext(ctx)
					cancel()
					op.end(func() {
						if s.closed {
							return
						}
						if err != nil {
							code, message := handshakeError(err)
							cb(code, message)
							return
						}
						s.use(conn)
						s.raw = under.raw
						under.conn, under.closed = nil, true
						if under.stop != nil {
							under.stop()
						}
						cb(nil, nil, tlsFacts(conn.ConnectionState(), config.ServerName, roots))
					})
				}()
			})
			return Handle{s}, nil
		},
	}
}

// earlyConn gives first what was read before TLS took the connection over.
type earlyConn struct {
	net.Conn
	early []byte
}

func (c *earlyConn) Read(b []byte) (int, error) {
	if len(c.early) > 0 {
		n := copy(b, c.early)
		c.early = c.early[n:]
		return n, nil
	}
	return c.Conn.Read(b)
}

// clientConfig makes Go's configuration of Node's options. Go verifies nothing
// itself: Node lets the caller decide after the handshake.
func clientConfig(o map[string]any) (*tls.Config, *x509.CertPool, error) {
	config := &tls.Config{InsecureSkipVerify: true} //nolint:gosec // tlsFacts verifies
	config.ServerName, _ = o["servername"].(string)
	if list, ok := o["alpn"].([]any); ok {
		for _, p := range list {
			if name, ok := p.(string); ok {
				config.NextProtos = append(config.NextProtos, name)
			}
		}
	}
	config.MinVersion, config.MaxVersion = tlsVersion(o["minVersion"], tls.VersionTLS12), tlsVersion(o["maxVersion"], tls.VersionTLS13)
	config.CipherSuites = cipherSuites(o["ciphers"])
	roots, err := rootPool(o)
	if err != nil {
		return nil, nil, err
	}
	config.RootCAs = roots
	certs, _ := o["cert"].([]any)
	keys, _ := o["key"].([]any)
	if len(certs) > 0 && len(keys) > 0 {
		cert, cerr := tls.X509KeyPair(pemOf(certs[0]), pemOf(keys[0]))
		if cerr != nil {
			return nil, nil, Errorf("ERR_OSSL_PEM_NO_START_LINE", "the client certificate and key cannot be used: %v", cerr)
		}
		config.Certificates = []tls.Certificate{cert}
	}
	return config, roots, nil
}

func pemOf(v any) []byte {
	switch x := v.(type) {
	case string:
		return []byte(x)
	case []byte:
		return x
	}
	return nil
}

// rootPool gives the authorities: those of the option ca instead of the
// system's, and the file of NODE_EXTRA_CA_CERTS beside these.
func rootPool(o map[string]any) (*x509.CertPool, error) {
	if list, ok := o["ca"].([]any); ok && len(list) > 0 {
		pool := x509.NewCertPool()
		for _, ca := range list {
			pool.AppendCertsFromPEM(pemOf(ca))
		}
		return pool, nil
	}
	file, _ := o["extraCA"].(string)
	if file == "" {
		return nil, nil //nolint:nilnil // nil is the system's pool
	}
	extra, err := os.ReadFile(file)
	if err != nil {
		return nil, nil //nolint:nilnil,nilerr // Node ignores a file it cannot read, with a warning
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(extra)
	return pool, nil
}

func tlsVersion(v any, def uint16) uint16 {
	name, _ := v.(string)
	versions := map[string]uint16{"TLSv1": tls.VersionTLS10, "TLSv1.1": tls.VersionTLS11, "TLSv1.2": tls.VersionTLS12, "TLSv1.3": tls.VersionTLS13}
	if n, ok := versions[name]; ok {
		return n
	}
	return def
}

// cipherSuites finds the suites of an OpenSSL list that Go has by name; nil,
// Go's own choice, if there is none.
func cipherSuites(v any) []uint16 {
	text, _ := v.(string)
	var ids []uint16
	for name := range strings.SplitSeq(text, ":") {
		want := strings.NewReplacer("-", "", "_", "").Replace(name)
		for _, s := range tls.CipherSuites() {
			if strings.NewReplacer("TLS_", "", "WITH_", "", "_", "", "AES128", "AES128").Replace(s.Name) == want {
				ids = append(ids, s.ID)
			}
		}
	}
	return ids
}

// tlsFacts describes a finished handshake.
func tlsFacts(state tls.ConnectionState, servername string, roots *x509.CertPool) map[string]any {
	facts := map[string]any{
		"version": map[uint16]string{
			tls.VersionTLS10: "TLSv1", tls.VersionTLS11: "TLSv1.1", tls.VersionTLS12: "TLSv1.2", tls.VersionTLS13: "TLSv1.3",
		}[state.Version],
		"cipher":  tls.CipherSuiteName(state.CipherSuite),
		"resumed": state.DidResume,
	}
	if state.NegotiatedProtocol != "" {
		facts["alpn"] = state.NegotiatedProtocol
	}
	chain := make([]any, 0, len(state.PeerCertificates))
	for _, c := range state.PeerCertificates {
		chain = append(chain, c.Raw)
	}
	facts["chain"] = chain
	if code := verifyChain(state.PeerCertificates, roots); code != "" {
		facts["verify"] = code
	}
	return facts
}

// verifyChain gives OpenSSL's name of what is wrong with a chain, "" if nothing
// is. Names of hosts are checked by the JavaScript half.
func verifyChain(chain []*x509.Certificate, roots *x509.CertPool) string {
	if len(chain) == 0 {
		return "UNABLE_TO_GET_ISSUER_CERT"
	}
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: time.Now()})
	if err == nil {
		return ""
	}
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) && invalid.Reason == x509.Expired {
		if invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore) {
			return "CERT_NOT_YET_VALID"
		}
		return "CERT_HAS_EXPIRED"
	}
	if errors.As(err, &invalid) {
		switch invalid.Reason {
		case x509.IncompatibleUsage:
			return "INVALID_PURPOSE"
		case x509.NotAuthorizedToSign:
			return "INVALID_CA"
		}
	}
	last := chain[len(chain)-1]
	selfSigned := last.CheckSignatureFrom(last) == nil || string(last.RawIssuer) == string(last.RawSubject)
	switch {
	case selfSigned && len(chain) == 1:
		return "DEPTH_ZERO_SELF_SIGNED_CERT"
	case selfSigned:
		return "SELF_SIGNED_CERT_IN_CHAIN"
	case len(chain) == 1:
		return "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
	}
	return "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"
}

// handshakeError gives code and message of a failed handshake; the message is
// "" where Node's is made of the code alone.
func handshakeError(err error) (code, message string) {
	var record tls.RecordHeaderError
	if errors.As(err, &record) {
		return "EPROTO", "wrong version number"
	}
	var alert tls.AlertError
	if errors.As(err, &alert) {
		return "EPROTO", strings.TrimPrefix(alert.Error(), "tls: ")
	}
	text := err.Error()
	if i := strings.Index(text, "remote error: tls: "); i >= 0 {
		return "EPROTO", "alert " + text[i+len("remote error: tls: "):]
	}
	if strings.HasPrefix(text, "tls: ") {
		return "EPROTO", strings.TrimPrefix(text, "tls: ")
	}
	if code := socketCode(err); code != "EIO" {
		return code, ""
	}
	return "ECONNRESET", ""
}
