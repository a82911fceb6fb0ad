package invoke

import (
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/project"
)

func functions() []*project.Function {
	endpoint := func(path string, methods ...string) *project.Endpoint {
		return &project.Endpoint{Path: path, Methods: methods}
	}
	return []*project.Function{
		{Name: "hello", Generation: project.DesignManager, Endpoint: endpoint("hello", "GET", "POST")},
		{Name: "events/update", Generation: project.DesignManager, Endpoint: endpoint("events/update", "PUT")},
		{Name: "quote", Generation: project.Platform, Private: true, Endpoint: endpoint("api/quote", "GET")},
		{Name: "card", Generation: project.Platform, Private: true},
		{Name: "readOrder", Generation: project.Platform, Private: true, Endpoint: endpoint("order", "GET")},
		{Name: "writeOrder", Generation: project.Platform, Private: true, Endpoint: endpoint("order", "POST")},
	}
}

func TestFindTarget(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, arg, method string
		private           bool
		want              string
		wantPrivate       bool
	}{
		{name: "a name", arg: "hello", want: "hello"},
		{name: "a name with a query", arg: "quote?amount=1", want: "quote"},
		{name: "a name with a slash", arg: "events/update", want: "events/update"},
		{name: "a path of the design manager", arg: "/_hcms/api/hello", want: "hello"},
		{name: "a path of a project", arg: "hs/serverless/api/quote", want: "quote"},
		{name: "an endpoint's own path", arg: "/api/quote/", want: "quote"},
		{name: "a whole URL with a query", arg: "http://localhost:3000/_hcms/api/hello?a=1", want: "hello"},
		{name: "a function without an endpoint", arg: "card", want: "card", wantPrivate: true},
		{name: "an endpoint called privately", arg: "quote", private: true, want: "quote", wantPrivate: true},
		{name: "one path, two functions, told apart by the method", arg: "order", method: "POST", want: "writeOrder"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := findTarget(tt.arg, "", tt.method, tt.private, functions())
			if err != nil {
				t.Fatal(err)
			}
			if got.fn.Name != tt.want || got.private != tt.wantPrivate {
				t.Errorf("got %q, private %v", got.fn.Name, got.private)
			}
		})
	}
	if got, err := findTarget("/hello?a=1&a=2", "", "", false, functions()); err != nil || len(got.query["a"]) != 2 {
		t.Errorf("query = %v, %v", got.query, err)
	}
}

func TestFindTargetExplainsItself(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, arg string
		private   bool
		want      string
	}{
		{"a typo", "helo", false, `did you mean "hello"?`},
		{"nothing like it", "zzzzzz", false, "there are: card, events/update, hello, quote, readOrder, writeOrder"},
		{"two functions", "order", false, "more than one function, name one of: readOrder, writeOrder"},
		{"a private call of the design manager", "hello", true, "UI extensions can't call it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := findTarget(tt.arg, "", "", tt.private, functions())
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestChooseMethod(t *testing.T) {
	t.Parallel()
	body := Event{Body: []byte("{}")}
	f := func(methods ...string) *project.Function {
		return &project.Function{Endpoint: &project.Endpoint{Methods: methods}}
	}
	tests := []struct {
		name string
		flag string
		e    Event
		fn   *project.Function
		want string
	}{
		{"the flag", "DELETE", Event{Method: "PUT"}, f("GET"), "DELETE"},
		{"the event", "", Event{Method: "PUT"}, f("GET"), "PUT"},
		{"with a body", "", body, f("GET", "PATCH", "POST"), "POST"},
		{"with a body for GET alone", "", body, f("GET"), "GET"},
		{"without a body", "", Event{}, f("POST", "GET"), "GET"},
		{"the only one", "", Event{}, f("DELETE"), "DELETE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := chooseMethod(tt.flag, tt.e, tt.fn); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
