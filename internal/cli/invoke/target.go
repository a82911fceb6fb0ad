package invoke

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/suggest"
)

// target is the function that a run is for, and how it is called.
type target struct {
	fn      *project.Function
	private bool
	query   url.Values // of an endpoint given as a URL
}

// findTarget reads the argument: a function's name, an endpoint's path with or
// without /_hcms/api/ or /hs/serverless/, or a whole URL, with its query; where
// there is a file, the function that it belongs to. method, if there is one,
// tells endpoints apart that share a path.
func findTarget(arg, file, method string, private bool, functions []*project.Function) (target, error) {
	path, query, err := splitArgument(arg)
	if err != nil {
		return target{}, err
	}
	var found []*project.Function
	for _, match := range []func(*project.Function) bool{
		func(f *project.Function) bool { return file != "" && (same(f.Entry, file) || same(f.Manifest, file)) },
		func(f *project.Function) bool { return f.Name == arg || f.Name == path },
		func(f *project.Function) bool { return f.Endpoint != nil && f.URLPath() == "/"+path },
		func(f *project.Function) bool { return f.Endpoint != nil && f.Endpoint.Path == path },
	} {
		for _, f := range functions {
			if match(f) {
				found = append(found, f)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	if len(found) > 1 && method != "" {
		found = slices.DeleteFunc(found, func(f *project.Function) bool {
			return f.Endpoint == nil || !slices.Contains(f.Endpoint.Methods, method)
		})
	}
	switch len(found) {
	case 0:
		if file != "" {
			return target{}, noFunctionOf(arg, functions)
		}
		return target{}, notFound(arg, functions)
	case 1:
		return aim(found[0], private, query)
	default:
		names := make([]string, len(found))
		for i, f := range found {
			names[i] = f.Name
		}
		return target{}, cmdutil.Usagef("%q is more than one function, name one of: %s", arg, strings.Join(names, ", "))
	}
}

// aim decides how f is called. Without an endpoint only privately.
func aim(f *project.Function, private bool, query url.Values) (target, error) {
	if f.Endpoint == nil {
		private = true
	}
	if private && !f.Private {
		return target{}, cmdutil.Usagef("function %q is an endpoint of the design manager: UI extensions can't call it", f.Name)
	}
	return target{fn: f, private: private, query: query}, nil
}

// splitArgument gives the path without slashes at its ends, and the query.
func splitArgument(arg string) (path string, query url.Values, err error) {
	u, err := url.Parse(arg)
	if err != nil {
		return "", nil, cmdutil.Usagef("%q is neither the name of a function nor an endpoint", arg)
	}
	return strings.Trim(u.Path, "/"), u.Query(), nil
}

func notFound(arg string, functions []*project.Function) error {
	var names, shown []string
	for _, f := range functions {
		names = append(names, f.Name)
		if f.Endpoint != nil {
			names = append(names, f.Endpoint.Path, f.URLPath())
		}
		shown = append(shown, f.Name)
	}
	message := fmt.Sprintf("there is no function or endpoint %q", arg)
	if guess := suggest.Closest(arg, names); guess != "" {
		return cmdutil.Usagef("%s, did you mean %q?", message, guess)
	}
	if len(shown) == 0 {
		return cmdutil.Usagef("%s: no functions were found", message)
	}
	slices.Sort(shown)
	return cmdutil.Usagef("%s, there are: %s", message, strings.Join(shown, ", "))
}

// noFunctionOf says that a file is no function's.
func noFunctionOf(arg string, functions []*project.Function) error {
	var shown []string
	for _, f := range functions {
		shown = append(shown, f.Name)
	}
	slices.Sort(shown)
	if len(shown) == 0 {
		return cmdutil.Usagef("%s is the file of no function: no functions were found around it", arg)
	}
	return cmdutil.Usagef("%s is the file of no function; around it there are: %s", arg, strings.Join(shown, ", "))
}

// findFile takes the target as a file where it names one, counted from the folder
// of --dir or else from dir. Without --dir functions are then looked for around
// that file only: a tree of many projects has nothing to do with it.
func (o *Options) findFile(dir string) error {
	from := absolute(dir, o.Dir)
	for _, name := range []string{o.Target, strings.SplitN(o.Target, "?", 2)[0]} {
		file := absolute(from, filepath.FromSlash(name))
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() || !isSource(file) {
			continue
		}
		o.file = file
		if o.Dir == "" {
			if o.Dir = project.Home(filepath.Dir(file)); o.Dir == "" {
				return cmdutil.Usagef("%s is the file of no function: it lies neither in a developer project (hsproject.json) nor in a <name>.functions folder", o.Target)
			}
		}
		return nil
	}
	return nil
}

func absolute(dir, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

// isSource tells the files that functions are made of from endpoints that are
// called like a file.
func isSource(file string) bool {
	return slices.Contains([]string{".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".json"}, strings.ToLower(filepath.Ext(file)))
}

// same reports whether two paths lead to one file.
func same(a, b string) bool {
	if a == b {
		return true
	}
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// chooseMethod gives the method of a call: asked for on the command line, in the
// event, else what the endpoint takes, with a body rather one that has bodies.
func chooseMethod(flag string, e Event, f *project.Function) string {
	switch {
	case flag != "":
		return flag
	case e.Method != "":
		return e.Method
	case f.Endpoint == nil || len(f.Endpoint.Methods) == 0:
		return "GET"
	}
	if e.Body != nil {
		for _, m := range []string{"POST", "PUT", "PATCH"} {
			if slices.Contains(f.Endpoint.Methods, m) {
				return m
			}
		}
	}
	if slices.Contains(f.Endpoint.Methods, "GET") {
		return "GET"
	}
	return f.Endpoint.Methods[0]
}
