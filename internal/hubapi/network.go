package hubapi

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// NetworkError is a call that got no answer, or only the beginning of one.
type NetworkError struct {
	What     string        // what the call was for
	Host     string        // who was called
	Err      error         // what happened
	Limit    time.Duration // the time limit that passed, 0 if that was not the cause
	Attempts int           // how often it was tried
}

func (c *Client) networkError(k *call, err error, limit time.Duration) *NetworkError {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // its text repeats the address, with the query
	}
	e := &NetworkError{What: k.what, Host: hostOf(c.url(k)), Err: err, Attempts: 1}
	var netErr net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &netErr) && netErr.Timeout() {
		e.Limit = limit
	}
	return e
}

// Error says who did not answer, and why.
func (e *NetworkError) Error() string {
	text := fmt.Sprintf("%s: no answer from %s: %s", e.What, e.Host, e.brief())
	if e.Attempts > 1 {
		text += fmt.Sprintf(" (tried %d times)", e.Attempts)
	}
	return text
}

// Unwrap gives the cause.
func (e *NetworkError) Unwrap() error { return e.Err }

func (e *NetworkError) brief() string {
	if e.Limit > 0 {
		return fmt.Sprintf("nothing came within %s", e.Limit)
	}
	return e.Err.Error()
}

// Unsent reports that no connection was made, so the call can't have arrived.
func (e *NetworkError) Unsent() bool {
	var op *net.OpError
	return errors.As(e.Err, &op) && op.Op == "dial"
}

// Temporary reports whether trying again can help: a wrong certificate or a
// name that does not exist stays wrong.
func (e *NetworkError) Temporary() bool {
	var dns *net.DNSError
	if errors.As(e.Err, &dns) {
		return dns.IsTemporary || dns.IsTimeout
	}
	return !e.certificate()
}

func (e *NetworkError) certificate() bool {
	var verify *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	return errors.As(e.Err, &verify) || errors.As(e.Err, &authority) || errors.As(e.Err, &host) || e.plain()
}

// plain reports that the other side speaks no TLS.
func (e *NetworkError) plain() bool {
	var record tls.RecordHeaderError
	return errors.As(e.Err, &record) || errors.Is(e.Err, http.ErrSchemeMismatch)
}

// Hint says what to look at.
func (e *NetworkError) Hint() string {
	var dns *net.DNSError
	switch {
	case e.plain():
		return "this host speaks no TLS at that port: look at --api-origin, HUBAPI_DOMAIN_OVERRIDE and the proxy variables"
	case e.certificate():
		return "if a proxy or a test server signs the connection, name its certificate in NODE_EXTRA_CA_CERTS or SSL_CERT_FILE"
	case errors.As(e.Err, &dns):
		return "look at your network connection; behind a proxy set HTTPS_PROXY"
	case strings.Contains(e.Err.Error(), "proxyconnect"):
		return "the proxy of HTTP_PROXY, HTTPS_PROXY or ALL_PROXY does not answer; NO_PROXY excludes hosts"
	case e.Limit > 0:
		return "raise httpTimeout in the configuration, or HTTP_TIMEOUT, both in milliseconds"
	default:
		return "look at your network connection and https://status.hubspot.com"
	}
}
