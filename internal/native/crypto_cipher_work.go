package native

import (
	"bytes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
	"slices"

	"golang.org/x/crypto/chacha20"
	"golang.org/x/crypto/chacha20poly1305"
)

// runningCipher is a Cipheriv or Decipheriv at work. Depending on the mode it
// works in blocks, as a stream, or on everything at the end (key wrap).
type runningCipher struct {
	kind    cipherKind
	encrypt bool
	padding bool
	started bool // update was called
	done    bool // final was called

	blocks func(dst, src []byte) // cbc, ecb
	stream func(dst, src []byte) // the others, with blocks nil
	rest   []byte                // input that waits: a part of a block, or all of it for wrap

	// Authenticated modes produce text as it comes and remember it, because the
	// standard library computes a tag of the whole only.
	seal    func(plain, aad []byte) []byte // ciphertext and tag
	plain   []byte
	aad     []byte
	tag     []byte
	tagSize int // chosen or set; 0 while open
	hasTag  bool
}

func errInvalidIV() error {
	return TypeErrorf("ERR_CRYPTO_INVALID_IV", "Invalid initialization vector")
}

func errTagLength(n int) error {
	return TypeErrorf("ERR_CRYPTO_INVALID_AUTH_TAG", "Invalid authentication tag length: %d", n)
}

