package validate

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/suggest"
)

// RuleFileName is the project's own file for rules and silenced findings. It
// stands in the folder that is validated or in one around it, up to the root of
// the Git repository.
const RuleFileName = "fns.json"

// Setting gives the findings of one rule another severity.
type Setting struct {
	Code     string
	Severity diag.Severity // "" switches the rule off
}

// severities are the words that a user writes.
func severities() map[string]diag.Severity {
	return map[string]diag.Severity{"off": "", "note": diag.Note, "warn": diag.Warning, "error": diag.Error}
}

// ParseSetting reads "rule=severity"; the rule is a code or a slug.
func ParseSetting(s string) (Setting, error) {
	name, word, ok := strings.Cut(s, "=")
	if !ok {
		return Setting{}, fmt.Errorf("%q is not rule=severity, for instance shared-state=off", s)
	}
	return setting(strings.TrimSpace(name), strings.TrimSpace(word))
}

func setting(name, word string) (Setting, error) {
	rule, ok := diag.RuleFor(name)
	if !ok {
		if near := suggest.Closest(name, ruleNames()); near != "" {
			return Setting{}, fmt.Errorf("there is no rule %q, did you mean %q?", name, near)
		}
		return Setting{}, fmt.Errorf("there is no rule %q; fns explain lists them", name)
	}
	severity, ok := severities()[word]
	if !ok {
		return Setting{}, fmt.Errorf("%q is no severity: write off, note, warn or error", word)
	}
	return Setting{Code: rule.Code, Severity: severity}, nil
}

func ruleNames() []string {
	var names []string
	for _, r := range diag.Rules() {
		names = append(names, r.Code, r.Slug)
	}
	return names
}

// rules is what the user wants otherwise.
type rules struct {
	severity map[string]diag.Severity // by code
	ignored  []*ignored
	dir      string // of the file, absolute
}

// ignored is an entry of "ignore" in the rule file.
type ignored struct {
	code, pattern string
	at            diag.Range
	used          bool
}

// readRules puts together the rule file around root and the settings of the
// command line, which win.
func readRules(root string, settings []Setting) (*rules, diag.List) {
	r := &rules{severity: map[string]diag.Severity{}}
	var list diag.List
	if file := findRuleFile(root); file != "" {
		r.dir = filepath.Dir(file)
		list = r.read(file)
	}
	for _, s := range settings {
		r.severity[s.Code] = s.Severity
	}
	return r, list
}

