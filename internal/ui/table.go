package ui

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"

	"github.com/fns-dev/fns/internal/report"
)

// Table prints rows below a header in columns as wide as their widest cell. Text
// from outside is made safe for the terminal.
func (s *Stream) Table(header []string, rows [][]string) error {
	widths := make([]int, len(header))
	all := append([][]string{header}, rows...)
	for r, row := range all {
		clean := make([]string, len(header))
		for i := range header {
			if i < len(row) {
				clean[i] = strings.ReplaceAll(report.Clean(row[i]), "\n", " ")
			}
			widths[i] = max(widths[i], columns(clean[i]))
		}
		all[r] = clean
	}
	var b strings.Builder
	for r, row := range all {
		var line strings.Builder
		for i, cell := range row {
			text := cell
			if r == 0 {
				text = s.Theme.Bold(cell)
			}
			line.WriteString(text)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-columns(cell)+2))
			}
		}
		fmt.Fprintln(&b, strings.TrimRight(line.String(), " "))
	}
	_, err := io.WriteString(s, b.String())
	return err
}

// columns is how many columns of a terminal a text takes.
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
