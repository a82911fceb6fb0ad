package native

import (
	"bytes"
	"encoding/binary"
	"hash"
	"hash/adler32"
	"hash/crc32"
)

// decompressor is a decompressing stream: zlib, gzip, raw DEFLATE, or whichever
// of the first two its data is.
type decompressor struct {
	mode       int // one of the zlib modes; unzip becomes another one
	dictionary []byte
	windowBits int

	f     *inflater
	stage stage
	sum   hash.Hash32
	size  uint32 // bytes of this gzip member
	ended bool
}

type stage int

const (
	stageHeader stage = iota
	stageBody
	stageTrailer
	stageEnd
)

func newDecompressor(mode, windowBits int, dictionary []byte) *decompressor {
	d := &decompressor{mode: mode, windowBits: windowBits, dictionary: bytes.Clone(dictionary)}
	d.begin(nil)
	return d
}

// begin starts a member with the input that is left.
func (d *decompressor) begin(rest []byte) {
	d.f = newInflater(nil)
	d.f.in = rest
	d.stage, d.size, d.ended = stageHeader, 0, false
	switch d.mode {
	case modeInflateRaw:
		d.f.preset(d.dictionary)
		d.stage = stageBody
	case modeInflate:
		d.sum = adler32.New()
	case modeGunzip:
		d.sum = crc32.NewIEEE()
	}
}

func (d *decompressor) reset() { d.begin(nil) }

// write takes input and gives up to limit bytes; more says that a further call
// without input would give more.
func (d *decompressor) write(flush int, in []byte, limit int) (out []byte, more bool, err error) {
	if len(in) > 0 {
		d.f.in = append(bytes.Clone(d.f.in), in...)
	}
	for {
		chunk, err := d.step(limit - len(out))
		out = append(out, chunk...)
		switch {
		case err == errShort:
			if flush == flushFinish {
				return out, false, zlibFailure(zBufError, "unexpected end of file")
			}
			return out, false, nil
		case err != nil:
			return nil, false, err
		case d.stage == stageEnd && d.nextMember():
		case d.stage == stageEnd:
			d.ended = true
			return out, false, nil
		case len(out) >= limit:
			return out, true, nil
		}
	}
}

// nextMember goes on behind a gzip member if another one follows.
func (d *decompressor) nextMember() bool {
	if d.mode != modeGunzip || len(d.f.in) == 0 || d.f.in[0] == 0 {
		return false
	}
	d.begin(d.f.in)
	return true
}

// left is the number of input bytes that were not consumed.
func (d *decompressor) left() int  { return len(d.f.in) }
func (d *decompressor) over() bool { return d.ended }

// step does one stage's work; output comes of the body only.
func (d *decompressor) step(limit int) ([]byte, error) {
	switch d.stage {
	case stageHeader:
		n, err := d.header(d.f.in)
		if err != nil {
			return nil, err
		}
		d.f.in = d.f.in[n:]
		d.stage = stageBody
		if d.mode == modeUnzip {
			panic("unzip mode was not settled")
		}
	case stageBody:
		if limit <= 0 && d.f.state != stateDone {
			return nil, nil
		}
		err := d.f.run(limit)
		out := d.f.fetch(limit)
		if d.sum != nil {
			_, _ = d.sum.Write(out)
		}
		d.size += uint32(len(out))
		if defect, ok := err.(inflateError); ok && err != errShort {
			if len(out) > 0 {
				return out, nil // the defect shows again in the next step
			}
			return nil, zlibFailure(zDataError, string(defect))
		}
		if err == errShort {
			return out, err
		}
		if d.f.state == stateDone && d.f.ready == len(d.f.out) {
			d.stage = stageTrailer
		}
		return out, nil
	case stageTrailer:
		return nil, d.trailer()
	}
	return nil, nil
}

