package native

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"strings"
)

// keyCipher is a block cipher in CBC mode that protects a private key.
type keyCipher struct {
	name string // OpenSSL's, lower case
	oid  asn1.ObjectIdentifier
	size int // of the key
	new  func([]byte) (cipher.Block, error)
	iv   int
}

func keyCipherList() []keyCipher {
	return []keyCipher{
		{"aes-128-cbc", asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 2}, 16, aes.NewCipher, 16},
		{"aes-192-cbc", asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 22}, 24, aes.NewCipher, 16},
		{"aes-256-cbc", asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 42}, 32, aes.NewCipher, 16},
		{"des-ede3-cbc", asn1.ObjectIdentifier{1, 2, 840, 113549, 3, 7}, 24, des.NewTripleDESCipher, 8},
		{"des-cbc", asn1.ObjectIdentifier{1, 3, 14, 3, 2, 7}, 8, des.NewCipher, 8},
	}
}

func keyCipherByName(name string) (keyCipher, bool) {
	name = strings.ToLower(name)
	if short, ok := map[string]string{"aes128": "aes-128-cbc", "aes192": "aes-192-cbc", "aes256": "aes-256-cbc", "des3": "des-ede3-cbc"}[name]; ok {
		name = short
	}
	for _, c := range keyCipherList() {
		if c.name == name {
			return c, true
		}
	}
	return keyCipher{}, false
}

func (c keyCipher) encrypt(key, iv, plain []byte) ([]byte, error) {
	block, err := c.new(key)
	if err != nil {
		return nil, err
	}
	n := c.iv - len(plain)%c.iv
	out := append(bytes.Clone(plain), bytes.Repeat([]byte{byte(n)}, n)...)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, out)
	return out, nil
}

func (c keyCipher) decrypt(key, iv, data []byte) ([]byte, error) {
	block, err := c.new(key)
	if err != nil {
		return nil, err
	}
	if len(data) == 0 || len(data)%c.iv != 0 || len(iv) != c.iv {
		return nil, errBadDecrypt()
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, data)
	n := int(out[len(out)-1])
	if n == 0 || n > c.iv || !bytes.Equal(out[len(out)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, errBadDecrypt()
	}
	return out[:len(out)-n], nil
}

// bytesToKey is OpenSSL's old derivation of keys from passwords: one round of MD5.
func bytesToKey(password, salt []byte, size int) []byte {
	var out, last []byte
	for len(out) < size {
		h := md5.New()
		h.Write(last)
		h.Write(password)
		h.Write(salt)
		last = h.Sum(nil)
		out = append(out, last...)
	}
	return out[:size]
}

// decryptPEM opens a block with the headers of RFC 1421.
func decryptPEM(block *pem.Block, f keyForm) ([]byte, error) {
	name, ivHex, _ := strings.Cut(block.Headers["DEK-Info"], ",")
	c, ok := keyCipherByName(name)
	iv, err := hex.DecodeString(strings.TrimSpace(ivHex))
	if !ok || err != nil || len(iv) != c.iv {
		return nil, errUnsupportedKey()
	}
	if !f.encrypted {
		return nil, errNoPassphrase()
	}
	return c.decrypt(bytesToKey(f.passphrase, iv[:8], c.size), iv, block.Bytes)
}

func encryptPEM(block *pem.Block, cipherName string, passphrase []byte) (*pem.Block, error) {
	c, ok := keyCipherByName(cipherName)
	if !ok {
		return nil, Errorf("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
	}
	iv := make([]byte, c.iv)
	_, _ = rand.Read(iv)
	data, err := c.encrypt(bytesToKey(passphrase, iv[:8], c.size), iv, block.Bytes)
	if err != nil {
		return nil, err
	}
	return &pem.Block{Type: block.Type, Bytes: data, Headers: map[string]string{
		"Proc-Type": "4,ENCRYPTED",
		"DEK-Info":  strings.ToUpper(c.name) + "," + strings.ToUpper(hex.EncodeToString(iv)),
	}}, nil
}

// The structures of PKCS #8 and PKCS #5 (PBES2 with PBKDF2).
type (
	encryptedASN1 struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}
	pbes2ASN1 struct {
		KDF    pkix.AlgorithmIdentifier
		Cipher pkix.AlgorithmIdentifier
	}
	pbkdf2ASN1 struct {
		Salt   []byte
		Rounds int
		Length int                      `asn1:"optional"`
		PRF    pkix.AlgorithmIdentifier `asn1:"optional"`
	}
)

func oidPBES2() asn1.ObjectIdentifier  { return asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13} }
func oidPBKDF2() asn1.ObjectIdentifier { return asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12} }
func oidHMAC(n int) asn1.ObjectIdentifier {
	return asn1.ObjectIdentifier{1, 2, 840, 113549, 2, n}
}

