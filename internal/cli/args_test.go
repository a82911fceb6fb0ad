package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSwitchesMayBeSpelledAsInHs(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"functions server my --contact false --watch true x": "functions server my --contact=false --watch=true x",
		"dev --no-contact --no-watch":                        "dev --contact=false --watch=false",
		"dev --contact folder":                               "dev --contact folder",
		"account auth --useDefaultName --default false":      "account auth --use-default-name --default=false",
		"secrets list --apiOrigin=http://X":                  "secrets list --api-origin=http://X",
		"dev --watch":                                        "dev --watch",
		"dev -- --contact false":                             "dev -- --contact false",
		"dev --port 1 --no-time-limit":                       "dev --port 1 --no-time-limit",
	} {
		if diff := cmp.Diff(strings.Fields(want), hsArgs(strings.Fields(in))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", in, diff)
		}
	}
}
