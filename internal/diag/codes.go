package diag

import (
	"slices"
	"strings"
)

// Rule is what fns knows about one code: the page that explains it.
type Rule struct {
	Code     string   `json:"code"`     // "FNS1003"; never given to another finding
	Slug     string   `json:"slug"`     // "invalid-json"
	Severity Severity `json:"severity"` // what a finding has unless it says otherwise
	Title    string   `json:"title"`    // one line without a full stop
	Why      string   `json:"why"`      // what happens on HubSpot, or locally, if nothing is done
	Fix      string   `json:"fix"`      // what to do, imperative
	Example  Example  `json:"example,omitzero"`
	Source   string   `json:"source,omitempty"` // the page that says so, "" where Why is from experience
}

// Example shows a rule at work, as lines of code without the final line break.
// It may be empty.
type Example struct {
	Bad  string `json:"bad,omitempty"`
	Good string `json:"good,omitempty"`
}

// Rules lists every code that fns can report, in the order of the codes. The
// families: 1xxx project and manifest files, 2xxx functions, endpoints, secrets
// and .env files, 3xxx code and bundling, 4xxx runs, 5xxx account and API, 6xxx
// limits.
func Rules() []Rule {
	return slices.SortedFunc(slices.Values(slices.Concat(projectRules(), manifestRules(), functionRules(), envRules(), bundleRules(), packRules(), codeRules(), lifecycleRules(), runRules(), remoteRules(), accountRules())), byCode)
}

func byCode(a, b Rule) int { return strings.Compare(a.Code, b.Code) }

// RuleFor gives the Rule of a code or slug, and whether there is one.
func RuleFor(name string) (Rule, bool) {
	for _, r := range Rules() {
		if strings.EqualFold(r.Code, name) || r.Slug == name {
			return r, true
		}
	}
	return Rule{}, false
}
