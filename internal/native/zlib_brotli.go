package native

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
)

// brotliEncoder is a compressing Brotli stream.
type brotliEncoder struct {
	options brotli.WriterOptions
	w       *brotli.Writer
	out     bytes.Buffer
	ended   bool
}

func newBrotliEncoder(quality, window int) *brotliEncoder {
	e := &brotliEncoder{options: brotli.WriterOptions{Quality: quality, LGWin: window}}
	e.reset()
	return e
}

func (e *brotliEncoder) reset() {
	e.out.Reset()
	e.ended = false
	e.w = brotli.NewWriterOptions(&e.out, e.options)
}

// Brotli's operations, where zlib has flush values.
const (
	brotliFlush  = 1
	brotliFinish = 2
)

func (e *brotliEncoder) write(op int, in []byte, limit int) (out []byte, more bool, err error) {
	if !e.ended {
		if len(in) > 0 {
			_, err = e.w.Write(in)
		}
		if err == nil && op == brotliFlush {
			err = e.w.Flush()
		}
		if err == nil && op == brotliFinish {
			err = e.w.Close()
			e.ended = true
		}
	}
	if err != nil {
		return nil, false, zlibFailure(zStreamError, "Compression failed")
	}
	return bytes.Clone(e.out.Next(limit)), e.out.Len() > 0, nil
}

func (e *brotliEncoder) left() int  { return 0 }
func (e *brotliEncoder) over() bool { return false }

// brotliDecoder is a decompressing Brotli stream.
type brotliDecoder struct {
	r     *brotli.Reader
	in    []byte
	final bool // no more input will come
	ended bool
}

func newBrotliDecoder() *brotliDecoder {
	d := &brotliDecoder{}
	d.reset()
	return d
}

func (d *brotliDecoder) reset() {
	d.in, d.final, d.ended = nil, false, false
	d.r = brotli.NewReader(d)
}

// Read gives the reader its input; between two writes it says errShort, which
// the reader hands through unharmed.
func (d *brotliDecoder) Read(p []byte) (int, error) {
	if len(d.in) == 0 {
		if d.final {
			return 0, io.EOF
		}
		return 0, errShort
	}
	n := copy(p, d.in)
	d.in = d.in[n:]
	return n, nil
}

func (d *brotliDecoder) write(op int, in []byte, limit int) (out []byte, more bool, err error) {
	if d.ended {
		return nil, false, nil
	}
	if len(in) > 0 {
		d.in = append(bytes.Clone(d.in), in...)
	}
	d.final = op == brotliFinish
	out = make([]byte, 0, min(limit, 16384))
	chunk := make([]byte, min(limit, 16384))
	for len(out) < limit {
		n, err := d.r.Read(chunk[:min(len(chunk), limit-len(out))])
		out = append(out, chunk[:n]...)
		switch {
		case err == nil:
		case err == errShort:
			return out, false, nil
		case err == io.EOF, isExcessInput(err):
			d.ended = true
			return out, false, nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return out, false, zlibFailure(zBufError, "unexpected end of file")
		default:
			return nil, false, brotliFailure(err)
		}
	}
	return out, true, nil
}

func (d *brotliDecoder) left() int  { return len(d.in) }
func (d *brotliDecoder) over() bool { return d.ended }

// isExcessInput tells the reader's complaint about data behind the end, which
// Node ignores.
func isExcessInput(err error) bool { return err.Error() == "brotli: excessive input" }

// brotliFailure names the error as Node does: its code is ERR_ and the name of
// Brotli's constant without the prefix.
func brotliFailure(err error) error {
	name := strings.TrimPrefix(err.Error(), "brotli: ")
	number, ok := map[string]int64{
		"EXUBERANT_NIBBLE": -1, "RESERVED": -2, "EXUBERANT_META_NIBBLE": -3, "SIMPLE_HUFFMAN_ALPHABET": -4,
		"SIMPLE_HUFFMAN_SAME": -5, "CL_SPACE": -6, "HUFFMAN_SPACE": -7, "CONTEXT_MAP_REPEAT": -8, "BLOCK_LENGTH_1": -9,
		"BLOCK_LENGTH_2": -10, "TRANSFORM": -11, "DICTIONARY": -12, "WINDOW_BITS": -13, "PADDING_1": -14, "PADDING_2": -15,
		"DISTANCE": -16,
	}[name]
	if !ok {
		number, name = -31, "UNREACHABLE"
	} else {
		name = "FORMAT_" + name
	}
	return &Error{Code: "ERR__ERROR_" + name, Message: "Decompression failed", Props: map[string]any{"errno": number}}
}
