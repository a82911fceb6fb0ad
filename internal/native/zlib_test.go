package native

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/andybalholm/brotli"
)

// sample is data that compresses a little: text-like runs and noise.
func sample(n int, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	b := make([]byte, 0, n)
	for len(b) < n {
		switch r.IntN(3) {
		case 0:
			b = append(b, bytes.Repeat([]byte{byte(r.IntN(256))}, 1+r.IntN(600))...)
		case 1:
			for range r.IntN(300) {
				b = append(b, byte('a'+r.IntN(20)))
			}
		default:
			if len(b) > 0 {
				at := r.IntN(len(b))
				b = append(b, b[at:min(len(b), at+r.IntN(500))]...)
			}
		}
	}
	return b[:n]
}

// feedInPieces runs data through a codec in pieces and gives the output.
func feedInPieces(c codec, data []byte, piece, limit, finish int) ([]byte, error) {
	var all []byte
	for i := 0; i < len(data) || i == 0; i += piece {
		end := min(len(data), i+piece)
		flush, in := flushNone, data[i:end]
		if end == len(data) {
			flush = finish
		}
		for {
			out, more, err := c.write(flush, in, limit)
			if err != nil {
				return nil, err
			}
			if len(out) > limit {
				return nil, errors.New("more output than the limit")
			}
			all = append(all, out...)
			if !more {
				break
			}
			in = nil
		}
	}
	return all, nil
}

func TestDecompressionGivesWhatGoCompressedInPiecesOfAnySize(t *testing.T) {
	t.Parallel()
	data := sample(150_000, 7)
	type form struct {
		mode int
		wrap func(w io.Writer, level int) (io.WriteCloser, error)
	}
	forms := map[string]form{
		"raw":  {modeInflateRaw, func(w io.Writer, l int) (io.WriteCloser, error) { return flate.NewWriter(w, l) }},
		"zlib": {modeInflate, func(w io.Writer, l int) (io.WriteCloser, error) { return zlib.NewWriterLevel(w, l) }},
		"gzip": {modeGunzip, func(w io.Writer, l int) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, l) }},
		"auto": {modeUnzip, func(w io.Writer, l int) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, l) }},
	}
	for name, f := range forms {
		for _, level := range []int{-2, 0, 1, 6, 9} {
			var packed bytes.Buffer
			w, err := f.wrap(&packed, level)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = w.Write(data)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			for _, size := range [][2]int{{1, 1000}, {13, 7}, {4096, 16384}, {1 << 20, 1 << 20}} {
				got, err := feedInPieces(newDecompressor(f.mode, 15, nil), packed.Bytes(), size[0], size[1], flushFinish)
				if err != nil || !bytes.Equal(got, data) {
					t.Errorf("%s level %d in pieces of %d, limit %d: %d bytes, %v", name, level, size[0], size[1], len(got), err)
				}
			}
		}
	}
}

func TestGoReadsWhatWeCompress(t *testing.T) {
	t.Parallel()
	data := sample(100_000, 3)
	for mode, open := range map[int]func(io.Reader) (io.Reader, error){
		modeDeflateRaw: func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil },
		modeDeflate:    func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) },
		modeGzip:       func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	} {
		for level := -1; level <= 9; level++ {
			for strategy := 0; strategy <= strategyFixed; strategy++ {
				c, err := newCompressor(mode, level, 15, strategy, nil)
				if err != nil {
					t.Fatal(err)
				}
				packed, err := feedInPieces(c, data, 30_000, 5000, flushFinish)
				if err != nil {
					t.Fatal(err)
				}
				r, err := open(bytes.NewReader(packed))
				if err != nil {
					t.Fatalf("mode %d level %d: %v", mode, level, err)
				}
				got, err := io.ReadAll(r)
				if err != nil || !bytes.Equal(got, data) {
					t.Errorf("mode %d level %d strategy %d: %d bytes, %v", mode, level, strategy, len(got), err)
				}
			}
		}
	}
}

