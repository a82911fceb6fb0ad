package hubapi

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Sockets that hs keeps at most to one host.
const maxConnections = 5

// TransportOptions say how to reach HubSpot; Getenv gives the variables.
type TransportOptions struct {
	Getenv func(string) string
	// Warn hears of a certificate file that can't be used, which is no reason to
	// fail before the connection does. It may be nil.
	Warn func(err error)
}

// NewTransport makes the transport of all calls. It takes from the environment:
// the proxy, from the first of HTTP_PROXY, HTTPS_PROXY and ALL_PROXY (upper case,
// then lower case) that is set, and NO_PROXY; and certificates to trust beside
// the system's, from NODE_EXTRA_CA_CERTS and SSL_CERT_FILE.
func NewTransport(o TransportOptions) (*http.Transport, error) {
	proxy, err := proxyFrom(o.Getenv)
	if err != nil {
		return nil, err
	}
	return &http.Transport{
		Proxy:                 proxy,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       &tls.Config{RootCAs: extraRoots(o), MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   10 * time.Second,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   maxConnections,
		MaxConnsPerHost:       2 * maxConnections, // folders go up ten files at a time
		IdleConnTimeout:       30 * time.Second,
		ExpectContinueTimeout: time.Second,
	}, nil
}

// extraRoots gives the system's certificates and those of the variables, nil
// (the system's) where none is set.
func extraRoots(o TransportOptions) *x509.CertPool {
	var pool *x509.CertPool
	for _, name := range []string{"NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"} {
		file := o.Getenv(name)
		if file == "" {
			continue
		}
		pem, err := os.ReadFile(file)
		if err == nil {
			if pool == nil {
				pool = systemRoots()
			}
			if pool.AppendCertsFromPEM(pem) {
				continue
			}
		}
		if o.Warn != nil {
			o.Warn(&certificateFileError{name, file, err})
		}
	}
	return pool
}

func systemRoots() *x509.CertPool {
	if pool, err := x509.SystemCertPool(); err == nil {
		return pool
	}
	return x509.NewCertPool()
}

type certificateFileError struct {
	variable, file string
	err            error // nil: the file holds no certificate
}

// Error names variable and file.
func (e *certificateFileError) Error() string {
	if e.err != nil {
		return e.variable + ": " + e.err.Error()
	}
	return e.variable + ": " + e.file + " holds no certificate in PEM form"
}

// Unwrap gives why the file could not be read.
func (e *certificateFileError) Unwrap() error { return e.err }

// proxyFrom reads the proxy variables as hs does. Hosts of this machine are
// never asked for through a proxy.
func proxyFrom(getenv func(string) string) (func(*http.Request) (*url.URL, error), error) {
	either := func(name string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return getenv(strings.ToLower(name))
	}
	name, text := "", ""
	for _, n := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		if v := either(n); v != "" {
			name, text = n, v
			break
		}
	}
	if text == "" {
		return nil, nil
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	proxy, err := url.Parse(text)
	if err != nil || proxy.Host == "" {
		return nil, &proxyError{name}
	}
	except := either("NO_PROXY")
	return func(req *http.Request) (*url.URL, error) {
		if host := req.URL.Hostname(); loopback(host) || noProxy(except, host) {
			return nil, nil
		}
		return proxy, nil
	}, nil
}

// proxyError is a proxy variable that holds no address. The value is not shown:
// it may hold a password.
type proxyError struct{ variable string }

// Error names the variable.
func (e *proxyError) Error() string {
	return e.variable + " holds no address of a proxy such as http://proxy:8080"
}

// noProxy reports whether a NO_PROXY list names host: "*", the host, or a domain
// it lies in, with or without a dot in front.
func noProxy(list, host string) bool {
	host = strings.ToLower(host)
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.ToLower(strings.TrimSpace(entry))
		switch {
		case entry == "":
		case entry == "*", entry == host, strings.HasSuffix(host, "."+strings.TrimPrefix(entry, ".")):
			return true
		}
	}
	return false
}
