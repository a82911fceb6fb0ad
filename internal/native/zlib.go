package native

import (
	"bytes"
	"hash/crc32"
)

// Modes, flush values and error numbers are those of zlib.constants.
const (
	modeDeflate          = 1
	modeInflate          = 2
	modeGzip             = 3
	modeGunzip           = 4
	modeDeflateRaw       = 5
	modeInflateRaw       = 6
	modeUnzip            = 7
	modeBrotliDecompress = 8
	modeBrotliCompress   = 9

	flushNone   = 0
	flushFull   = 3
	flushFinish = 4

	zNeedDict    = 2
	zStreamError = -2
	zDataError   = -3
	zBufError    = -5
)

// codec is a compressing or decompressing stream.
type codec interface {
	// write takes input and gives at most limit bytes of output; more says that
	// a further call without input gives more.
	write(flush int, in []byte, limit int) (out []byte, more bool, err error)
	// left is the number of input bytes that were given but not consumed.
	left() int
	// over reports that the end of the compressed data was reached.
	over() bool
	reset()
}

// zlibFailure makes Node's error of one of zlib's.
func zlibFailure(number int, message string) error {
	code := map[int]string{zNeedDict: "Z_NEED_DICT", zStreamError: "Z_STREAM_ERROR", zDataError: "Z_DATA_ERROR", zBufError: "Z_BUF_ERROR"}[number]
	return &Error{Code: code, Message: message, Props: map[string]any{"errno": int64(number)}}
}

// newCodec starts a stream; options: level, windowBits, strategy, dictionary,
// quality, window.
func newCodec(mode int, o map[string]any) (codec, error) {
	n := func(name string) int { v, _ := o[name].(int64); return int(v) }
	dictionary, _ := o["dictionary"].([]byte)
	switch mode {
	case modeBrotliCompress:
		return newBrotliEncoder(n("quality"), n("window")), nil
	case modeBrotliDecompress:
		return newBrotliDecoder(), nil
	case modeDeflate, modeGzip, modeDeflateRaw:
		return newCompressor(mode, n("level"), n("windowBits"), n("strategy"), dictionary)
	}
	return newDecompressor(mode, n("windowBits"), dictionary), nil
}

// drain runs a whole input through a codec.
func drain(c codec, flush int, in []byte, chunk, limit int) ([]byte, error) {
	var all []byte
	for {
		out, more, err := c.write(flush, in, chunk)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			all = out
		} else {
			all = append(all, out...)
		}
		if len(all) > limit {
			return nil, RangeErrorf("ERR_BUFFER_TOO_LARGE", "Cannot create a Buffer larger than %d bytes", limit)
		}
		if !more {
			return all, nil
		}
		in = nil
	}
}

// zlibNatives serve zlib.
func zlibNatives() Table {
	return Table{
		// crc32(data, start) → number
		"crc32": func(h Host, a Args) (any, error) {
			return int64(crc32.Update(uint32(a.Int(1)), crc32.IEEETable, dataOf(a, 0))), nil
		},
		// zlibNew(mode, options) → handle
		"zlibNew": func(h Host, a Args) (any, error) {
			c, err := newCodec(int(a.Int(0)), a.Map(1))
			if err != nil {
				return nil, err
			}
			return Handle{c}, nil
		},
		// zlibWrite(handle, flush, data or undefined, limit, callback) → {out,
		// more, left, over}
		"zlibWrite": func(h Host, a Args) (any, error) {
			c, _ := HandleOf[codec](a, 0)
			flush, data, limit := int(a.Int(1)), a.Bytes(2), int(a.Int(3))
			return inBackground(h, a.Any(4), func() (any, error) {
				out, more, err := c.write(flush, data, limit)
				if err != nil {
					return nil, err
				}
				return map[string]any{"out": out, "more": more, "left": int64(c.left()), "over": c.over()}, nil
			})
		},
		// zlibReset(handle)
		"zlibReset": func(h Host, a Args) (any, error) {
			if c, ok := HandleOf[codec](a, 0); ok {
				c.reset()
			}
			return nil, nil
		},
		// zlibParams(handle, level, strategy)
		"zlibParams": func(h Host, a Args) (any, error) {
			c, _ := HandleOf[codec](a, 0)
			if w, ok := c.(*compressor); ok {
				return nil, w.params(int(a.Int(1)), int(a.Int(2)))
			}
			return nil, nil
		},
		// zlibAll(mode, options, flush, data, chunk, limit, callback) →
		// {out, left}: a whole buffer at once
		"zlibAll": func(h Host, a Args) (any, error) {
			mode, options, flush := int(a.Int(0)), a.Map(1), int(a.Int(2))
			data, chunk, limit := dataOf(a, 3), int(a.Int(4)), int(a.Int(5))
			if _, async := a.Any(6).(Callback); async {
				data = bytes.Clone(data)
			}
			return inBackground(h, a.Any(6), func() (any, error) {
				c, err := newCodec(mode, options)
				if err != nil {
					return nil, err
				}
				out, err := drain(c, flush, data, chunk, limit)
				if err != nil {
					return nil, err
				}
				return map[string]any{"out": out, "left": int64(c.left())}, nil
			})
		},
	}
}
