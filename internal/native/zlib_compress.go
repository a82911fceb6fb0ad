package native

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
)

// compressor is a compressing stream of DEFLATE data: zlib, gzip or raw. The
// bytes are Go's choice, not zlib's: other ones of about the same length.
type compressor struct {
	mode       int
	level      int
	strategy   int
	windowBits int
	dictionary []byte

	w            *flate.Writer
	out          bytes.Buffer
	sum          hash.Hash32
	size         uint32
	begun, ended bool
}

const (
	strategyHuffman = 2
	strategyFixed   = 4
)

func newCompressor(mode, level, windowBits, strategy int, dictionary []byte) (*compressor, error) {
	c := &compressor{mode: mode, level: level, windowBits: windowBits, strategy: strategy, dictionary: bytes.Clone(dictionary)}
	return c, c.start()
}

// flateLevel is Go's level for zlib's level and strategy.
func (c *compressor) flateLevel() int {
	if c.strategy == strategyHuffman && c.level != 0 {
		return flate.HuffmanOnly
	}
	return c.level
}

func (c *compressor) start() (err error) {
	c.out.Reset()
	c.begun, c.ended, c.size = false, false, 0
	switch c.mode {
	case modeDeflate:
		c.sum = adler32.New()
	case modeGzip:
		c.sum = crc32.NewIEEE()
	}
	if len(c.dictionary) > 0 && c.mode != modeGzip {
		c.w, err = flate.NewWriterDict(&c.out, c.flateLevel(), c.dictionary)
	} else {
		c.w, err = flate.NewWriter(&c.out, c.flateLevel())
	}
	if err != nil {
		return fmt.Errorf("deflate level %d: %w", c.level, err)
	}
	return nil
}

func (c *compressor) reset() { _ = c.start() }

func (c *compressor) header() {
	c.begun = true
	switch c.mode {
	case modeDeflate:
		head := 0x7800
		switch {
		case c.strategy >= strategyHuffman, c.level == 0, c.level == 1:
		case c.level >= 2 && c.level <= 5:
			head |= 1 << 6
		case c.level == 6, c.level == -1:
			head |= 2 << 6
		default:
			head |= 3 << 6
		}
		if len(c.dictionary) > 0 {
			head |= 0x20
		}
		head += 31 - head%31
		c.out.Write([]byte{byte(head >> 8), byte(head)})
		if len(c.dictionary) > 0 {
			_ = binary.Write(&c.out, binary.BigEndian, adler32.Checksum(c.dictionary))
		}
	case modeGzip:
		extra := byte(0)
		switch {
		case c.level == 9:
			extra = 2
		case c.strategy >= strategyHuffman, c.level == 1:
			extra = 4
		}
		const unix = 3 // the operating system: Lambda's
		c.out.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, unix})
	}
}

// write takes input and gives up to limit bytes of what is ready.
func (c *compressor) write(flush int, in []byte, limit int) (out []byte, more bool, err error) {
	if !c.ended {
		err = c.feed(flush, in)
	}
	if err != nil {
		return nil, false, err
	}
	return bytes.Clone(c.out.Next(limit)), c.out.Len() > 0, nil
}

func (c *compressor) feed(flush int, in []byte) error {
	if !c.begun && (len(in) > 0 || flush != flushNone) {
		c.header()
	}
	if len(in) > 0 {
		if c.sum != nil {
			_, _ = c.sum.Write(in)
		}
		c.size += uint32(len(in))
		if _, err := c.w.Write(in); err != nil {
			return err
		}
	}
	switch flush {
	case flushNone:
	case flushFinish:
		if err := c.w.Close(); err != nil {
			return err
		}
		c.trailer()
		c.ended = true
	case flushFull:
		if err := c.w.Flush(); err != nil {
			return err
		}
		return c.restart()
	default:
		return c.w.Flush()
	}
	return nil
}

// restart goes on without what came before, which a full flush promises, or
// with another level.
func (c *compressor) restart() (err error) {
	c.w, err = flate.NewWriter(&c.out, c.flateLevel())
	return err
}

func (c *compressor) trailer() {
	switch c.mode {
	case modeDeflate:
		_ = binary.Write(&c.out, binary.BigEndian, c.sum.Sum32())
	case modeGzip:
		_ = binary.Write(&c.out, binary.LittleEndian, []uint32{c.sum.Sum32(), c.size})
	}
}

// params changes level and strategy from here on.
func (c *compressor) params(level, strategy int) error {
	if c.begun && !c.ended {
		if err := c.w.Flush(); err != nil {
			return err
		}
	}
	c.level, c.strategy = level, strategy
	return c.restart()
}

func (c *compressor) left() int  { return 0 }
func (c *compressor) over() bool { return false }
