package worker

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/fns-dev/fns/internal/engine"
)

// A frame is a length (4 bytes, little endian, of what follows), a kind (1 byte)
// and a body. Parent and child are always the same binary, so there is no
// version in it.
type kind byte

const (
	// To the worker.
	kindStart  kind = 's' // an engine.Function
	kindInvoke kind = 'i' // an engine.Invocation
	// From the worker.
	kindReady kind = 'r' // how a start ended: a startReply
	kindLog   kind = 'l' // an engine.LogRecord
	kindFiles kind = 'f' // paths of files of packages that were loaded
	kindDone  kind = 'd' // an engine.Result
)

// maxFrame bounds what a reader allocates for one frame. Contexts and answers
// are at most a few times 6 MB; code and maps of a bundle may be larger.
const maxFrame = 256 << 20

var errFrame = errors.New("malformed frame")

// startReply is the body of kindReady.
type startReply struct {
	Init  time.Duration         `json:"init"`
	Error *engine.FunctionError `json:"error,omitempty"`
}

// frameWriter writes frames; each is one Write below.
type frameWriter struct {
	w   io.Writer
	buf []byte
}

// begin starts a frame and gives the buffer to append its body to.
func (f *frameWriter) begin(k kind) []byte {
	return append(f.buf[:0], 0, 0, 0, 0, byte(k))
}

// flush sends the frame that buf holds.
func (f *frameWriter) flush(buf []byte) error {
	binary.LittleEndian.PutUint32(buf, uint32(len(buf)-4))
	if cap(buf) <= 1<<20 {
		f.buf = buf // keep ordinary buffers, let giant ones go
	}
	_, err := f.w.Write(buf)
	return err
}

// frameReader reads frames; a body is valid until the next read.
type frameReader struct {
	r   *bufio.Reader
	buf []byte
}

func newFrameReader(r io.Reader) *frameReader {
	return &frameReader{r: bufio.NewReaderSize(r, 16<<10)}
}

func (f *frameReader) next() (kind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(f.r, head[:]); err != nil {
		return 0, nil, err
	}
	n := int(binary.LittleEndian.Uint32(head[:])) - 1
	if n < 0 || n > maxFrame {
		return 0, nil, fmt.Errorf("%w: %d bytes", errFrame, n)
	}
	if n > cap(f.buf) || cap(f.buf) > 1<<20 && n < 1<<16 {
		f.buf = make([]byte, n)
	}
	body := f.buf[:n]
	_, err := io.ReadFull(f.r, body)
	return kind(head[4]), body, err
}

// appendBytes appends a length-prefixed byte string.
func appendBytes[T ~string | ~[]byte](buf []byte, s T) []byte {
	buf = binary.AppendUvarint(buf, uint64(len(s)))
	return append(buf, s...)
}

// cutBytes takes a length-prefixed byte string off the front.
func cutBytes(buf []byte) (s, rest []byte, err error) {
	n, w := binary.Uvarint(buf)
	if w <= 0 || n > uint64(len(buf)-w) {
		return nil, nil, errFrame
	}
	return buf[w : w+int(n)], buf[w+int(n):], nil
}

func cutInt(buf []byte) (int64, []byte, error) {
	v, w := binary.Varint(buf)
	if w <= 0 {
		return 0, nil, errFrame
	}
	return v, buf[w:], nil
}

// encodeFunction appends fn. Code and map travel raw, the rest as JSON.
func encodeFunction(buf []byte, fn *engine.Function) ([]byte, error) {
	head := *fn
	head.Code, head.Map = nil, nil
	j, err := json.Marshal(&head)
	if err != nil {
		return nil, err
	}
	buf = appendBytes(buf, j)
	buf = appendBytes(buf, fn.Code)
	return appendBytes(buf, fn.Map), nil
}

func decodeFunction(body []byte) (*engine.Function, error) {
	j, rest, err := cutBytes(body)
	if err != nil {
		return nil, err
	}
	fn := &engine.Function{}
	if err := json.Unmarshal(j, fn); err != nil {
		return nil, fmt.Errorf("%w: %w", errFrame, err)
	}
	code, rest, err := cutBytes(rest)
	if err != nil {
		return nil, err
	}
	sourceMap, _, err := cutBytes(rest)
	if err != nil {
		return nil, err
	}
	fn.Code = append([]byte(nil), code...)
	fn.Map = append([]byte(nil), sourceMap...)
	return fn, nil
}

func encodeInvocation(buf []byte, inv engine.Invocation) []byte {
	buf = binary.AppendVarint(buf, int64(inv.Time))
	buf = appendBytes(buf, inv.ID)
	return append(buf, inv.Context...)
}

func decodeInvocation(body []byte) (engine.Invocation, error) {
	t, rest, err := cutInt(body)
	if err != nil {
		return engine.Invocation{}, err
	}
	id, rest, err := cutBytes(rest)
	return engine.Invocation{ID: string(id), Time: time.Duration(t), Context: rest}, err
}

func encodeLog(buf []byte, r engine.LogRecord) []byte {
	buf = binary.AppendVarint(buf, r.Time.UnixNano())
	buf = appendBytes(buf, r.Level)
	return append(buf, r.Message...)
}

func decodeLog(body []byte) (engine.LogRecord, error) {
	t, rest, err := cutInt(body)
	if err != nil {
		return engine.LogRecord{}, err
	}
	level, rest, err := cutBytes(rest)
	return engine.LogRecord{Time: time.Unix(0, t), Level: engine.Level(level), Message: string(rest)}, err
}

func encodeResult(buf []byte, r engine.Result) ([]byte, error) {
	buf = binary.AppendVarint(buf, int64(r.Stats.Duration))
	buf = binary.AppendVarint(buf, r.Stats.MaxMemory)
	buf = appendBytes(buf, r.Stats.Engine)
	var j []byte
	if r.Error != nil {
		var err error
		if j, err = json.Marshal(r.Error); err != nil {
			return nil, err
		}
	}
	buf = appendBytes(buf, j)
	return append(buf, r.Payload...), nil
}

func decodeResult(body []byte) (engine.Result, error) {
	var r engine.Result
	d, rest, err := cutInt(body)
	if err != nil {
		return r, err
	}
	r.Stats.Duration = time.Duration(d)
	if r.Stats.MaxMemory, rest, err = cutInt(rest); err != nil {
		return r, err
	}
	name, rest, err := cutBytes(rest)
	if err != nil {
		return r, err
	}
	r.Stats.Engine = string(name)
	j, rest, err := cutBytes(rest)
	if err != nil {
		return r, err
	}
	if len(j) > 0 {
		r.Error = &engine.FunctionError{}
		if err := json.Unmarshal(j, r.Error); err != nil {
			return r, fmt.Errorf("%w: %w", errFrame, err)
		}
	}
	r.Payload = append(json.RawMessage(nil), rest...)
	return r, nil
}

func encodeFiles(buf []byte, paths []string) []byte {
	for _, path := range paths {
		buf = appendBytes(buf, path)
	}
	return buf
}

func decodeFiles(body []byte) (paths []string, err error) {
	for len(body) > 0 {
		var path []byte
		if path, body, err = cutBytes(body); err != nil {
			return nil, err
		}
		paths = append(paths, string(path))
	}
	return paths, nil
}
