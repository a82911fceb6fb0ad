package native

import (
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
)

// Keys restricted to RSA-PSS have an object identifier of their own, which
// crypto/x509 does not read.

func oidPSS() asn1.ObjectIdentifier { return asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10} }
func oidMGF1() asn1.ObjectIdentifier {
	return asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}
}

type spkiASN1 struct {
	Algorithm pkix.AlgorithmIdentifier
	Key       asn1.BitString
}

type pkcs8ASN1 struct {
	Version   int
	Algorithm pkix.AlgorithmIdentifier
	Key       []byte
}

type pssASN1 struct {
	Hash       pkix.AlgorithmIdentifier `asn1:"explicit,optional,tag:0"`
	MGF        pkix.AlgorithmIdentifier `asn1:"explicit,optional,tag:1"`
	SaltLength int                      `asn1:"explicit,optional,default:20,tag:2"`
	Trailer    int                      `asn1:"explicit,optional,default:1,tag:3"`
}

// digestOIDs are the hash algorithms that a parameter may name.
func digestOIDs() map[string]asn1.ObjectIdentifier {
	sha2 := func(n int) asn1.ObjectIdentifier {
		return asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, n}
	}
	return map[string]asn1.ObjectIdentifier{
		"sha1": {1, 3, 14, 3, 2, 26}, "sha256": sha2(1), "sha384": sha2(2), "sha512": sha2(3), "sha224": sha2(4),
	}
}

func digestOfOID(oid asn1.ObjectIdentifier) string {
	for name, o := range digestOIDs() {
		if o.Equal(oid) {
			return name
		}
	}
	return "sha1"
}

func parsePSSPublic(der []byte) (*key, bool) {
	var spki spkiASN1
	if _, err := asn1.Unmarshal(der, &spki); err != nil || !spki.Algorithm.Algorithm.Equal(oidPSS()) {
		return nil, false
	}
	pub, err := x509.ParsePKCS1PublicKey(spki.Key.Bytes)
	if err != nil {
		return nil, false
	}
	return &key{kind: "public", pub: pub, pss: parsePSSParams(spki.Algorithm)}, true
}

func parsePSSPrivate(der []byte) (*key, bool) {
	var info pkcs8ASN1
	if _, err := asn1.Unmarshal(der, &info); err != nil || !info.Algorithm.Algorithm.Equal(oidPSS()) {
		return nil, false
	}
	priv, err := x509.ParsePKCS1PrivateKey(info.Key)
	if err != nil {
		return nil, false
	}
	return &key{kind: "private", pub: &priv.PublicKey, priv: priv, pss: parsePSSParams(info.Algorithm)}, true
}

func parsePSSParams(alg pkix.AlgorithmIdentifier) *pssParams {
	if len(alg.Parameters.FullBytes) == 0 {
		return &pssParams{}
	}
	p := pssASN1{}
	if _, err := asn1.Unmarshal(alg.Parameters.FullBytes, &p); err != nil {
		return &pssParams{}
	}
	out := &pssParams{set: true, hash: digestOfOID(p.Hash.Algorithm), mgf1: "sha1", saltLength: p.SaltLength}
	var inner pkix.AlgorithmIdentifier
	if _, err := asn1.Unmarshal(p.MGF.Parameters.FullBytes, &inner); err == nil {
		out.mgf1 = digestOfOID(inner.Algorithm)
	}
	return out
}

// pssAlgorithm writes the identifier back.
func pssAlgorithm(p *pssParams) (pkix.AlgorithmIdentifier, error) {
	alg := pkix.AlgorithmIdentifier{Algorithm: oidPSS()}
	if !p.set {
		return alg, nil
	}
	null := asn1.RawValue{Tag: asn1.TagNull}
	inner, err := asn1.Marshal(pkix.AlgorithmIdentifier{Algorithm: digestOIDs()[p.mgf1], Parameters: null})
	if err != nil {
		return alg, err
	}
	params := pssASN1{SaltLength: p.saltLength, Trailer: 1}
	if p.hash != "sha1" {
		params.Hash = pkix.AlgorithmIdentifier{Algorithm: digestOIDs()[p.hash], Parameters: null}
	}
	if p.mgf1 != "sha1" {
		params.MGF = pkix.AlgorithmIdentifier{Algorithm: oidMGF1(), Parameters: asn1.RawValue{FullBytes: inner}}
	}
	full, err := asn1.Marshal(params)
	alg.Parameters = asn1.RawValue{FullBytes: full}
	return alg, err
}

func marshalPSS(k *key) ([]byte, error) {
	alg, err := pssAlgorithm(k.pss)
	if err != nil {
		return nil, err
	}
	if k.kind == "public" {
		b := x509.MarshalPKCS1PublicKey(k.pub.(*rsa.PublicKey))
		return asn1.Marshal(spkiASN1{alg, asn1.BitString{Bytes: b, BitLength: 8 * len(b)}})
	}
	return asn1.Marshal(pkcs8ASN1{0, alg, x509.MarshalPKCS1PrivateKey(k.priv.(*rsa.PrivateKey))})
}
