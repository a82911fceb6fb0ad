// Package limits is the one table of HubSpot's limits. No other package may
// hold one of these numbers.
package limits

import (
	"strconv"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/project"
)

// ID names a limit, in flags (--limit-off time) and messages.
type ID string

// The limits.
const (
	Time        ID = "time"         // of one invocation
	Memory      ID = "memory"       // of one instance
	Request     ID = "request"      // body of a request
	Response    ID = "response"     // answer of a function
	ContentType ID = "content-type" // of a request with a body
	Log         ID = "log"          // of one invocation, design manager only
	Budget      ID = "budget"       // execution time of the account per minute
	Endpoints   ID = "endpoints"    // per account
	Secrets     ID = "secrets"      // per account
	Environment ID = "environment"  // of one function
)

// Unit is what a limit's Max counts.
type Unit string

// The units.
const (
	Milliseconds Unit = "ms"
	Bytes        Unit = "bytes"
	Count        Unit = "count"
	MIME         Unit = "mime" // Text holds the only value allowed
)

// Limit is one row of the table.
type Limit struct {
	ID   ID
	Max  int64
	Text string // for MIME
	Unit Unit
	// Scope is who shares it: "invocation", "instance", "account".
	Scope string
	// Applies says in words which functions it holds for.
	Applies string
	Source  string // the page that says so
	Checked string // when it was last read, YYYY-MM-DD
}

// String gives the limit in words: "10 s", "128 MB", "600 s a minute".
func (l Limit) String() string {
	switch l.Unit {
	case Milliseconds:
		text := strconv.FormatInt(l.Max/1000, 10) + " s"
		if l.ID == Budget {
			text += " a minute"
		}
		return text
	case Bytes:
		if l.Max >= 1<<20 {
			return strconv.FormatInt(l.Max>>20, 10) + " MB"
		}
		return strconv.FormatInt(l.Max>>10, 10) + " KB"
	case MIME:
		return l.Text
	default:
		return strconv.FormatInt(l.Max, 10)
	}
}

const (
	overview = "https://developers.hubspot.com/docs/cms/start-building/features/serverless-functions/overview"
	inApps   = "https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/build-with-projects/serverless-functions"
	lambda   = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
	checked  = "2026-11-23"
)

// Table lists every limit, in the order fns shows them.
func Table() []Limit {
	return []Limit{
		{ID: Time, Max: 10_000, Unit: Milliseconds, Scope: "invocation", Applies: "endpoints", Source: overview, Checked: checked},
		{ID: Time, Max: 15_000, Unit: Milliseconds, Scope: "invocation", Applies: "private app functions", Source: inApps, Checked: checked},
		{ID: Memory, Max: 128 << 20, Unit: Bytes, Scope: "instance", Applies: "all", Source: overview, Checked: checked},
		{ID: Request, Max: 6 << 20, Unit: Bytes, Scope: "invocation", Applies: "all", Source: overview, Checked: checked},
		{ID: Response, Max: 6<<20 + 100, Unit: Bytes, Scope: "invocation", Applies: "all", Source: lambda, Checked: checked},
		{ID: ContentType, Text: "application/json", Unit: MIME, Scope: "invocation", Applies: "requests with a body", Source: overview, Checked: checked},
		{ID: Log, Max: 4 << 10, Unit: Bytes, Scope: "invocation", Applies: "design manager", Source: overview, Checked: checked},
		{ID: Budget, Max: 600_000, Unit: Milliseconds, Scope: "account", Applies: "all, in any minute", Source: overview, Checked: checked},
		{ID: Endpoints, Max: 100, Unit: Count, Scope: "account", Applies: "all", Source: overview, Checked: checked},
		{ID: Secrets, Max: 50, Unit: Count, Scope: "account", Applies: "all", Source: overview, Checked: checked},
		{ID: Environment, Max: 4 << 10, Unit: Bytes, Scope: "function", Applies: "all, names and values together", Source: lambda, Checked: checked},
	}
}

// BudgetWindow is the time that the Budget limit is counted over.
const BudgetWindow = time.Minute

// InitTime is how long a module may take to load before Lambda gives up
// (docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html: the
// init phase is limited to 10 seconds).
const InitTime = 10 * time.Second

// Set is the limits in force in one run of fns: the table less what the user
// switched off.
type Set struct{ off map[ID]bool }

// All is every limit of the table.
func All() Set { return Set{} }

// Without gives the set less the named limits.
func (s Set) Without(ids ...ID) Set {
	off := make(map[ID]bool, len(s.off)+len(ids))
	for id := range s.off {
		off[id] = true
	}
	for _, id := range ids {
		off[id] = true
	}
	return Set{off: off}
}

// On reports whether the limit is in force.
func (s Set) On(id ID) bool { return !s.off[id] }

// Max gives the limit's number for fn, 0 where it is off or does not apply.
// private says that a UI extension calls fn by name.
func (s Set) Max(id ID, fn *project.Function, private bool) int64 {
	if s.off[id] || (id == Log && fn != nil && fn.Generation != project.DesignManager) {
		return 0
	}
	for _, l := range Table() {
		if l.ID == id && (id != Time || private == (l.Applies == "private app functions")) {
			return l.Max
		}
	}
	return 0
}

// TimeFor gives how long fn may run, 0 for no limit.
func (s Set) TimeFor(fn *project.Function, private bool) time.Duration {
	return time.Duration(s.Max(Time, fn, private)) * time.Millisecond
}

// ForEngine gives what an engine enforces on each invocation of fn.
func (s Set) ForEngine(fn *project.Function) engine.Limits {
	return engine.Limits{
		Memory:   s.Max(Memory, fn, false),
		Log:      s.Max(Log, fn, false),
		Response: s.Max(Response, fn, false),
	}
}
