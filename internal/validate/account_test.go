package validate_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/validate"
	"github.com/fns-dev/fns/internal/wire"
)

// portal is what an account has.
type portal struct {
	secrets []string
	routes  []wire.Route
	schemas wire.Schemas
	err     error
}

func (p portal) Secrets(context.Context) ([]string, error)    { return p.secrets, p.err }
func (p portal) Routes(context.Context) ([]wire.Route, error) { return p.routes, p.err }
func (p portal) Schemas(_ context.Context, version string) (wire.Schemas, error) {
	if version != "2026.03" {
		return nil, errors.New("asked for " + version)
	}
	return p.schemas, p.err
}

func TestAnAccountIsComparedWith(t *testing.T) {
	t.Parallel()
	other, own := "other", "p"
	many := func(n int) (names []string, routes []wire.Route) {
		for range n {
			names = append(names, "X")
			routes = append(routes, wire.Route{Route: "x", Method: "GET"})
		}
		return names, routes
	}
	fullSecrets, _ := many(50)
	_, fullRoutes := many(100)
	schema := wire.Schemas{"APP_FUNCTION": json.RawMessage(`{ "type": "object", "properties": { "endpoint": { "type": "object", "required": ["methods"], "additionalProperties": false, "properties": { "path": { "type": "string", "maxLength": 3 }, "methods": { "type": "array" } } } } }`)}
	files := map[string]string{
		"src/app/functions/hello-hsmeta.json": `{ "uid": "hello", "type": "app-function", "config": { "entrypoint": "/app/functions/hello.js", "secretKeys": ["API_KEY"], "endpoint": { "path": "hello", "methods": ["GET"] } } }`,
		"src/app/functions/hello.js":          "exports.main = async () => ({ statusCode: 200, body: process.env.API_KEY.length });\n",
	}
	for name, tc := range map[string]struct {
		portal portal
		want   string // code, "" for none
		text   string
	}{
		"all is there":      {portal{secrets: []string{"API_KEY"}}, "", ""},
		"a secret missing":  {portal{secrets: []string{"APIKEY"}}, diag.SecretMissing, `did you mean "APIKEY"`},
		"no room for it":    {portal{secrets: fullSecrets}, diag.SecretsFull, "50 of 50"},
		"a route of others": {portal{secrets: []string{"API_KEY"}, routes: []wire.Route{{Route: "/hello", Method: "GET", ProjectName: &other}}}, diag.RouteTaken, `project "other"`},
		"a route of its own": {portal{secrets: []string{"API_KEY"}, routes: []wire.Route{{Route: "hello", Method: "GET", ProjectName: &own}, {Route: "hello", Method: "GET", RawAssetPath: "/x.functions/hello.js"},
			{Route: "hello", Method: "POST", ProjectName: &other}, {Route: "hello", Method: "GET", ProjectName: &other, DeletedAt: 1}}}, "", ""},
		"no room for a route": {portal{secrets: []string{"API_KEY"}, routes: fullRoutes}, diag.EndpointsFull, "100 of 100"},
		"HubSpot's schema":    {portal{secrets: []string{"API_KEY"}, schemas: schema}, diag.ComponentSchema, "config.endpoint.path: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := lay(t, "platform", files)
			list := findings(t, dir, validate.Options{Account: tc.portal})
			if tc.want == "" {
				if len(list) > 0 {
					t.Errorf("got %v", list)
				}
				return
			}
			for _, d := range list {
				if d.Code == tc.want && strings.Contains(d.Summary+d.Hint, tc.text) {
					return
				}
			}
			t.Errorf("no %s with %q in %v", tc.want, tc.text, list)
		})
	}
	dir := lay(t, "platform", files)
	if _, err := validate.Run(t.Context(), []string{dir}, validate.Options{Now: today, Account: portal{err: errors.New("no such account")}}); err == nil {
		t.Error("an account that can't be asked is no error")
	}
}
