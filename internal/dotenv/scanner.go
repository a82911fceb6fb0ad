package dotenv

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/diag"
)

// scanner finds the assignments of a text whose lines end in \n. dotenv does it
// with one regular expression; what follows takes the same decisions in the same
// order, in time that grows with the text and not with its square.
type scanner struct {
	text   string
	source *diag.Source
	file   *File
	list   diag.List
	quotes [3]*quoteIndex // of ' " and `
}

const quoteMarks = "'\"`"

// scan reads the whole text.
func (s *scanner) scan() {
	covered := 0 // end of the last assignment
	for line := 0; line <= len(s.text); {
		start, end, ok := s.assignment(line)
		if !ok {
			line = s.after(start)
			continue
		}
		s.ignored(covered, start)
		covered = end
		line = s.after(end)
		if end > 0 && s.text[end-1] == '\n' {
			line = end // the assignment swallowed line breaks; the next line begins here
		}
	}
	s.ignored(covered, len(s.text))
	s.repeated()
}

// after gives the start of the line after the one that offset lies in.
func (s *scanner) after(offset int) int {
	i := strings.IndexByte(s.text[offset:], '\n')
	if i < 0 {
		return len(s.text) + 1
	}
	return offset + i + 1
}

// assignment reads KEY=value, KEY: value, either with export before it, at the
// first non-blank place from the start of a line. It gives that place, and where
// the assignment ends.
func (s *scanner) assignment(line int) (start, end int, ok bool) {
	first := s.blank(line)
	if rest := s.text[first:]; strings.HasPrefix(rest, "export") {
		if key := s.blank(first + len("export")); key > first+len("export") {
			if end, ok := s.pair(key); ok {
				return first, end, true
			}
		}
	}
	end, ok = s.pair(first)
	return first, end, ok
}

// pair reads a key, its sign and its value.
func (s *scanner) pair(key int) (end int, ok bool) {
	stop := key
	for stop < len(s.text) && isKey(s.text[stop]) {
		stop++
	}
	if stop == key {
		return 0, false
	}
	value := 0
	if sign := s.blank(stop); sign < len(s.text) && s.text[sign] == '=' {
		value = sign + 1
	} else if n := s.blankRune(stop + 1); stop < len(s.text) && s.text[stop] == ':' && n > 0 {
		value = stop + 1 + n
	} else {
		return 0, false
	}
	return s.value(key, stop, value), true
}

// value reads what stands from offset on and adds the entry; it gives the end of
// the assignment with the comment behind it.
func (s *scanner) value(key, stop, offset int) int {
	e := Entry{Key: s.text[key:stop], Range: s.at(key, stop), ValueRange: s.at(offset, offset)}
	quote := s.blank(offset)
	if quote < len(s.text) && strings.IndexByte(quoteMarks, s.text[quote]) >= 0 {
		if closing, ok := s.closing(quote); ok {
			e.ValueRange = s.at(quote, closing+1)
			e.Value = unescape(s.text[quote], s.text[quote+1:closing])
			s.swallowed(e, s.text[quote:closing])
			s.file.Entries = append(s.file.Entries, e)
			end, _ := s.rest(closing + 1)
			return end
		}
	}
	end := offset
	for end < len(s.text) && s.text[end] != '#' && s.text[end] != '\n' {
		end++
	}
	raw := trim(s.text[offset:end])
	if raw != "" {
		from := offset + strings.Index(s.text[offset:end], raw)
		e.ValueRange = s.at(from, from+len(raw))
	}
	e.Value = s.unquoted(e, raw)
	if end < len(s.text) && s.text[end] == '#' && raw != "" && !isBlank(lastRune(s.text[offset:end])) {
		s.warn(e.ValueRange, diag.EnvValueCut, "put the value in single quotes", "the value of %s ends at the # inside it", e.Key)
	}
	s.file.Entries = append(s.file.Entries, e)
	end, _ = s.rest(end)
	return end
}

// unquoted gives the value of text that is not a quoted string, though it may
// begin like one.
func (s *scanner) unquoted(e Entry, raw string) string {
	if raw == "" || strings.IndexByte(quoteMarks, raw[0]) < 0 {
		return raw
	}
	mark := raw[0]
	if len(raw) > 1 && raw[len(raw)-1] == mark {
		return unescape(mark, raw[1:len(raw)-1])
	}
	s.warn(e.ValueRange, diag.EnvQuote, "close the quote at the end of the value", "the quotes of %s are part of its value", e.Key)
	return unescape(mark, raw)
}

// unescape turns \n and \r into line breaks in a double-quoted string, and
// nothing else anywhere.
func unescape(mark byte, s string) string {
	if mark != '"' {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, `\n`, "\n"), `\r`, "\r")
}

