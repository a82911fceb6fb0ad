package native

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// bufferNatives serve Buffer, atob and btoa. Encodings arrive under one name
// each: utf8, utf16le, latin1, ascii, base64, base64url, hex.
func bufferNatives() Table {
	return Table{
		// bufEncode(text, encoding) → bytes
		"bufEncode": func(h Host, a Args) (any, error) {
			return encodeText(a.String(0), a.String(1)), nil
		},
		// bufDecode(bytes, encoding) → text
		"bufDecode": func(h Host, a Args) (any, error) {
			return decodeText(a.Bytes(0), a.String(1)), nil
		},
		// bufByteLength(text, encoding) → how many bytes bufEncode gives, by
		// the text's length alone for base64 and hex, as in Node.
		"bufByteLength": func(h Host, a Args) (any, error) {
			return int64(textLength(a.String(0), a.String(1))), nil
		},
		// bufWrite(text, encoding, target) → bytes written: as much of the
		// text as fits without splitting a character.
		"bufWrite": func(h Host, a Args) (any, error) {
			target := a.Bytes(2)
			src := encodeText(a.String(0), a.String(1))
			return int64(copy(target, wholeCharacters(src, len(target), a.String(1)))), nil
		},
		// bufFill(target, pattern)
		"bufFill": func(h Host, a Args) (any, error) {
			fillBytes(a.Bytes(0), a.Bytes(1))
			return nil, nil
		},
		// bufIndexOf(haystack, needle, offset, forward, utf16) → index or -1
		"bufIndexOf": func(h Host, a Args) (any, error) {
			return int64(bytesIndexOf(a.Bytes(0), a.Bytes(1), a.Float(2), a.Bool(3), a.Bool(4))), nil
		},
		// bufCompare(a, b) → -1, 0, 1
		"bufCompare": func(h Host, a Args) (any, error) {
			return int64(bytes.Compare(a.Bytes(0), a.Bytes(1))), nil
		},
		// bufCopy(source, target): as much as fits; the memories may overlap.
		"bufCopy": func(h Host, a Args) (any, error) {
			return int64(copy(a.Bytes(1), a.Bytes(0))), nil
		},
		// bufSwap(bytes, width): turns every width bytes round.
		"bufSwap": func(h Host, a Args) (any, error) {
			b, n := a.Bytes(0), int(a.Int(1))
			for ; n > 0 && len(b) >= n; b = b[n:] {
				for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
					b[i], b[j] = b[j], b[i]
				}
			}
			return nil, nil
		},
		// bufIsUtf8(bytes), bufIsAscii(bytes)
		"bufIsUtf8":  func(h Host, a Args) (any, error) { return utf8.Valid(a.Bytes(0)), nil },
		"bufIsAscii": func(h Host, a Args) (any, error) { return isASCII(a.Bytes(0)), nil },
		// atob(text) → text, undefined if it is no base64
		"atob": func(h Host, a Args) (any, error) {
			b, ok := forgivingBase64(a.String(0))
			if !ok {
				return nil, nil
			}
			return bufferLatin1(b), nil
		},
		// btoa(text) → base64, undefined if a character does not fit a byte
		"btoa": func(h Host, a Args) (any, error) {
			s := a.String(0)
			b := make([]byte, 0, len(s))
			for _, r := range s {
				if r > 0xff {
					return nil, nil
				}
				b = append(b, byte(r))
			}
			return base64.StdEncoding.EncodeToString(b), nil
		},
	}
}

// encodeText gives the bytes of s in an encoding.
func encodeText(s, encoding string) []byte {
	switch encoding {
	case "latin1", "ascii":
		b := make([]byte, 0, len(s))
		for _, r := range s {
			if r > 0xffff {
				hi, lo := utf16.EncodeRune(r)
				b = append(b, byte(hi), byte(lo))
			} else {
				b = append(b, byte(r))
			}
		}
		return b
	case "utf16le":
		b := make([]byte, 0, 2*len(s))
		for _, r := range s {
			if r > 0xffff {
				hi, lo := utf16.EncodeRune(r)
				b = append(b, byte(hi), byte(hi>>8), byte(lo), byte(lo>>8))
			} else {
				b = append(b, byte(r), byte(r>>8))
			}
		}
		return b
	case "base64", "base64url":
		return lenientBase64(s)
	case "hex":
		b := make([]byte, len(s)/2)
		for i := range b {
			hi, lo := bufferHexDigit(s[2*i]), bufferHexDigit(s[2*i+1])
			if hi < 0 || lo < 0 {
				return b[:i]
			}
			b[i] = byte(hi<<4 | lo)
		}
		return b
	}
	return []byte(s)
}

func bufferHexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// sextet gives the six bits of a base64 character of either alphabet.
func sextet(c byte) int {
	switch {
	case 'A' <= c && c <= 'Z':
		return int(c - 'A')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 26
	case '0' <= c && c <= '9':
		return int(c-'0') + 52
	case c == '+', c == '-':
		return 62
	case c == '/', c == '_':
		return 63
	}
	return -1
}

// lenientBase64 decodes as Node's Buffer does: either alphabet, strange
// characters skipped, everything after a '=' ignored.
func lenientBase64(s string) []byte {
	out := make([]byte, 0, len(s)/4*3+3)
	bits, n := 0, 0
	for i := range len(s) {
		if s[i] == '=' {
			break
		}
		v := sextet(s[i])
		if v < 0 {
			continue
		}
		bits, n = bits<<6|v, n+6
		if n >= 8 {
			n -= 8
			out = append(out, byte(bits>>n))
			bits &= 1<<n - 1
		}
	}
	return out
}

