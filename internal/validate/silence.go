package validate

import (
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
)

// silences are the comments in code and .env files that silence a finding on
// their own line or on the next one:
//
//	// fns-ignore FNS3210 -- a cache, filled once for all visitors
//
// JSON has no comments: manifests are silenced in the rule file.
type silences struct {
	lines   map[string][]string // of the files looked at
	list    diag.List
	blamed  map[string]bool
	pattern *regexp.Regexp
}

func newSilences() *silences {
	return &silences{
		lines: map[string][]string{}, blamed: map[string]bool{},
		pattern: regexp.MustCompile(`(?://|/\*|#)\s*fns-ignore\s+([A-Za-z0-9-]+(?:\s*,\s*[A-Za-z0-9-]+)*)\s*(?:(?:--|:)\s*(.*?))?\s*(?:\*/.*)?$`),
	}
}

// cover reports whether a comment silences d. One without a reason does, and is
// a finding of its own.
func (s *silences) cover(d diag.Diagnostic) bool {
	line := d.Range.Start.Line
	if d.Range.File == "" || line == 0 || d.Code == "" {
		return false
	}
	lines := s.read(d.Range.File)
	for _, n := range []int{line, line - 1} {
		if n < 1 || n > len(lines) || !strings.Contains(lines[n-1], "fns-ignore") {
			continue
		}
		m := s.pattern.FindStringSubmatchIndex(lines[n-1])
		if m == nil {
			continue
		}
		text := lines[n-1]
		if n != line && strings.TrimSpace(text[:m[0]]) != "" {
			continue // it stands behind code of its own line
		}
		if !slices.ContainsFunc(strings.Split(text[m[2]:m[3]], ","), func(name string) bool {
			rule, ok := diag.RuleFor(strings.TrimSpace(name))
			return ok && rule.Code == d.Code
		}) {
			continue
		}
		if m[4] < 0 || strings.TrimSpace(text[m[4]:m[5]]) == "" {
			s.blame(d.Range.File, n, text, m[0])
		}
		return true
	}
	return false
}

func (s *silences) blame(file string, n int, text string, start int) {
	d := diag.Diagnostic{
		Code: diag.Silence, Severity: diag.Warning, Summary: "a finding is silenced without a reason",
		Range: diag.Range{File: file, Start: diag.Position{Line: n, Column: len([]rune(text[:start])) + 1}, LineText: text},
		Hint:  "write it behind the code: fns-ignore FNS… -- why this is right",
	}
	if key := d.String(); !s.blamed[key] {
		s.blamed[key] = true
		s.list = append(s.list, d)
	}
}

// read gives the lines of a file, none for JSON and for what is too large.
func (s *silences) read(file string) []string {
	lines, known := s.lines[file]
	if known {
		return lines
	}
	s.lines[file] = nil
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > jsonpos.MaxSize || strings.HasSuffix(file, ".json") {
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), "fns-ignore") {
		return nil
	}
	for line := range strings.SplitSeq(string(data), "\n") {
		s.lines[file] = append(s.lines[file], strings.TrimSuffix(line, "\r"))
	}
	return s.lines[file]
}
