package account

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/sysx"
)

func TestTheBrowserBringsTheCodeOfThisLoginOnly(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		visits  []string // queries, one after the other
		pages   []string // what the browser shows for each
		code    string
		wantErr string
	}{
		{"the code", []string{"code=abc&state=S"}, []string{"Done"}, "abc", ""},
		{"another login first", []string{"code=evil&state=X", "code=evil", "code=abc&state=S"}, []string{"does not belong", "does not belong", "Done"}, "abc", ""},
		{"a refusal", []string{"error=access_denied&error_description=no+way&state=S"}, []string{"did not allow"}, "", "access_denied no way"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			pages := make(chan string, len(tt.visits))
			go func() {
				for _, q := range tt.visits {
					resp, err := http.Get("http://" + l.Addr().String() + "/oauth-callback?" + q)
					if err != nil {
						pages <- err.Error()
						continue
					}
					text, _ := io.ReadAll(resp.Body)
					_ = resp.Body.Close()
					pages <- string(text)
				}
			}()
			code, err := awaitCode(t.Context(), l, "/oauth-callback", "S")
			if code != tt.code || (err == nil) != (tt.wantErr == "") || err != nil && !strings.Contains(err.Error(), tt.wantErr) {
				t.Errorf("%q, %v", code, err)
			}
			for _, want := range tt.pages {
				if got := <-pages; !strings.Contains(got, want) {
					t.Errorf("page %q, want %q", got, want)
				}
			}
		})
	}
}

func TestWaitingForTheBrowserCanBeBrokenOff(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := awaitCode(ctx, l, "/oauth-callback", "S"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if conn, err := net.Dial("tcp", l.Addr().String()); err == nil {
		_ = conn.Close()
		t.Error("the port is still open")
	}
}

func TestAnOAuthLoginEndsInTheConfigFile(t *testing.T) {
	t.Parallel()
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, err := url.ParseQuery(string(body))
		if err != nil || form.Get("grant_type") != "authorization_code" || form.Get("code") != "abc" || form.Get("client_id") != "cid" ||
			form.Get("client_secret") != "csec" || !strings.HasSuffix(form.Get("redirect_uri"), "/oauth-callback") {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		fmt.Fprint(w, `{"access_token":"acc-0123","refresh_token":"ref-0123","expires_in":1800}`)
	}))
	t.Cleanup(hub.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	callback := "http://" + l.Addr().String() + "/oauth-callback"
	_ = l.Close() // the login listens there itself

	home := t.TempDir()
	shown, stderr := io.Pipe()
	var stdout bytes.Buffer
	f := factory.New(&sysx.System{
		Environ: []string{"FNS_API_ORIGIN=" + hub.URL, "HUBSPOT_CLIENT_ID=cid", "HUBSPOT_CLIENT_SECRET=csec"},
		Stdin:   strings.NewReader(""), Stdout: &stdout, Stderr: stderr,
		Getwd: func() (string, error) { return home, nil }, UserHomeDir: func() (string, error) { return home, nil },
	})
	o := &authOptions{f: f, authType: account.OAuth2, callback: callback, accountID: 789, name: "app"}
	done := make(chan error, 1)
	go func() {
		err := authRun(t.Context(), o, o.path)
		_ = stderr.Close()
		done <- err
	}()
	lines := bufio.NewScanner(shown)
	for lines.Scan() {
		_, page, found := strings.Cut(lines.Text(), "allow the app to use the account: ")
		if !found {
			continue
		}
		u, err := url.Parse(page)
		if err != nil || u.Path != "/oauth/789/authorize" || u.Query().Get("client_id") != "cid" || u.Query().Get("scope") != "content" || u.Query().Get("redirect_uri") != callback {
			t.Errorf("page %s, %v", page, err)
		}
		resp, err := http.Get(callback + "?code=abc&state=" + u.Query().Get("state"))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	c, err := account.Load(account.Where{Home: home, Dir: home})
	if err != nil {
		t.Fatal(err)
	}
	a := c.ByID(789)
	if a == nil || a.Check() != nil || a.AuthType != account.OAuth2 || a.AccessToken.Reveal() != "acc-0123" || a.RefreshToken.Reveal() != "ref-0123" || c.Default != "789" {
		t.Errorf("%+v", a)
	}
	if !strings.Contains(stdout.String(), "account app (789) added") {
		t.Error(stdout.String())
	}
}

func TestAFileWithKeysInAGitTreeIsNoticed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "sub", "hubspot.config.yml")
	if err := os.MkdirAll(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	if insideGit(file) {
		t.Skip("the folder for temporary files lies in a Git tree")
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	if !insideGit(file) {
		t.Error("not noticed")
	}
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("node_modules\nhubspot.config.yml\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if insideGit(file) {
		t.Error("an ignored file is noticed")
	}
}
