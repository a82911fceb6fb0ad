package secrets

import (
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/dotenv"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/suggest"
)

// undeclared gives the names in the functions' .env files that none of the
// functions beside them declares, sorted. Names that fns itself reads there, and
// those that the environment of a function has, are no secrets.
func undeclared(p *project.Project, resolved map[*project.Function]env.Resolved) []string {
	known := map[string][]string{} // declared names by file
	for _, fn := range p.Functions {
		file := resolved[fn].File
		if file == "" {
			continue
		}
		names := known[file]
		for _, s := range fn.Secrets {
			names = append(names, s.Name)
		}
		for name := range fn.Environment {
			names = append(names, name)
		}
		known[file] = names
	}
	var all []string
	for file, names := range known {
		content, _ := dotenv.Read(file) // env has read it, and said what is wrong with it
		for _, e := range content.Entries {
			own := strings.HasPrefix(e.Key, "HUBSPOT_") || e.Key == project.TokenVariable || project.ReservedVariable(e.Key)
			if !own && !slices.Contains(names, e.Key) && !slices.Contains(all, e.Key) {
				all = append(all, e.Key)
			}
		}
	}
	slices.Sort(all)
	return all
}

// addUndeclared notes the names that only .env files have: those that were most
// likely meant to be a declared one that its .env file lacks, and the rest as
// unused.
func addUndeclared(states map[string]*secretState, names []string) {
	for _, s := range states {
		if len(s.Functions) > 0 && s.Env != "all" {
			s.EnvGuess = suggest.Closest(s.Name, names)
		}
	}
	for _, name := range names {
		if s := state(states, name); len(s.Functions) == 0 {
			s.Env = "all"
		}
	}
}
