package invoke

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"sort"
	"strings"
)

// Event is what -f describes: a request to an endpoint, or a call from a UI
// extension.
type Event struct {
	Method  string
	Query   url.Values
	Headers map[string][]string
	Body    []byte // nil for no body
	// JSON says that Body is JSON, which then is its content type.
	JSON bool

	// Private is set where the event has the keys of a private call.
	Private *PrivateCall
}

// PrivateCall is what a UI extension passes to hubspot.serverless.
type PrivateCall struct {
	Parameters       json.RawMessage `json:"parameters,omitempty"`
	PropertiesToSend json.RawMessage `json:"propertiesToSend,omitempty"`
	Event            json.RawMessage `json:"event,omitempty"`
	ObjectQuery      json.RawMessage `json:"objectQuery,omitempty"`
}

var (
	requestKeys = []string{"method", "params", "query", "headers", "body"}
	privateKeys = []string{"parameters", "propertiesToSend", "event", "objectQuery"}
)

// parseEvent reads an event. An object whose keys are all requestKeys describes
// a request, one whose keys are all privateKeys a private call; everything else
// is the body of a request. An empty text is a request without a body.
func parseEvent(text []byte) (Event, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(text)) == 0 {
		return Event{}, nil
	}
	if err := checkJSON(text); err != nil {
		return Event{}, err
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(text, &object) != nil || len(object) == 0 {
		return Event{Body: text, JSON: true}, nil
	}
	switch {
	case hasOnly(object, requestKeys):
		return parseRequest(object)
	case hasOnly(object, privateKeys):
		call := &PrivateCall{}
		if err := json.Unmarshal(text, call); err != nil {
			return Event{}, err
		}
		return Event{Private: call}, nil
	default:
		return Event{Body: text, JSON: true}, nil
	}
}

// checkJSON names the line and column of what is no JSON.
func checkJSON(text []byte) error {
	var any json.RawMessage
	err := json.Unmarshal(text, &any)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	before := text[:min(max(0, int(syntax.Offset)-1), len(text))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:])))
	return fmt.Errorf("line %d, column %d: %w", line, column, err)
}

func hasOnly(object map[string]json.RawMessage, keys []string) bool {
	for k := range object {
		if !slices.Contains(keys, k) {
			return false
		}
	}
	return true
}

func parseRequest(object map[string]json.RawMessage) (Event, error) {
	e := Event{Query: url.Values{}, Headers: map[string][]string{}}
	if raw, ok := object["method"]; ok {
		if err := json.Unmarshal(raw, &e.Method); err != nil {
			return Event{}, fmt.Errorf("method is %s, not a string", raw)
		}
		e.Method = strings.ToUpper(e.Method)
	}
	for _, key := range []string{"query", "params"} {
		values, err := lists(object[key])
		if err != nil {
			return Event{}, fmt.Errorf("%s: %w", key, err)
		}
		for name, v := range values {
			e.Query[name] = append(e.Query[name], v...)
		}
	}
	headers, err := lists(object["headers"])
	if err != nil {
		return Event{}, fmt.Errorf("headers: %w", err)
	}
	e.Headers = headers
	body := object["body"]
	switch {
	case len(body) == 0 || string(body) == "null":
	case body[0] == '"':
		// A text is sent as it is: so can an event hold a body that is no JSON.
		var s string
		if err := json.Unmarshal(body, &s); err != nil {
			return Event{}, fmt.Errorf("body: %w", err)
		}
		e.Body, e.JSON = []byte(s), json.Valid([]byte(s))
	default:
		e.Body, e.JSON = body, true
	}
	return e, nil
}

// lists reads an object whose values are strings, numbers, booleans, or lists of
// these; null and a missing object are empty.
func lists(raw json.RawMessage) (map[string][]string, error) {
	out := map[string][]string{}
	if len(raw) == 0 {
		return out, nil
	}
	var object map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // keeps 12345678901234567890 as it is written
	if err := dec.Decode(&object); err != nil {
		return nil, fmt.Errorf("%s is not an object", raw)
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		list, ok := object[name].([]any)
		if !ok {
			list = []any{object[name]}
		}
		for _, v := range list {
			s, err := scalar(v)
			if err != nil {
				return nil, fmt.Errorf("%q %w", name, err)
			}
			out[name] = append(out[name], s)
		}
	}
	return out, nil
}

func scalar(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case bool:
		return fmt.Sprint(v), nil
	default:
		return "", errors.New("is neither a string nor a list of strings")
	}
}

// readEvent reads the event from a file, from stdin for "-", or gives an empty
// one for "".
func readEvent(file string, stdin io.Reader, read func(string) ([]byte, error)) (Event, error) {
	var text []byte
	var err error
	switch file {
	case "":
		return Event{}, nil
	case "-":
		text, err = io.ReadAll(stdin)
		file = "stdin"
	default:
		text, err = read(file)
	}
	if err != nil {
		return Event{}, fmt.Errorf("read event: %w", err)
	}
	e, err := parseEvent(text)
	if err != nil {
		return Event{}, fmt.Errorf("event in %s: %w", file, err)
	}
	return e, nil
}
