// Package env says what a function's process.env is: Lambda's own variables, the
// function's environment, its declared secrets and, for the functions of an app,
// the access token. Nothing of the host's environment gets in.
//
// Secrets come from one .env file in the folder of the function's manifest, the
// first that exists of
//
//	.env.{mode}.local  .env.local  .env.{mode}  .env
//
// where the names with a mode count only if one is set. This is the list of
// HubSpot's local server for projects; its server for the design manager reads
// .env alone, which the list contains. Files are not merged, and only declared
// names are taken from them: on HubSpot nothing else would arrive.
//
// Precedence, highest first: environment (the endpoint's over the file's, as
// package project has merged them), secrets from the .env file, secrets from
// Options.Extra, Lambda's variables. HubSpot's documentation calls a name in both
// environment and secrets a conflict; its local server lets environment win.
// Names reserved by Lambda keep Lambda's value.
package env

import (
	"maps"
	"os"
	"path/filepath"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/dotenv"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/project"
)

// Options are what does not follow from the function itself.
type Options struct {
	// Mode chooses .env.{mode}.local and .env.{mode}; "" leaves them out.
	Mode string
	// Extra are secrets from elsewhere by name; the .env file goes before them.
	Extra map[string]string
	// Anonymous leaves the visitor's contact out of the context.
	Anonymous bool
}

// Resolved is the environment of one function.
type Resolved struct {
	Vars map[string]string // the whole of process.env
	// File is the .env file that was read, absolute; "" where there is none.
	File string
	// Wanted is the file to put a missing secret in, absolute.
	Wanted string
	// Watch are all files that would be read if they existed, absolute: one of
	// them coming or going changes the environment.
	Watch []string
	// Secrets are the declared names in order. One with an empty value counts as
	// not present: HubSpot stores no empty secrets.
	Secrets []event.Secret
	// Values are the secrets with a value, declared ones and the app's token: for
	// context.secrets, and for whoever hides them from logs.
	Values map[string]string
	Mock   Mock
}

// Resolve gives the environment of one function.
func Resolve(fn *project.Function, opts Options) (Resolved, diag.List) {
	return newReader(opts).resolve(fn)
}

// All gives the environment of every function of a project, by function. Each
// .env file is read once, and its diagnostics are listed once.
func All(p *project.Project, opts Options) (map[*project.Function]Resolved, diag.List) {
	r := newReader(opts)
	all := make(map[*project.Function]Resolved, len(p.Functions))
	var list diag.List
	for _, fn := range p.Functions {
		resolved, found := r.resolve(fn)
		all[fn] = resolved
		list = append(list, found...)
	}
	list.Sort()
	return all, list
}

// reader reads each folder's .env file at most once.
type reader struct {
	opts    Options
	folders map[string]*folder
}

// folder is the .env file of one folder and what it says for all functions.
type folder struct {
	watch  []string
	path   string // "" where there is none
	values map[string]string
	mock   Mock
	list   diag.List // not handed out yet
}

func newReader(opts Options) *reader {
	return &reader{opts: opts, folders: map[string]*folder{}}
}

func (r *reader) folder(dir string) *folder {
	if f := r.folders[dir]; f != nil {
		return f
	}
	f := &folder{watch: Files(dir, r.opts.Mode)}
	r.folders[dir] = f
	file := &dotenv.File{}
	for _, path := range f.watch {
		// A folder of that name is somebody's Python, not a file of secrets.
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			f.path = path
			file, f.list = dotenv.Read(path)
			break
		}
	}
	f.values = file.Map()
	var list diag.List
	f.mock, list = mock(file, r.opts.Anonymous)
	f.list = append(f.list, list...)
	return f
}

// Files gives the absolute .env files that count in a folder, the first existing
// one being read.
func Files(dir, mode string) []string {
	names := []string{".env.local", ".env"}
	if mode != "" {
		names = []string{".env." + mode + ".local", ".env.local", ".env." + mode, ".env"}
	}
	for i, name := range names {
		names[i] = filepath.Join(dir, name)
	}
	return names
}

func (r *reader) resolve(fn *project.Function) (Resolved, diag.List) {
	f := r.folder(fn.Dir)
	list := f.list
	f.list = nil
	res := Resolved{
		Vars:   lambda(fn),
		File:   f.path,
		Wanted: f.path,
		Watch:  f.watch,
		Values: map[string]string{},
		Mock:   f.mock.clone(),
	}
	if res.Wanted == "" {
		res.Wanted = filepath.Join(fn.Dir, ".env")
	}
	stored := maps.Clone(r.opts.Extra)
	if stored == nil {
		stored = map[string]string{}
	}
	maps.Copy(stored, f.values)
	for _, s := range fn.Secrets {
		value, ok := stored[s.Name]
		res.Secrets = append(res.Secrets, event.Secret{Name: s.Name, Present: value != ""})
		if ok {
			res.secret(s.Name, value)
		}
	}
	if token, ok := stored[project.TokenVariable]; ok && fn.Generation != project.DesignManager {
		res.secret(project.TokenVariable, token)
	}
	for name, value := range fn.Environment {
		if !project.ReservedVariable(name) {
			res.Vars[name] = value
		}
	}
	return res, list
}

// secret puts a secret into process.env, unless Lambda would not allow it.
func (res *Resolved) secret(name, value string) {
	if value != "" {
		res.Values[name] = value
	}
	if !project.ReservedVariable(name) {
		res.Vars[name] = value
	}
}
