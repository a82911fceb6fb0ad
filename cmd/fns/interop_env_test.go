package main

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/engine/enginetest"
)

// envTasks are those about accounts and settings of the environment.
func envTasks() []task {
	key := "HUBSPOT_PERSONAL_ACCESS_KEY=pat-acme"
	list := []string{"secret", "list"}
	useEnv := []string{"secret", "list", "--use-env"}
	beta := `defaultAccount: 456
allowUsageTracking: false
accounts:
  - name: beta
    accountId: 456
    env: prod
    authType: personalaccesskey
    accountType: STANDARD
    personalAccessKey: pat-beta
    auth:
      tokenInfo: {}
`
	upload := []string{"cms", "upload", "one.css", "web/one.css", "--use-env"}
	css := map[string]string{"one.css": "x"}
	local := []string{"defaultAccount: 123\n", "defaultAccount: 123\nhttpUseLocalhost: true\n"}
	return []task{
		{
			name: "OAuth of the environment", hs: useEnv, noAccount: true,
			env: []string{"HUBSPOT_ACCOUNT_ID=789", "HUBSPOT_CLIENT_ID=cid", "HUBSPOT_CLIENT_SECRET=csec", "HUBSPOT_REFRESH_TOKEN=ref"},
		},
		{name: "an API key of the environment", hs: useEnv, noAccount: true, env: []string{"HUBSPOT_ACCOUNT_ID=123", "HUBSPOT_API_KEY=api-acme"}, fails: true, hsDoesNot: true, why: "exit code 0 after a failed call"},
		{name: "an incomplete environment", hs: useEnv, noAccount: true, env: []string{"HUBSPOT_ACCOUNT_ID=123", "HUBSPOT_CLIENT_ID=cid"}, fails: true},
		{name: "the older name of the account", hs: useEnv, env: []string{"HUBSPOT_PORTAL_ID=123", key}},
		{name: "the environment without the flag", hs: list, env: []string{"USE_ENVIRONMENT_HUBSPOT_CONFIG=true", "HUBSPOT_ACCOUNT_ID=123", key}},
		{name: "variables that nobody asked for", hs: list, env: []string{"HUBSPOT_ACCOUNT_ID=456", "HUBSPOT_PERSONAL_ACCESS_KEY=pat-beta"}},
		{name: "the environment and an account", hs: append(useEnv, "-a", "acme"), env: []string{"HUBSPOT_ACCOUNT_ID=123", key}, fails: true},
		{name: "the HubSpot for tests", hs: useEnv, noAccount: true, env: []string{"HUBSPOT_ACCOUNT_ID=123", "HUBSPOT_ENVIRONMENT=qa", key}},
		{name: "upload a draft by the environment", hs: upload, noAccount: true, files: css, env: []string{"HUBSPOT_ACCOUNT_ID=123", key, "DEFUALT_CMS_PUBLISH_MODE=draft"}},
		{name: "publish by the environment", hs: upload, noAccount: true, files: css, env: []string{"HUBSPOT_ACCOUNT_ID=123", key, "DEFUALT_CMS_PUBLISH_MODE=publish"}},
		{name: "another config file", hs: append(list, "--config", "other/beta.yml"), files: map[string]string{"other/beta.yml": beta}},
		{name: "another config file by the environment", hs: list, files: map[string]string{"other/beta.yml": beta}, env: []string{"HUBSPOT_CONFIG_PATH=other/beta.yml"}},
		{
			name: "in the folder that npm ran a script in", hs: list, env: []string{"INIT_CWD=$HOME/work"},
			files: map[string]string{"work/.hsaccount": "456", "package.json": "{}"},
		},
		{name: "through a proxy", hs: list, proxied: true},
		{name: "through a proxy to a host of HubSpot's developers", hs: list, proxied: true, files: map[string]string{".hscli/config.yml": strings.Replace(globalConfig, local[0], local[1], 1)}},
		{
			name: "through a proxy to a host of HubSpot's developers by the environment", hs: useEnv, proxied: true, noAccount: true,
			env: []string{"HUBSPOT_ACCOUNT_ID=123", key, "HTTP_USE_LOCALHOST=true"},
		},
		{name: "through a proxy to the HubSpot for tests", hs: useEnv, proxied: true, noAccount: true, env: []string{"HUBSPOT_ACCOUNT_ID=123", key, "HUBSPOT_ENVIRONMENT=qa"}},
	}
}

// hubSpotsHosts starts h under HubSpot's own names, which a proxy leads to. The
// variables make a tool use it.
func hubSpotsHosts(t *testing.T, h *fakeHub) (authority string, env []string) {
	t.Helper()
	leaf, authority, err := enginetest.Certificate("*.hubapi.com", "*.hubapiqa.com")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RequestURI = "https://" + r.Host + r.URL.RequestURI()
		h.handler.ServeHTTP(w, r)
	}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{leaf}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			t.Errorf("the proxy was asked to %s %s", r.Method, r.URL)
			return
		}
		tunnel(w, server.Listener.Addr().String())
	}))
	t.Cleanup(proxy.Close)
	return authority, []string{"HTTPS_PROXY=" + proxy.URL}
}

// tunnel connects a client to address, until one of them ends.
func tunnel(w http.ResponseWriter, address string) {
	there, err := net.Dial("tcp", address)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer there.Close()
	here, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer here.Close()
	if _, err := io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	go func() {
		_, _ = io.Copy(there, buffered)
		_ = there.Close()
	}()
	_, _ = io.Copy(here, there)
}
