package hubapi

import (
	"bytes"
	"context"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/wire"
)

func TestCallsAreThoseOfHS(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		call func(ctx context.Context, c *Client) error
		want request
	}{
		{"list secrets", func(ctx context.Context, c *Client) error { _, err := c.Secrets(ctx); return err },
			request{"GET", "/cms/v3/functions/secrets?portalId=123", "Bearer t0", "", ""}},
		{"add a secret", func(ctx context.Context, c *Client) error { return c.AddSecret(ctx, "A", "<v&>") },
			request{"POST", "/cms/v3/functions/secrets?portalId=123", "Bearer t0", "application/json", `{"key":"A","secret":"<v&>"}`}},
		{"update a secret", func(ctx context.Context, c *Client) error { return c.UpdateSecret(ctx, "A", "v") },
			request{"PUT", "/cms/v3/functions/secrets?portalId=123", "Bearer t0", "application/json", `{"key":"A","secret":"v"}`}},
		{"delete a secret", func(ctx context.Context, c *Client) error { return c.DeleteSecret(ctx, "A") },
			request{"DELETE", "/cms/v3/functions/secrets/A?portalId=123", "Bearer t0", "", ""}},
		{"list an app's secrets", func(ctx context.Context, c *Client) error { _, err := c.AppSecrets(ctx, 9); return err },
			request{"GET", "/dev-secrets/management/v3/keys/app/9?portalId=123", "Bearer t0", "", ""}},
		{"add to an app", func(ctx context.Context, c *Client) error { return c.AddAppSecret(ctx, 9, "A", "v") },
			request{"POST", "/dev-secrets/management/v3/secrets/app/9?portalId=123", "Bearer t0", "application/json", `{"key":"A","value":"v"}`}},
		{"update an app's", func(ctx context.Context, c *Client) error { return c.UpdateAppSecret(ctx, 9, "A", "v") },
			request{"PATCH", "/dev-secrets/management/v3/secrets/app/9?portalId=123", "Bearer t0", "application/json", `{"key":"A","value":"v"}`}},
		{"delete an app's", func(ctx context.Context, c *Client) error { return c.DeleteAppSecret(ctx, 9, "A") },
			request{"DELETE", "/dev-secrets/management/v3/secrets/app/9?portalId=123", "Bearer t0", "application/json", `{"key":"A"}`}},
		{"logs", func(ctx context.Context, c *Client) error {
			_, err := c.FunctionLogs(ctx, "a/b c", LogPageOptions{Limit: 5})
			return err
		}, request{"GET", "/cms/v3/functions/results/by-route/a%2Fb%20c?limit=5&endpoint=a%2Fb+c&portalId=123", "Bearer t0", "", ""}},
		{"following logs", func(ctx context.Context, c *Client) error {
			_, err := c.FunctionLogs(ctx, "a", LogPageOptions{Limit: 5, Follow: true, After: FollowCursor("abc:1")})
			return err
		}, request{"GET", "/cms/v3/functions/results/by-route/a?after=YWJjOjE%253D&limit=5&portalId=123", "Bearer t0", "", ""}},
		{"the latest log", func(ctx context.Context, c *Client) error { _, err := c.LatestFunctionLog(ctx, "a"); return err },
			request{"GET", "/cms/v3/functions/results/by-route/a/latest?portalId=123", "Bearer t0", "", ""}},
		{"an app's logs", func(ctx context.Context, c *Client) error {
			_, err := c.SearchAppLogs(ctx, 9, wire.AppLogRequest{Query: wire.AppLogQuery{System: "WEBHOOKS", Limit: 50, Order: "DESC"}, Limit: 50})
			return err
		}, request{"POST", "/developers/logs/search/9?portalId=123", "Bearer t0", "application/json",
			`{"query":{"loggingSystemType":"WEBHOOKS","limit":50,"offset":0,"errorTypes":[],"resultsOrder":"DESC"},"limit":50}`}},
		{"an app's log entry", func(ctx context.Context, c *Client) error {
			_, err := c.AppLogDetails(ctx, 9, "WEBHOOKS", "x")
			return err
		},
			request{"GET", "/developers/logs/details/9/WEBHOOKS/x?portalId=123", "Bearer t0", "", ""}},
		{"the exchange of a key", func(ctx context.Context, c *Client) error { _, err := c.ExchangeKey(ctx, "k", 7); return err },
			request{"POST", "/localdevauth/v1/auth/refresh?portalId=7", "", "application/json", `{"encodedOAuthRefreshToken":"k"}`}},
		{"the first exchange of a key", func(ctx context.Context, c *Client) error { _, err := c.ExchangeKey(ctx, "k", 0); return err },
			request{"POST", "/localdevauth/v1/auth/refresh", "", "application/json", `{"encodedOAuthRefreshToken":"k"}`}},
		{"the renewal of an OAuth login", func(ctx context.Context, c *Client) error {
			_, err := c.RefreshOAuth(ctx, "id", "sec", "ref")
			return err
		}, request{"POST", "/oauth/v1/token", "", "application/x-www-form-urlencoded", "grant_type=refresh_token&client_id=id&client_secret=sec&refresh_token=ref"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, answers(200, `{}`))
			if err := tt.call(t.Context(), s.client(nil)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]request{tt.want}, s.seen(), cmp.AllowUnexported(request{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAnAccountWithAnAPIKeySendsItInTheQuery(t *testing.T) {
	t.Parallel()
	s := newStage(t, secretNames)
	c := s.client(func(o *Options) { o.Tokens, o.APIKey = nil, "key" })
	if _, err := c.Secrets(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.seen()[0]; got.target != "/cms/v3/functions/secrets?portalId=123&hapikey=key" || got.auth != "" {
		t.Errorf("%+v", got)
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		in             OriginOptions
		api, auth, web string
		wantErr        string
	}{
		{name: "production", api: "https://api.hubapi.com", auth: "https://api.hubapi.com", web: "https://app.hubspot.com"},
		{name: "QA", in: OriginOptions{Env: QA}, api: "https://api.hubapiqa.com", auth: "https://api.hubapiqa.com", web: "https://app.hubspotqa.com"},
		{name: "localhost leaves logins alone", in: OriginOptions{Localhost: true}, api: "https://local.hubapi.com", auth: "https://api.hubapi.com", web: "https://app.hubspot.com"},
		{name: "an override", in: OriginOptions{Override: "127.0.0.1:8443/x", Localhost: true}, api: "https://127.0.0.1:8443/x.com", auth: "https://127.0.0.1:8443/x.com", web: "https://app.hubspot.com"},
		{name: "an override for QA", in: OriginOptions{Override: "h", Env: QA}, api: "https://hqa.com", auth: "https://hqa.com", web: "https://app.hubspotqa.com"},
		{name: "an origin", in: OriginOptions{APIOrigin: "http://localhost:9/", Override: "h"}, api: "http://localhost:9", auth: "http://localhost:9", web: "https://app.hubspot.com"},
		{name: "an origin that is not safe", in: OriginOptions{APIOrigin: "http://example.com"}, wantErr: "unencrypted"},
		{name: "an origin with a query", in: OriginOptions{APIOrigin: "https://example.com?x=1"}, wantErr: "more than"},
		{name: "an origin with a password", in: OriginOptions{APIOrigin: "https://u:hush@example.com"}, wantErr: "more than"},
		{name: "no address", in: OriginOptions{APIOrigin: "api"}, wantErr: "no address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := ResolveOrigins(tt.in)
			if tt.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wantErr) || strings.Contains(err.Error(), "hush") {
					t.Fatalf("error %v, want %q", err, tt.wantErr)
				}
				return
			}
			if err != nil || got != (Origins{tt.api, tt.auth, tt.web}) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestTracingShowsCallsAndHidesSecrets(t *testing.T) {
	t.Parallel()
	s := newStage(t, answers(200, `{"hubId":7,"oauthAccessToken":"tok-0123456789"}`), answers(429, `{"message":"key tok-0123456789"}`), answers(204, ``))
	var out bytes.Buffer
	c := s.client(func(o *Options) { o.Trace = NewTracer(&out) })
	if _, err := c.ExchangeKey(t.Context(), "pat-0123456789", 7); err != nil {
		t.Fatal(err)
	}
	if err := c.AddSecret(t.Context(), "A", "hush-0123456789"); err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{"pat-0123456789", "tok-0123456789", "hush-0123456789", "Bearer t0"} {
		if strings.Contains(out.String(), hidden) {
			t.Errorf("the trace shows %s:\n%s", hidden, &out)
		}
	}
	for _, want := range []string{"> POST http://127.0.0.1", "portalId=7", "< 200 OK", "* add the secret A: status 429; attempt 2 in", "< 204", `"key":"A"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the trace lacks %q:\n%s", want, &out)
		}
	}
}

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestTheProxyIsTheOneOfHS(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, host, want string
		env              []string
	}{
		{"none", "api.hubapi.com", "", nil},
		{"HTTP_PROXY comes first", "api.hubapi.com", "http://a:1", []string{"HTTPS_PROXY", "http://b:2", "HTTP_PROXY", "http://a:1"}},
		{"without a scheme", "api.hubapi.com", "http://b:2", []string{"https_proxy", "b:2"}},
		{"ALL_PROXY", "api.hubapi.com", "http://c:3", []string{"ALL_PROXY", "http://c:3"}},
		{"excluded host", "api.hubapi.com", "", []string{"HTTPS_PROXY", "http://b:2", "NO_PROXY", "x, API.hubapi.com"}},
		{"excluded domain", "api.hubapi.com", "", []string{"HTTPS_PROXY", "http://b:2", "no_proxy", ".hubapi.com"}},
		{"another domain", "api.hubapi.com", "http://b:2", []string{"HTTPS_PROXY", "http://b:2", "NO_PROXY", "api.com,bapi.com"}},
		{"all excluded", "api.hubapi.com", "", []string{"HTTPS_PROXY", "http://b:2", "NO_PROXY", "*"}},
		{"this machine", "127.0.0.1", "", []string{"HTTPS_PROXY", "http://b:2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			transport, err := NewTransport(TransportOptions{Getenv: environment(tt.env...)})
			if err != nil {
				t.Fatal(err)
			}
			var got *url.URL
			if transport.Proxy != nil {
				got, err = transport.Proxy(&http.Request{URL: &url.URL{Scheme: "https", Host: tt.host}})
			}
			text := ""
			if got != nil {
				text = got.String()
			}
			if err != nil || text != tt.want {
				t.Errorf("%q, %v, want %q", text, err, tt.want)
			}
		})
	}
	if _, err := NewTransport(TransportOptions{Getenv: environment("HTTPS_PROXY", "http://u:hush@:/%")}); err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("a broken proxy variable gave %v", err)
	}
}

func TestCertificatesOfTheEnvironmentAreTrusted(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(secretNames)
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"} {
		transport, err := NewTransport(TransportOptions{Getenv: environment(name, file)})
		if err != nil {
			t.Fatal(err)
		}
		c := New(Options{Origins: Origins{API: server.URL}, AccountID: 1, Transport: transport})
		if _, err := c.Secrets(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		transport.CloseIdleConnections()
	}
}

func TestACertificateFileThatCanNotBeUsedIsAWarning(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{empty, empty + ".none"} {
		var warned []string
		_, err := NewTransport(TransportOptions{Getenv: environment("SSL_CERT_FILE", file), Warn: func(err error) { warned = append(warned, err.Error()) }})
		if err != nil || len(warned) != 1 || !strings.Contains(warned[0], "SSL_CERT_FILE") || !strings.Contains(warned[0], file) {
			t.Errorf("%v, %v", warned, err)
		}
	}
}
