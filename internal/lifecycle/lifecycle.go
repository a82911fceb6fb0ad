// Package lifecycle is the one table of what HubSpot ends, and when. A row says
// from which day something no longer works; several rows about one thing are the
// steps of its end.
package lifecycle

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Step is one row: from Date on, Effect holds.
type Step struct {
	Date   string // YYYY-MM-DD, "" where HubSpot has named none
	Effect string // what no longer works, as the end of "since 2026-11-03 …"
	Source string // the page that says so
}

const (
	sunset    = "https://developers.hubspot.com/changelog/sunsetting-design-manager-serverless-functions-and-older-node.js-runtimes-for-custom-code-actions"
	versions  = "https://developers.hubspot.com/docs/developer-tooling/platform/versioning"
	sunset251 = "https://developers.hubspot.com/changelog/upcoming-deprecation-hubspot-projects-v2025-1-aug-1-2026"
	node18    = "https://developers.hubspot.com/changelog/deprecation-of-node-v18-in-all-serverless-functions-and-cli"
	node12    = "https://developers.hubspot.com/changelog/deprecation-of-node-v12-in-all-serverless-functions"
	reference = "https://developers.hubspot.com/docs/cms/reference/serverless-functions/serverless-functions"
)

// DesignManager gives the steps in which functions of the design manager end.
func DesignManager() []Step {
	return []Step{
		{Date: "2026-11-03", Effect: "no new functions can be uploaded", Source: sunset},
		{Date: "2026-11-17", Effect: "functions can't be changed, and packages can't be deployed", Source: sunset},
		{Date: "2027-02-01", Effect: "functions no longer run: calls of /_hcms/api/ fail", Source: sunset},
	}
}

// DesignManagerEnds is when endpoints of the design manager stop answering.
func DesignManagerEnds() time.Time {
	steps := DesignManager()
	return day(steps[len(steps)-1].Date)
}

// Current is the platform version that HubSpot gives new projects, and the one to
// move to (npm @hubspot/project-parsing-lib 0.23.0, read 2026-11-23).
const Current = "2026.03"

// Platforms are the platform versions that HubSpot has named, the oldest first
// (same source; 2023.1 from its changelog).
func Platforms() []string {
	return []string{
		"2023.1", "2023.2", "2025.1", "2025.2",
		"2026.03-beta", "2026.03", "2026.09-beta", "2026.09", "2027.03-beta", "2027.03", "unstable",
	}
}

// Before reports whether a platform version is older than another one. What is
// not in Platforms counts as newer than all of them, as for HubSpot's CLI.
func Before(version, than string) bool {
	all := Platforms()
	i, j := slices.Index(all, version), slices.Index(all, than)
	return i >= 0 && (j < 0 || i < j)
}

// Platform gives the steps in which a platform version ends; none for a current
// or an unknown one.
func Platform(version string) []Step {
	switch version {
	case "2023.1":
		return []Step{{Date: "2024-03-31", Effect: "projects of platform version 2023.1 can't be built or deployed", Source: versions}}
	case "2023.2":
		return []Step{{Date: "2025-09-30", Effect: "platform version 2023.2 is not supported", Source: versions}}
	case "2025.1":
		return []Step{{Date: "2026-08-01", Effect: "projects of platform version 2025.1 can't be built or deployed", Source: sunset251}}
	}
	return nil
}

// WithoutFunctions reports whether a platform version is one that runs none,
// whatever it is uploaded with
// (https://developers.hubspot.com/docs/developer-tooling/platform/versioning).
func WithoutFunctions(version string) bool { return version == "2025.2" }

// Runtimes are the values of "runtime" that HubSpot has known, the newest first.
func Runtimes() []string {
	return []string{"nodejs20.x", "nodejs18.x", "nodejs16.x", "nodejs14.x", "nodejs12.x", "nodejs10.x"}
}

// CurrentRuntime is the one that can be deployed.
const CurrentRuntime = "nodejs20.x"

// Runtime gives the steps in which a value of "runtime" ended; none for the
// current and for unknown ones.
func Runtime(name string) []Step {
	const gone = "functions with this runtime can't be uploaded"
	switch name {
	case "nodejs18.x":
		return []Step{{Date: "2025-10-01", Effect: gone, Source: node18}}
	case "nodejs16.x":
		return []Step{{Date: "2024-07-12", Effect: gone, Source: reference}}
	case "nodejs12.x":
		return []Step{{Date: "2023-03-24", Effect: gone, Source: node12}}
	case "nodejs14.x", "nodejs10.x":
		return []Step{{Effect: gone, Source: reference}}
	}
	return nil
}

// In gives the steps in force at a time, and those to come.
func In(steps []Step, now time.Time) (past, future []Step) {
	for _, s := range steps {
		if s.Date != "" && day(s.Date).After(now) {
			future = append(future, s)
		} else {
			past = append(past, s)
		}
	}
	return past, future
}

// Sentence tells steps in words: "since 2026-11-03 …; from 2027-02-01 on …".
func Sentence(steps []Step, now time.Time) string {
	var parts []string
	for _, s := range steps {
		past, _ := In([]Step{s}, now)
		switch {
		case s.Date == "":
			parts = append(parts, s.Effect)
		case len(past) > 0:
			parts = append(parts, fmt.Sprintf("since %s %s", s.Date, s.Effect))
		default:
			parts = append(parts, fmt.Sprintf("from %s on %s", s.Date, s.Effect))
		}
	}
	return strings.Join(parts, "; ")
}

// KnownRuntime reports whether HubSpot has ever known a value of "runtime".
func KnownRuntime(name string) bool { return slices.Contains(Runtimes(), name) }

// day is the beginning of a day of the table, in UTC. HubSpot names no hour.
func day(date string) time.Time {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic("lifecycle: the table holds " + date) // a test reads every row
	}
	return t
}
