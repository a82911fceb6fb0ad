package project

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

// manifest is one JSON file being read, with what all generations have in
// common: typed values, with a diagnostic where the type is wrong.
type manifest struct {
	l    *loader
	file string
	doc  *jsonpos.Document
	// filled are the strings that a profile's values were put into: what they
	// say is not what the file says.
	filled map[*jsonpos.Value]bool
}

// rewrite is the fix that writes text, which is JSON, in place of a value.
func (m *manifest) rewrite(v *jsonpos.Value, text string) []diag.Edit {
	if m.filled[v] {
		return nil
	}
	return []diag.Edit{m.doc.Replace(v, text)}
}

// open reads and parses a file, and notes that it was read.
func (l *loader) open(file string) *manifest {
	l.read(file)
	doc, list := jsonpos.Read(file)
	l.addAll(list)
	return &manifest{l: l, file: file, doc: doc, filled: map[*jsonpos.Value]bool{}}
}

func (m *manifest) report(severity diag.Severity, code string, at diag.Range, hint, format string, args ...any) *diag.Diagnostic {
	return m.l.add(diag.Diagnostic{Code: code, Severity: severity, Summary: fmt.Sprintf(format, args...), Range: at, Hint: hint})
}

func (m *manifest) fail(code string, at diag.Range, hint, format string, args ...any) *diag.Diagnostic {
	return m.report(diag.Error, code, at, hint, format, args...)
}

func (m *manifest) warn(code string, at diag.Range, hint, format string, args ...any) *diag.Diagnostic {
	return m.report(diag.Warning, code, at, hint, format, args...)
}

// root reports whether the file holds an object; it stays silent where the
// parser has said already what is wrong.
func (m *manifest) root(what string) bool {
	if m.doc.Root == nil {
		return false
	}
	_, ok := m.object(m.doc.Root, what)
	return ok
}

// duplicates reports keys that stand twice in an object. In the objects of
// fatal, whose keys are endpoints or functions, that is an error.
func (m *manifest) duplicates(otherwise diag.Severity, fatal ...*jsonpos.Value) {
	for _, d := range m.doc.Duplicates {
		severity := otherwise
		if slices.Contains(fatal, d.Object) {
			severity = diag.Error
		}
		m.l.add(diag.Diagnostic{
			Code: diag.DuplicateKey, Severity: severity,
			Summary: fmt.Sprintf("the key %q stands twice in the same object; the last one counts", d.Second.Key),
			Range:   m.doc.KeyRange(d.Second),
			Related: []diag.Related{{Message: "the first is here", Range: m.doc.KeyRange(d.First)}},
			Hint:    "remove or rename one of them",
		})
	}
}

// wrongType reports a value of the wrong type.
func (m *manifest) wrongType(v *jsonpos.Value, what, want string) {
	m.fail(diag.WrongType, m.doc.Range(v), "", "%s must be %s, not %s", what, want, v.Kind)
}

func (m *manifest) object(v *jsonpos.Value, what string) (*jsonpos.Value, bool) {
	if !v.Is(jsonpos.Object) {
		m.wrongType(v, what, "an object")
		return nil, false
	}
	return v, true
}

func (m *manifest) text(v *jsonpos.Value, what string) (string, bool) {
	if !v.Is(jsonpos.String) {
		m.wrongType(v, what, "a string")
		return "", false
	}
	return v.Text, true
}

// optionalText gives the string of a key that may be missing.
func (m *manifest) optionalText(v *jsonpos.Value, what string) string {
	if v == nil {
		return ""
	}
	s, _ := m.text(v, what)
	return s
}

// unknownKeys warns of keys that are none of known. where says whose keys they
// are, for instance `endpoint "events": `.
func (m *manifest) unknownKeys(v *jsonpos.Value, where string, known ...string) {
	for _, member := range v.Members {
		if slices.Contains(known, member.Key) {
			continue
		}
		hint := "remove it; known are " + strings.Join(known, ", ")
		near := suggest.Closest(member.Key, known)
		if near != "" {
			hint = didYouMean(near)
		}
		d := m.warn(diag.UnknownKey, m.doc.KeyRange(member), hint, "%sthe key %q is not known", where, member.Key)
		if near != "" && v.Get(near) == nil {
			d.Fix = []diag.Edit{m.doc.Rename(member, near)}
		}
	}
}