func TestAFlushMakesEverythingSoFarReadable(t *testing.T) {
	t.Parallel()
	for _, flush := range []int{1, 2, flushFull, 5} {
		c, err := newCompressor(modeGzip, 6, 15, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		d := newDecompressor(modeGunzip, 0, nil)
		for _, word := range []string{"one ", "two ", "three"} {
			packed, _, err := c.write(flush, []byte(word), 1000)
			if err != nil {
				t.Fatal(err)
			}
			out, _, err := d.write(flushNone, packed, 1000)
			if err != nil || string(out) != word {
				t.Errorf("flush %d: got %q, %v, want %q", flush, out, err, word)
			}
		}
	}
}

func TestBrotliStreamsBothWays(t *testing.T) {
	t.Parallel()
	data := sample(200_000, 9)
	packed, err := feedInPieces(newBrotliEncoder(5, 22), data, 10_000, 3000, brotliFinish)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(brotli.NewReader(bytes.NewReader(packed)))
	if err != nil || !bytes.Equal(whole, data) {
		t.Errorf("another decoder reads %d bytes, %v", len(whole), err)
	}
	for _, piece := range []int{1, 100, 1 << 20} {
		got, err := feedInPieces(newBrotliDecoder(), packed, piece, 777, brotliFinish)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("in pieces of %d: %d bytes, %v", piece, len(got), err)
		}
	}
	if _, err := feedInPieces(newBrotliDecoder(), packed[:len(packed)/2], 100, 777, brotliFinish); err == nil {
		t.Error("half of the data is taken for all of it")
	}
}

func TestCompressionGoesOnAfterParams(t *testing.T) {
	t.Parallel()
	c, err := newCompressor(modeDeflate, 9, 15, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	packed, _, _ := c.write(flushNone, []byte("hello "), 1000)
	if err := c.params(1, strategyHuffman); err != nil {
		t.Fatal(err)
	}
	rest, _, _ := c.write(flushFinish, []byte("hello"), 1000)
	got, err := feedInPieces(newDecompressor(modeInflate, 0, nil), append(packed, rest...), 3, 100, flushFinish)
	if err != nil || string(got) != "hello hello" {
		t.Errorf("got %q, %v", got, err)
	}
}

// FuzzInflate compares with compress/flate: what that reads we read alike, and
// nothing makes us panic or go on for ever.
func FuzzInflate(f *testing.F) {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, 6)
	_, _ = w.Write(sample(3000, 5))
	_ = w.Close()
	f.Add(packed.Bytes(), 5)
	f.Add([]byte{1, 2, 0, 0xfd, 0xff, 65, 66}, 1)
	f.Add([]byte{0x4b, 4, 0xf3, 1, 2, 3}, 2)
	f.Fuzz(func(t *testing.T, data []byte, piece int) {
		if piece <= 0 || len(data) > 1<<16 {
			return
		}
		want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), 1<<20))
		if len(want) == 1<<20 {
			return
		}
		got, err := feedInPieces(newDecompressor(modeInflateRaw, 15, nil), data, piece, 1000, flushFinish)
		if wantErr == nil && (err != nil || !bytes.Equal(got, want)) {
			t.Errorf("got %d bytes, %v; want %d", len(got), err, len(want))
		}
		if wantErr != nil && err == nil {
			t.Errorf("took what flate refuses: %v", wantErr)
		}
	})
}

func FuzzGunzip(f *testing.F) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Name, w.Comment, w.Extra = "name", "comment", []byte("extra")
	_, _ = w.Write([]byte("hello hello hello"))
	_ = w.Close()
	f.Add(packed.Bytes(), 3)
	f.Fuzz(func(t *testing.T, data []byte, piece int) {
		if piece <= 0 || len(data) > 1<<14 {
			return
		}
		whole, err := feedInPieces(newDecompressor(modeUnzip, 0, nil), data, len(data)+1, 1<<20, flushFinish)
		inPieces, perr := feedInPieces(newDecompressor(modeUnzip, 0, nil), data, piece, 100, flushFinish)
		if err == nil && perr == nil && !bytes.Equal(whole, inPieces) {
			t.Error("pieces give other data than the whole")
		}
		if (err == nil) != (perr == nil) {
			t.Errorf("whole: %v, in pieces: %v", err, perr)
		}
	})
}