// closing gives the quote that ends the string which begins at offset: the first
// one without a backslash before it, or else the last one with a backslash that
// comes before that. After it only a comment may follow on the line.
func (s *scanner) closing(offset int) (int, bool) {
	i := strings.IndexByte(quoteMarks, s.text[offset])
	if s.quotes[i] == nil {
		s.quotes[i] = s.index(s.text[offset])
	}
	return s.quotes[i].closing(offset, len(s.text))
}

// quoteIndex is every place of one kind of quote: where it may end a string.
type quoteIndex struct {
	plain   []int        // without a backslash before it
	escaped []int        // with one, where the rest of the line allows an end
	ends    map[int]bool // the plain ones where the rest of the line allows an end
}

func (s *scanner) index(mark byte) *quoteIndex {
	x := &quoteIndex{ends: map[int]bool{}}
	for i := 0; i < len(s.text); i++ {
		if s.text[i] != mark {
			continue
		}
		_, ok := s.rest(i + 1)
		switch {
		case i == 0 || s.text[i-1] != '\\':
			x.plain = append(x.plain, i)
			x.ends[i] = ok
		case ok:
			x.escaped = append(x.escaped, i)
		}
	}
	return x
}

func (x *quoteIndex) closing(offset, size int) (int, bool) {
	limit := size
	if i := sort.SearchInts(x.plain, offset+1); i < len(x.plain) {
		limit = x.plain[i]
		if x.ends[limit] {
			return limit, true
		}
	}
	if i := sort.SearchInts(x.escaped, limit) - 1; i >= 0 && x.escaped[i] > offset {
		return x.escaped[i], true
	}
	return 0, false
}

// rest reads what may follow a value: blank space, then a comment or the end of
// a line. It gives where that ends.
func (s *scanner) rest(offset int) (int, bool) {
	next := s.blank(offset)
	if next == len(s.text) {
		return next, true
	}
	if s.text[next] == '#' {
		return s.after(next) - 1, true
	}
	if i := strings.LastIndexByte(s.text[offset:next], '\n'); i >= 0 {
		return offset + i, true
	}
	return offset, false
}

// blank gives the first offset from here on that is not white space.
func (s *scanner) blank(offset int) int {
	for {
		n := s.blankRune(offset)
		if n == 0 {
			return min(offset, len(s.text))
		}
		offset += n
	}
}

// blankRune gives the length of the white space character at offset, 0 for none.
func (s *scanner) blankRune(offset int) int {
	if offset >= len(s.text) {
		return 0
	}
	r, n := utf8.DecodeRuneInString(s.text[offset:])
	if !isBlank(r) {
		return 0
	}
	return n
}

// isBlank is \s of JavaScript, which has the byte order mark and not U+0085.
func isBlank(r rune) bool {
	return r == '\ufeff' || r != '\u0085' && unicode.IsSpace(r)
}

func trim(s string) string { return strings.TrimFunc(s, isBlank) }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func isKey(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '-'
}

// at is a Range without the line's text.
func (s *scanner) at(start, end int) diag.Range {
	r := s.source.Range(start, end)
	r.LineText = ""
	return r
}

func (s *scanner) warn(at diag.Range, code, hint, format string, args ...any) {
	if len(s.list) < maxDiags {
		s.list = append(s.list, diag.Diagnostic{Code: code, Severity: diag.Warning, Summary: fmt.Sprintf(format, args...), Range: at, Hint: hint})
	}
}

// ignored warns of the lines between two assignments that set nothing.
func (s *scanner) ignored(start, end int) {
	for start < end && len(s.list) < maxDiags {
		stop := min(s.after(start)-1, end)
		if line := trim(s.text[start:stop]); line != "" && line[0] != '#' {
			from := s.blank(start)
			s.warn(s.at(from, from+len(line)), diag.EnvLine, "write KEY=value, or start the line with #", "this line is neither KEY=value nor a comment")
		}
		start = stop + 1
	}
}

// swallowed warns of a value over several lines that holds what looks like an
// assignment: a forgotten quote.
func (s *scanner) swallowed(e Entry, raw string) {
	for i, line := range strings.Split(raw, "\n") {
		key, _, ok := strings.Cut(strings.TrimPrefix(trim(line), "export "), "=")
		if i > 0 && ok && len(key) > 1 && strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == "" && strings.Contains(key, "_") {
			s.warn(e.ValueRange, diag.EnvQuote, "close the quote at the end of its line", "the value of %s goes on over the line of %s", e.Key, key)
			return
		}
	}
}

// repeated warns of keys that are set twice.
func (s *scanner) repeated() {
	first := map[string]Entry{}
	for _, e := range s.file.Entries {
		before, ok := first[e.Key]
		if !ok {
			first[e.Key] = e
			continue
		}
		s.warn(e.Range, diag.EnvDuplicate, "remove one of them", "%s is set twice; the last one counts", e.Key)
		if last := len(s.list) - 1; s.list[last].Range == e.Range {
			s.list[last].Related = []diag.Related{{Message: "it is set here before", Range: before.Range}}
		}
	}
}
