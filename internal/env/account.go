package env

import (
	"fmt"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// CheckAccount warns of a project with more endpoints or secrets than one account
// can hold. An endpoint with several methods counts once.
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
	var endpoints, secrets []diag.Range
	seen := map[string]bool{}
	for _, fn := range p.Functions {
		if fn.Endpoint != nil {
			endpoints = append(endpoints, fn.Endpoint.Range)
		}
		for _, s := range fn.Secrets {
			if !seen[s.Name] {
				seen[s.Name] = true
				secrets = append(secrets, s.Range)
			}
		}
	}
	check(limits.Endpoints, diag.TooManyEndpoints, "endpoints", endpoints)
	check(limits.Secrets, diag.TooManySecrets, "secrets", secrets)
	return list
}
