package enginetest

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/engine"
)

// Outcome is how a case ended on one engine.
type Outcome struct {
	Answer json.RawMessage `json:"answer,omitempty"`
	Error  *Failure        `json:"error,omitempty"`
	Logs   []Log           `json:"logs"`
}

// Failure is the error a case ended with.
type Failure struct {
	Cause   string `json:"cause"`
	Type    string `json:"type"`
	Message string `json:"message"`
	// Places are where the case's own frames stand, innermost first:
	// "file:line:column". Names of functions are left out, which each engine
	// makes up in its own way.
	Places []string `json:"stack,omitempty"`
	Stack  string   `json:"-"` // all of it, shown when a test fails
}

// Log is one console record.
type Log struct {
	Level   string `json:"level"`
	Message string `json:"message"`
}

// recorder collects the log of a case.
type recorder struct {
	mu   sync.Mutex
	logs []Log
}

func newRecorder() *recorder { return &recorder{} }

func (r *recorder) log(rec engine.LogRecord) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.logs = append(r.logs, Log{string(rec.Level), rec.Message})
}

func (r *recorder) outcome(fn *engine.Function, payload json.RawMessage, fe *engine.FunctionError) Outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	o := Outcome{Logs: r.logs}
	if fe == nil {
		o.Answer = payload
		return o
	}
	o.Error = &Failure{
		Cause: string(fe.Cause), Type: fe.Type, Message: fe.Message,
		Places: Places(fe.Stack, fn.Dir), Stack: strings.Join(fe.Stack, "\n"),
	}
	return o
}

// Trim cuts the longer of two lists of places to the length of the shorter, which
// must not be empty: callers that wait for an async function are shown by goja
// for a while and by V8 as such.
func Trim(a, b *[]string) {
	if n := min(len(*a), len(*b)); n > 0 {
		*a, *b = (*a)[:n], (*b)[:n]
	}
}

var place = regexp.MustCompile(`^    at (async )?(?:.* \()?([^()]+):(\d+):(\d+)\)?$`)

// Places gives the places of frames in the user's own files, up to the first
// await: goja does not know who waits for a function.
func Places(stack []string, dir string) []string {
	var list []string
	for _, line := range stack {
		m := place.FindStringSubmatch(line)
		if m == nil || strings.HasPrefix(m[2], "node:") || strings.Contains(m[2], "node_modules") {
			continue
		}
		if m[1] != "" {
			break
		}
		list = append(list, strings.TrimPrefix(m[2], dir+"/")+":"+m[3]+":"+m[4])
	}
	return list
}