// variable is a name in an environment object.
type variable struct {
	name, value string
	at          diag.Range
}

// environment reads an object of strings. Numbers and booleans are taken as
// they are written, with a warning.
func (m *manifest) environment(v *jsonpos.Value, where string) []variable {
	if v == nil {
		return nil
	}
	object, ok := m.object(v, where+`"environment"`)
	if !ok {
		return nil
	}
	var vars []variable
	for _, member := range object.Members {
		at := m.doc.KeyRange(member)
		switch member.Value.Kind {
		case jsonpos.String:
		case jsonpos.Number, jsonpos.Bool:
			m.warn(diag.WrongType, m.doc.Range(member.Value), fmt.Sprintf("write %q", member.Value.Text), "%senvironment variable %q must be a string", where, member.Key).
				Fix = m.rewrite(member.Value, jsonpos.Quote(member.Value.Text))
		default:
			m.wrongType(member.Value, fmt.Sprintf("%senvironment variable %q", where, member.Key), "a string")
			continue
		}
		if ReservedVariable(member.Key) {
			m.warn(diag.ReservedEnv, at, "choose another name", "%senvironment variable %q is reserved by AWS Lambda and never set from here", where, member.Key)
		}
		vars = append(vars, variable{name: member.Key, value: member.Value.Text, at: at})
	}
	return vars
}

// secrets reads a list of names. project says that the functions are an app's,
// which get their token without declaring it.
func (m *manifest) secrets(v *jsonpos.Value, where, key string, project bool) []Secret {
	if v == nil {
		return nil
	}
	if v.Kind != jsonpos.List {
		m.wrongType(v, fmt.Sprintf("%s%q", where, key), "a list of names")
		return nil
	}
	var secrets []Secret
	for _, item := range v.Items {
		name, ok := m.text(item, fmt.Sprintf("%seach name in %q", where, key))
		if !ok {
			continue
		}
		at := m.doc.Range(item)
		switch {
		case name == TokenVariable && project:
			m.warn(diag.ReservedSecret, at, "remove it; for local runs put it into the .env file", "%s%s is set by HubSpot and must not be declared as a secret", where, TokenVariable).
				Fix = []diag.Edit{m.doc.Remove(v, item)}
		case ReservedVariable(name):
			m.warn(diag.ReservedEnv, at, "rename the secret", "%ssecret %q has a name reserved by AWS Lambda", where, name)
		case !ValidSecretName(name):
			m.warn(diag.SecretName, at, SecretNameRule, "%sHubSpot can't store a secret named %q", where, name)
		}
		secrets = append(secrets, Secret{Name: name, Range: at})
	}
	return secrets
}

// declare puts variables and secrets into fn, later ones over earlier ones.
func (m *manifest) declare(fn *Function, vars []variable, secrets []Secret) {
	if fn.Environment == nil {
		fn.Environment = map[string]string{}
	}
	for _, s := range secrets {
		if !slices.ContainsFunc(fn.Secrets, func(have Secret) bool { return have.Name == s.Name }) {
			fn.Secrets = append(fn.Secrets, s)
		}
	}
	for _, v := range vars {
		fn.Environment[v.name] = v.value
		if i := slices.IndexFunc(fn.Secrets, func(s Secret) bool { return s.Name == v.name }); i >= 0 {
			m.l.add(diag.Diagnostic{
				Code: diag.EnvAndSecret, Severity: diag.Warning,
				Summary: fmt.Sprintf("%q is both an environment variable and a secret; the environment variable is used", v.name),
				Range:   v.at,
				Related: []diag.Related{{Message: "the secret is declared here", Range: fn.Secrets[i].Range}},
				Hint:    "use the name for one of them",
			})
		}
	}
}

// clone gives each function a map of its own.
func (fn *Function) clone() *Function {
	c := *fn
	c.Environment = maps.Clone(fn.Environment)
	c.Secrets = slices.Clone(fn.Secrets)
	return &c
}

// base is the file's name, for messages.
func (m *manifest) base() string { return filepath.Base(m.file) }
