package native

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"
	"strings"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"
	//lint:ignore SA1019 createHash('ripemd160') exists in Node
	"golang.org/x/crypto/ripemd160"
)

// digest is one hash algorithm as OpenSSL names it.
type digest struct {
	name string
	id   crypto.Hash // 0 where Go has no number for it
	new  func() hash.Hash
}

// digests are the algorithms under their plain names.
func digests() []digest {
	return []digest{
		{"md5", crypto.MD5, md5.New},
		{"sha1", crypto.SHA1, sha1.New},
		{"sha224", crypto.SHA224, sha256.New224},
		{"sha256", crypto.SHA256, sha256.New},
		{"sha384", crypto.SHA384, sha512.New384},
		{"sha512", crypto.SHA512, sha512.New},
		{"sha512-224", crypto.SHA512_224, sha512.New512_224},
		{"sha512-256", crypto.SHA512_256, sha512.New512_256},
		{"sha3-224", crypto.SHA3_224, func() hash.Hash { return sha3.New224() }},
		{"sha3-256", crypto.SHA3_256, func() hash.Hash { return sha3.New256() }},
		{"sha3-384", crypto.SHA3_384, func() hash.Hash { return sha3.New384() }},
		{"sha3-512", crypto.SHA3_512, func() hash.Hash { return sha3.New512() }},
		{"ripemd160", crypto.RIPEMD160, ripemd160.New},
		{"blake2b512", crypto.BLAKE2b_512, func() hash.Hash { h, _ := blake2b.New512(nil); return h }},
		{"blake2s256", crypto.BLAKE2s_256, func() hash.Hash { h, _ := blake2s.New256(nil); return h }},
		{"shake128", 0, func() hash.Hash { return &xof{SHAKE: sha3.NewSHAKE128(), size: 16} }},
		{"shake256", 0, func() hash.Hash { return &xof{SHAKE: sha3.NewSHAKE256(), size: 32} }},
	}
}

// digestByName finds an algorithm under any of the names OpenSSL has for it.
func digestByName(name string) (digest, bool) {
	n := strings.ToLower(name)
	if rest, ok := strings.CutPrefix(n, "rsa-"); ok {
		n = strings.ReplaceAll(rest, "/", "-")
	}
	n = strings.TrimSuffix(n, "withrsaencryption")
	n = strings.TrimSuffix(n, "withrsa")
	n = strings.TrimPrefix(n, "id-rsassa-pkcs1-v1_5-with-")
	switch n {
	case "sha-512/256", "sha2-512/256":
		n = "sha512-256"
	case "sha-512/224", "sha2-512/224":
		n = "sha512-224"
	case "sha-1", "ssl3-sha1", "sha1-2":
		n = "sha1"
	case "ssl3-md5":
		n = "md5"
	case "rmd160", "ripemd", "ripemd-160":
		n = "ripemd160"
	case "blake2b-512":
		n = "blake2b512"
	case "blake2s-256":
		n = "blake2s256"
	case "shake-128":
		n = "shake128"
	case "shake-256":
		n = "shake256"
	default:
		for _, prefix := range []string{"sha2-", "sha-"} {
			if rest, ok := strings.CutPrefix(n, prefix); ok {
				n = "sha" + rest
			}
		}
	}
	for _, d := range digests() {
		if d.name == n {
			return d, true
		}
	}
	return digest{}, false
}

// xof makes a hash of chosen length of a SHAKE function.
type xof struct {
	*sha3.SHAKE
	size int
}

func (x *xof) Size() int { return x.size }
func (x *xof) Sum(b []byte) []byte {
	out := make([]byte, x.size)
	state := *x.SHAKE
	_, _ = state.Read(out)
	return append(b, out...)
}

// Clone is hash.Cloner's.
func (x *xof) Clone() (hash.Cloner, error) {
	state := *x.SHAKE
	return &xof{SHAKE: &state, size: x.size}, nil
}

