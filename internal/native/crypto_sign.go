package native

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"math/big"
	"slices"
)

// Padding numbers are OpenSSL's, as in crypto.constants.
const (
	rsaPKCS1 = 1
	rsaNone  = 3
	rsaOAEP  = 4
	rsaPSS   = 6
)

// Salt lengths of RSA-PSS with a meaning, as in crypto.constants.
const (
	saltDigest = -1
	saltMax    = -2 // at verification: any
)

// signing is how a signature is to be made or checked.
type signing struct {
	digest  digest
	padding int // 0 is the key's own
	salt    int
	hasSalt bool
	p1363   bool
}

func signingOptions(d digest, m map[string]any) signing {
	n := func(name string) (int, bool) {
		switch v := m[name].(type) {
		case int64:
			return int(v), true
		case float64:
			return int(v), true
		}
		return 0, false
	}
	s := signing{digest: d, p1363: m["dsaEncoding"] == "ieee-p1363"}
	s.padding, _ = n("padding")
	s.salt, s.hasSalt = n("saltLength")
	return s
}

// usesPSS tells the padding, which keys may fix.
func (s *signing) usesPSS(k *key) bool {
	return s.padding == rsaPSS || s.padding == 0 && k.pss != nil
}

// saltFor gives Go's salt length.
func (s *signing) saltFor(k *key) int {
	switch {
	case !s.hasSalt && k.pss != nil && k.pss.set:
		return k.pss.saltLength
	case !s.hasSalt || s.salt == saltMax:
		return rsa.PSSSaltLengthAuto
	case s.salt == saltDigest:
		return s.digest.id.Size()
	}
	return s.salt
}

// sign makes a signature of a hash, or of the message where the key signs those.
func (s *signing) sign(k *key, sum []byte) ([]byte, error) {
	switch p := k.priv.(type) {
	case *rsa.PrivateKey:
		if !s.usesPSS(k) {
			if s.padding == rsaNone {
				return rsaPrivate(p, sum)
			}
			id, message := pkcs1Message(s.digest, sum)
			sig, err := rsa.SignPKCS1v15(nil, p, id, message)
			return sig, rsaFailure(err)
		}
		salt := s.saltFor(k)
		if salt == 0 && s.hasSalt && s.salt == 0 {
			return signSaltless(p, s.digest, sum)
		}
		if maxSalt := (p.N.BitLen()+6)/8 - 2 - len(sum); salt > maxSalt || salt < 0 && salt != rsa.PSSSaltLengthEqualsHash {
			return nil, errTooLarge()
		}
		sig, err := rsa.SignPSS(rand.Reader, p, s.digest.id, sum, &rsa.PSSOptions{SaltLength: salt})
		return sig, rsaFailure(err)
	case *ecdsa.PrivateKey:
		sig, err := ecdsa.SignASN1(rand.Reader, p, sum)
		if err != nil || !s.p1363 {
			return sig, err
		}
		return p1363OfDER(sig, (p.Curve.Params().N.BitLen()+7)/8)
	case ed25519.PrivateKey:
		return ed25519.Sign(p, sum), nil
	}
	return nil, errNotForSigning()
}

// pkcs1Message gives what Go signs as PKCS #1 says. Of the two object
// identifiers of RIPEMD-160, Go knows the one that OpenSSL does not use.
func pkcs1Message(d digest, sum []byte) (crypto.Hash, []byte) {
	if d.id != crypto.RIPEMD160 {
		return d.id, sum
	}
	info := []byte{0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x24, 0x03, 0x02, 0x01, 0x05, 0x00, 0x04, 0x14}
	return 0, append(info, sum...)
}

func errNotForSigning() error {
	return openssl("03000096", "digital envelope routines", "operation not supported for this keytype")
}

func rsaFailure(err error) error {
	switch err {
	case nil:
		return nil
	case rsa.ErrMessageTooLong:
		return errTooLarge()
	}
	return err
}

// verify checks a signature.
func (s *signing) verify(k *key, sum, sig []byte) (bool, error) {
	switch p := k.pub.(type) {
	case *rsa.PublicKey:
		if !s.usesPSS(k) {
			id, message := pkcs1Message(s.digest, sum)
			return rsa.VerifyPKCS1v15(p, id, message, sig) == nil, nil
		}
		salt := s.saltFor(k)
		if salt == 0 && s.hasSalt && s.salt == 0 {
			return verifySaltless(p, s.digest, sum, sig), nil
		}
		return rsa.VerifyPSS(p, s.digest.id, sum, sig, &rsa.PSSOptions{SaltLength: salt}) == nil, nil
	case *ecdsa.PublicKey:
		if s.p1363 {
			der, ok := derOfP1363(sig, (p.Curve.Params().N.BitLen()+7)/8)
			if !ok {
				return false, nil
			}
			sig = der
		}
		return ecdsa.VerifyASN1(p, sum, sig), nil
	case ed25519.PublicKey:
		return ed25519.Verify(p, sum, sig), nil
	}
	return false, errNotForSigning()
}

