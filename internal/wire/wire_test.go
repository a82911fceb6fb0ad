package wire

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPathEncodesEachValueAsOneSegment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pattern string
		values  []string
		want    string
	}{
		{SecretByName, []string{"A/B c"}, "/cms/v3/functions/secrets/A%2FB%20c"},
		{AppLogDetails, []string{"1", "WEBHOOKS", "x%y"}, "/developers/logs/details/1/WEBHOOKS/x%25y"},
		{"/a/{path...}", []string{"b c/(d)"}, "/a/b%20c/(d)"},
		{"/a/{b}/c", nil, "/a/"},
		{"/a", []string{"unused"}, "/a"},
	}
	for _, tt := range tests {
		if got := Path(tt.pattern, tt.values...); got != tt.want {
			t.Errorf("Path(%q, %q) = %q, want %q", tt.pattern, tt.values, got, tt.want)
		}
	}
}

func TestQueriesKeepTheirOrderAndAreEncodedAsByAxios(t *testing.T) {
	t.Parallel()
	var q Query
	q.Add("z", "a b:$,c")
	q.Add("a", "ü/+&=")
	if got, want := q.Encode(), "z=a+b:$,c&a=%C3%BC%2F%2B%26%3D"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestShapesThatHubSpotVariesAreRead(t *testing.T) {
	t.Parallel()
	var got struct {
		ID      ID
		Number  ID
		Null    ID
		Milli   Time
		ISO     Time
		Text    Time
		Never   Time
		Stack   StackTrace
		Single  StackTrace
		Context Context
		Odd     Context
	}
	text := `{"ID":"a","Number":12,"Null":null,"Milli":1700000000123,"ISO":"2023-11-14T22:13:20.123Z","Text":"1700000000123","Never":null,
		"Stack":["one",["two",3],{"x":1}],"Single":"one","Context":{"list":["a",1],"one":"b","bad":{}},"Odd":["x"]}`
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != "a" || got.Number.Int() != 12 || got.Null != "" {
		t.Errorf("ids: %q %q %q", got.ID, got.Number, got.Null)
	}
	at := time.UnixMilli(1700000000123)
	if !got.Milli.Equal(at) || !got.ISO.Equal(at) || !got.Text.Equal(at) || !got.Never.IsZero() || got.Never.Milli() != 0 {
		t.Errorf("times: %v %v %v %v", got.Milli, got.ISO, got.Text, got.Never)
	}
	if diff := cmp.Diff(StackTrace{"one", "two,3", `{"x":1}`}, got.Stack); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(StackTrace{"one"}, got.Single); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Context{"list": {"a", "1"}, "one": {"b"}}, got.Context); diff != "" || got.Odd != nil {
		t.Error(diff, got.Odd)
	}
}

func TestTimesAreSentAsJavaScriptWritesThem(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal([]Time{{time.UnixMilli(1700000000120)}, {}})
	if err != nil || string(data) != `["2023-11-14T22:13:20.120Z",null]` {
		t.Errorf("%s, %v", data, err)
	}
	if err := json.Unmarshal([]byte(`["soon"]`), &[]Time{}); err == nil {
		t.Error("a text that is no time was read")
	}
}

func TestMissingScopesAreCollectedFromAllPlaces(t *testing.T) {
	t.Parallel()
	var e Error
	text := `{"context":{"requiredScopes":["a"]},"errors":[{"context":{"requiredGranularScopes":["b","a"]}},{"context":{"requiredScopes":" c "}}]}`
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, e.Scopes()); diff != "" {
		t.Error(diff)
	}
}