// header reads what stands before the body and gives its length.
func (d *decompressor) header(in []byte) (int, error) {
	if d.mode == modeUnzip {
		if len(in) == 0 || in[0] == 0x1f && len(in) < 2 {
			return 0, errShort
		}
		d.mode = modeInflate
		d.sum = adler32.New()
		if in[0] == 0x1f && in[1] == 0x8b {
			d.mode = modeGunzip
			d.sum = crc32.NewIEEE()
		}
	}
	if d.mode == modeGunzip {
		return gzipHeader(in)
	}
	if len(in) < 2 {
		return 0, errShort
	}
	head := int(in[0])<<8 | int(in[1])
	window := head>>12 + 8
	limit := d.windowBits
	if limit == 0 {
		limit = 15
	}
	switch {
	case head%31 != 0:
		return 0, zlibFailure(zDataError, "incorrect header check")
	case head>>8&15 != 8:
		return 0, zlibFailure(zDataError, "unknown compression method")
	case window > limit:
		return 0, zlibFailure(zDataError, "invalid window size")
	case head&0x20 == 0:
		return 2, nil
	case len(in) < 6:
		return 0, errShort
	case d.dictionary == nil:
		return 0, zlibFailure(zNeedDict, "Missing dictionary")
	case adler32.Checksum(d.dictionary) != binary.BigEndian.Uint32(in[2:]):
		return 0, zlibFailure(zNeedDict, "Bad dictionary")
	}
	d.f.preset(d.dictionary)
	return 6, nil
}

// gzipHeader gives the length of a gzip header.
func gzipHeader(in []byte) (int, error) {
	const hasCRC, hasExtra, hasName, hasComment = 2, 4, 8, 16
	if len(in) >= 2 && (in[0] != 0x1f || in[1] != 0x8b) {
		return 0, zlibFailure(zDataError, "incorrect header check")
	}
	if len(in) >= 4 {
		if in[2] != 8 {
			return 0, zlibFailure(zDataError, "unknown compression method")
		}
		if in[3]&0xe0 != 0 {
			return 0, zlibFailure(zDataError, "unknown header flags set")
		}
	}
	if len(in) < 10 {
		return 0, errShort
	}
	flags, n := in[3], 10
	if flags&hasExtra != 0 {
		if len(in) < n+2 {
			return 0, errShort
		}
		n += 2 + int(binary.LittleEndian.Uint16(in[n:]))
	}
	for _, text := range []byte{hasName, hasComment} {
		if flags&text == 0 {
			continue
		}
		if n > len(in) {
			return 0, errShort
		}
		i := bytes.IndexByte(in[n:], 0)
		if i < 0 {
			return 0, errShort
		}
		n += i + 1
	}
	if flags&hasCRC != 0 {
		if len(in) < n+2 {
			return 0, errShort
		}
		if uint16(crc32.ChecksumIEEE(in[:n])) != binary.LittleEndian.Uint16(in[n:]) {
			return 0, zlibFailure(zDataError, "header crc mismatch")
		}
		n += 2
	}
	if n > len(in) {
		return 0, errShort
	}
	return n, nil
}

func (d *decompressor) trailer() error {
	in := d.f.in
	switch d.mode {
	case modeInflate:
		if len(in) < 4 {
			return errShort
		}
		if binary.BigEndian.Uint32(in) != d.sum.Sum32() {
			return zlibFailure(zDataError, "incorrect data check")
		}
		d.f.in = in[4:]
	case modeGunzip:
		if len(in) < 4 {
			return errShort
		}
		if binary.LittleEndian.Uint32(in) != d.sum.Sum32() {
			return zlibFailure(zDataError, "incorrect data check")
		}
		if len(in) < 8 {
			return errShort
		}
		if binary.LittleEndian.Uint32(in[4:]) != d.size {
			return zlibFailure(zDataError, "incorrect length check")
		}
		d.f.in = in[8:]
	}
	d.stage = stageEnd
	return nil
}
