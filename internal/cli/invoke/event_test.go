package invoke

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseEvent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     Event
	}{
		{"nothing", " \n", Event{}},
		{"a plain body", `{"name":"Ada"}`, Event{Body: []byte(`{"name":"Ada"}`), JSON: true}},
		{"a body with a byte order mark", "\ufeff[1]", Event{Body: []byte(`[1]`), JSON: true}},
		{"an empty object", `{}`, Event{Body: []byte(`{}`), JSON: true}},
		{"a body that also has a key of a request", `{"method":"GET","name":"x"}`, Event{Body: []byte(`{"method":"GET","name":"x"}`), JSON: true}},
		{
			"a request",
			`{"method":"put","params":{"a":1,"b":["x",true]},"query":{"a":"2"},"headers":{"X-A":"b"},"body":{"n":1}}`,
			Event{
				Method: "PUT", Query: url.Values{"a": {"2", "1"}, "b": {"x", "true"}},
				Headers: map[string][]string{"X-A": {"b"}}, Body: []byte(`{"n":1}`), JSON: true,
			},
		},
		{"a number keeps its digits", `{"params":{"id":12345678901234567890}}`, Event{Query: url.Values{"id": {"12345678901234567890"}}}},
		{"a text as body", `{"body":"a=1"}`, Event{Body: []byte("a=1")}},
		{"a text that is JSON", `{"body":"{\"a\":1}"}`, Event{Body: []byte(`{"a":1}`), JSON: true}},
		{"no body", `{"body":null}`, Event{}},
		{
			"a private call", `{"parameters":{"n":1},"propertiesToSend":{"email":"a@b.c"}}`,
			Event{Private: &PrivateCall{Parameters: json.RawMessage(`{"n":1}`), PropertiesToSend: json.RawMessage(`{"email":"a@b.c"}`)}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := parseEvent([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestParseEventNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"broken JSON", "{\n  \"a\": é}", "line 2, column 8"},
		{"cut off", `{"a":`, "line 1, column 5"},
		{"a method that is no text", `{"method":1}`, "method is 1, not a string"},
		{"params that are no object", `{"params":[1]}`, "params: [1] is not an object"},
		{"a header that is an object", `{"headers":{"a":{}}}`, `headers: "a" is neither`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := parseEvent([]byte(tt.in))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q in it", err, tt.want)
			}
		})
	}
}
