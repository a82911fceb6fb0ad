package project

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

const (
	metaSuffix   = "-hsmeta.json"
	functionType = "app-function"
)

// loadMeta reads an -hsmeta.json file if it declares a function. Files of other
// components are none of our business, not even where they are wrong.
func (l *loader) loadMeta(file string, c *config) {
	src := metaSource(file)
	if c != nil {
		src = c.srcDir
		if !within(src, file) {
			return // HubSpot sees nothing outside of srcDir
		}
	}
	dir := filepath.Dir(file)
	home := filepath.Join(src, "app", "functions")
	if dir != home && !mentionsFunction(file) {
		return
	}
	l.hold(dir)
	m := l.open(file)
	if !m.root(m.base()) || !m.isFunction(dir == home) {
		return
	}
	if c != nil {
		c.metas++
	}
	if dir != home {
		m.warn(diag.Misplaced, m.doc.Whole(), fmt.Sprintf("move it to %s", l.rel(home)), "HubSpot reads functions only from %s, not from %s", l.rel(home), l.rel(dir))
	}
	if m.fill(c) {
		m.appFunction(src, c)
	}
}

// metaSource guesses srcDir for a file outside of any project: the folder that
// app/functions lies in.
func metaSource(file string) string {
	dir := filepath.Dir(file)
	for up := range ancestors(dir) {
		if filepath.Base(up) == "functions" && filepath.Base(filepath.Dir(up)) == "app" {
			return filepath.Dir(filepath.Dir(up))
		}
	}
	return dir
}

// mentionsFunction reports whether a file may declare a function, without
// parsing it.
func mentionsFunction(file string) bool {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > jsonpos.MaxSize {
		return false
	}
	data, err := os.ReadFile(file)
	return err == nil && bytes.Contains(data, []byte(`"`+functionType+`"`))
}

// isFunction reports whether the file's type is that of a function. In the
// folder of functions (home), anything else is a mistake.
func (m *manifest) isFunction(home bool) bool {
	root := m.doc.Root
	v := root.Get("type")
	if v.Is(jsonpos.String) && v.Text == functionType {
		return true
	}
	switch {
	case !home:
	case v == nil:
		m.fail(diag.MissingKey, m.doc.Opening(root), `add "type": "app-function"`, `%s has no "type"`, m.base())
	case !v.Is(jsonpos.String):
		m.wrongType(v, `"type"`, "a string")
	default:
		hint := `functions are of type "app-function"; other components have folders of their own`
		if suggest.Closest(v.Text, []string{functionType}) != "" {
			hint = didYouMean(functionType)
		}
		m.fail(diag.Misplaced, m.doc.Range(v), hint, "a component of type %q can't lie in app/functions", v.Text)
	}
	return false
}

// appFunction reads the function that the file declares.
func (m *manifest) appFunction(src string, c *config) {
	root := m.doc.Root
	m.duplicates(diag.Warning)
	m.unknownKeys(root, "", "uid", "type", "config", "dependencies", "permissions")
	fn := &Function{
		Generation: Platform, Private: true,
		Dir: filepath.Dir(m.file), Manifest: m.file,
		Range: m.doc.Whole(),
	}
	if c != nil {
		fn.Platform = c.version
		if c.profile != nil {
			fn.AccountID = c.profile.account
		}
	}
	goodUID := m.uid(fn)
	cfg := root.Get("config")
	if cfg == nil {
		m.fail(diag.MissingKey, m.doc.Opening(root), `add "config": {"entrypoint": "/app/functions/….js"}`, `%s has no "config"`, m.base())
		return
	}
	if _, ok := m.object(cfg, `"config"`); !ok {
		return
	}
	where := fmt.Sprintf("function %q: ", fn.Name)
	if secrets, ok := cfg.Member("secrets"); ok && cfg.Get("secretKeys") == nil {
		m.warn(diag.UnknownKey, m.doc.KeyRange(secrets), didYouMean("secretKeys"), "%sthe key \"secrets\" is not known", where).
			Fix = []diag.Edit{m.doc.Rename(secrets, "secretKeys")}
		m.unknownKeys(cfg, where, "entrypoint", "secretKeys", "endpoint", "secrets")
	} else {
		m.unknownKeys(cfg, where, "entrypoint", "secretKeys", "endpoint")
	}
	m.declare(fn, nil, m.secrets(cfg.Get("secretKeys"), where, "secretKeys", true))
	entry, goodEntry := m.entrypoint(cfg, where, src)
	fn.Entry, fn.EntryRange = entry, m.doc.Range(cfg.Get("entrypoint"))
	goodEndpoint := true
	if v := cfg.Get("endpoint"); v != nil {
		goodEndpoint = m.endpoint(fn, v, where, "methods", "method")
	}
	if goodUID && goodEntry && goodEndpoint {
		m.l.project.Functions = append(m.l.project.Functions, fn)
	}
}

// uid reads the function's name. One that HubSpot refuses still serves as a
// name; only an absent one does not.
func (m *manifest) uid(fn *Function) bool {
	v := m.doc.Root.Get("uid")
	if v == nil {
		fn.Name = strings.TrimSuffix(m.base(), metaSuffix)
		m.fail(diag.MissingKey, m.doc.Opening(m.doc.Root), fmt.Sprintf("add \"uid\": %q", fn.Name), `%s has no "uid"`, m.base())
		return false
	}
	uid, ok := m.text(v, `"uid"`)
	if !ok {
		return false
	}
	fn.Name, fn.Range = uid, m.doc.Range(v)
	// A ${VARIABLE} is filled in from a profile, so the uid can't be judged here.
	if !strings.Contains(uid, "${") && !ValidUID(uid) {
		m.fail(diag.InvalidUID, fn.Range, "use 1 to 64 letters, digits, _, - and .", "uid %q is not valid", uid)
	}
	return uid != ""
}

// entrypoint resolves config.entrypoint, which counts from src.
func (m *manifest) entrypoint(cfg *jsonpos.Value, where, src string) (string, bool) {
	v := cfg.Get("entrypoint")
	if v == nil {
		hint := `add "entrypoint": "/app/functions/….js"`
		if cfg.Get("file") != nil {
			hint = `an -hsmeta.json has "entrypoint" in place of "file"`
		}
		m.fail(diag.MissingEntry, m.doc.Opening(cfg), hint, "%sno \"entrypoint\"", where)
		return "", false
	}
	dir := filepath.Dir(m.file)
	if v.Is(jsonpos.String) && dir != src {
		// Written as if it counted from the file's own folder?
		beside := filepath.Join(dir, filepath.FromSlash(v.Text))
		if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() {
			if rel, err := filepath.Rel(src, beside); err == nil && !exists(filepath.Join(src, filepath.FromSlash(v.Text))) {
				m.fail(diag.EntryNotFound, m.doc.Range(v), didYouMean("/"+filepath.ToSlash(rel)), "%sentrypoint %s does not exist; it counts from %s", where, v.Text, m.l.rel(src))
				return "", false
			}
		}
	}
	return m.entry(v, where, "entrypoint", src, m.l.rel(src))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
