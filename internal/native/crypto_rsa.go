package native

import (
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"slices"
)

// rsaPublic raises b to the public exponent; the result has the key's length.
func rsaPublic(p *rsa.PublicKey, b []byte) ([]byte, error) {
	m := new(big.Int).SetBytes(b)
	if m.Cmp(p.N) >= 0 {
		return nil, openssl("02000084", "rsa routines", "data too large for modulus")
	}
	return new(big.Int).Exp(m, big.NewInt(int64(p.E)), p.N).FillBytes(make([]byte, p.Size())), nil
}

// rsaPrivate raises b to the private exponent, blinded, so that its time tells
// nothing of the key.
func rsaPrivate(p *rsa.PrivateKey, b []byte) ([]byte, error) {
	if len(b) != p.Size() {
		if len(b) > p.Size() {
			return nil, errTooLarge()
		}
		return nil, openssl("0200007A", "rsa routines", "data too small for key size")
	}
	m := new(big.Int).SetBytes(b)
	if m.Cmp(p.N) >= 0 {
		return nil, openssl("02000084", "rsa routines", "data too large for modulus")
	}
	var r, inverse *big.Int
	for inverse == nil {
		var err error
		if r, err = rand.Int(rand.Reader, p.N); err != nil {
			return nil, err
		}
		if r.Sign() > 0 {
			inverse = new(big.Int).ModInverse(r, p.N)
		}
	}
	blind := new(big.Int).Exp(r, big.NewInt(int64(p.E)), p.N)
	m.Mul(m, blind).Mod(m, p.N)
	m.Exp(m, p.D, p.N)
	m.Mul(m, inverse).Mod(m, p.N)
	return m.FillBytes(make([]byte, p.Size())), nil
}

// padPKCS1 puts data behind the padding of type 1 (0xff) or 2 (random).
func padPKCS1(kind byte, size int, data []byte) ([]byte, error) {
	if len(data) > size-11 {
		return nil, errTooLarge()
	}
	out := make([]byte, size)
	out[1] = kind
	fill := out[2 : size-len(data)-1]
	for i := range fill {
		fill[i] = 0xff
		for kind == 2 {
			if _, _ = rand.Read(fill[i : i+1]); fill[i] != 0 {
				break
			}
		}
	}
	copy(out[size-len(data):], data)
	return out, nil
}

// unpadType1 takes the padding of a private encryption off again.
func unpadType1(b []byte) ([]byte, error) {
	fail := openssl("0200008A", "rsa routines", "invalid padding")
	if len(b) < 11 || b[0] != 0 || b[1] != 1 {
		return nil, fail
	}
	i := 2
	for i < len(b) && b[i] == 0xff {
		i++
	}
	if i < 10 || i == len(b) || b[i] != 0 {
		return nil, fail
	}
	return b[i+1:], nil
}

// rsaNatives serve publicEncrypt and its three relatives. Arguments: key,
// data, padding, and for the first two the digest and label of OAEP.
func rsaNatives() Table {
	oaepDigest := func(a Args) (digest, error) {
		name := a.String(3)
		if name == "" {
			name = "sha1"
		}
		d, ok := digestByName(name)
		if !ok {
			return digest{}, &Error{Code: "ERR_OSSL_EVP_INVALID_DIGEST", Message: "Invalid digest used"}
		}
		return d, nil
	}
	notRSA := errNotForSigning
	return Table{
		"publicEncrypt": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			p, ok := k.pub.(*rsa.PublicKey)
			if !ok {
				return nil, notRSA()
			}
			data := dataOf(a, 1)
			switch a.Int(2) {
			case rsaOAEP:
				d, err := oaepDigest(a)
				if err != nil {
					return nil, err
				}
				out, err := rsa.EncryptOAEP(d.new(), rand.Reader, p, data, a.Bytes(4))
				return out, rsaFailure(err)
			case rsaPKCS1:
				padded, err := padPKCS1(2, p.Size(), data)
				if err != nil {
					return nil, err
				}
				return rsaPublic(p, padded)
			case rsaNone:
				return rawPublic(p, data)
			}
			return nil, openssl("1C8000A5", "Provider routines", "illegal or unsupported padding mode")
		},
		"privateDecrypt": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			p, ok := k.priv.(*rsa.PrivateKey)
			if !ok {
				return nil, notRSA()
			}
			data := dataOf(a, 1)
			if a.Int(2) == rsaNone {
				return rsaPrivate(p, data)
			}
			d, err := oaepDigest(a)
			if err != nil {
				return nil, err
			}
			out, err := rsa.DecryptOAEP(d.new(), nil, p, data, a.Bytes(4))
			if err != nil {
				return nil, openssl("02000079", "rsa routines", "oaep decoding error")
			}
			return out, nil
		},
		"privateEncrypt": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			p, ok := k.priv.(*rsa.PrivateKey)
			if !ok {
				return nil, notRSA()
			}
			data := slices.Clone(dataOf(a, 1))
			if a.Int(2) != rsaNone {
				var err error
				if data, err = padPKCS1(1, p.Size(), data); err != nil {
					return nil, err
				}
			}
			return rsaPrivate(p, data)
		},
		"publicDecrypt": func(h Host, a Args) (any, error) {
			k, _ := HandleOf[*key](a, 0)
			p, ok := k.pub.(*rsa.PublicKey)
			if !ok {
				return nil, notRSA()
			}
			if a.Int(2) == rsaNone {
				return rawPublic(p, dataOf(a, 1))
			}
			b, err := rsaPublic(p, dataOf(a, 1))
			if err != nil {
				return nil, err
			}
			return unpadType1(b)
		},
	}
}

func rawPublic(p *rsa.PublicKey, data []byte) ([]byte, error) {
	switch n := p.Size(); {
	case len(data) > n:
		return nil, errTooLarge()
	case len(data) < n:
		return nil, openssl("0200007A", "rsa routines", "data too small for key size")
	}
	return rsaPublic(p, data)
}
