package native

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"strings"
)

func errInvalidJWK() error {
	return TypeErrorf("ERR_CRYPTO_INVALID_JWK", "Invalid JWK data")
}

// keyFromJWK reads a JSON Web Key whose members' types were checked. kind
// "public" gives the public half of a private key.
func keyFromJWK(m map[string]any, kind string) (*key, error) {
	get := func(name string) []byte {
		s, _ := m[name].(string)
		s = strings.TrimRight(s, "=")
		b, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil {
			b, _ = base64.RawStdEncoding.DecodeString(s)
		}
		return b
	}
	_, isPrivate := m["d"].(string)
	if kind == "public" {
		isPrivate = false
	}
	crv, _ := m["crv"].(string)
	switch m["kty"] {
	case "RSA":
		return rsaFromJWK(get, isPrivate)
	case "EC":
		curve, _, ok := curveByName(crv)
		if !ok || !strings.HasPrefix(crv, "P-") {
			if crv == "secp256k1" {
				return nil, unsupportedInEngine("secp256k1 keys")
			}
			return nil, TypeErrorf("ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
		}
		size := (curve.Params().BitSize + 7) / 8
		point := make([]byte, 1+2*size)
		point[0] = 4
		x, y := get("x"), get("y")
		if len(x) > size || len(y) > size {
			return nil, errInvalidJWK()
		}
		copy(point[1+size-len(x):], x)
		copy(point[1+2*size-len(y):], y)
		pub, err := ecdsa.ParseUncompressedPublicKey(curve, point)
		if err != nil {
			return nil, TypeErrorf("ERR_CRYPTO_INVALID_JWK", "Invalid JWK EC key")
		}
		if !isPrivate {
			k, _ := newPublic(pub)
			return k, nil
		}
		d := get("d")
		if len(d) > size {
			return nil, errInvalidJWK()
		}
		priv, err := ecdsa.ParseRawPrivateKey(curve, append(make([]byte, size-len(d)), d...))
		if err != nil || !priv.PublicKey.Equal(pub) {
			return nil, TypeErrorf("ERR_CRYPTO_INVALID_JWK", "Invalid JWK EC key")
		}
		k, _ := newPrivate(priv)
		return k, nil
	case "OKP":
		if isPrivate {
			return keyFromRaw(strings.ToLower(crv), "private", get("d"))
		}
		return keyFromRaw(strings.ToLower(crv), "public", get("x"))
	}
	return nil, errInvalidJWK()
}

func rsaFromJWK(get func(string) []byte, isPrivate bool) (*key, error) {
	num := func(name string) *big.Int { return new(big.Int).SetBytes(get(name)) }
	n, e := num("n"), num("e")
	if n.Sign() == 0 || !e.IsInt64() || e.Int64() > 1<<31-1 || e.Int64() < 2 {
		return nil, TypeErrorf("ERR_CRYPTO_INVALID_JWK", "Invalid JWK RSA key")
	}
	pub := rsa.PublicKey{N: n, E: int(e.Int64())}
	if !isPrivate {
		k, _ := newPublic(&pub)
		return k, nil
	}
	priv := &rsa.PrivateKey{PublicKey: pub, D: num("d"), Primes: []*big.Int{num("p"), num("q")}}
	if err := priv.Validate(); err != nil {
		return nil, TypeErrorf("ERR_CRYPTO_INVALID_JWK", "Invalid JWK RSA key")
	}
	priv.Precompute()
	k, _ := newPrivate(priv)
	return k, nil
}

// keyFromRaw reads the raw bytes of a key on a named curve.
func keyFromRaw(typ, kind string, b []byte) (*key, error) {
	fail := func() (*key, error) { return nil, Errorf("ERR_CRYPTO_INVALID_KEYTYPE", "Invalid key type") }
	switch typ {
	case "ed25519":
		if kind == "private" {
			if len(b) != ed25519.SeedSize {
				return fail()
			}
			k, _ := newPrivate(ed25519.NewKeyFromSeed(b))
			return k, nil
		}
		if len(b) != ed25519.PublicKeySize {
			return fail()
		}
		k, _ := newPublic(ed25519.PublicKey(append([]byte(nil), b...)))
		return k, nil
	case "x25519":
		if kind == "private" {
			priv, err := ecdh.X25519().NewPrivateKey(b)
			if err != nil {
				return fail()
			}
			k, _ := newPrivate(priv)
			return k, nil
		}
		pub, err := ecdh.X25519().NewPublicKey(b)
		if err != nil {
			return fail()
		}
		k, _ := newPublic(pub)
		return k, nil
	}
	curve, _, ok := curveByName(typ)
	if !ok {
		return fail()
	}
	point, err := uncompressed(curve, b)
	if err != nil {
		return fail()
	}
	pub, err := ecdsa.ParseUncompressedPublicKey(curve, point)
	if err != nil {
		return fail()
	}
	k, _ := newPublic(pub)
	return k, nil
}
