package native

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestHashesAreKnownUnderOpenSSLsNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"md5": "md5", "SHA256": "sha256", "sha-256": "sha256", "SHA2-256": "sha256", "RSA-SHA1": "sha1", "RSA-SHA512/256": "sha512-256",
		"sha384WithRSAEncryption": "sha384", "rmd160": "ripemd160", "ripemd160WithRSA": "ripemd160", "blake2b-512": "blake2b512",
		"SHAKE-128": "shake128", "sha512/256": "", "whirlpool": "", "": "", "rsa-": "",
	} {
		d, ok := digestByName(name)
		if ok != (want != "") || d.name != want {
			t.Errorf("%q is %q, %v; want %q", name, d.name, ok, want)
		}
	}
}

func TestEveryHashCanBeCopiedWhileAtWork(t *testing.T) {
	t.Parallel()
	for _, d := range digests() {
		h := d.new()
		h.Write([]byte("a"))
		c, err := cloneHash(h)
		if err != nil {
			t.Errorf("%s: %v", d.name, err)
			continue
		}
		h.Write([]byte("x"))
		c.Write([]byte("b"))
		want := d.new()
		want.Write([]byte("ab"))
		if !bytes.Equal(c.Sum(nil), want.Sum(nil)) {
			t.Errorf("%s: the copy shares state with the original", d.name)
		}
	}
}

func encryptAll(t *testing.T, name string, key, iv, plain []byte) (text, tag []byte) {
	t.Helper()
	w, err := newCipher(name, key, iv, len(iv) > 0, true, -1)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i := 0; i < len(plain); i += 11 {
		out, err := w.update(plain[i:min(len(plain), i+11)])
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, out...)
	}
	out, err := w.final()
	if err != nil {
		t.Fatal(err)
	}
	return append(text, out...), w.tag
}

func TestGCMIsTheStandardLibrarysForNoncesOfAnyLength(t *testing.T) {
	t.Parallel()
	key, plain := make([]byte, 32), sample(1000, 1)
	block, _ := aes.NewCipher(key)
	for _, n := range []int{1, 7, 8, 12, 13, 16, 17, 64} {
		iv := bytes.Repeat([]byte{byte(n)}, n)
		aead, err := cipher.NewGCMWithNonceSize(block, n)
		if err != nil {
			t.Fatal(err)
		}
		text, tag := encryptAll(t, "aes-256-gcm", key, iv, plain)
		if want := aead.Seal(nil, iv, plain, nil); !bytes.Equal(append(text, tag...), want) {
			t.Errorf("nonce of %d bytes: another ciphertext", n)
		}
	}
}

func TestAChangedTagFailsAndThePlaintextIsNotTrusted(t *testing.T) {
	t.Parallel()
	key, iv := make([]byte, 16), make([]byte, 12)
	text, tag := encryptAll(t, "aes-128-gcm", key, iv, []byte("secret"))
	for _, wrong := range []bool{false, true} {
		w, err := newCipher("aes-128-gcm", key, iv, true, false, -1)
		if err != nil {
			t.Fatal(err)
		}
		tag := bytes.Clone(tag)
		if wrong {
			tag[0] ^= 1
		}
		if err := w.setTag(tag); err != nil {
			t.Fatal(err)
		}
		if _, err := w.update(text); err != nil {
			t.Fatal(err)
		}
		if _, err := w.final(); (err != nil) != wrong {
			t.Errorf("wrong tag %v: final gives %v", wrong, err)
		}
	}
}

func TestKeyWrapIsRFC3394s(t *testing.T) {
	t.Parallel()
	block, _ := aes.NewCipher(unhex(t, "000102030405060708090A0B0C0D0E0F"))
	iv, plain := bytes.Repeat([]byte{0xa6}, 8), unhex(t, "00112233445566778899AABBCCDDEEFF")
	wrapped := wrapKey(block, iv, plain)
	if want := unhex(t, "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5"); !bytes.Equal(wrapped, want) {
		t.Errorf("wrapped %x, want %x", wrapped, want)
	}
	if got := unwrapKey(block, iv, wrapped); !bytes.Equal(got, plain) {
		t.Errorf("unwrapped %x", got)
	}
	wrapped[3] ^= 1
	if got := unwrapKey(block, iv, wrapped); got != nil {
		t.Errorf("a changed wrap opens to %x", got)
	}
}

func TestGroupsOfTheRFCsAreSafePrimes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"modp1", "modp2", "modp5"} {
		p, ok := modpGroup(name)
		if !ok || !p.ProbablyPrime(4) || !new(big.Int).Rsh(p, 1).ProbablyPrime(4) {
			t.Errorf("%s is no safe prime", name)
		}
	}
	p, _ := modpGroup("modp14")
	if s := p.Text(16); !strings.HasPrefix(s, "ffffffffffffffffc90fdaa22168c234") || !strings.HasSuffix(s, "15728e5a8aacaa68ffffffffffffffff") {
		t.Errorf("modp14 is %s", s)
	}
}

func TestPointsChangeFormsAndComeBack(t *testing.T) {
	t.Parallel()
	for _, c := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		k, err := ecdsa.GenerateKey(c, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		point, _ := k.PublicKey.Bytes()
		for _, form := range []string{"compressed", "hybrid", "uncompressed"} {
			back, err := uncompressed(c, pointForm(point, form))
			if err != nil || !bytes.Equal(back, point) {
				t.Errorf("%s %s: %v", c.Params().Name, form, err)
			}
		}
		for _, bad := range [][]byte{nil, {4}, point[:len(point)-1], bytes.Repeat([]byte{2}, 33)} {
			if _, err := uncompressed(c, bad); err == nil && len(bad) != (len(point)+1)/2 {
				t.Errorf("%x is taken for a point", bad)
			}
		}
	}
}

// aliveHost is a Host whose context does not end.
type aliveHost struct{ Host }

func (aliveHost) Context() context.Context { return context.Background() }

func TestPrimesAreInTheirResidueClass(t *testing.T) {
	t.Parallel()
	p, err := findPrime(aliveHost{}, 64, false, []byte{12}, []byte{11})
	if err != nil || p.BitLen() != 64 || !p.ProbablyPrime(20) || new(big.Int).Mod(p, big.NewInt(12)).Int64() != 11 {
		t.Errorf("got %v, %v", p, err)
	}
	if p, err = findPrime(aliveHost{}, 64, true, nil, nil); err != nil || !new(big.Int).Rsh(p, 1).ProbablyPrime(20) {
		t.Errorf("%v is no safe prime, %v", p, err)
	}
}

func TestCertificatesRefuseGarbage(t *testing.T) {
	t.Parallel()
	for _, data := range [][]byte{nil, {0x30}, []byte("x"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte{1}})} {
		if _, err := parseCertificate(data); err == nil {
			t.Errorf("%q is taken for a certificate", data)
		}
	}
}