// forgivingBase64 decodes as atob does (the Infra Standard's forgiving decode).
func forgivingBase64(s string) ([]byte, bool) {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("\t\n\f\r ", r) {
			return -1
		}
		return r
	}, s)
	if len(s)%4 == 0 {
		s = strings.TrimSuffix(s, "=")
		if len(s)%4 == 3 {
			s = strings.TrimSuffix(s, "=")
		}
	}
	if len(s)%4 == 1 {
		return nil, false
	}
	for i := range len(s) {
		if sextet(s[i]) < 0 || s[i] == '-' || s[i] == '_' {
			return nil, false
		}
	}
	return lenientBase64(s), true
}

// decodeText gives the text of b in an encoding: a string, or []uint16 where a
// Go string could not hold it.
func decodeText(b []byte, encoding string) any {
	switch encoding {
	case "latin1":
		return bufferLatin1(b)
	case "ascii":
		c := make([]byte, len(b))
		for i, x := range b {
			c[i] = x & 0x7f
		}
		return string(c)
	case "utf16le":
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		}
		return units
	case "base64":
		return base64.StdEncoding.EncodeToString(b)
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(b)
	case "hex":
		return hex.EncodeToString(b)
	}
	return utf8Text(b)
}

func bufferLatin1(b []byte) any {
	if isASCII(b) {
		return string(b)
	}
	units := make([]uint16, len(b))
	for i, c := range b {
		units[i] = uint16(c)
	}
	return units
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// utf8Text decodes UTF-8 as the Encoding Standard does: one U+FFFD for each
// longest run of bytes that began a character and did not finish it.
func utf8Text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out := make([]byte, 0, len(b)+16)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			n = brokenPrefix(b)
			out = append(out, "\ufffd"...)
		} else {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return string(out)
}

// brokenPrefix is the length of the ill-formed sequence at the start of b.
func brokenPrefix(b []byte) int {
	lo, hi, need := byte(0x80), byte(0xbf), 0
	switch c := b[0]; {
	case c >= 0xc2 && c <= 0xdf:
		need = 1
	case c >= 0xe0 && c <= 0xef:
		need = 2
		if c == 0xe0 {
			lo = 0xa0
		} else if c == 0xed {
			hi = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		need = 3
		if c == 0xf0 {
			lo = 0x90
		} else if c == 0xf4 {
			hi = 0x8f
		}
	}
	n := 1
	for ; need > 0 && n < len(b) && b[n] >= lo && b[n] <= hi; need, n = need-1, n+1 {
		lo, hi = 0x80, 0xbf
	}
	return n
}

// textLength is Buffer.byteLength.
func textLength(s, encoding string) int {
	units := func() int {
		n := 0
		for _, r := range s {
			n++
			if r > 0xffff {
				n++
			}
		}
		return n
	}
	switch encoding {
	case "latin1", "ascii":
		return units()
	case "utf16le":
		return 2 * units()
	case "hex":
		return units() / 2
	case "base64", "base64url":
		n := units()
		switch {
		case strings.HasSuffix(s, "=="):
			n -= 2
		case strings.HasSuffix(s, "="):
			n--
		}
		return n * 3 >> 2
	}
	return len(s)
}

// wholeCharacters cuts b to at most n bytes at the end of a character.
func wholeCharacters(b []byte, n int, encoding string) []byte {
	if len(b) <= n {
		return b
	}
	switch encoding {
	case "utf8":
		for n > 0 && !utf8.RuneStart(b[n]) {
			n--
		}
	case "utf16le":
		n &^= 1
	}
	return b[:n]
}

// fillBytes repeats pattern over b; an empty pattern is zero bytes.
func fillBytes(b, pattern []byte) {
	if len(pattern) == 0 {
		clear(b)
		return
	}
	// The pattern may be part of b.
	done := copy(b, bytes.Clone(pattern))
	for done < len(b) {
		done += copy(b[done:], b[:done])
	}
}

// bytesIndexOf is Buffer's indexOf and lastIndexOf.
func bytesIndexOf(b, needle []byte, offset float64, forward, units bool) int {
	n, m := float64(len(b)), float64(len(needle))
	at := offset
	switch {
	case offset < 0 && offset+n >= 0:
		at = offset + n
	case offset < 0 && (forward || m == 0):
		at = 0
	case offset < 0:
		return -1
	case offset+m <= n:
	case m == 0:
		at = n
	case forward:
		return -1
	default:
		at = n - 1
	}
	if m == 0 {
		return int(at)
	}
	if len(b) == 0 || m > n || forward && at+m > n {
		return -1
	}
	i := int(at)
	if units {
		if len(b) < 2 || len(needle) < 2 {
			return -1
		}
		return unitIndexOf(b, needle, i/2, forward)
	}
	if forward {
		if j := bytes.Index(b[i:], needle); j >= 0 {
			return i + j
		}
		return -1
	}
	return bytes.LastIndex(b[:min(i+len(needle), len(b))], needle)
}

// unitIndexOf searches 16-bit units from unit i on.
func unitIndexOf(b, needle []byte, i int, forward bool) int {
	last := len(b)/2 - len(needle)/2
	needle = needle[:len(needle)&^1]
	step := 1
	if !forward {
		step, i = -1, min(i, last)
	}
	for ; i >= 0 && i <= last; i += step {
		if bytes.HasPrefix(b[2*i:], needle) {
			return 2 * i
		}
	}
	return -1
}
