package native

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/subtle"
	"slices"
)

// key is what a KeyObject holds. A private key has its public half in pub too.
type key struct {
	kind   string // "secret", "public", "private"
	secret []byte
	pub    crypto.PublicKey  // *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey, *ecdh.PublicKey (X25519)
	priv   crypto.PrivateKey // the same of the private half
	pss    *pssParams        // of a key that is for RSA-PSS only
}

// pssParams restrict an RSA-PSS key; a zero value restricts nothing.
type pssParams struct {
	set        bool
	hash, mgf1 string
	saltLength int
}

// typeName is asymmetricKeyType.
func (k *key) typeName() string {
	switch k.pub.(type) {
	case *rsa.PublicKey:
		if k.pss != nil {
			return "rsa-pss"
		}
		return "rsa"
	case *ecdsa.PublicKey:
		return "ec"
	case ed25519.PublicKey:
		return "ed25519"
	case *ecdh.PublicKey:
		return "x25519"
	}
	return ""
}

// newPrivate makes a key of a private key of the standard library.
func newPrivate(priv crypto.PrivateKey) (*key, bool) {
	k := &key{kind: "private", priv: priv}
	switch p := priv.(type) {
	case *rsa.PrivateKey:
		k.pub = &p.PublicKey
	case *ecdsa.PrivateKey:
		k.pub = &p.PublicKey
	case ed25519.PrivateKey:
		k.pub = p.Public()
	case *ecdh.PrivateKey:
		k.pub = p.PublicKey()
	default:
		return nil, false
	}
	return k, true
}

// newPublic does the same with a public key.
func newPublic(pub crypto.PublicKey) (*key, bool) {
	k := &key{kind: "public", pub: pub}
	return k, k.typeName() != ""
}

// public gives the public half of a key.
func (k *key) public() *key {
	return &key{kind: "public", pub: k.pub, pss: k.pss}
}

// curveNames pairs Go's curves with OpenSSL's names and JWK's.
func curveNames() []struct {
	curve      elliptic.Curve
	name, jose string
	ecdh       ecdh.Curve
} {
	return []struct {
		curve      elliptic.Curve
		name, jose string
		ecdh       ecdh.Curve
	}{
		{elliptic.P256(), "prime256v1", "P-256", ecdh.P256()},
		{elliptic.P384(), "secp384r1", "P-384", ecdh.P384()},
		{elliptic.P521(), "secp521r1", "P-521", ecdh.P521()},
		{elliptic.P224(), "secp224r1", "P-224", nil},
	}
}

// curveByName finds a curve under any of its names.
func curveByName(name string) (curve elliptic.Curve, dh ecdh.Curve, ok bool) {
	if name == "secp256r1" {
		name = "prime256v1"
	}
	for _, c := range curveNames() {
		if c.name == name || c.jose == name {
			return c.curve, c.ecdh, true
		}
	}
	return nil, nil, false
}

// curveName gives OpenSSL's and JWK's name of a curve.
func curveName(curve elliptic.Curve) (name, jose string) {
	for _, c := range curveNames() {
		if c.curve == curve {
			return c.name, c.jose
		}
	}
	return "", ""
}

// equal is KeyObject.equals.
func (k *key) equal(o *key) bool {
	if k.kind != o.kind {
		return false
	}
	switch k.kind {
	case "secret":
		return len(k.secret) == len(o.secret) && subtle.ConstantTimeCompare(k.secret, o.secret) == 1
	case "private":
		p, ok := k.priv.(interface{ Equal(crypto.PrivateKey) bool })
		return ok && p.Equal(o.priv)
	}
	p, ok := k.pub.(interface{ Equal(crypto.PublicKey) bool })
	return ok && p.Equal(o.pub)
}

// details is asymmetricKeyDetails; publicExponent is a number here.
func (k *key) details() map[string]any {
	switch p := k.pub.(type) {
	case *rsa.PublicKey:
		d := map[string]any{"modulusLength": int64(p.N.BitLen()), "publicExponent": int64(p.E)}
		if k.pss != nil && k.pss.set {
			d["hashAlgorithm"], d["mgf1HashAlgorithm"], d["saltLength"] = k.pss.hash, k.pss.mgf1, int64(k.pss.saltLength)
		}
		return d
	case *ecdsa.PublicKey:
		name, _ := curveName(p.Curve)
		return map[string]any{"namedCurve": name}
	}
	return map[string]any{}
}

// describe is what the JavaScript half learns of a key.
func (k *key) describe() map[string]any {
	m := map[string]any{"handle": Handle{k}, "kind": k.kind}
	if k.kind == "secret" {
		m["size"] = int64(len(k.secret))
		return m
	}
	m["type"] = k.typeName()
	return m
}

// keyNatives serve KeyObject.
func keyNatives() Table {
	return Table{
		// keyNewSecret(bytes or text) → description
		"keyNewSecret": func(h Host, a Args) (any, error) {
			return (&key{kind: "secret", secret: slices.Clone(dataOf(a, 0))}).describe(), nil
		},
		// keySecret(handle) → bytes of a secret key
		"keySecret": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			return slices.Clone(k.secret), nil
		},
		// keyParse(data, options) → description; options: kind ("private" or
		// "public"), format ("pem" or "der"), type, passphrase.
		"keyParse": func(h Host, a Args) (any, error) {
			o := keyOptions(a.Map(1))
			k, err := parseKey(dataOf(a, 0), o)
			if err != nil {
				return nil, err
			}
			return k.describe(), nil
		},
		// keyFromJWK(jwk, kind) → description
		"keyFromJWK": func(h Host, a Args) (any, error) {
			k, err := keyFromJWK(a.Map(0), a.String(1))
			if err != nil {
				return nil, err
			}
			return k.describe(), nil
		},
		// keyFromRaw(type, kind, bytes) → description: bytes of an Ed25519 or
		// X25519 key, or a point of the curve named by type.
		"keyFromRaw": func(h Host, a Args) (any, error) {
			k, err := keyFromRaw(a.String(0), a.String(1), a.Bytes(2))
			if err != nil {
				return nil, err
			}
			return k.describe(), nil
		},
		// keyPublic(handle) → description of the public half
		"keyPublic": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			return k.public().describe(), nil
		},
		// keyDetails(handle) → {modulusLength, publicExponent} or {namedCurve}
		"keyDetails": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			return k.details(), nil
		},
		// keyEqual(handle, handle)
		"keyEqual": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			o, _ := HandleOf[*key](a, 1)
			return k.equal(o), nil
		},
		// keyExport(handle, options) → bytes or PEM text; options: format, type,
		// cipher, passphrase.
		"keyExport": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			return k.export(keyOptions(a.Map(1)))
		},
		// keyJWK(handle) → the members of a JWK
		"keyJWK": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			return k.jwk()
		},
		// keyRaw(handle) → the raw form of a public key
		"keyRaw": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			return k.raw()
		},
	}
}
