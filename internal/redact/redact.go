// Package redact keeps the values of secrets out of everything fns writes. One
// Redactor stands before every writer; it knows the values and puts the
// secret's name in their place.
package redact

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
)

// MinLength is the length in bytes below which a value is not looked for: "1",
// "yes" or "dev" would blot out half of an ordinary log, and nobody can guard a
// secret that short.
const MinLength = 4

// Redactor replaces secret values by [NAME]. The zero Redactor replaces
// nothing. All methods may be called from any goroutine.
type Redactor struct{ state atomic.Pointer[state] }

// state is one immutable set of values.
type state struct {
	replacer *strings.Replacer
	longest  int      // length of the longest text looked for
	texts    []string // what is looked for, longest first
	marks    map[string]string
}

// New gives a Redactor for the values of secrets by name.
func New(values map[string]string) *Redactor {
	r := &Redactor{}
	r.Set(values)
	return r
}

// Set takes the place of all values, for instance after a .env file changed.
// Writers that hold text back finish it with the new values.
func (r *Redactor) Set(values map[string]string) {
	marks := make(map[string]string)
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names) // two secrets with one value: the first name stands for both
	for _, name := range names {
		for _, text := range forms(values[name]) {
			if _, taken := marks[text]; !taken && len(text) >= MinLength {
				marks[text] = "[" + name + "]"
			}
		}
	}
	texts := make([]string, 0, len(marks))
	for text := range marks {
		texts = append(texts, text)
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })

	st := &state{texts: texts, marks: marks}
	pairs := make([]string, 0, 2*len(texts))
	for _, text := range texts {
		pairs = append(pairs, text, marks[text])
		st.longest = max(st.longest, len(text))
	}
	// Replacer tries the pairs in order at each place, so the longest wins.
	st.replacer = strings.NewReplacer(pairs...)
	r.state.Store(st)
}

// forms gives the texts under which value may appear: as it is, and in the
// encodings that headers, URLs, JSON and logs commonly give it.
func forms(value string) []string {
	if len(value) < MinLength {
		return nil
	}
	texts := []string{
		value,
		url.QueryEscape(value),
		url.PathEscape(value),
		encodeURIComponent(value),
		hex.EncodeToString([]byte(value)),
	}
	if quoted, err := json.Marshal(value); err == nil {
		texts = append(texts, string(quoted[1:len(quoted)-1]))
	}
	// In base64 the same bytes look different at each of three alignments; the
	// characters that also depend on what stands around the value are cut off.
	for skip := range 3 {
		padded := append(make([]byte, skip), value...)
		for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			s := enc.EncodeToString(padded)
			from := (skip*8 + 5) / 6
			to := len(padded) * 8 / 6
			if to-from >= 2*MinLength {
				texts = append(texts, s[from:to])
			}
		}
	}
	// A value of several lines, for instance a private key, is often printed
	// line by line.
	if strings.Contains(value, "\n") {
		for line := range strings.SplitSeq(value, "\n") {
			if line = strings.TrimSpace(line); len(line) >= 16 && !strings.HasPrefix(line, "-----") {
				texts = append(texts, line)
			}
		}
	}
	return texts
}

// encodeURIComponent encodes as JavaScript's function of that name does.
func encodeURIComponent(s string) string {
	s = url.QueryEscape(s)
	return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(s)
}

// Redact gives s with every secret value replaced.
func (r *Redactor) Redact(s string) string {
	if r == nil {
		return s
	}
	st := r.state.Load()
	if st == nil || st.longest == 0 {
		return s
	}
	return st.replacer.Replace(s)
}

// Writer gives a writer that redacts what passes to w, also a value that
// arrives in several writes: the end of a write that could be the beginning of
// a value is held back until the next write or Flush. It is for one goroutine.
func (r *Redactor) Writer(w io.Writer) *Writer { return &Writer{redactor: r, out: w} }

// Writer is made by Redactor.Writer.
type Writer struct {
	redactor *Redactor
	out      io.Writer
	held     []byte
}

// Write passes p on, redacted, except for an end that may belong to a value.
// It reports len(p) where out took everything that was due.
func (w *Writer) Write(p []byte) (int, error) {
	w.held = append(w.held, p...)
	st := w.redactor.state.Load()
	if st == nil || st.longest == 0 {
		return len(p), w.emit(len(w.held))
	}
	return len(p), w.emit(st.safe(string(w.held)))
}

// Flush passes on what is held back; call it at the end.
func (w *Writer) Flush() error { return w.emit(len(w.held)) }

// emit redacts and writes the first n held bytes.
func (w *Writer) emit(n int) error {
	if n == 0 {
		return nil
	}
	s := w.redactor.Redact(string(w.held[:n]))
	w.held = append(w.held[:0], w.held[n:]...)
	_, err := io.WriteString(w.out, s)
	return err
}

// safe gives how many leading bytes of s can be redacted for good, whatever
// comes next. It walks s as the replacer does: past a match as a whole, and
// stops where a longer text could still become complete.
func (st *state) safe(s string) int {
	for i := 0; i < len(s); {
		rest := s[i:]
		step := 1
		for _, text := range st.texts {
			if strings.HasPrefix(rest, text) {
				step = len(text)
				break
			}
			if len(rest) < len(text) && strings.HasPrefix(text, rest) {
				return i
			}
		}
		i += step
	}
	return len(s)
}
