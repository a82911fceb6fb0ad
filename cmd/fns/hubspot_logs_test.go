package main

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/wire"
)

// records splits a text of JSON values.
func records(text string) []json.RawMessage {
	var all []json.RawMessage
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		var one json.RawMessage
		if dec.Decode(&one) != nil {
			return all
		}
		all = append(all, one)
	}
}

func (h *fakeHub) addLog(route, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.logs[route] = append(h.logs[route], records(text)...)
}

func (h *fakeHub) addAppLog(system, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.appLogs[system] = append(h.appLogs[system], records(text)...)
}

func idOf(record json.RawMessage) string {
	var r struct{ ID wire.ID }
	if err := json.Unmarshal(record, &r); err != nil {
		panic(err)
	}
	return string(r.ID)
}

// functionLogs gives the newest records, or with after those that are newer than
// the cursor's. A cursor is a record's id in base64, in any number of encodings.
func (h *fakeHub) functionLogs(w http.ResponseWriter, r *http.Request, _ string) {
	route := r.PathValue("route")
	all, known := h.logs[route]
	if !known {
		refuse(w, 404, wire.CategoryNotFound, "no logs of "+route)
		return
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 5
	}
	results := []json.RawMessage{}
	last := ""
	if r.URL.Query().Has("after") {
		after := r.URL.Query().Get("after")
		if again, err := url.QueryUnescape(after); err == nil {
			after = again
		}
		id, err := base64.StdEncoding.DecodeString(after)
		if err != nil {
			refuse(w, 400, wire.CategoryValidation, "bad cursor")
			return
		}
		last = string(id)
		passed := last == ""
		for _, rec := range all {
			if passed && len(results) < limit {
				results = append(results, rec)
				last = idOf(rec)
			}
			passed = passed || idOf(rec) == string(id)
		}
	} else {
		for i := len(all) - 1; i >= 0 && len(results) < limit; i-- {
			results = append(results, all[i])
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{
		"results": results,
		"paging":  map[string]any{"next": map[string]string{"after": base64.StdEncoding.EncodeToString([]byte(last))}},
	})
}

func (h *fakeHub) latestLog(w http.ResponseWriter, r *http.Request, _ string) {
	all := h.logs[r.PathValue("route")]
	if len(all) == 0 {
		refuse(w, 404, wire.CategoryNotFound, "no logs")
		return
	}
	_, _ = w.Write(all[len(all)-1])
}

// searchLogs answers by system, time and errorTypes.
func (h *fakeHub) searchLogs(w http.ResponseWriter, r *http.Request, _ string) {
	var req wire.AppLogRequest
	if !body(w, r, &req) {
		return
	}
	if req.Query.ErrorTypes == nil || req.Query.Order != wire.Ascending && req.Query.Order != wire.Descending {
		refuse(w, 400, wire.CategoryValidation, "bad query")
		return
	}
	results := []json.RawMessage{}
	all := h.appLogs[req.Query.System]
	for i := range all {
		rec := all[i]
		if req.Query.Order == wire.Descending {
			rec = all[len(all)-1-i]
		}
		var log wire.AppLog
		if err := json.Unmarshal(rec, &log); err != nil {
			panic(err)
		}
		switch {
		case len(results) >= req.Limit,
			req.Query.StartTime > 0 && log.ExecutedAt < req.Query.StartTime,
			req.Query.EndTime > 0 && log.ExecutedAt > req.Query.EndTime,
			len(req.Query.ErrorTypes) > 0 && log.ErrorType == "":
		default:
			results = append(results, rec)
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"results": results})
}

func (h *fakeHub) logDetails(w http.ResponseWriter, r *http.Request, _ string) {
	for _, rec := range h.appLogs[r.PathValue("type")] {
		if idOf(rec) == r.PathValue("id") {
			var detail struct {
				ConsoleOutput string `json:"consoleOutput"`
			}
			_ = json.Unmarshal(rec, &detail)
			_ = json.NewEncoder(w).Encode(map[string]any{"log": rec, "consoleOutput": detail.ConsoleOutput})
			return
		}
	}
	refuse(w, 404, wire.CategoryNotFound, "no such entry")
}
