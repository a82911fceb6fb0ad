package enginetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// hubspot answers in the shapes of HubSpot's CRM API, enough for its client
// library: what was asked is to be seen in /requests. The id in a path chooses
// the answer: a number that is an HTTP error status gives that error.
func (s *Server) hubspot(r *request) error {
	rec := r.record()
	s.mu.Lock()
	s.requests = append(s.requests, rec)
	s.mu.Unlock()

	steps := strings.Split(strings.Trim(r.path, "/"), "/")
	last := steps[len(steps)-1]
	if r.query.Get("after") == "429" || last == "429" && s.times(r.target) < 2 {
		return r.failure(http.StatusTooManyRequests, "RATE_LIMITS", "You have reached your secondly limit.", "X-HubSpot-RateLimit-Secondly-Remaining", "0")
	}
	if status, err := strconv.Atoi(last); err == nil && status >= 400 && status < 600 && status != http.StatusTooManyRequests {
		return r.failure(status, "OBJECT_NOT_FOUND", "resource not found")
	}
	var body map[string]any
	if rec.Body != "" {
		if err := json.Unmarshal([]byte(rec.Body), &body); err != nil {
			return r.failure(http.StatusBadRequest, "VALIDATION_ERROR", "Invalid input JSON")
		}
	}
	properties, _ := body["properties"].(map[string]any)
	has := func(step string) bool { return strings.Contains(r.path, "/"+step) }
	switch {
	case steps[0] != "crm" && steps[0] != "crm-objects":
		return r.json(http.StatusOK, map[string]any{"path": r.target, "method": r.method, "body": body}, nil)
	case has("associations"):
		status := http.StatusOK
		if last == "create" {
			status = http.StatusCreated
		}
		return r.json(status, map[string]any{"results": []any{map[string]any{"toObjectId": 900719, "id": "900719", "type": "contact_to_company", "associationTypes": []any{map[string]any{"category": "HUBSPOT_DEFINED", "typeId": 1, "label": nil}}}}, "status": "COMPLETE", "startedAt": "2026-01-01T00:00:00.000Z", "completedAt": "2026-01-01T00:00:01.000Z"}, nil)
	case has("batch"):
		inputs, _ := body["inputs"].([]any)
		results := []any{}
		for i := range inputs {
			results = append(results, record(strconv.Itoa(100+i), nil))
		}
		return r.json(http.StatusOK, map[string]any{"status": "COMPLETE", "results": results, "startedAt": "2026-01-01T00:00:00.000Z", "completedAt": "2026-01-01T00:00:01.000Z"}, nil)
	case last == "search":
		return r.json(http.StatusOK, map[string]any{"total": 1, "results": []any{record("1", nil)}}, nil)
	case r.method == http.MethodDelete:
		return r.answer(http.StatusNoContent, nil, nil)
	case r.method == http.MethodPost:
		return r.json(http.StatusCreated, record("512", properties), nil)
	case r.method == http.MethodPatch:
		return r.json(http.StatusOK, record(last, properties), nil)
	case len(steps) > 4 || len(steps) == 4 && steps[1] != "v3":
		return r.json(http.StatusOK, record(last, nil), nil)
	}
	page := map[string]any{"results": []any{record("1", nil), record("2", nil)}}
	if after := r.query.Get("after"); after == "" || after == "1" {
		page["paging"] = map[string]any{"next": map[string]any{"after": strconv.Itoa(len(after) + 1), "link": "https://api.hubapi.com" + r.path + "?after=2"}}
	}
	return r.json(http.StatusOK, page, nil)
}

// times counts the requests for a target.
func (s *Server) times(target string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, rec := range s.requests {
		if rec.Target == target {
			n++
		}
	}
	return n
}

func record(id string, properties map[string]any) map[string]any {
	if properties == nil {
		properties = map[string]any{"email": fmt.Sprintf("user%s@example.com", id), "firstname": "Zoë", "lastname": nil}
	}
	return map[string]any{"id": id, "properties": properties, "createdAt": "2026-01-02T03:04:05.678Z", "updatedAt": "2026-02-03T04:05:06.789Z", "archived": false}
}

func (r *request) failure(status int, category, message string, headers ...string) error {
	return r.json(status, map[string]any{
		"status": "error", "message": message, "category": category, "correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf",
		"links": map[string]any{"knowledge-base": "https://www.hubspot.com/products/service/knowledge-base"},
	}, headers)
}
