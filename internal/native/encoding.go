package native

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"
)

// textDecoder is a TextDecoder at work: what it has of a character that the
// bytes so far have not finished.
type textDecoder struct {
	name             string
	fatal, ignoreBOM bool
	table            transform.Transformer // of encodings other than UTF-8 and UTF-16
	rest             []byte
	began            bool
}

// encodingNatives serve TextDecoder.
func encodingNatives() Table {
	return Table{
		// textDecoder(label, fatal, ignoreBOM) → {handle, name}; undefined for
		// an unknown label
		"textDecoder": func(h Host, a Args) (any, error) {
			label := string(bytes.Trim([]byte(a.String(0)), "\t\n\f\r "))
			enc, err := htmlindex.Get(label)
			if err != nil {
				return nil, nil
			}
			name, err := htmlindex.Name(enc)
			if err != nil || name == "replacement" || name == "x-user-defined" {
				return nil, nil
			}
			d := &textDecoder{name: name, fatal: a.Bool(1), ignoreBOM: a.Bool(2)}
			if !d.isUTF8() && !d.isUTF16() {
				d.table = enc.NewDecoder().Transformer
			}
			return map[string]any{"handle": Handle{d}, "name": name}, nil
		},
		// textDecode(handle, bytes, stream) → text; undefined if the bytes are
		// not valid and the decoder is fatal
		"textDecode": func(h Host, a Args) (any, error) {
			d, ok := HandleOf[*textDecoder](a, 0)
			if !ok {
				return nil, nil
			}
			text, ok := d.decode(a.Bytes(1), a.Bool(2))
			if !ok {
				return nil, nil
			}
			return text, nil
		},
	}
}

func (d *textDecoder) isUTF8() bool  { return d.name == "utf-8" }
func (d *textDecoder) isUTF16() bool { return d.name == "utf-16le" || d.name == "utf-16be" }

func (d *textDecoder) decode(b []byte, stream bool) (text string, ok bool) {
	data := b
	if len(d.rest) > 0 {
		data = append(d.rest, b...)
		d.rest = nil
	}
	switch {
	case d.isUTF8():
		text, ok = d.decodeUTF8(data, stream)
	case d.isUTF16():
		text, ok = d.decodeUTF16(data, stream)
	default:
		text, ok = d.decodeTable(data, stream)
	}
	if len(text) > 0 && !d.began {
		d.began = true
		if !d.ignoreBOM && d.table == nil && len(text) >= 3 && text[:3] == "\ufeff" {
			text = text[3:]
		}
	}
	if !stream || !ok {
		d.began, d.rest = false, nil
		if d.table != nil {
			d.table.Reset()
		}
	}
	return text, ok
}

func (d *textDecoder) decodeUTF8(data []byte, stream bool) (string, bool) {
	if stream {
		if n := unfinished(data); n > 0 {
			d.rest = bytes.Clone(data[len(data)-n:])
			data = data[:len(data)-n]
		}
	}
	if d.fatal && !utf8.Valid(data) {
		return "", false
	}
	return utf8Text(data), true
}

// unfinished is how many bytes at the end begin a character that may go on.
func unfinished(b []byte) int {
	for n := 1; n <= 3 && n <= len(b); n++ {
		tail := b[len(b)-n:]
		if utf8.RuneStart(tail[0]) {
			if tail[0] >= utf8.RuneSelf && !utf8.FullRune(tail) && brokenPrefix(tail) == n {
				return n
			}
			return 0
		}
	}
	return 0
}

func (d *textDecoder) decodeUTF16(data []byte, stream bool) (string, bool) {
	big := d.name == "utf-16be"
	unit := func(i int) rune {
		if big {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i]) | rune(data[i+1])<<8
	}
	out := make([]rune, 0, len(data)/2)
	i := 0
	for ; i+1 < len(data); i += 2 {
		r := unit(i)
		if r < 0xd800 || r > 0xdfff {
			out = append(out, r)
			continue
		}
		if r <= 0xdbff && i+3 < len(data) {
			if low := unit(i + 2); low >= 0xdc00 && low <= 0xdfff {
				out = append(out, (r-0xd800)<<10|(low-0xdc00)+0x10000)
				i += 2
				continue
			}
		}
		if r <= 0xdbff && i+3 >= len(data) && stream {
			break
		}
		if d.fatal {
			return "", false
		}
		out = append(out, utf8.RuneError)
	}
	if i < len(data) {
		if stream {
			d.rest = bytes.Clone(data[i:])
		} else if d.fatal {
			return "", false
		} else {
			out = append(out, utf8.RuneError)
		}
	}
	return string(out), true
}

func (d *textDecoder) decodeTable(data []byte, stream bool) (string, bool) {
	out := make([]byte, 0, 2*len(data)+16)
	buf := make([]byte, 4096)
	for {
		n, used, err := d.table.Transform(buf, data, !stream)
		out = append(out, buf[:n]...)
		data = data[used:]
		if err == transform.ErrShortDst {
			continue
		}
		if err == transform.ErrShortSrc && stream {
			d.rest = bytes.Clone(data)
		} else if err != nil && err != encoding.ErrInvalidUTF8 {
			out = append(out, "\ufffd"...)
		}
		break
	}
	if d.fatal && bytes.Contains(out, []byte("\ufffd")) {
		return "", false
	}
	return string(out), true
}