// looksPlainPKCS8 tells an unencrypted PrivateKeyInfo, which begins with a version.
func looksPlainPKCS8(der []byte) bool {
	var info pkcs8ASN1
	_, err := asn1.Unmarshal(der, &info)
	return err == nil
}

func decryptPKCS8(der, passphrase []byte) ([]byte, error) {
	var outer encryptedASN1
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return nil, err
	}
	var scheme pbes2ASN1
	var kdf pbkdf2ASN1
	if !outer.Algorithm.Algorithm.Equal(oidPBES2()) {
		return nil, errUnsupportedKey()
	}
	if _, err := asn1.Unmarshal(outer.Algorithm.Parameters.FullBytes, &scheme); err != nil {
		return nil, err
	}
	if !scheme.KDF.Algorithm.Equal(oidPBKDF2()) {
		return nil, errUnsupportedKey()
	}
	if _, err := asn1.Unmarshal(scheme.KDF.Parameters.FullBytes, &kdf); err != nil {
		return nil, err
	}
	prf := "sha1"
	for n, name := range map[int]string{8: "sha224", 9: "sha256", 10: "sha384", 11: "sha512"} {
		if kdf.PRF.Algorithm.Equal(oidHMAC(n)) {
			prf = name
		}
	}
	for _, c := range keyCipherList() {
		if !c.oid.Equal(scheme.Cipher.Algorithm) {
			continue
		}
		var iv []byte
		if _, err := asn1.Unmarshal(scheme.Cipher.Parameters.FullBytes, &iv); err != nil {
			return nil, err
		}
		d, _ := digestByName(prf)
		k, err := pbkdf2.Key(d.new, string(passphrase), kdf.Salt, kdf.Rounds, c.size)
		if err != nil {
			return nil, errBadDecrypt()
		}
		return c.decrypt(k, iv, outer.Data)
	}
	return nil, errUnsupportedKey()
}

func encryptPKCS8(der []byte, cipherName string, passphrase []byte) ([]byte, error) {
	c, ok := keyCipherByName(cipherName)
	if !ok {
		return nil, Errorf("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
	}
	salt, iv := make([]byte, 8), make([]byte, c.iv)
	_, _ = rand.Read(salt)
	_, _ = rand.Read(iv)
	const rounds = 2048 // OpenSSL's PKCS5_DEFAULT_ITER
	d, _ := digestByName("sha256")
	k, err := pbkdf2.Key(d.new, string(passphrase), salt, rounds, c.size)
	if err != nil {
		return nil, err
	}
	data, err := c.encrypt(k, iv, der)
	if err != nil {
		return nil, err
	}
	raw := func(v any) asn1.RawValue {
		b, merr := asn1.Marshal(v)
		if merr != nil {
			err = merr
		}
		return asn1.RawValue{FullBytes: b}
	}
	prf := pkix.AlgorithmIdentifier{Algorithm: oidHMAC(9), Parameters: asn1.RawValue{Tag: asn1.TagNull}}
	scheme := pbes2ASN1{
		KDF:    pkix.AlgorithmIdentifier{Algorithm: oidPBKDF2(), Parameters: raw(pbkdf2ASN1{Salt: salt, Rounds: rounds, PRF: prf})},
		Cipher: pkix.AlgorithmIdentifier{Algorithm: c.oid, Parameters: raw(iv)},
	}
	outer := encryptedASN1{pkix.AlgorithmIdentifier{Algorithm: oidPBES2(), Parameters: raw(scheme)}, data}
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(outer)
}
