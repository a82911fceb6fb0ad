package hubapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/wire"
)

// payload is the body of a call; open gives it anew for each attempt.
type payload struct {
	contentType string
	open        func() (body io.ReadCloser, size int64, err error)
	masked      string // what tracing shows instead, "" for the body
}

func bytesPayload(contentType string, data []byte) *payload {
	return &payload{contentType: contentType, open: func() (io.ReadCloser, int64, error) {
		return io.NopCloser(bytes.NewReader(data)), int64(len(data)), nil
	}}
}

// jsonPayload encodes v as JavaScript would, without escapes for HTML.
func jsonPayload(v any) (*payload, error) {
	data, err := encodeJSON(v)
	if err != nil {
		return nil, err
	}
	return bytesPayload(contentJSON, data), nil
}

func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// formPayload encodes fields as a form, in their order.
func formPayload(fields wire.Query) *payload {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = url.QueryEscape(f.Name) + "=" + url.QueryEscape(f.Value)
	}
	return bytesPayload("application/x-www-form-urlencoded", []byte(strings.Join(parts, "&")))
}

// Content is something to upload. Open may be called several times, because an
// upload may be repeated.
type Content struct {
	Name string // what the part is called, without folders
	Type string // its media type, "" to go by the name
	Size int64  // in bytes, exactly what Open gives
	Open func() (io.ReadCloser, error)
	// Progress, if set, hears how many bytes have been read so far. It starts
	// again from 0 when the upload is repeated.
	Progress func(sent int64)
}

// BytesContent makes a Content of bytes in memory.
func BytesContent(name string, data []byte) Content {
	return Content{Name: name, Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

// FileContent makes a Content of a file; its size must not change until the
// upload is done.
func FileContent(path string) (Content, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Content{}, err
	}
	return Content{Name: filepath.Base(path), Size: info.Size(), Open: func() (io.ReadCloser, error) { return os.Open(path) }}, nil
}

// mediaTypes are those that HubSpot's own client sends, by the ending of the
// name in lower case.
func mediaType(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".css":
		return "text/css"
	case ".js", ".cjs", ".mjs":
		return "application/javascript"
	case ".json", ".map":
		return contentJSON
	case ".html":
		return "text/html"
	case ".txt", ".text":
		return "text/plain"
	case ".md":
		return "text/markdown"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	case ".gif":
		return "image/gif"
	case ".svg":
		return "image/svg+xml"
	case ".eot":
		return "application/vnd.ms-fontobject"
	case ".otf":
		return "font/otf"
	case ".ttf":
		return "font/ttf"
	case ".woff":
		return "font/woff"
	case ".woff2":
		return "font/woff2"
	case ".zip":
		return "application/zip"
	default:
		return "application/octet-stream"
	}
}

// part is one part of a multipart body: a file, or a field where file is nil.
type part struct {
	name  string
	value string
	file  *Content
}

// multipartPayload makes a form of parts in their order. Its size is known
// beforehand, and the files are read as they are sent.
func multipartPayload(parts ...part) (*payload, error) {
	var frame bytes.Buffer
	w := multipart.NewWriter(&frame)
	var pieces []piece
	cut := func() []byte {
		text := bytes.Clone(frame.Bytes())
		frame.Reset()
		return text
	}
	for _, p := range parts {
		if p.file == nil {
			if err := w.WriteField(p.name, p.value); err != nil {
				return nil, fmt.Errorf("write the part %q: %w", p.name, err)
			}
			continue
		}
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, escapeQuotes(p.name), escapeQuotes(p.file.Name)))
		typ := p.file.Type
		if typ == "" {
			typ = mediaType(p.file.Name)
		}
		h.Set("Content-Type", typ)
		if _, err := w.CreatePart(h); err != nil {
			return nil, fmt.Errorf("write the part %q: %w", p.name, err)
		}
		pieces = append(pieces, piece{text: cut()}, piece{file: p.file})
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	pieces = append(pieces, piece{text: cut()})
	return &payload{
		contentType: w.FormDataContentType(),
		open:        func() (io.ReadCloser, int64, error) { return openPieces(pieces) },
		masked:      maskedParts(parts),
	}, nil
}

func escapeQuotes(s string) string {
	return strings.NewReplacer("\"", "%22", "\r", "%0D", "\n", "%0A").Replace(s)
}

func maskedParts(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.file != nil {
			fmt.Fprintf(&b, "(%s: file %s, %d bytes)", p.name, p.file.Name, p.file.Size)
		} else {
			fmt.Fprintf(&b, "(%s: %s)", p.name, p.value)
		}
	}
	return b.String()
}

// piece is a stretch of a multipart body: text, or a file.
type piece struct {
	text []byte
	file *Content
}

func openPieces(pieces []piece) (io.ReadCloser, int64, error) {
	var readers []io.Reader
	var closers closers
	var size int64
	for _, p := range pieces {
		if p.file == nil {
			readers = append(readers, bytes.NewReader(p.text))
			size += int64(len(p.text))
			continue
		}
		f, err := p.file.Open()
		if err != nil {
			_ = closers.Close() // the error that counts is the one of opening
			return nil, 0, fmt.Errorf("open %s: %w", p.file.Name, err)
		}
		closers = append(closers, f)
		readers = append(readers, &counted{r: f, progress: p.file.Progress})
		size += p.file.Size
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(readers...), closers}, size, nil
}

type closers []io.Closer

// Close closes all and gives the first error.
func (c closers) Close() error {
	var first error
	for _, one := range c {
		if err := one.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// counted tells progress how much has been read.
type counted struct {
	r        io.Reader
	n        int64
	progress func(int64)
}

// Read reads on.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.progress != nil && n > 0 {
		c.progress(c.n)
	}
	return n, err
}
