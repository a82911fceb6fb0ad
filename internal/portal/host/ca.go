package host

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/fns-dev/fns/internal/sysx"
)

// The files of the user's own authority, in its folder. One file holds both parts,
// so that they always belong together; the other is for those who trust it.
const (
	authorityFile   = "authority.pem"
	CertificateFile = "ca.pem"
)

// The times that certificates hold.
const (
	authorityTime = 5 * 365 * 24 * time.Hour
	leafTime      = 90 * 24 * time.Hour
	renewBefore   = 180 * 24 * time.Hour
)

// authority signs certificates of this machine and of nothing else: whoever trusts
// it trusts no other address through it.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// loadAuthority reads the authority in a folder, or makes it. It never enters the
// system's list of authorities.
func loadAuthority(dir string, now time.Time) (*authority, error) {
	file := filepath.Join(dir, authorityFile)
	if data, err := os.ReadFile(file); err == nil {
		if a, err := parseAuthority(data); err == nil && now.Add(renewBefore).Before(a.cert.NotAfter) {
			return a, a.publish(dir)
		}
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err // it holds no longer, or was never any
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	text, err := newAuthority(now)
	if err != nil {
		return nil, err
	}
	if text, err = firstWins(file, text); err != nil {
		return nil, err
	}
	a, err := parseAuthority(text)
	if err != nil {
		return nil, err
	}
	return a, a.publish(dir)
}

// firstWins makes a file, unless another process does so at the same time, and
// gives what is in it then: all must sign with the same key.
func firstWins(file string, text []byte) ([]byte, error) {
	own := file + "." + serial().Text(36)
	if err := sysx.ReplaceFile(own, text, 0o600); err != nil {
		return nil, err
	}
	defer os.Remove(own)
	if err := os.Link(own, file); err == nil {
		return text, nil
	} else if !errors.Is(err, os.ErrExist) {
		// A disk that knows no links: then the last wins.
		return text, sysx.ReplaceFile(file, text, 0o600)
	}
	return os.ReadFile(file)
}

// publish writes the certificate alone.
func (a *authority) publish(dir string) error {
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw})
	path := filepath.Join(dir, CertificateFile)
	if old, err := os.ReadFile(path); err == nil && string(old) == string(text) {
		return nil
	}
	return sysx.ReplaceFile(path, text, 0o644)
}

func parseAuthority(data []byte) (*authority, error) {
	a := &authority{}
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		var err error
		switch block.Type {
		case "CERTIFICATE":
			a.cert, err = x509.ParseCertificate(block.Bytes)
		case "EC PRIVATE KEY":
			a.key, err = x509.ParseECPrivateKey(block.Bytes)
		}
		if err != nil {
			return nil, err
		}
	}
	if a.cert == nil || a.key == nil || !a.key.PublicKey.Equal(a.cert.PublicKey) {
		return nil, fmt.Errorf("%s does not hold a certificate and its key", authorityFile)
	}
	return a, nil
}

func newAuthority(now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "fns portal of this user"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(authorityTime),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: []string{"localhost"},
		PermittedIPRanges: []*net.IPNet{{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)}, {IP: net.IPv6loopback, Mask: net.CIDRMask(128, 128)}},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})...), nil
}

// leaf makes a certificate for the names of this machine; its key is never
// written anywhere.
func (a *authority) leaf(now time.Time) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "fns portal"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(leafTime),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: key}, nil
}

func serial() *big.Int {
	n, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // never fails: it ends the program instead
	return n
}