type ecdsaASN1 struct{ R, S *big.Int }

func p1363OfDER(der []byte, size int) ([]byte, error) {
	var v ecdsaASN1
	if _, err := asn1.Unmarshal(der, &v); err != nil {
		return nil, err
	}
	out := make([]byte, 2*size)
	v.R.FillBytes(out[:size])
	v.S.FillBytes(out[size:])
	return out, nil
}

func derOfP1363(sig []byte, size int) ([]byte, bool) {
	if len(sig) != 2*size {
		return nil, false
	}
	der, err := asn1.Marshal(ecdsaASN1{new(big.Int).SetBytes(sig[:size]), new(big.Int).SetBytes(sig[size:])})
	return der, err == nil
}

// PSS without salt, which Go's options cannot express: the encoding is then
// fully determined by the hash.
func saltlessPSS(d digest, bits int, sum []byte) ([]byte, bool) {
	size, n := (bits+7)/8, len(sum)
	if size < n+2 {
		return nil, false
	}
	h := d.new()
	h.Write(make([]byte, 8))
	h.Write(sum)
	digest := h.Sum(nil)
	db := make([]byte, size-n-1)
	db[len(db)-1] = 1
	for i, counter := 0, uint32(0); i < len(db); counter++ {
		g := d.new()
		g.Write(digest)
		g.Write([]byte{byte(counter >> 24), byte(counter >> 16), byte(counter >> 8), byte(counter)})
		for _, b := range g.Sum(nil) {
			if i < len(db) {
				db[i] ^= b
				i++
			}
		}
	}
	db[0] &= 0xff >> (8*size - bits)
	return slices.Concat(db, digest, []byte{0xbc}), true
}

func signSaltless(p *rsa.PrivateKey, d digest, sum []byte) ([]byte, error) {
	em, ok := saltlessPSS(d, p.N.BitLen()-1, sum)
	if !ok {
		return nil, errTooLarge()
	}
	return rsaPrivate(p, append(make([]byte, p.Size()-len(em)), em...))
}

func verifySaltless(p *rsa.PublicKey, d digest, sum, sig []byte) bool {
	em, ok := saltlessPSS(d, p.N.BitLen()-1, sum)
	got, err := rsaPublic(p, sig)
	return ok && err == nil && len(sig) == p.Size() && bytes.Equal(got[p.Size()-len(em):], em)
}

// hashFor finds the algorithm of a signature; Ed25519 takes none, and without a
// name OpenSSL's default is SHA-256.
func hashFor(k *key, name string) (digest, error) {
	if k.typeName() == "ed25519" {
		if name != "" {
			return digest{}, errInvalidDigest()
		}
		return digest{}, nil
	}
	if name == "" {
		name = "sha256"
	}
	d, ok := digestByName(name)
	if !ok {
		return digest{}, TypeErrorf("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: %s", name)
	}
	if d.id == 0 {
		return digest{}, errInvalidDigest()
	}
	return d, nil
}

// signNatives serve Sign, Verify, sign and verify. options: padding,
// saltLength, dsaEncoding.
func signNatives() Table {
	// message gives what is to be signed and with what: of a running hash, or of
	// the data of a one-shot call.
	message := func(a Args) (k *key, s signing, sum []byte, err error) {
		k, _ = HandleOf[*key](a, 0)
		if r, ok := HandleOf[*runningHash](a, 1); ok {
			if k.typeName() == "ed25519" {
				return nil, s, nil, errNotForSigning()
			}
			return k, signingOptions(r.digest, a.Map(3)), r.h.Sum(nil), nil
		}
		d, err := hashFor(k, a.String(1))
		if err != nil {
			return nil, s, nil, err
		}
		sum = dataOf(a, 2)
		if d.new != nil {
			h := d.new()
			h.Write(sum)
			sum = h.Sum(nil)
		}
		return k, signingOptions(d, a.Map(3)), sum, nil
	}
	return Table{
		// sign(key, running hash or name, data, options, callback) → bytes
		"sign": func(h Host, a Args) (any, error) {
			k, s, sum, err := message(a)
			if err != nil {
				return nil, err
			}
			sum = slices.Clone(sum)
			return inBackground(h, a.Any(4), func() (any, error) { return s.sign(k, sum) })
		},
		// verify(key, running hash or name, data, options, signature, callback) → boolean
		"verify": func(h Host, a Args) (any, error) {
			k, s, sum, err := message(a)
			if err != nil {
				return nil, err
			}
			sum, sig := slices.Clone(sum), slices.Clone(dataOf(a, 4))
			return inBackground(h, a.Any(5), func() (any, error) { return s.verify(k, sum, sig) })
		},
	}
}
