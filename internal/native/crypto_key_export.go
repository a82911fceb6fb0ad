package native

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"math/big"
)

// export writes a key in DER, or in PEM as text.
func (k *key) export(f keyForm) (any, error) {
	der, label, err := k.marshal(f.typ)
	if err != nil {
		return nil, err
	}
	block := &pem.Block{Type: label, Bytes: der}
	if f.encrypted && f.cipher != "" {
		if f.typ == "pkcs8" {
			block.Type = "ENCRYPTED PRIVATE KEY"
			block.Bytes, err = encryptPKCS8(der, f.cipher, f.passphrase)
		} else {
			block, err = encryptPEM(block, f.cipher, f.passphrase)
		}
		if err != nil {
			return nil, err
		}
	}
	if f.format == "der" {
		return block.Bytes, nil
	}
	return string(pem.EncodeToMemory(block)), nil
}

func incompatible(typ, family string) error {
	return Errorf("ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS", "The selected key encoding %s can only be used for %s keys.", typ, family)
}

func (k *key) marshal(typ string) (der []byte, label string, err error) {
	switch typ {
	case "spki":
		if k.pss != nil {
			der, err = marshalPSS(k)
			return der, "PUBLIC KEY", err
		}
		der, err = x509.MarshalPKIXPublicKey(k.pub)
		return der, "PUBLIC KEY", err
	case "pkcs8":
		if k.pss != nil {
			der, err = marshalPSS(k)
			return der, "PRIVATE KEY", err
		}
		der, err = x509.MarshalPKCS8PrivateKey(k.priv)
		return der, "PRIVATE KEY", err
	case "sec1":
		p, ok := k.priv.(*ecdsa.PrivateKey)
		if !ok {
			return nil, "", incompatible(typ, "EC")
		}
		der, err = x509.MarshalECPrivateKey(p)
		return der, "EC PRIVATE KEY", err
	}
	if k.typeName() != "rsa" {
		return nil, "", incompatible("pkcs1", "RSA")
	}
	if k.kind == "public" {
		return x509.MarshalPKCS1PublicKey(k.pub.(*rsa.PublicKey)), "RSA PUBLIC KEY", nil
	}
	return x509.MarshalPKCS1PrivateKey(k.priv.(*rsa.PrivateKey)), "RSA PRIVATE KEY", nil
}

// jwk gives the members of a JSON Web Key.
func (k *key) jwk() (map[string]any, error) {
	b64 := base64.RawURLEncoding.EncodeToString
	switch p := k.pub.(type) {
	case nil:
		return map[string]any{"kty": "oct", "k": b64(k.secret)}, nil
	case *rsa.PublicKey:
		if k.pss != nil {
			break
		}
		m := map[string]any{"kty": "RSA", "n": b64(p.N.Bytes()), "e": b64(big.NewInt(int64(p.E)).Bytes())}
		if priv, ok := k.priv.(*rsa.PrivateKey); ok && len(priv.Primes) == 2 {
			priv.Precompute()
			m["d"] = b64(priv.D.Bytes())
			m["p"], m["q"] = b64(priv.Primes[0].Bytes()), b64(priv.Primes[1].Bytes())
			m["dp"], m["dq"] = b64(priv.Precomputed.Dp.Bytes()), b64(priv.Precomputed.Dq.Bytes())
			m["qi"] = b64(priv.Precomputed.Qinv.Bytes())
		}
		return m, nil
	case *ecdsa.PublicKey:
		_, crv := curveName(p.Curve)
		if crv == "P-224" {
			return nil, Errorf("ERR_CRYPTO_JWK_UNSUPPORTED_CURVE", "Unsupported JWK EC curve: secp224r1.")
		}
		point, err := p.Bytes()
		if err != nil {
			return nil, err
		}
		n := (len(point) - 1) / 2
		m := map[string]any{"kty": "EC", "crv": crv, "x": b64(point[1 : 1+n]), "y": b64(point[1+n:])}
		if priv, ok := k.priv.(*ecdsa.PrivateKey); ok {
			d, err := priv.Bytes()
			if err != nil {
				return nil, err
			}
			m["d"] = b64(d)
		}
		return m, nil
	case ed25519.PublicKey:
		m := map[string]any{"kty": "OKP", "crv": "Ed25519", "x": b64(p)}
		if priv, ok := k.priv.(ed25519.PrivateKey); ok {
			m["d"] = b64(priv.Seed())
		}
		return m, nil
	case *ecdh.PublicKey:
		m := map[string]any{"kty": "OKP", "crv": "X25519", "x": b64(p.Bytes())}
		if priv, ok := k.priv.(*ecdh.PrivateKey); ok {
			m["d"] = b64(priv.Bytes())
		}
		return m, nil
	}
	return nil, Errorf("ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE", "Unsupported JWK Key Type.")
}

// raw gives a public key's bytes: a point, or an Ed25519 or X25519 key.
func (k *key) raw() (any, error) {
	switch p := k.pub.(type) {
	case *ecdsa.PublicKey:
		return p.Bytes()
	case ed25519.PublicKey:
		return []byte(p), nil
	case *ecdh.PublicKey:
		return p.Bytes(), nil
	}
	return nil, Errorf("ERR_CRYPTO_INVALID_KEYTYPE", "Invalid key type")
}
