package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// Format is a way to write findings.
type Format string

// The formats.
const (
	FormatText   Format = "text"
	FormatJSON   Format = "json"
	FormatSARIF  Format = "sarif"  // version 2.1.0, for code scanning
	FormatGitHub Format = "github" // workflow commands, which become annotations
	FormatJUnit  Format = "junit"  // XML, which most CI systems show as tests
)

// Formats lists every format, in the order help shows them.
func Formats() []Format {
	return []Format{FormatText, FormatJSON, FormatSARIF, FormatGitHub, FormatJUnit}
}

// Output is one format and where it goes.
type Output struct {
	Format Format
	File   string // as the user wrote it, "" for stdout
}

// Options are what formats need besides the findings.
type Options struct {
	// Dir is the absolute folder that files are shown relative to: the root of
	// the repository where the reader of the report expects that.
	Dir string
	// Paint gives the text its look; the other formats have none.
	Paint Paint
	// Version is that of fns, for formats that name the tool.
	Version string
}

// ParseFormats reads the value of --format: formats with commas between them,
// each with =file where it does not go to stdout. At most one goes to stdout.
func ParseFormats(s string) ([]Output, error) {
	var outputs []Output
	onStdout := Format("")
	files := map[string]Format{}
	for part := range strings.SplitSeq(s, ",") {
		name, file, hasFile := strings.Cut(strings.TrimSpace(part), "=")
		o := Output{Format: Format(strings.TrimSpace(name)), File: strings.TrimSpace(file)}
		switch {
		case !slices.Contains(Formats(), o.Format):
			return nil, fmt.Errorf("unknown format %q: use %s", o.Format, formatNames())
		case hasFile && o.File == "":
			return nil, fmt.Errorf("format %s= names no file: write %s=FILE, or %s alone for stdout", o.Format, o.Format, o.Format)
		case !hasFile && onStdout != "":
			return nil, fmt.Errorf("formats %s and %s both go to stdout: write one of them into a file, as in %s=FILE", onStdout, o.Format, o.Format)
		case hasFile && files[o.File] != "":
			return nil, fmt.Errorf("formats %s and %s both go to %s: name two files", files[o.File], o.Format, o.File)
		}
		if hasFile {
			files[o.File] = o.Format
		} else {
			onStdout = o.Format
		}
		outputs = append(outputs, o)
	}
	return outputs, nil
}

func formatNames() string {
	names := make([]string, 0, len(Formats()))
	for _, f := range Formats() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// Write writes list in one format.
func Write(w io.Writer, format Format, list diag.List, opt Options) error {
	f := NewFindings(list, opt.Dir)
	switch format {
	case FormatText:
		return Text(w, f, opt.Paint)
	case FormatJSON:
		return JSON(w, f)
	case FormatSARIF:
		return SARIF(w, f, opt.Version)
	case FormatGitHub:
		return GitHub(w, f)
	case FormatJUnit:
		return JUnit(w, f)
	}
	return fmt.Errorf("unknown format %q: use %s", format, formatNames())
}
