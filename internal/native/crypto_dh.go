package native

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"math/big"
)

// uncompressed gives a point in the uncompressed form that the standard library
// reads, of any form that OpenSSL reads.
func uncompressed(curve elliptic.Curve, point []byte) ([]byte, error) {
	size := (curve.Params().BitSize + 7) / 8
	switch {
	case len(point) == 1+2*size && point[0] == 4:
		return point, nil
	case len(point) == 1+2*size && point[0]|1 == 7: // hybrid
		return append([]byte{4}, point[1:]...), nil
	case len(point) == 1+size && point[0]|1 == 3:
		x, y := elliptic.UnmarshalCompressed(curve, point)
		if x == nil {
			break
		}
		out := make([]byte, 1+2*size)
		out[0] = 4
		x.FillBytes(out[1 : 1+size])
		y.FillBytes(out[1+size:])
		return out, nil
	}
	return nil, errors.New("not a point of the curve")
}

// pointForm changes the form of an uncompressed point.
func pointForm(point []byte, form string) []byte {
	size := (len(point) - 1) / 2
	odd := point[len(point)-1] & 1
	switch form {
	case "compressed":
		return append([]byte{2 | odd}, point[1:1+size]...)
	case "hybrid":
		return append([]byte{6 | odd}, point[1:]...)
	}
	return point
}

// agree computes the shared secret of a private and a public key.
func agree(priv, pub *key) ([]byte, error) {
	var d *ecdh.PrivateKey
	var q *ecdh.PublicKey
	var err error
	switch p := priv.priv.(type) {
	case *ecdsa.PrivateKey:
		d, err = p.ECDH()
	case *ecdh.PrivateKey:
		d = p
	}
	switch p := pub.pub.(type) {
	case *ecdsa.PublicKey:
		if err == nil {
			q, err = p.ECDH()
		}
	case *ecdh.PublicKey:
		q = p
	}
	if err != nil || d == nil || q == nil {
		return nil, errNotForSigning()
	}
	secret, err := d.ECDH(q)
	if err != nil {
		return nil, openssl("1C8000AA", "Provider routines", "failed during derivation")
	}
	return secret, nil
}

// modpPrime computes the prime of RFC 2409's and RFC 3526's groups from its
// definition: 2^n - 2^(n-64) - 1 + 2^64 * (floor(2^(n-130) * pi) + k).
func modpPrime(bits uint, k int64) *big.Int {
	one := big.NewInt(1)
	// pi by Machin's formula, with 64 guard bits.
	scale := bits - 130 + 64
	arctan := func(x int64) *big.Int {
		sum := new(big.Int)
		term := new(big.Int).Div(new(big.Int).Lsh(one, scale), big.NewInt(x))
		square := big.NewInt(x * x)
		for n := int64(1); term.Sign() != 0; n += 4 {
			sum.Add(sum, new(big.Int).Div(term, big.NewInt(n)))
			term.Div(term, square)
			sum.Sub(sum, new(big.Int).Div(term, big.NewInt(n+2)))
			term.Div(term, square)
		}
		return sum
	}
	pi := new(big.Int).Mul(arctan(5), big.NewInt(16))
	pi.Sub(pi, new(big.Int).Mul(arctan(239), big.NewInt(4)))
	pi.Rsh(pi, 64)
	p := new(big.Int).Lsh(one, bits)
	p.Sub(p, new(big.Int).Lsh(one, bits-64)).Sub(p, one)
	return p.Add(p, pi.Add(pi, big.NewInt(k)).Lsh(pi, 64))
}

// modpGroup gives a group's prime; its generator is 2.
func modpGroup(name string) (*big.Int, bool) {
	g, ok := map[string]struct {
		bits uint
		k    int64
	}{
		"modp1": {768, 149686}, "modp2": {1024, 129093}, "modp5": {1536, 741804}, "modp14": {2048, 124476},
		"modp15": {3072, 1690314}, "modp16": {4096, 240904}, "modp17": {6144, 929484}, "modp18": {8192, 4743158},
	}[name]
	if !ok {
		return nil, false
	}
	return modpPrime(g.bits, g.k), true
}

