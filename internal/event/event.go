// Package event holds what happens while fns runs functions, as plain values:
// the dev server emits them, the terminal printer and --json render them.
package event

import (
	"time"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
)

// Sink takes events. Emit must not block for long and may be called from any
// goroutine.
type Sink interface{ Emit(Event) }

// Event is one of the types of this package; Kind is the value of "event" in
// the JSON form.
type Event interface{ Kind() string }

// Started is sent once the server answers requests.
type Started struct {
	URL           string     `json:"url"` // http://localhost:3000
	Port          int        `json:"port"`
	RequestedPort int        `json:"requestedPort,omitempty"` // set where another port was taken instead
	Root          string     `json:"root"`
	Project       string     `json:"project"`
	Platform      string     `json:"platformVersion,omitempty"`
	Engine        string     `json:"engine"`                  // that runs the functions: "goja" or "node"
	EngineVersion string     `json:"engineVersion,omitempty"` // of Node, "20.20.2"
	Endpoints     []Endpoint `json:"endpoints"`
	Limits        []Limit    `json:"limits"`
	Elapsed       float64    `json:"elapsedMs"`
}

// Endpoint is one row of the banner: a public route, or a private function.
type Endpoint struct {
	Methods  []string `json:"methods"`
	URL      string   `json:"url"`
	Function string   `json:"function"`
	File     string   `json:"file"` // relative to the root, with slashes
	Private  bool     `json:"private"`
	Secrets  []Secret `json:"secrets"`
	EnvFile  string   `json:"envFile,omitempty"` // relative to the root, with slashes; "" where none is read
	// Debugger is the address that a debugger of the function attaches to.
	Debugger string `json:"debugger,omitempty"`
	// WantedEnvFile is the file to put a missing secret in.
	WantedEnvFile string `json:"wantedEnvFile,omitempty"`
}

// Secret is a declared secret and whether a value was found; never the value.
type Secret struct {
	Name    string `json:"name"`
	Present bool   `json:"present"`
}

// Limit is one limit in force, in words.
type Limit struct {
	ID    string `json:"id"`
	Value string `json:"value"` // "10 s", "128 MB", "off"
}

// Log is one console line of a running invocation.
type Log struct {
	ID       string       `json:"id"`
	Function string       `json:"function"`
	Time     time.Time    `json:"time"`
	Level    engine.Level `json:"level"`
	Message  string       `json:"message"`
}

// Status is how HubSpot's log names the end of an invocation.
type Status string

// The statuses (hs prints them verbatim).
const (
	Success        Status = "SUCCESS"
	HandledError   Status = "HANDLED_ERROR"   // the function answered with 5xx itself
	UnhandledError Status = "UNHANDLED_ERROR" // it threw, timed out, ran out of memory, …
)

// Invocation is sent when an invocation has ended, after its Logs.
type Invocation struct {
	ID         string                `json:"id"`
	Time       time.Time             `json:"time"`
	Status     Status                `json:"status"`
	Function   string                `json:"function"`
	Method     string                `json:"method"`
	Path       string                `json:"path"` // with the query
	HTTPStatus int                   `json:"statusCode"`
	Duration   float64               `json:"durationMs"`
	Init       float64               `json:"initMs,omitempty"`
	Cold       bool                  `json:"cold"`
	MemoryMB   int                   `json:"memoryMB"`
	MemoryMax  int                   `json:"memoryLimitMB,omitempty"`
	Engine     string                `json:"engine"`
	Error      *engine.FunctionError `json:"error,omitempty"`
	LogLost    int64                 `json:"logBytesLost,omitempty"`
	Warnings   []string              `json:"warnings,omitempty"` // what will differ on HubSpot, for instance null properties
}

// Refused is sent for a request that no function ran for: no such route, wrong
// method, payload or content type refused, budget used up.
type Refused struct {
	Time       time.Time `json:"time"`
	Method     string    `json:"method"`
	Path       string    `json:"path"`
	HTTPStatus int       `json:"statusCode"`
	Reason     string    `json:"reason"`
}

// Reloaded is sent when a change is served.
type Reloaded struct {
	Time      time.Time  `json:"time"`
	Changed   []string   `json:"changed"` // relative paths, sorted
	Functions []string   `json:"functions"`
	Elapsed   float64    `json:"elapsedMs"`
	Endpoints []Endpoint `json:"endpoints,omitempty"` // set where the routes changed
}

// Diagnostics is sent when the set of problems changes; an empty List means
// that all are fixed. Stale is true while the last good version is served.
type Diagnostics struct {
	Time  time.Time `json:"time"`
	List  diag.List `json:"diagnostics"`
	Stale bool      `json:"stale"`
}

// Stopped is sent last.
type Stopped struct {
	Time   time.Time `json:"time"`
	Reason string    `json:"reason"`
}

// Kind names the event in its JSON form.
func (Started) Kind() string     { return "started" }
func (Log) Kind() string         { return "log" }
func (Invocation) Kind() string  { return "invocation" }
func (Refused) Kind() string     { return "refused" }
func (Reloaded) Kind() string    { return "reloaded" }
func (Diagnostics) Kind() string { return "diagnostics" }
func (Stopped) Kind() string     { return "stopped" }