func findRuleFile(dir string) string {
	for {
		file := filepath.Join(dir, RuleFileName)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return file
		}
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return ""
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// read reads the rule file.
func (r *rules) read(file string) diag.List {
	doc, list := jsonpos.Read(file)
	wrong := func(at diag.Range, format string, args ...any) {
		list = append(list, diag.Diagnostic{Code: diag.RuleFile, Severity: diag.Error, Summary: fmt.Sprintf(format, args...), Range: at})
	}
	if doc.Root == nil {
		return list
	}
	if !doc.Root.Is(jsonpos.Object) {
		wrong(doc.Range(doc.Root), "%s must hold an object", RuleFileName)
		return list
	}
	for _, member := range doc.Root.Members {
		switch member.Key {
		case "$schema":
		case "rules":
			for _, rule := range member.Value.Members {
				s, err := setting(rule.Key, rule.Value.Text)
				if err != nil {
					wrong(doc.KeyRange(rule), "%v", err)
					continue
				}
				r.severity[s.Code] = s.Severity
			}
		case "ignore":
			for _, item := range member.Value.Items {
				r.ignore(doc, item, wrong)
			}
		case "portal":
			portalSettings(doc, member.Value, wrong)
		default:
			wrong(doc.KeyRange(member), "the key %q is not known; known are rules, ignore and portal", member.Key)
		}
	}
	return list
}

// portalSettings checks what the account `local` reads from the file: package
// portal owns the numbers.
func portalSettings(doc *jsonpos.Document, v *jsonpos.Value, wrong func(diag.Range, string, ...any)) {
	if !v.Is(jsonpos.Object) {
		wrong(doc.Range(v), `"portal" is an object with "logDays" and "logMegabytes"`)
		return
	}
	for _, m := range v.Members {
		n, err := strconv.ParseFloat(m.Value.Text, 64)
		switch {
		case m.Key != "logDays" && m.Key != "logMegabytes":
			wrong(doc.KeyRange(m), "the key %q is not known; known are logDays and logMegabytes", m.Key)
		case !m.Value.Is(jsonpos.Number) || err != nil || n <= 0:
			wrong(doc.Range(m.Value), "%s is a number above 0", m.Key)
		}
	}
}

// ignore reads one entry: {"rule": …, "file": …, "reason": …}.
func (r *rules) ignore(doc *jsonpos.Document, item *jsonpos.Value, wrong func(diag.Range, string, ...any)) {
	at := doc.Range(item)
	rule, ok := diag.RuleFor(text(item, "rule"))
	switch {
	case !item.Is(jsonpos.Object):
		wrong(at, `an entry of "ignore" is an object with "rule", "file" and "reason"`)
	case !ok:
		wrong(doc.Range(item.Get("rule")), "there is no rule %q", text(item, "rule"))
	case strings.TrimSpace(text(item, "reason")) == "":
		wrong(at, `an entry of "ignore" needs a "reason"`)
	default:
		pattern := text(item, "file")
		if _, err := path.Match(pattern, ""); err != nil {
			wrong(doc.Range(item.Get("file")), "%q is not a pattern of file names", pattern)
			return
		}
		r.ignored = append(r.ignored, &ignored{code: rule.Code, pattern: pattern, at: at})
	}
}

// apply gives the findings their severities and leaves out those that are off or
// silenced. root is where the findings come from.
func (r *rules) apply(list diag.List, root string) diag.List {
	silences := newSilences()
	kept := make(diag.List, 0, len(list))
	for _, d := range list {
		if severity, set := r.severity[d.Code]; set {
			if severity == "" {
				continue
			}
			d.Severity = severity
		}
		if r.ignores(d) || silences.cover(d) {
			continue
		}
		kept = append(kept, d)
	}
	kept = append(kept, silences.list...)
	for _, entry := range r.ignored {
		// Another project below the same file may be the one that is meant.
		if !entry.used && filepath.Clean(root) == filepath.Clean(r.dir) {
			kept = append(kept, diag.Diagnostic{Code: diag.Silence, Severity: diag.Warning, Summary: "this silences nothing", Range: entry.at, Hint: "remove it"})
		}
	}
	return kept
}

func (r *rules) ignores(d diag.Diagnostic) bool {
	file := report.Rel(r.dir, d.Range.File)
	found := false
	for _, entry := range r.ignored {
		if entry.code == d.Code && (entry.pattern == "" || matches(entry.pattern, file)) {
			entry.used, found = true, true
		}
	}
	return found
}

// matches matches a path with slashes; ** stands for any number of folders.
func matches(pattern, file string) bool {
	return matchParts(strings.Split(pattern, "/"), strings.Split(file, "/"))
}

func matchParts(pattern, parts []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			rest := pattern[1:]
			return slices.ContainsFunc(suffixes(parts), func(tail []string) bool { return matchParts(rest, tail) })
		}
		if len(parts) == 0 {
			return false
		}
		if ok, err := path.Match(pattern[0], parts[0]); err != nil || !ok {
			return false
		}
		pattern, parts = pattern[1:], parts[1:]
	}
	return len(parts) == 0
}

// suffixes gives the ends of a list, the whole first.
func suffixes(parts []string) [][]string {
	var all [][]string
	for i := 0; i <= len(parts); i++ {
		all = append(all, parts[i:])
	}
	return all
}
