package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	// Home is where the project lives; the pages of the rules lie below it.
	Home = "https://github.com/fns-dev/fns"
)

// PageURL is the address of the page about a code.
func PageURL(code string) string { return Home + "/blob/main/docs/codes/" + code + ".md" }

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string       `json:"id"`
		Name                 string       `json:"name"`
		ShortDescription     sarifText    `json:"shortDescription"`
		FullDescription      sarifText    `json:"fullDescription"`
		Help                 sarifText    `json:"help"`
		HelpURI              string       `json:"helpUri"`
		DefaultConfiguration sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations,omitempty"`
		RelatedLocations    []sarifLocation   `json:"relatedLocations,omitempty"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		ID               *int          `json:"id,omitempty"`
		Message          *sarifText    `json:"message,omitempty"`
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn,omitempty"`
		EndLine     int        `json:"endLine,omitempty"`
		EndColumn   int        `json:"endColumn,omitempty"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
)

// SARIF writes the findings in the Static Analysis Results Interchange Format
// 2.1.0, which code scanning services take. version is that of fns.
func SARIF(w io.Writer, f Findings, version string) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "fns", Version: version, InformationURI: Home, Rules: []sarifRule{},
		}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for _, code := range codes(f) {
		rule, ok := diag.RuleFor(code)
		if !ok {
			continue
		}
		index[code] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: code, Name: rule.Slug,
			ShortDescription: sarifText{Text: rule.Title}, FullDescription: sarifText{Text: rule.Why},
			Help:                 sarifText{Text: rule.Fix, Markdown: Page(rule)},
			HelpURI:              PageURL(code),
			DefaultConfiguration: sarifDefault{Level: string(rule.Severity)},
		})
	}
	seen := map[string]int{}
	for _, d := range f.Diagnostics {
		i, known := index[d.Code]
		if !known {
			i = -1
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: cmp.Or(d.Code, "fns"), RuleIndex: i, Level: string(d.Severity),
			Message:             sarifText{Text: message(d)},
			Locations:           sarifPlaces(d.Range),
			RelatedLocations:    sarifRelated(d.Related),
			PartialFingerprints: map[string]string{"fns/v1": fingerprint(d, seen)},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{run}})
}

// codes lists the codes of the findings, sorted.
func codes(f Findings) []string {
	var list []string
	for _, d := range f.Diagnostics {
		list = append(list, d.Code)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// message is a finding without its place in one text: summary, detail and hint.
func message(d diag.Diagnostic) string {
	text := d.Summary
	if d.Detail != "" {
		text += "\n" + strings.TrimRight(d.Detail, "\n")
	}
	if d.Hint != "" {
		text += "\n" + d.Hint
	}
	return text
}

func sarifPlaces(r diag.Range) []sarifLocation {
	if r.File == "" {
		return nil
	}
	return []sarifLocation{{PhysicalLocation: sarifPlace(r)}}
}

func sarifPlace(r diag.Range) sarifPhysical {
	p := sarifPhysical{ArtifactLocation: sarifArtifact{URI: uri(r.File)}}
	if r.Start.Line > 0 {
		p.Region = &sarifRegion{StartLine: r.Start.Line, StartColumn: r.Start.Column, EndLine: r.End.Line, EndColumn: r.End.Column}
		if r.LineText != "" {
			p.Region.Snippet = &sarifText{Text: r.LineText}
		}
	}
	return p
}

func sarifRelated(related []diag.Related) []sarifLocation {
	var list []sarifLocation
	for i, r := range related {
		if r.Range.File != "" {
			list = append(list, sarifLocation{ID: &i, Message: &sarifText{Text: r.Message}, PhysicalLocation: sarifPlace(r.Range)})
		}
	}
	return list
}

// uri gives a relative path, or an absolute one, as a URI.
func uri(file string) string {
	if filepath.IsAbs(file) {
		path := filepath.ToSlash(file)
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		return (&url.URL{Scheme: "file", Path: path}).String()
	}
	return (&url.URL{Path: file}).EscapedPath()
}

// fingerprint tells a finding from others over commits that move it: its file,
// its code and the text of its line, with a number where that is not enough.
func fingerprint(d diag.Diagnostic, seen map[string]int) string {
	key := d.Range.File + "\x00" + d.Code + "\x00" + strings.TrimSpace(d.Range.LineText) + "\x00" + d.Summary
	n := seen[key]
	seen[key]++
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:12]) + ":" + string(rune('1'+min(n, 8)))
}
