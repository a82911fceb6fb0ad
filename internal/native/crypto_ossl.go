package native

import (
	"fmt"
	"strings"
)

// openssl makes the error that Node builds of an entry in OpenSSL's error
// queue: its text, library and reason, and a code made of the last two.
func openssl(number, library, reason string) *Error {
	name := strings.ToUpper(strings.ReplaceAll(reason, " ", "_"))
	code := "ERR_OSSL_" + name
	if short, ok := map[string]string{
		"rsa routines": "RSA_", "PEM routines": "PEM_", "asn1 encoding routines": "ASN1_",
		"digital envelope routines": "EVP_", "elliptic curve routines": "EC_",
		"common libcrypto routines": "CRYPTO_", "Diffie-Hellman routines": "DH_",
	}[library]; ok {
		code = "ERR_OSSL_" + short + name
	}
	return &Error{
		Code:    code,
		Message: fmt.Sprintf("error:%s:%s::%s", number, library, reason),
		Props:   map[string]any{"library": library, "reason": reason},
	}
}

func errUnsupportedKey() error { return openssl("1E08010C", "DECODER routines", "unsupported") }
func errWrongTag() error       { return openssl("068000A8", "asn1 encoding routines", "wrong tag") }
func errBadDecrypt() error     { return openssl("1C800064", "Provider routines", "bad decrypt") }
func errFinalBlock() error {
	return openssl("1C80006B", "Provider routines", "wrong final block length")
}
func errInvalidDigest() error { return openssl("1C80007A", "Provider routines", "invalid digest") }
func errTooLarge() error {
	return openssl("0200006E", "rsa routines", "data too large for key size")
}
func errNoPassphrase() error {
	return openssl("07880109", "common libcrypto routines", "interrupted or cancelled")
}
