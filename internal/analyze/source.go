package analyze

import (
	"bytes"
	"os"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/credential"
	"github.com/fns-dev/fns/internal/diag"
)

// maxFile is the size up to which a file is looked into, in bytes: what is
// larger was not written by hand.
const maxFile = 4 << 20

// sources keeps the user's files, for functions that share some.
type sources struct {
	mu     sync.Mutex
	byPath map[string]*source
}

func newSources() *sources { return &sources{byPath: make(map[string]*source)} }

// get reads a file once. What can't be read, or is too large, is empty.
func (ss *sources) get(path string) *source {
	ss.mu.Lock()
	s := ss.byPath[path]
	if s == nil {
		s = &source{path: path}
		ss.byPath[path] = s
	}
	ss.mu.Unlock()
	s.once.Do(s.read)
	return s
}

// source is the text of one file as the user wrote it.
type source struct {
	path string
	once sync.Once

	text        string // without a byte order mark
	size        int64  // on disk, in bytes
	lines       []int  // offset of each line's first byte
	shown       *diag.Source
	credentials []credential.Match
	// made is true for what a tool wrote: its names and habits are not the
	// user's, who can't change them there.
	made bool
}

func (s *source) read() {
	s.shown = diag.NewSource(s.path, "")
	info, err := os.Stat(s.path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	if s.size = info.Size(); s.size > maxFile {
		return
	}
	data, err := os.ReadFile(s.path)
	if err != nil {
		return
	}
	s.text = string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	s.lines = lineStarts(s.text)
	s.credentials = credential.Find(s.text)
	// What is printed under a finding is taken from the masked text, which has
	// the same offsets.
	s.shown = diag.NewSource(s.path, credential.Mask(s.text))
	s.made = isMade(s.text)
}

// isMade recognises minified and bundled code: lines that nobody types, or the
// helpers of a bundler.
func isMade(text string) bool {
	lines := strings.Count(text, "\n") + 1
	if len(text) > 5000 && len(text)/lines > 300 {
		return true
	}
	head := text[:min(len(text), 4000)]
	return strings.Contains(head, "__webpack_require__") || strings.Contains(head, "var __getOwnPropNames = Object.getOwnPropertyNames") ||
		strings.Contains(head, "@license React") || strings.Contains(head, "webpackBootstrap")
}

// lineStarts gives the offset of each line, as esbuild and source maps count
// them.
func lineStarts(text string) []int {
	starts := []int{0}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n', text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n'):
			starts = append(starts, i+1)
		case text[i] == 0xe2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			starts = append(starts, i+3)
		}
	}
	return starts
}

// extent gives the end of what begins at an offset, for the mark under a
// finding: a chain of names, a string, or one character.
func (s *source) extent(at int) int {
	text := s.text
	if at >= len(text) {
		return at + 1
	}
	if q := text[at]; q == '"' || q == '\'' || q == '`' {
		for i := at + 1; i < len(text) && text[i] != '\n'; i++ {
			switch text[i] {
			case '\\':
				i++
			case q:
				return i + 1
			}
		}
		return at + 1
	}
	end := at
	for end < len(text) {
		switch c := text[end]; {
		case isWord(c):
			end++
		case end > at && c == '.' && end+1 < len(text) && isWord(text[end+1]):
			end++
		case end > at && c == '?' && end+2 < len(text) && text[end+1] == '.' && isWord(text[end+2]):
			end += 2
		default:
			return max(end, at+1)
		}
	}
	return max(end, at+1)
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// mentions tells whether a name stands in the text as a word.
func (s *source) mentions(name string) bool {
	for from := 0; ; {
		i := strings.Index(s.text[from:], name)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(name)
		if (start == 0 || !isWord(s.text[start-1])) && (end == len(s.text) || !isWord(s.text[end])) {
			return true
		}
		from = start + 1
	}
}
