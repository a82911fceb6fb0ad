package native

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"strings"
)

// keyForm says how a key is, or is to be, encoded.
type keyForm struct {
	kind       string // "private" or "public": what is asked for
	format     string // "pem", "der"
	typ        string // "pkcs1", "pkcs8", "spki", "sec1"
	cipher     string
	passphrase []byte
	encrypted  bool // a passphrase was given, maybe an empty one
}

func keyOptions(m map[string]any) keyForm {
	str := func(name string) string { s, _ := m[name].(string); return s }
	f := keyForm{kind: str("kind"), format: str("format"), typ: str("type"), cipher: str("cipher")}
	switch p := m["passphrase"].(type) {
	case string:
		f.passphrase, f.encrypted = []byte(p), true
	case []byte:
		f.passphrase, f.encrypted = bytes.Clone(p), true
	}
	return f
}

// parseKey reads a key. Where a public key is asked for, a private key or a
// certificate gives its public half.
func parseKey(data []byte, f keyForm) (*key, error) {
	if f.format == "der" {
		return parseDER(data, f)
	}
	for rest := data; ; {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		k, err := parseBlock(block, f)
		if err == errOtherBlock {
			continue
		}
		if err != nil {
			return nil, err
		}
		return k, nil
	}
	return nil, errUnsupportedKey()
}

// errOtherBlock is for PEM blocks that hold no key of the wanted kind.
var errOtherBlock = errors.New("another kind of PEM block")

func parseBlock(block *pem.Block, f keyForm) (*key, error) {
	der := block.Bytes
	if strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
		plain, err := decryptPEM(block, f)
		if err != nil {
			return nil, err
		}
		der = plain
	}
	var k *key
	var err error
	switch block.Type {
	case "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
		if f.kind == "private" {
			return nil, errOtherBlock
		}
		k, err = parsePublicDER(der, map[string]string{"PUBLIC KEY": "spki", "RSA PUBLIC KEY": "pkcs1"}[block.Type])
		if err != nil && !isNative(err) {
			return nil, errWrongTag()
		}
		return k, err
	case "PRIVATE KEY":
		k, err = parsePKCS8(der)
	case "RSA PRIVATE KEY":
		k, err = parsePrivateDER(der, "pkcs1")
	case "EC PRIVATE KEY":
		k, err = parsePrivateDER(der, "sec1")
	case "ENCRYPTED PRIVATE KEY":
		if !f.encrypted {
			return nil, errNoPassphrase()
		}
		if der, err = decryptPKCS8(der, f.passphrase); err == nil {
			k, err = parsePKCS8(der)
		}
	default:
		return nil, errOtherBlock
	}
	if err != nil {
		if isNative(err) {
			return nil, err
		}
		return nil, errUnsupportedKey()
	}
	if f.kind == "public" {
		return k.public(), nil
	}
	return k, nil
}

func isNative(err error) bool {
	var ne *Error
	return errors.As(err, &ne)
}

func parseDER(der []byte, f keyForm) (k *key, err error) {
	switch {
	case f.kind == "public" && (f.typ == "spki" || f.typ == "pkcs1"):
		k, err = parsePublicDER(der, f.typ)
		if err != nil && f.typ == "pkcs1" { // pkcs1 names private keys too
			if p, perr := parsePrivateDER(der, "pkcs1"); perr == nil {
				k, err = p, nil
			}
		}
	case f.typ == "pkcs8" && f.encrypted && !looksPlainPKCS8(der):
		if der, err = decryptPKCS8(der, f.passphrase); err == nil {
			k, err = parsePKCS8(der)
		}
	default:
		k, err = parsePrivateDER(der, f.typ)
	}
	if err != nil {
		if isNative(err) {
			return nil, err
		}
		return nil, errWrongTag()
	}
	if f.kind == "public" && k.kind == "private" {
		return k.public(), nil
	}
	return k, nil
}

// parsePublicDER reads a public key; typ "" is a certificate.
func parsePublicDER(der []byte, typ string) (*key, error) {
	switch typ {
	case "pkcs1":
		pub, err := x509.ParsePKCS1PublicKey(der)
		if err != nil {
			return nil, err
		}
		k, _ := newPublic(pub)
		return k, nil
	case "spki":
		if k, ok := parsePSSPublic(der); ok {
			return k, nil
		}
		pub, err := x509.ParsePKIXPublicKey(der)
		if err != nil {
			return nil, unsupportedAlgorithm(der, err)
		}
		k, ok := newPublic(pub)
		if !ok {
			return nil, errUnsupportedKey()
		}
		return k, nil
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	k, ok := newPublic(cert.PublicKey)
	if !ok {
		return nil, errUnsupportedKey()
	}
	return k, nil
}

func parsePrivateDER(der []byte, typ string) (*key, error) {
	switch typ {
	case "pkcs1":
		priv, err := x509.ParsePKCS1PrivateKey(der)
		if err != nil {
			return nil, err
		}
		k, _ := newPrivate(priv)
		return k, nil
	case "sec1":
		priv, err := x509.ParseECPrivateKey(der)
		if err != nil {
			return nil, unsupportedAlgorithm(der, err)
		}
		k, _ := newPrivate(priv)
		return k, nil
	}
	return parsePKCS8(der)
}

func parsePKCS8(der []byte) (*key, error) {
	if k, ok := parsePSSPrivate(der); ok {
		return k, nil
	}
	priv, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, unsupportedAlgorithm(der, err)
	}
	k, ok := newPrivate(priv)
	if !ok {
		return nil, errUnsupportedKey()
	}
	return k, nil
}

// unsupportedAlgorithm explains keys that Node takes and this engine does not;
// of other keys it gives err back.
func unsupportedAlgorithm(der []byte, err error) error {
	for _, known := range []struct {
		oid  asn1.ObjectIdentifier
		name string
	}{
		{asn1.ObjectIdentifier{1, 3, 132, 0, 10}, "secp256k1"},
		{asn1.ObjectIdentifier{1, 3, 101, 113}, "Ed448"},
		{asn1.ObjectIdentifier{1, 3, 101, 111}, "X448"},
		{asn1.ObjectIdentifier{1, 2, 840, 10040, 4, 1}, "DSA"},
		{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 3, 1}, "Diffie-Hellman"},
	} {
		if encoded, merr := asn1.Marshal(known.oid); merr == nil && bytes.Contains(der, encoded) {
			return unsupportedInEngine(known.name + " keys")
		}
	}
	return err
}

// unsupportedInEngine is the error for what Node has and this engine lacks.
func unsupportedInEngine(what string) error {
	return Errorf("ERR_FEATURE_UNAVAILABLE_ON_PLATFORM", "%s are not available in the embedded engine; --engine node has them", what)
}
