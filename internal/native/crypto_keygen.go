package native

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
)

// keygenNatives serve generateKeyPair; generateKey needs random bytes only.
func keygenNatives() Table {
	return Table{
		// keyPair(type, options, callback) → description of the private key.
		// options: modulusLength, namedCurve; hash, mgf1, saltLength and pss for
		// rsa-pss.
		"keyPair": func(h Host, a Args) (any, error) {
			o := a.Map(1)
			typ := a.String(0)
			var make func() (any, error)
			switch typ {
			case "rsa", "rsa-pss":
				bits, _ := o["modulusLength"].(int64)
				make = func() (any, error) { return rsa.GenerateKey(rand.Reader, int(bits)) }
			case "ec":
				name, _ := o["namedCurve"].(string)
				curve, _, ok := curveByName(name)
				if !ok {
					if isOtherCurve(name) {
						return nil, unsupportedInEngine(name + " keys")
					}
					return nil, TypeErrorf("ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
				}
				make = func() (any, error) { return ecdsa.GenerateKey(curve, rand.Reader) }
			case "ed25519":
				make = func() (any, error) {
					_, priv, err := ed25519.GenerateKey(rand.Reader)
					return priv, err
				}
			case "x25519":
				make = func() (any, error) { return ecdh.X25519().GenerateKey(rand.Reader) }
			default:
				return nil, unsupportedInEngine(typ + " keys")
			}
			return inBackground(h, a.Any(2), func() (any, error) {
				priv, err := make()
				if err != nil {
					return nil, err
				}
				k, _ := newPrivate(priv)
				if typ == "rsa-pss" {
					k.pss = &pssParams{}
					if hash, _ := o["hash"].(string); hash != "" {
						mgf1, _ := o["mgf1"].(string)
						salt, _ := o["saltLength"].(int64)
						k.pss = &pssParams{set: true, hash: hash, mgf1: mgf1, saltLength: int(salt)}
					}
				}
				return k.describe(), nil
			})
		},
	}
}

// isOtherCurve tells curves that Node has and this engine lacks.
func isOtherCurve(name string) bool {
	switch name {
	case "secp256k1", "prime192v1", "secp192r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1", "SM2":
		return true
	}
	return false
}
