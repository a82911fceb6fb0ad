package diag

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLineText is the longest line, in bytes, that a Range carries: a minified
// file is one line of megabytes, and nobody can read that under a message.
const maxLineText = 2000

// Source turns byte offsets of one text into Ranges. A line ends at \n, \r\n or
// a lone \r. It is safe for use by several goroutines.
type Source struct {
	file  string
	text  string
	lines []int // offset of each line's first byte
}

// NewSource gives a Source for text, the content of the file of that absolute
// name, without a byte order mark.
func NewSource(file, text string) *Source {
	s := &Source{file: file, text: text, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n', text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n'):
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// File is the absolute name of the file.
func (s *Source) File() string { return s.file }

// Text is the content, without a byte order mark.
func (s *Source) Text() string { return s.text }

// Position gives the place of a byte offset; offsets outside the text are moved
// to its nearest end.
func (s *Source) Position(offset int) Position {
	offset = min(max(offset, 0), len(s.text))
	line, exact := slices.BinarySearch(s.lines, offset)
	if !exact {
		line--
	}
	return Position{Line: line + 1, Column: 1 + utf8.RuneCountInString(s.text[s.lines[line]:offset])}
}

// Range gives the stretch from start to end (exclusive), as byte offsets.
// LineText stays empty for lines that are too long to show.
func (s *Source) Range(start, end int) Range {
	r := Range{File: s.file, Start: s.Position(start), End: s.Position(max(start, end))}
	if line := s.line(r.Start.Line); len(line) <= maxLineText {
		r.LineText = strings.ToValidUTF8(line, string(utf8.RuneError))
	}
	return r
}

// Whole is the Range of the file as a whole.
func (s *Source) Whole() Range { return Range{File: s.file} }

// line gives the line of that 1-based number without its line break.
func (s *Source) line(number int) string {
	end := len(s.text)
	if number < len(s.lines) {
		end = s.lines[number]
	}
	return strings.TrimRight(s.text[s.lines[number-1]:end], "\r\n")
}
