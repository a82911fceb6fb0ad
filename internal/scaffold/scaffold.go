// Package scaffold makes new developer projects, components of them, and functions
// of the design manager, from templates of its own. It plans first and then writes:
// what exists is never overwritten, and where a write fails, what was written before
// is taken back.
package scaffold

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/suggest"
	"github.com/fns-dev/fns/internal/sysx"
)

//go:embed templates
var templates embed.FS

// Plan is what is to be written.
type Plan struct {
	Root  string // absolute folder
	files map[string]*file
}

// file is one file of a Plan.
type file struct {
	data    []byte
	changed bool // it exists, and has other content now
}

// Files are the files that will be new, from Root on, with slashes, sorted.
func (p *Plan) Files() []string { return p.list(false) }

// Changed are the files that exist and get an entry more, as Files.
func (p *Plan) Changed() []string { return p.list(true) }

func (p *Plan) list(changed bool) []string {
	names := []string{}
	for name, f := range p.files {
		if f.changed == changed {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// ExistsError is that files would have to be overwritten.
type ExistsError struct {
	Root  string
	Files []string // from Root on
}

// Error names the files.
func (e *ExistsError) Error() string {
	names := e.Files
	more := ""
	if len(names) > 3 {
		names, more = names[:3], fmt.Sprintf(" and %d more", len(e.Files)-3)
	}
	verb := "exists"
	if len(e.Files) > 1 {
		verb = "exist"
	}
	return fmt.Sprintf("nothing was written, because in %s %s%s %s already: choose another name or folder", e.Root, strings.Join(names, ", "), more, verb)
}

// Write writes the plan. The error is an ExistsError where files are in the way.
func (p *Plan) Write() error {
	var taken []string
	for _, name := range p.Files() {
		if _, err := os.Lstat(p.path(name)); err == nil {
			taken = append(taken, name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if len(taken) > 0 {
		return &ExistsError{Root: p.Root, Files: taken}
	}
	var written []string
	undo := func(err error) error {
		for _, name := range written {
			err = errors.Join(err, os.Remove(name))
		}
		return err
	}
	for _, name := range p.Files() {
		to := p.path(name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return undo(err)
		}
		if err := sysx.WriteNewFile(to, p.files[name].data, 0o644); err != nil {
			return undo(err)
		}
		written = append(written, to)
	}
	for _, name := range p.Changed() {
		if err := sysx.ReplaceFile(p.path(name), p.files[name].data, 0o644); err != nil {
			return undo(err)
		}
	}
	return nil
}

func (p *Plan) path(name string) string { return filepath.Join(p.Root, filepath.FromSlash(name)) }

// add plans a file from a template.
func (p *Plan) add(name, from string, data any) error {
	text, err := render(from, data)
	if err != nil {
		return err
	}
	if p.files[name] != nil {
		return &ExistsError{Root: p.Root, Files: []string{name}}
	}
	p.files[name] = &file{data: text}
	return nil
}

// insert adds a member to an object of a JSON file that is planned or exists.
func (p *Plan) insert(name, object, key string, value any) error {
	f := p.files[name]
	if f == nil {
		data, err := os.ReadFile(p.path(name))
		if err != nil {
			return err
		}
		f = &file{data: data, changed: true}
	}
	doc, list := jsonpos.Parse(p.path(name), f.data)
	if err := list.Err(); err != nil {
		return err
	}
	in := doc.Root.Get(object)
	var edit diag.Edit
	text, err := indented(value)
	if err != nil {
		return err
	}
	switch {
	case in == nil && doc.Root.Is(jsonpos.Object):
		edit = doc.Insert(doc.Root, object, "{\n  "+jsonpos.Quote(key)+": "+strings.ReplaceAll(text, "\n", "\n  ")+"\n}")
	case !in.Is(jsonpos.Object):
		return fmt.Errorf("%s: %q is no object, so nothing can be added to it", p.path(name), object)
	case in.Get(key) != nil:
		return fmt.Errorf("%s has %s %q already: choose another one", p.path(name), strings.TrimSuffix(object, "s"), key)
	default:
		edit = doc.Insert(in, key, text)
	}
	p.files[name] = &file{data: slices.Concat(f.data[:edit.Start], []byte(edit.Text), f.data[edit.End:]), changed: f.changed}
	return nil
}

func indented(value any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(value)
	return strings.TrimSpace(b.String()), err
}

func render(name string, data any) ([]byte, error) {
	text, err := templates.ReadFile(path.Join("templates", name))
	if err != nil {
		return nil, err
	}
	t, err := template.New(name).Funcs(template.FuncMap{
		"json": jsonpos.Quote,
		"js":   func(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'" },
	}).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.Bytes(), err
}

// CheckName says why something can't have that name, which becomes that of a folder
// or file. what it is stands in the error.
func CheckName(what, name string) error {
	reason := ""
	switch {
	case strings.TrimSpace(name) == "":
		reason = "is blank"
	case strings.TrimSpace(name) != name:
		reason = "starts or ends with a space"
	case strings.HasPrefix(name, "."):
		reason = "starts with a dot, and would be hidden"
	case strings.ContainsAny(name, `/\*?"<>|$`+"`"):
		reason = "has a character that names of files can't have"
	case len(name) > 100:
		reason = "is longer than 100 characters"
	case UID(name) == "":
		reason = "has neither letters a to z nor digits"
	default:
		var bad *archive.NameError
		if errors.As(archive.Check(name), &bad) {
			reason = bad.Reason
		}
	}
	if reason == "" {
		return nil
	}
	return fmt.Errorf("the name %q of the %s %s", name, what, reason)
}

// UID makes an identifier of a name: "My shop" becomes "my-shop".
func UID(name string) string {
	if project.ValidUID(name) {
		return name
	}
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_', r == '.':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	uid := strings.Trim(b.String(), "-.")
	return strings.Trim(uid[:min(len(uid), 64)], "-.")
}

// OneOf checks a value against the ones there are, and guesses what was meant.
func OneOf(what, value string, all []string) error {
	if slices.Contains(all, value) {
		return nil
	}
	if guess := suggest.Closest(value, all); guess != "" {
		return fmt.Errorf("%s %q is not known, did you mean %q?", what, value, guess)
	}
	return fmt.Errorf("%s %q is not known, there are: %s", what, value, strings.Join(all, ", "))
}

// findUp looks for a file in dir and the folders around it, whatever the case of
// its name.
func findUp(dir, name string) (string, bool) {
	for {
		entries, _ := os.ReadDir(dir) // one that does not exist yet has none
		for _, e := range entries {
			if strings.EqualFold(e.Name(), name) && !e.IsDir() {
				return filepath.Join(dir, e.Name()), true
			}
		}
		if filepath.Dir(dir) == dir {
			return "", false
		}
		dir = filepath.Dir(dir)
	}
}