// cloneHash copies the state of h. Hashes that are no hash.Cloner are structs
// of plain arrays, copied as such.
func cloneHash(h hash.Hash) (hash.Hash, error) {
	if c, ok := h.(hash.Cloner); ok {
		if copied, err := c.Clone(); err == nil {
			return copied, nil
		}
	}
	v := reflect.ValueOf(h)
	if v.Kind() != reflect.Pointer {
		return nil, fmt.Errorf("hash %T cannot be copied", h)
	}
	c := reflect.New(v.Elem().Type())
	c.Elem().Set(v.Elem())
	return c.Interface().(hash.Hash), nil
}

// runningHash is a Hash, Hmac, Sign or Verify object at work.
type runningHash struct {
	digest digest
	h      hash.Hash
}

// dataOf gives argument i, a string (as UTF-8) or binary.
func dataOf(a Args, i int) []byte {
	if s, ok := a.Any(i).(string); ok {
		return []byte(s)
	}
	return a.Bytes(i)
}

// encoded gives b as the JavaScript half asked for it: in an encoding that
// needs no Buffer, else as bytes.
func encoded(b []byte, encoding string) any {
	switch encoding {
	case "hex":
		return hex.EncodeToString(b)
	case "base64":
		return base64.StdEncoding.EncodeToString(b)
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(b)
	}
	return b
}

// hashNatives serve Hash, Hmac and crypto.hash.
func hashNatives() Table {
	return Table{
		// digestInfo(name) → {name, size, block} or undefined
		"digestInfo": func(h Host, a Args) (any, error) {
			d, ok := digestByName(a.String(0))
			if !ok {
				return nil, nil
			}
			s := d.new()
			return map[string]any{"name": d.name, "size": int64(s.Size()), "block": int64(s.BlockSize())}, nil
		},
		// hashNew(name, outputLength or undefined) → handle; undefined for an
		// unknown name or a length that the algorithm does not have.
		"hashNew": func(h Host, a Args) (any, error) {
			d, ok := digestByName(a.String(0))
			if !ok {
				return nil, nil
			}
			s := d.new()
			if a.Any(1) != nil {
				n := int(a.Int(1))
				if x, ok := s.(*xof); ok {
					x.size = n
				} else if n != s.Size() {
					return nil, nil
				}
			}
			return Handle{&runningHash{d, s}}, nil
		},
		// hmacNew(name, key) → handle, undefined for an unknown name
		"hmacNew": func(h Host, a Args) (any, error) {
			d, ok := digestByName(a.String(0))
			if !ok {
				return nil, nil
			}
			if _, isXOF := d.new().(*xof); isXOF {
				return nil, nil
			}
			return Handle{&runningHash{d, hmac.New(d.new, dataOf(a, 1))}}, nil
		},
		// hashUpdate(handle, data)
		"hashUpdate": func(h Host, a Args) (any, error) {
			if r, ok := HandleOf[*runningHash](a, 0); ok {
				_, _ = r.h.Write(dataOf(a, 1))
			}
			return nil, nil
		},
		// hashDigest(handle, encoding) → bytes or string
		"hashDigest": func(h Host, a Args) (any, error) {
			r, ok := HandleOf[*runningHash](a, 0)
			if !ok {
				return nil, nil
			}
			return encoded(r.h.Sum(nil), a.String(1)), nil
		},
		// hashCopy(handle, outputLength or undefined) → handle
		"hashCopy": func(h Host, a Args) (any, error) {
			r, ok := HandleOf[*runningHash](a, 0)
			if !ok {
				return nil, nil
			}
			c, err := cloneHash(r.h)
			if err != nil {
				return nil, err
			}
			if x, ok := c.(*xof); ok && a.Any(1) != nil {
				x.size = int(a.Int(1))
			}
			return Handle{&runningHash{r.digest, c}}, nil
		},
		// hashOnce(name, data, encoding) → bytes or string, undefined for an
		// unknown name
		"hashOnce": func(h Host, a Args) (any, error) {
			d, ok := digestByName(a.String(0))
			if !ok {
				return nil, nil
			}
			s := d.new()
			_, _ = s.Write(dataOf(a, 1))
			return encoded(s.Sum(nil), a.String(2)), nil
		},
	}
}
