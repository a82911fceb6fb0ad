package project

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

// entry resolves a function's file, written as value below base. where says
// whose file it is, key how the manifest calls it, from what the path is
// relative to in words.
func (m *manifest) entry(v *jsonpos.Value, where, key, base, from string) (string, bool) {
	rel, ok := m.text(v, fmt.Sprintf("%s%q", where, key))
	if !ok {
		return "", false
	}
	at := m.doc.Range(v)
	if strings.Trim(rel, " /.") == "" {
		m.fail(diag.MissingEntry, at, "name the file that exports main", "%s%q names no file", where, key)
		return "", false
	}
	if strings.Contains(rel, `\`) {
		m.fail(diag.EntryNotFound, at, fmt.Sprintf("write %q; paths take / on every system", strings.ReplaceAll(rel, `\`, "/")), "%s%s has a backslash in its path", where, rel)
		return "", false
	}
	slash := ""
	if rest, ok := strings.CutPrefix(rel, "/"); ok {
		slash, rel = "/", rest
	}
	abs := filepath.Join(base, filepath.FromSlash(rel))
	info, err := os.Stat(abs)
	switch {
	case err != nil:
		hint := fmt.Sprintf("the path is relative to %s", from)
		if near := nearFile(base, rel); near != "" {
			hint = didYouMean(near)
		}
		m.fail(diag.EntryNotFound, at, hint, "%sfile %s does not exist", where, m.l.rel(abs))
		return "", false
	case !info.Mode().IsRegular():
		hint := "name a file"
		if _, err := os.Stat(filepath.Join(abs, "index.js")); err == nil {
			hint = didYouMean(strings.TrimSuffix(rel, "/") + "/index.js")
		}
		m.fail(diag.EntryNotFound, at, hint, "%s%s is not a file", where, m.l.rel(abs))
		return "", false
	}
	if real := realCase(base, rel); real != "" && real != rel && filepath.Join(base, filepath.FromSlash(real)) != abs {
		m.fail(diag.EntryNotFound, at, didYouMean(real), "%sfile %s is written in other letters on disk; HubSpot tells upper from lower case", where, m.l.rel(abs)).
			Fix = m.rewrite(v, jsonpos.Quote(slash+real))
		return "", false
	}
	return abs, true
}

// realCase gives a path below base as its folders spell it, "" where there is
// no such file whatever the case. Parts like .. are kept as they are.
func realCase(base, rel string) string {
	var parts []string
	for part := range strings.SplitSeq(rel, "/") {
		if part == "" || part == "." {
			continue
		}
		if part != ".." {
			name, ok := spelled(base, part)
			if !ok {
				return ""
			}
			part = name
		}
		parts = append(parts, part)
		base = filepath.Join(base, part)
	}
	return strings.Join(parts, "/")
}

// spelled gives the name of an entry of dir as it is on disk: the exact one
// where there is one, else one that differs in case only.
func spelled(dir, name string) (string, bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", false
	}
	other, found := "", false
	for _, e := range entries {
		if e.Name() == name {
			return name, true
		}
		if strings.EqualFold(e.Name(), name) {
			other, found = e.Name(), true
		}
	}
	return other, found
}

// nearFile gives the file that a path below base probably means: the same in
// other letters, with another or without an extension, or with a slip of the
// hand in its name; "" where there is none. base may be a folder of anything.
func nearFile(base, rel string) string {
	rel = path.Clean(rel)
	if real := realCase(base, rel); real != "" && real != rel {
		return real
	}
	folder, name := "", rel
	if i := strings.LastIndexByte(rel, '/'); i >= 0 {
		folder, name = realCase(base, rel[:i]), rel[i+1:]
		if folder == "" {
			return ""
		}
		folder += "/"
	}
	entries, err := os.ReadDir(filepath.Join(base, filepath.FromSlash(folder)))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || e.Name() == manifestName || strings.HasSuffix(e.Name(), metaSuffix) {
			continue
		}
		names = append(names, e.Name())
	}
	for _, n := range names {
		if isScript(n) && strings.EqualFold(stem(n), stem(name)) || isScript(n) && stem(n) == name {
			return folder + n
		}
	}
	if near := suggest.Closest(name, names); near != "" {
		return folder + near
	}
	return ""
}

func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// isScript reports whether a file's name is one of a program.
func isScript(name string) bool {
	switch filepath.Ext(name) {
	case ".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".jsx", ".tsx":
		return true
	default:
		return false
	}
}
