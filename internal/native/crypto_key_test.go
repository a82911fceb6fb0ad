package native

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"testing"
)

func testKeys(t *testing.T) map[string]*key {
	t.Helper()
	keys := map[string]*key{}
	r, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	keys["rsa"], _ = newPrivate(r)
	pss := *keys["rsa"]
	pss.pss = &pssParams{set: true, hash: "sha256", mgf1: "sha1", saltLength: 10}
	keys["rsa-pss"] = &pss
	for _, c := range []elliptic.Curve{elliptic.P224(), elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		e, err := ecdsa.GenerateKey(c, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		keys[c.Params().Name], _ = newPrivate(e)
	}
	for _, typ := range []string{"ed25519", "x25519"} {
		seed := make([]byte, 32)
		_, _ = rand.Read(seed)
		if keys[typ], err = keyFromRaw(typ, "private", seed); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func TestKeysSurviveEveryForm(t *testing.T) {
	t.Parallel()
	for name, k := range testKeys(t) {
		for _, f := range []keyForm{
			{typ: "pkcs8"}, {typ: "pkcs8", format: "der"}, {typ: "pkcs1"}, {typ: "pkcs1", format: "der"}, {typ: "sec1"}, {typ: "sec1", format: "der"},
			{typ: "pkcs8", cipher: "aes-256-cbc", passphrase: []byte("p"), encrypted: true},
			{typ: "pkcs8", format: "der", cipher: "des-ede3-cbc", passphrase: []byte("p"), encrypted: true},
			{typ: "pkcs1", cipher: "aes-128-cbc", passphrase: []byte("p"), encrypted: true},
			{typ: "sec1", cipher: "aes-192-cbc", passphrase: []byte("p"), encrypted: true},
		} {
			if f.typ == "pkcs1" && k.typeName() != "rsa" || f.typ == "sec1" && k.typeName() != "ec" {
				continue
			}
			out, err := k.export(f)
			if err != nil {
				t.Errorf("%s %+v: %v", name, f, err)
				continue
			}
			data, _ := out.([]byte)
			if s, ok := out.(string); ok {
				data = []byte(s)
				f.format = "pem"
			}
			f.kind = "private"
			back, err := parseKey(data, f)
			if err != nil || !back.equal(k) || back.typeName() != k.typeName() {
				t.Errorf("%s %+v comes back with %v", name, f, err)
			}
			f.kind = "public"
			if pub, err := parseKey(data, f); err != nil || !pub.equal(k.public()) {
				t.Errorf("%s %+v: public half: %v", name, f, err)
			}
			if f.encrypted {
				f.passphrase = []byte("wrong")
				if _, err := parseKey(data, f); err == nil {
					t.Errorf("%s %+v opens with a wrong passphrase", name, f)
				}
				f.passphrase, f.encrypted = nil, false
				if _, err := parseKey(data, f); err == nil {
					t.Errorf("%s %+v opens without a passphrase", name, f)
				}
			}
		}
		pub, err := k.public().export(keyForm{typ: "spki", format: "pem"})
		if err != nil {
			t.Fatal(err)
		}
		if back, err := parseKey([]byte(pub.(string)), keyForm{kind: "public"}); err != nil || !back.equal(k.public()) || back.typeName() != k.typeName() {
			t.Errorf("%s spki: %v", name, err)
		}
		if _, err := parseKey([]byte(pub.(string)), keyForm{kind: "private"}); err == nil {
			t.Errorf("%s: a public key is taken for a private one", name)
		}
		if jwk, err := k.jwk(); err == nil {
			if back, err := keyFromJWK(jwk, "private"); err != nil || !back.equal(k) {
				t.Errorf("%s jwk: %v", name, err)
			}
			if back, err := keyFromJWK(jwk, "public"); err != nil || !back.equal(k.public()) {
				t.Errorf("%s public jwk: %v", name, err)
			}
		}
	}
}

func TestSignaturesVerifyOnlyTheirMessage(t *testing.T) {
	t.Parallel()
	d, _ := digestByName("sha256")
	sum, other := sha256.Sum256([]byte("a")), sha256.Sum256([]byte("b"))
	for name, k := range testKeys(t) {
		if name == "x25519" {
			continue
		}
		for how, s := range map[string]signing{
			"default": {digest: d}, "p1363": {digest: d, p1363: true}, "pss": {digest: d, padding: rsaPSS},
			"pss without salt": {digest: d, padding: rsaPSS, hasSalt: true}, "pss digest": {digest: d, padding: rsaPSS, hasSalt: true, salt: saltDigest},
		} {
			sig, err := s.sign(k, sum[:])
			if err != nil {
				t.Errorf("%s %s: %v", name, how, err)
				continue
			}
			if ok, err := s.verify(k.public(), sum[:], sig); !ok || err != nil {
				t.Errorf("%s %s does not verify: %v", name, how, err)
			}
			if ok, _ := s.verify(k.public(), other[:], sig); ok {
				t.Errorf("%s %s verifies another message", name, how)
			}
			sig[len(sig)/2] ^= 1
			if ok, _ := s.verify(k.public(), sum[:], sig); ok {
				t.Errorf("%s %s verifies when changed", name, how)
			}
			if ok, _ := s.verify(k.public(), sum[:], nil); ok {
				t.Errorf("%s %s verifies nothing", name, how)
			}
		}
	}
}

func TestSaltlessPSSIsWhatTheStandardLibraryAccepts(t *testing.T) {
	t.Parallel()
	r, err := rsa.GenerateKey(rand.Reader, 1025) // an encoded message one byte shorter than the key
	if err != nil {
		t.Fatal(err)
	}
	d, _ := digestByName("sha256")
	sum := sha256.Sum256([]byte("a"))
	sig, err := signSaltless(r, d, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	if err := rsa.VerifyPSS(&r.PublicKey, d.id, sum[:], sig, nil); err != nil {
		t.Error(err)
	}
	if !verifySaltless(&r.PublicKey, d, sum[:], sig) {
		t.Error("does not verify its own signature")
	}
}

// FuzzParseKey looks for keys that make the reader panic.
func FuzzParseKey(f *testing.F) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	priv, _ := newPrivate(k)
	for _, form := range []keyForm{{typ: "pkcs8", format: "der"}, {typ: "sec1", format: "der"}, {typ: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: []byte("p"), encrypted: true}} {
		out, err := priv.export(form)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(out.([]byte))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			return
		}
		for _, kind := range []string{"private", "public"} {
			for _, typ := range []string{"pkcs1", "pkcs8", "spki", "sec1"} {
				_, _ = parseKey(data, keyForm{kind: kind, format: "der", typ: typ})
			}
			_, _ = parseKey(data, keyForm{kind: kind, format: "pem"})
		}
	})
}
