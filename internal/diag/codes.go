package diag

import "slices"

// Rule is what fns knows about one code: the page that explains it.
type Rule struct {
	Code     string   // "FNS1003"; never given to another finding
	Slug     string   // "invalid-json"
	Severity Severity // what a finding has unless it says otherwise
	Title    string   // one line without a full stop
	Why      string   // what happens on HubSpot, or locally, if nothing is done
	Fix      string   // what to do, imperative
}

// Rules lists every code that fns can report, in the order of the codes. The
// families: 1xxx project and manifest files, 2xxx functions, endpoints, secrets
// and .env files, 3xxx code and bundling, 4xxx runs, 5xxx account and API, 6xxx
// limits.
func Rules() []Rule {
	return slices.Concat(projectRules(), functionRules(), envRules(), bundleRules(), accountRules())
}

// RuleFor gives the Rule of a code, and whether there is one.
func RuleFor(code string) (Rule, bool) {
	for _, r := range Rules() {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{}, false
}
