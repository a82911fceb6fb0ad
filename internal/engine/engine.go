// Package engine says what it takes to run one HubSpot function, without saying
// how: a Function is started into an Instance, which answers Invocations one at
// a time and keeps its module state between them, as a Lambda sandbox does.
//
// Implementations live below this package (gojaengine) and around it (worker,
// which runs any engine in a process of its own).
package engine

import (
	"context"
	"encoding/json"
	"time"
)

// Contract is how a generation of HubSpot functions calls main.
type Contract string

const (
	// Callback is main(context, sendResponse): the design manager and project
	// platform 2023.1. A returned response object is taken as well.
	Callback Contract = "callback"
	// Return is main(context) whose returned or awaited value is the answer:
	// project platform 2023.2 and later.
	Return Contract = "return"
)

// Function is one built function, ready to be started. It is immutable; a new
// build makes a new Function, and pointer identity tells builds apart.
type Function struct {
	Name     string            `json:"name"`           // unique in the project
	Entry    string            `json:"entry"`          // absolute path of the user's entry file
	Dir      string            `json:"dir"`            // absolute folder of the functions; packages resolve from the importing file
	Root     string            `json:"root,omitempty"` // absolute folder that the sources of Map are relative to, "" for Dir
	Code     []byte            `json:"code"`           // CommonJS, packages left as require calls
	Map      []byte            `json:"map"`            // source map of Code, JSON
	Hash     string            `json:"hash"`           // of Code, Map and Vars
	Contract Contract          `json:"contract"`
	Vars     map[string]string `json:"vars"` // the whole of process.env
	// PackageDirs are node_modules folders searched after the ordinary ones: the
	// packages that the design manager preloads.
	PackageDirs []string `json:"packageDirs,omitempty"`
	// Preloads is true where HubSpot itself provides some packages, so that one
	// that is missing is to be had another way than by a package manager.
	Preloads bool   `json:"preloads,omitempty"`
	Limits   Limits `json:"limits"`
}

// Limits are what an engine enforces; a zero value means no limit.
type Limits struct {
	Memory   int64 `json:"memory"`   // bytes, as Node would use them
	Log      int64 `json:"log"`      // bytes kept of one invocation's log
	Response int64 `json:"response"` // bytes of the JSON answer
}

// Invocation is one call of main.
type Invocation struct {
	ID      string          // request id, a UUID
	Context json.RawMessage // the JSON of main's first argument
	// Time is how long main may run, 0 for no limit. It is not part of Limits
	// because the same function has 10 s as an endpoint and 15 s when a UI
	// extension calls it.
	Time time.Duration
}

// Level is the level of a log record, in Lambda's words.
type Level string

// The levels console methods log at (Lambda's runtime interface client: log and
// info are INFO).
const (
	Trace Level = "TRACE"
	Debug Level = "DEBUG"
	Info  Level = "INFO"
	Warn  Level = "WARN"
	Err   Level = "ERROR"
	Fatal Level = "FATAL"
)

// LogRecord is one console call.
type LogRecord struct {
	Time    time.Time `json:"time"`
	Level   Level     `json:"level"`
	Message string    `json:"message"`
}

// Result is how an invocation ended: a payload, or an Error.
type Result struct {
	// Payload is the JSON of what main returned or gave to sendResponse; null
	// for undefined.
	Payload json.RawMessage
	Error   *FunctionError
	Stats   Stats
}

// Stats is what an invocation cost.
type Stats struct {
	Duration  time.Duration // of main, without the cold start
	Init      time.Duration // of the cold start, if this invocation paid for one
	Cold      bool
	MaxMemory int64 // bytes in Node's terms, see docs/memory.md
	LogLost   int64 // bytes of log over the limit, dropped from the beginning
	Engine    string
}

// Cause says why an invocation failed.
type Cause string

// The causes.
const (
	CauseThrown     Cause = "error"       // main threw, or its promise rejected
	CauseUnhandled  Cause = "unhandled"   // an unhandled rejection or an error thrown in a timer
	CauseLoad       Cause = "load"        // the module could not be loaded
	CauseNoMain     Cause = "no-main"     // no main export, or not a function
	CauseTimeout    Cause = "timeout"     // over the time limit
	CauseMemory     Cause = "memory"      // over the memory limit
	CauseExit       Cause = "exit"        // process.exit, abort or kill
	CauseNoResponse Cause = "no-response" // nothing left to run and no answer given
	CauseResponse   Cause = "response"    // an answer that is not JSON, or over the size limit
	CauseCrash      Cause = "crash"       // the engine itself failed
	CauseCanceled   Cause = "canceled"    // the caller went away or the server stops
)

// FunctionError is a failed invocation, in the words of Lambda's error record.
type FunctionError struct {
	Cause   Cause    `json:"cause"`
	Type    string   `json:"errorType"`    // "TypeError", "Runtime.UnhandledPromiseRejection", …
	Message string   `json:"errorMessage"` // as thrown
	Stack   []string `json:"trace"`        // "    at fn (file:line:col)" frames in original positions, without the leading message
	// Hint is what the user can do about it, for instance the install command
	// of a missing package; may be empty.
	Hint string `json:"hint,omitempty"`
}

// Error gives "Type: Message".
func (e *FunctionError) Error() string {
	if e.Type == "" {
		return e.Message
	}
	return e.Type + ": " + e.Message
}

// Engine starts functions.
type Engine interface {
	// Name is what verdicts and log lines call the engine: "goja", "node".
	Name() string
	// Start loads the function's module: the cold start. A module that cannot
	// be loaded gives a *FunctionError.
	Start(ctx context.Context, fn *Function) (Instance, error)
}

// Instance is one warm sandbox.
type Instance interface {
	// Invoke runs main once and passes on log records as they come. It never
	// runs twice at the same time. After a Result whose Error ends the sandbox
	// (timeout, memory, exit, crash) the instance must be closed.
	Invoke(ctx context.Context, inv Invocation, logs func(LogRecord)) Result
	Close() error
}
