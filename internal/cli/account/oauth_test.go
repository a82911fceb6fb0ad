package account

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
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