// dhNatives serve ECDH, DiffieHellman and diffieHellman.
func dhNatives() Table {
	return Table{
		// curveName(name) → OpenSSL's name of the curve; undefined if unknown
		"curveName": func(h Host, a Args) (any, error) {
			curve, _, ok := curveByName(a.String(0))
			if !ok {
				if isOtherCurve(a.String(0)) {
					return nil, unsupportedInEngine(a.String(0) + " keys")
				}
				return nil, nil
			}
			name, _ := curveName(curve)
			return name, nil
		},
		// ecdhGenerate(curve) → private key bytes
		"ecdhGenerate": func(h Host, a Args) (any, error) {
			curve, _, _ := curveByName(a.String(0))
			k, err := ecdsa.GenerateKey(curve, rand.Reader)
			if err != nil {
				return nil, err
			}
			return k.Bytes()
		},
		// ecdhPublic(curve, private key) → uncompressed point, undefined if the
		// private key is none of the curve
		"ecdhPublic": func(h Host, a Args) (any, error) {
			curve, _, _ := curveByName(a.String(0))
			size := (curve.Params().BitSize + 7) / 8
			d := a.Bytes(1)
			if len(d) > size {
				return nil, nil
			}
			k, err := ecdsa.ParseRawPrivateKey(curve, append(make([]byte, size-len(d)), d...))
			if err != nil {
				return nil, nil
			}
			return k.PublicKey.Bytes()
		},
		// ecdhPoint(curve, point, form) → the point in another form, undefined if
		// it is none of the curve
		"ecdhPoint": func(h Host, a Args) (any, error) {
			curve, _, _ := curveByName(a.String(0))
			p, err := uncompressed(curve, a.Bytes(1))
			if err == nil {
				_, err = ecdsa.ParseUncompressedPublicKey(curve, p)
			}
			if err != nil {
				return nil, nil
			}
			return pointForm(p, a.String(2)), nil
		},
		// ecdhSecret(curve, private key, uncompressed point) → bytes
		"ecdhSecret": func(h Host, a Args) (any, error) {
			curve, _, _ := curveByName(a.String(0))
			size := (curve.Params().BitSize + 7) / 8
			d := a.Bytes(1)
			priv, err := ecdsa.ParseRawPrivateKey(curve, append(make([]byte, size-len(d)), d...))
			if err != nil {
				return nil, err
			}
			pub, err := ecdsa.ParseUncompressedPublicKey(curve, a.Bytes(2))
			if err != nil {
				return nil, err
			}
			p, _ := newPrivate(priv)
			q, _ := newPublic(pub)
			return agree(p, q)
		},
		// agree(private key, public key) → shared secret
		"agree": func(h Host, a Args) (any, error) {
			priv, _ := HandleOf[*key](a, 0)
			pub, _ := HandleOf[*key](a, 1)
			return agree(priv, pub)
		},
		// modpGroup(name) → the prime, undefined if unknown
		"modpGroup": func(h Host, a Args) (any, error) {
			p, ok := modpGroup(a.String(0))
			if !ok {
				return nil, nil
			}
			return p.Bytes(), nil
		},
		// modExp(base, exponent, modulus) → bytes of the modulus' length
		"modExp": func(h Host, a Args) (any, error) {
			m := new(big.Int).SetBytes(a.Bytes(2))
			if m.Sign() == 0 {
				return []byte{}, nil
			}
			v := new(big.Int).Exp(new(big.Int).SetBytes(a.Bytes(0)), new(big.Int).SetBytes(a.Bytes(1)), m)
			return v.FillBytes(make([]byte, (m.BitLen()+7)/8)), nil
		},
	}
}
