package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		ClassName string        `xml:"classname,attr"`
		File      string        `xml:"file,attr,omitempty"`
		Line      int           `xml:"line,attr,omitempty"`
		Failure   *junitFailure `xml:"failure"`
		SystemOut string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes the findings as JUnit's XML: a suite for each file, a test for each
// finding. Errors and warnings are failures, notes are not; without findings
// there is one test, which passes, because many readers take an empty report for
// a failed run.
func JUnit(w io.Writer, f Findings) error {
	all := junitSuites{Name: "fns validate"}
	index := map[string]int{}
	for _, d := range f.Diagnostics {
		file := d.Range.File
		i, known := index[file]
		if !known {
			i = len(all.Suites)
			index[file] = i
			name := file
			if name == "" {
				name = "project"
			}
			all.Suites = append(all.Suites, junitSuite{Name: xmlText(name)})
		}
		all.Suites[i].add(d)
	}
	if len(all.Suites) == 0 {
		all.Suites = []junitSuite{{Name: "fns", Tests: 1, Cases: []junitCase{{Name: "no findings", ClassName: "fns"}}}}
	}
	for _, s := range all.Suites {
		all.Tests += s.Tests
		all.Failures += s.Failures
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(d diag.Diagnostic) {
	place := ""
	if d.Range.Start.Line > 0 {
		place = fmt.Sprintf(" (%d:%d)", d.Range.Start.Line, d.Range.Start.Column)
	}
	c := junitCase{
		Name: xmlText(strings.TrimSpace(d.Code+" "+slug(d.Code)) + place), ClassName: s.Name,
		File: xmlText(d.Range.File), Line: d.Range.Start.Line,
	}
	var text strings.Builder
	writeOne(&text, d, Paint{})
	if d.Severity == diag.Note {
		c.SystemOut = xmlText(text.String())
	} else {
		s.Failures++
		c.Failure = &junitFailure{Message: xmlText(d.Summary), Type: string(d.Severity), Text: xmlText(text.String())}
	}
	s.Tests++
	s.Cases = append(s.Cases, c)
}

// xmlText leaves out what XML can't carry, even escaped.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
