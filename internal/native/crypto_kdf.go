package native

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"slices"

	"golang.org/x/crypto/scrypt"
)

// kdfNatives serve pbkdf2, scrypt and hkdf; each takes its callback last and
// works at once without one.
func kdfNatives() Table {
	return Table{
		// pbkdf2(password, salt, iterations, length, digest, callback) → bytes
		"pbkdf2": func(h Host, a Args) (any, error) {
			d, ok := digestByName(a.String(4))
			if !ok {
				return nil, TypeErrorf("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: %s", a.String(4))
			}
			password, salt := string(dataOf(a, 0)), slices.Clone(dataOf(a, 1))
			rounds, length := int(a.Int(2)), int(a.Int(3))
			return inBackground(h, a.Any(5), func() (any, error) {
				if length == 0 {
					return []byte{}, nil
				}
				return pbkdf2.Key(d.new, password, salt, rounds, length)
			})
		},
		// scrypt(password, salt, length, N, r, p, maxmem, callback) → bytes
		"scrypt": func(h Host, a Args) (any, error) {
			password, salt := slices.Clone(dataOf(a, 0)), slices.Clone(dataOf(a, 1))
			length, n, r, p := int(a.Int(2)), int(a.Int(3)), int(a.Int(4)), int(a.Int(5))
			if n < 2 || n&(n-1) != 0 || r < 1 || p < 1 || int64(p) > (1<<30-1)/int64(r) {
				return nil, RangeErrorf("ERR_CRYPTO_INVALID_SCRYPT_PARAMS", "Invalid scrypt params")
			}
			// OpenSSL counts the blocks, the table and a block of work.
			if need := 128*int64(r)*int64(p) + 32*int64(r)*(int64(n)+2)*4; need > a.Int(6) {
				return nil, RangeErrorf("ERR_CRYPTO_INVALID_SCRYPT_PARAMS",
					"Invalid scrypt params: error:030000AC:digital envelope routines::memory limit exceeded")
			}
			return inBackground(h, a.Any(7), func() (any, error) {
				if length == 0 {
					return []byte{}, nil
				}
				return scrypt.Key(password, salt, n, r, p, length)
			})
		},
		// hkdf(digest, key, salt, info, length, callback) → bytes
		"hkdf": func(h Host, a Args) (any, error) {
			d, ok := digestByName(a.String(0))
			if !ok {
				return nil, TypeErrorf("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: %s", a.String(0))
			}
			key, salt, info := slices.Clone(dataOf(a, 1)), slices.Clone(dataOf(a, 2)), string(dataOf(a, 3))
			length := int(a.Int(4))
			if length > 255*d.new().Size() {
				return nil, RangeErrorf("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
			}
			return inBackground(h, a.Any(5), func() (any, error) {
				if length == 0 {
					return []byte{}, nil
				}
				return hkdf.Key(d.new, key, salt, info, length)
			})
		},
	}
}
