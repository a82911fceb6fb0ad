package env

import (
	"fmt"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// CheckAccount reports a project with more endpoints or secrets than one account
// can hold, and functions whose environment is too large. An endpoint with several
// methods counts once.
func CheckAccount(p *project.Project, set limits.Set) diag.List {
	var list diag.List
	check := func(id limits.ID, code, what string, places []diag.Range) {
		most := int(set.Max(id, nil, false))
		if most == 0 || len(places) <= most {
			return
		}
		rule, _ := diag.RuleFor(code)
		list = append(list, diag.Diagnostic{
			Code: code, Severity: rule.Severity,
			Summary: fmt.Sprintf("%d %s; an account can have %d", len(places), what, most),
			Range:   places[most],
			Hint:    rule.Fix,
		})
	}
	check(limits.Endpoints, diag.TooManyEndpoints, "endpoints", endpoints(p))
	check(limits.Secrets, diag.TooManySecrets, "secrets", secrets(p))
	for _, fn := range p.Functions {
		size, most := environment(fn), set.Max(limits.Environment, fn, false)
		if most == 0 || size <= most {
			continue
		}
		rule, _ := diag.RuleFor(diag.EnvironmentSize)
		list = append(list, diag.Diagnostic{
			Code: diag.EnvironmentSize, Severity: rule.Severity,
			Summary: fmt.Sprintf("function %q has an environment of %d bytes; %d are possible", fn.Name, size, most),
			Range:   fn.Range,
			Hint:    rule.Fix,
		})
	}
	return list
}

// Usage counts what p uses of the limits that its files tell about; of the
// environment it is the largest of any function, in bytes.
func Usage(p *project.Project) map[limits.ID]int64 {
	used := map[limits.ID]int64{
		limits.Endpoints:   int64(len(endpoints(p))),
		limits.Secrets:     int64(len(secrets(p))),
		limits.Environment: 0,
	}
	for _, fn := range p.Functions {
		used[limits.Environment] = max(used[limits.Environment], environment(fn))
	}
	return used
}

func endpoints(p *project.Project) []diag.Range {
	var places []diag.Range
	for _, fn := range p.Functions {
		if fn.Endpoint != nil {
			places = append(places, fn.Endpoint.Range)
		}
	}
	return places
}

// secrets gives where each name is declared first.
func secrets(p *project.Project) []diag.Range {
	var places []diag.Range
	seen := map[string]bool{}
	for _, fn := range p.Functions {
		for _, s := range fn.Secrets {
			if !seen[s.Name] {
				seen[s.Name] = true
				places = append(places, s.Range)
			}
		}
	}
	return places
}

// environment counts names and values, as Lambda does. The values of secrets are
// only known to HubSpot.
func environment(fn *project.Function) int64 {
	size := 0
	for name, value := range fn.Environment {
		size += len(name) + len(value)
	}
	for _, s := range fn.Secrets {
		size += len(s.Name)
	}
	return int64(size)
}