// newCipher starts a cipher; tagSize is -1 if none was given.
func newCipher(name string, key, iv []byte, hasIV, encrypt bool, tagSize int) (*runningCipher, error) {
	kind, ok := cipherByName(name)
	if !ok {
		return nil, Errorf("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
	}
	w := &runningCipher{kind: kind, encrypt: encrypt, padding: true, tagSize: 16}
	switch {
	case !hasIV && kind.iv > 0,
		kind.mode == "gcm" && len(iv) == 0,
		kind.mode != "gcm" && hasIV && len(iv) != kind.iv:
		return nil, errInvalidIV()
	case len(key) != kind.key:
		return nil, RangeErrorf("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
	}
	if tagSize >= 0 && kind.aead() {
		if kind.mode == "gcm" && !validGCMTag(tagSize) || tagSize > 16 || tagSize == 0 {
			return nil, errTagLength(tagSize)
		}
		w.tagSize = tagSize
	} else if kind.mode == "gcm" && !encrypt {
		w.tagSize = 0
	}
	key, iv = slices.Clone(key), slices.Clone(iv)
	if kind.mode == "stream" {
		return w, w.startChaCha(key, iv)
	}
	block, err := kind.new(key)
	if err != nil {
		return nil, RangeErrorf("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
	}
	switch kind.mode {
	case "cbc":
		if encrypt {
			w.blocks = cipher.NewCBCEncrypter(block, iv).CryptBlocks
		} else {
			w.blocks = cipher.NewCBCDecrypter(block, iv).CryptBlocks
		}
	case "ecb":
		w.blocks = ecb(block, encrypt)
	case "ctr":
		w.stream = cipher.NewCTR(block, iv).XORKeyStream
	case "ofb", "cfb", "cfb8":
		w.stream = feedback(block, iv, kind.mode, encrypt)
	case "gcm":
		return w, w.startGCM(block, iv)
	case "wrap":
		w.blocks = func([]byte, []byte) {}
		w.seal = func(plain, _ []byte) []byte { return wrapKey(block, iv, plain) }
		if !encrypt {
			w.seal = func(data, _ []byte) []byte { return unwrapKey(block, iv, data) }
		}
	}
	return w, nil
}

func validGCMTag(n int) bool { return n == 4 || n == 8 || n >= 12 && n <= 16 }

func (w *runningCipher) startChaCha(key, iv []byte) error {
	s, err := chacha20.NewUnauthenticatedCipher(key, iv)
	if err != nil {
		return errInvalidIV()
	}
	s.SetCounter(1)
	w.stream = s.XORKeyStream
	aead, err := chacha20poly1305.New(key)
	if err != nil {
		return err
	}
	w.seal = func(plain, aad []byte) []byte { return aead.Seal(nil, iv, plain, aad) }
	return nil
}

func (w *runningCipher) startGCM(block cipher.Block, iv []byte) error {
	aead, err := cipher.NewGCMWithNonceSize(block, len(iv))
	if err != nil {
		return errInvalidIV()
	}
	w.seal = func(plain, aad []byte) []byte { return aead.Seal(nil, iv, plain, aad) }
	w.stream = gcmStream(block, iv)
	return nil
}

// gcmStream is the counter mode inside GCM.
func gcmStream(block cipher.Block, iv []byte) func(dst, src []byte) {
	var counter [16]byte
	if len(iv) == 12 {
		copy(counter[:], iv)
		counter[15] = 1
	} else {
		counter = ghashIV(block, iv)
	}
	var pad [16]byte
	used := 16
	return func(dst, src []byte) {
		for i := range src {
			if used == 16 {
				n := binary.BigEndian.Uint32(counter[12:]) + 1
				binary.BigEndian.PutUint32(counter[12:], n)
				block.Encrypt(pad[:], counter[:])
				used = 0
			}
			dst[i] = src[i] ^ pad[used]
			used++
		}
	}
}

// ghashIV derives the first counter of a nonce that is not of 12 bytes.
func ghashIV(block cipher.Block, iv []byte) [16]byte {
	var key, y, chunk [16]byte
	block.Encrypt(key[:], key[:])
	hHi, hLo := binary.BigEndian.Uint64(key[:8]), binary.BigEndian.Uint64(key[8:])
	mix := func() {
		zHi, zLo := uint64(0), uint64(0)
		vHi, vLo := hHi, hLo
		for i := range 128 {
			if (y[i/8]^chunk[i/8])>>(7-i%8)&1 == 1 {
				zHi, zLo = zHi^vHi, zLo^vLo
			}
			carry := vLo & 1
			vLo = vLo>>1 | vHi<<63
			vHi >>= 1
			if carry == 1 {
				vHi ^= 0xe1 << 56
			}
		}
		binary.BigEndian.PutUint64(y[:8], zHi)
		binary.BigEndian.PutUint64(y[8:], zLo)
	}
	for rest := iv; len(rest) > 0; {
		chunk = [16]byte{}
		rest = rest[copy(chunk[:], rest):]
		mix()
	}
	chunk = [16]byte{}
	binary.BigEndian.PutUint64(chunk[8:], uint64(len(iv))*8)
	mix()
	return y
}

func (w *runningCipher) update(data []byte) ([]byte, error) {
	if w.done {
		return nil, &Error{Message: "Trying to add data in unsupported state"}
	}
	w.started = true
	if w.kind.mode == "wrap" {
		out := w.seal(data, nil)
		if out == nil {
			return nil, &Error{Message: "Trying to add data in unsupported state"}
		}
		return out, nil
	}
	if w.blocks == nil {
		out := make([]byte, len(data))
		w.stream(out, data)
		if w.kind.aead() {
			if w.encrypt {
				w.plain = append(w.plain, data...)
			} else {
				w.plain = append(w.plain, out...)
			}
		}
		return out, nil
	}
	w.rest = append(w.rest, data...)
	size := w.kind.block
	n := len(w.rest) / size * size
	if !w.encrypt && w.padding && n > 0 && n == len(w.rest) {
		n -= size // the last block may be padding
	}
	out := make([]byte, n)
	w.blocks(out, w.rest[:n])
	w.rest = append([]byte(nil), w.rest[n:]...)
	return out, nil
}

func (w *runningCipher) final() ([]byte, error) {
	if w.done {
		return nil, Errorf("ERR_CRYPTO_INVALID_STATE", "Invalid state")
	}
	w.done = true
	switch {
	case w.kind.aead():
		return w.authenticate()
	case w.blocks == nil || w.kind.mode == "wrap":
		return nil, nil
	case !w.padding:
		if len(w.rest) > 0 {
			return nil, errFinalBlock()
		}
		return nil, nil
	case w.encrypt:
		n := w.kind.block - len(w.rest)
		out := append(w.rest, bytes.Repeat([]byte{byte(n)}, n)...)
		w.blocks(out, out)
		return out, nil
	}
	if len(w.rest) != w.kind.block {
		return nil, errFinalBlock()
	}
	w.blocks(w.rest, w.rest)
	n := int(w.rest[len(w.rest)-1])
	if n == 0 || n > w.kind.block || !bytes.Equal(w.rest[w.kind.block-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, errBadDecrypt()
	}
	return w.rest[:w.kind.block-n], nil
}

func (w *runningCipher) authenticate() ([]byte, error) {
	sealed := w.seal(w.plain, w.aad)
	tag := sealed[len(w.plain):]
	w.plain = nil
	if w.encrypt {
		w.tag = tag[:w.tagSize]
		return nil, nil
	}
	if !w.hasTag || subtle.ConstantTimeCompare(tag[:len(w.tag)], w.tag) != 1 {
		return nil, &Error{Message: "Unsupported state or unable to authenticate data"}
	}
	return nil, nil
}

func (w *runningCipher) setTag(tag []byte) error {
	switch {
	case w.encrypt || w.done || w.hasTag || !w.kind.aead():
		return errCipherState("setAuthTag")
	case w.tagSize != 0 && len(tag) != w.tagSize, w.kind.mode == "gcm" && !validGCMTag(len(tag)):
		return errTagLength(len(tag))
	}
	w.tag, w.hasTag = slices.Clone(tag), true
	return nil
}
