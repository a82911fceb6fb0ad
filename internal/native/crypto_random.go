package native

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"slices"
)

// inBackground runs work in a goroutine and gives its outcome to argument cb as
// (error, value); without a callback it runs work at once.
func inBackground(h Host, cb any, work func() (any, error)) (any, error) {
	call, ok := cb.(Callback)
	if !ok {
		return work()
	}
	done := h.Hold()
	go func() {
		v, err := work()
		done(func() {
			if err != nil {
				call(err)
			} else {
				call(nil, v)
			}
		})
	}()
	return nil, nil
}

// randomNatives serve what makes random values, and timingSafeEqual.
func randomNatives() Table {
	return Table{
		// randomFill(bytes, callback or undefined)
		"randomFill": func(h Host, a Args) (any, error) {
			b := a.Bytes(0)
			_, async := a.Any(1).(Callback)
			if !async {
				_, _ = rand.Read(b)
				return nil, nil
			}
			return inBackground(h, a.Any(1), func() (any, error) {
				_, _ = rand.Read(b)
				return nil, nil
			})
		},
		// randomBytes(size, callback or undefined) → bytes
		"randomBytes": func(h Host, a Args) (any, error) {
			n := a.Int(0)
			return inBackground(h, a.Any(1), func() (any, error) {
				b := make([]byte, n)
				_, _ = rand.Read(b)
				return b, nil
			})
		},
		// randomInt(range) → a number from 0 to range-1
		"randomInt": func(h Host, a Args) (any, error) {
			n, err := rand.Int(rand.Reader, big.NewInt(a.Int(0)))
			if err != nil {
				return nil, err
			}
			return n.Int64(), nil
		},
		// randomUUID() → a version 4 UUID
		"randomUUID": func(h Host, a Args) (any, error) {
			var b [16]byte
			_, _ = rand.Read(b[:])
			b[6] = b[6]&0x0f | 0x40
			b[8] = b[8]&0x3f | 0x80
			return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
		},
		// timingSafeEqual(a, b): of the same length
		"timingSafeEqual": func(h Host, a Args) (any, error) {
			return subtle.ConstantTimeCompare(a.Bytes(0), a.Bytes(1)) == 1, nil
		},
		// generatePrime(bits, safe, add, rem, callback) → big-endian bytes
		"generatePrime": func(h Host, a Args) (any, error) {
			bits, safe := int(a.Int(0)), a.Bool(1)
			add, rem := slices.Clone(a.Bytes(2)), slices.Clone(a.Bytes(3))
			return inBackground(h, a.Any(4), func() (any, error) {
				p, err := findPrime(h, bits, safe, add, rem)
				if err != nil {
					return nil, err
				}
				return p.FillBytes(make([]byte, (bits+7)/8)), nil
			})
		},
		// checkPrime(bytes, checks, callback) → boolean
		"checkPrime": func(h Host, a Args) (any, error) {
			p, checks := new(big.Int).SetBytes(a.Bytes(0)), int(a.Int(1))
			return inBackground(h, a.Any(2), func() (any, error) {
				return p.ProbablyPrime(max(checks, 20)), nil
			})
		},
	}
}

// findPrime makes a prime p of the given length; with add, p % add is rem (1 if
// rem is empty, and 3 if also safe, as OpenSSL chooses). A safe prime has
// (p-1)/2 prime too.
func findPrime(h Host, bits int, safe bool, add, rem []byte) (*big.Int, error) {
	step, want := new(big.Int).SetBytes(add), new(big.Int).SetBytes(rem)
	if len(add) > 0 && len(rem) == 0 {
		want.SetInt64(1)
		if safe {
			want.SetInt64(3)
		}
	}
	one := big.NewInt(1)
	for {
		if err := h.Context().Err(); err != nil {
			return nil, err
		}
		var p *big.Int
		var err error
		if step.Sign() > 0 {
			// A random number of the length, moved to the residue class.
			if p, err = rand.Int(rand.Reader, new(big.Int).Lsh(one, uint(bits))); err != nil {
				return nil, err
			}
			p.SetBit(p, bits-1, 1)
			p.Sub(p, new(big.Int).Mod(p, step)).Add(p, want)
			if p.BitLen() != bits || !p.ProbablyPrime(20) {
				continue
			}
		} else if p, err = rand.Prime(rand.Reader, bits); err != nil {
			return nil, RangeErrorf("ERR_OUT_OF_RANGE", "%v", err)
		}
		if !safe || new(big.Int).Rsh(p, 1).ProbablyPrime(20) {
			return p, nil
		}
	}
}
