package native

import (
	"bytes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
)

// The modes that the standard library leaves out, because no new design should
// use them; functions that talk to old systems do.

func ecb(block cipher.Block, encrypt bool) func(dst, src []byte) {
	one := block.Decrypt
	if encrypt {
		one = block.Encrypt
	}
	size := block.BlockSize()
	return func(dst, src []byte) {
		for i := 0; i < len(src); i += size {
			one(dst[i:i+size], src[i:i+size])
		}
	}
}

// feedback is OFB, CFB with whole blocks, and CFB with single bytes.
func feedback(block cipher.Block, iv []byte, mode string, encrypt bool) func(dst, src []byte) {
	register := bytes.Clone(iv)
	size := len(register)
	pad := make([]byte, size)
	used := size
	return func(dst, src []byte) {
		for i, in := range src {
			if mode == "cfb8" {
				block.Encrypt(pad, register)
				out := in ^ pad[0]
				copy(register, register[1:])
				register[size-1] = out
				if !encrypt {
					register[size-1] = in
				}
				dst[i] = out
				continue
			}
			if used == size {
				block.Encrypt(pad, register)
				copy(register, pad)
				used = 0
			}
			out := in ^ pad[used]
			if mode == "cfb" {
				register[used] = out
				if !encrypt {
					register[used] = in
				}
			}
			dst[i] = out
			used++
		}
	}
}

// wrapKey is RFC 3394's key wrap; nil if the data does not fit.
func wrapKey(block cipher.Block, iv, plain []byte) []byte {
	if len(plain) < 16 || len(plain)%8 != 0 {
		return nil
	}
	n := len(plain) / 8
	out := append(bytes.Clone(iv), plain...)
	var b [16]byte
	for t := 1; t <= 6*n; t++ {
		i := (t-1)%n + 1
		copy(b[:8], out[:8])
		copy(b[8:], out[8*i:8*i+8])
		block.Encrypt(b[:], b[:])
		binary.BigEndian.PutUint64(out, binary.BigEndian.Uint64(b[:8])^uint64(t))
		copy(out[8*i:], b[8:])
	}
	return out
}

// unwrapKey undoes wrapKey; nil if the data is not what it wrapped.
func unwrapKey(block cipher.Block, iv, data []byte) []byte {
	if len(data) < 24 || len(data)%8 != 0 {
		return nil
	}
	n := len(data)/8 - 1
	out := bytes.Clone(data)
	var b [16]byte
	for t := 6 * n; t >= 1; t-- {
		i := (t-1)%n + 1
		binary.BigEndian.PutUint64(b[:8], binary.BigEndian.Uint64(out)^uint64(t))
		copy(b[8:], out[8*i:8*i+8])
		block.Decrypt(b[:], b[:])
		copy(out[:8], b[:8])
		copy(out[8*i:], b[8:])
	}
	if subtle.ConstantTimeCompare(out[:8], iv) != 1 {
		return nil
	}
	return out[8:]
}
