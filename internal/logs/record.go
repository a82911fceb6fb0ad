// Package logs reads what functions have logged on HubSpot: of endpoints by their
// route, and of apps through the search of their logs. Both become Records, which
// can be filtered, counted and followed alike.
package logs

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// Record is one run of a function, or one entry in the log of an app.
type Record struct {
	Source   string // what it was asked for by: a route, a function, a type of log
	ID       string
	Time     time.Time
	Status   string        // wire.LogSuccess and so on, or what HubSpot says
	Duration time.Duration // of the run
	Memory   string        // "70/128 MB", "" where HubSpot does not say
	Log      string        // what the function printed
	Error    *Failure      // nil for a success

	TraceID  string
	PortalID int64
	System   string // of an app's entry: wire.SystemWebhooks and so on
	Function string // that ran, where an app's details tell
	Location string // path or place of an app's entry, where its details tell
}

// Failure is why a run failed.
type Failure struct {
	Type    string   `json:"type"`
	Message string   `json:"message"`
	Stack   []string `json:"stackTrace,omitempty"`
}

// Failed reports whether the run failed.
func (r *Record) Failed() bool {
	return r.Error != nil || r.Status != "" && r.Status != wire.LogSuccess
}

// ofFunction makes a Record of a run of an endpoint.
func ofFunction(route string, w wire.LogRecord) Record {
	r := Record{
		Source: route, ID: string(w.ID), Time: time.UnixMilli(w.CreatedAt).UTC(), Status: w.Status,
		Duration: milliseconds(w.ExecutionTime), Memory: w.Memory, Log: breaks(w.Log),
	}
	if w.Error != nil {
		r.Error = &Failure{w.Error.Type, w.Error.Message, w.Error.StackTrace}
	}
	return r
}

// ofApp makes a Record of an entry in the log of an app.
func ofApp(w wire.AppLog) Record {
	r := Record{
		Source: SystemName(w.System), ID: string(w.ID), Time: time.UnixMilli(w.ExecutedAt).UTC(), Status: wire.LogSuccess,
		Duration: milliseconds(w.Duration), TraceID: w.TraceID, PortalID: w.PortalID, System: w.System, Function: w.Label,
	}
	if w.ErrorType != "" {
		r.Status, r.Error = wire.LogError, &Failure{Type: w.ErrorType, Message: w.ErrorMessage}
	}
	return r
}

// detail adds what the details of an entry tell.
func (r *Record) detail(d *wire.AppLogDetail) {
	r.Log = breaks(d.ConsoleOutput)
	if d.Log.Function != "" {
		r.Function = d.Log.Function
	}
	r.Location = d.Log.Location
	if r.Error != nil && r.Error.Message == "" {
		r.Error.Message = d.Log.ErrorMessage
	}
}

func milliseconds(ms float64) time.Duration {
	if ms < 0 || ms > 1e12 || ms != ms {
		return 0
	}
	return time.Duration(ms * float64(time.Millisecond))
}

// breaks undoes what Lambda does to a message of several lines, whose breaks it
// turns into carriage returns so that one call stays one line.
func breaks(text string) string {
	return strings.TrimRight(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
}

// SystemName is the spelling of a type of app log on the command line:
// "serverless-execution".
func SystemName(system string) string {
	return strings.ReplaceAll(strings.ToLower(system), "_", "-")
}

// SystemByName gives the type of app log that a name stands for.
func SystemByName(name string) (system string, ok bool) {
	system = strings.ReplaceAll(strings.ToUpper(name), "-", "_")
	return system, slices.Contains(wire.LogSystems(), system)
}

// MarshalJSON gives the form of --json: times in ISO-8601 and, as HubSpot names
// them, in milliseconds.
func (r Record) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Source        string   `json:"source"`
		ID            string   `json:"id"`
		Time          string   `json:"time"`
		CreatedAt     int64    `json:"createdAt"`
		Status        string   `json:"status"`
		ExecutionTime float64  `json:"executionTime"`
		Memory        string   `json:"memory,omitempty"`
		Function      string   `json:"function,omitempty"`
		Location      string   `json:"location,omitempty"`
		Type          string   `json:"type,omitempty"`
		TraceID       string   `json:"traceId,omitempty"`
		PortalID      int64    `json:"portalId,omitempty"`
		Log           string   `json:"log"`
		Error         *Failure `json:"error,omitempty"`
	}{
		r.Source, r.ID, r.Time.UTC().Format(wire.TimeLayout), r.Time.UnixMilli(), r.Status, float64(r.Duration) / float64(time.Millisecond),
		r.Memory, r.Function, r.Location, SystemName(r.System), r.TraceID, r.PortalID, r.Log, r.Error,
	})
}
