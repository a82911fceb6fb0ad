package account

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
)

// hub is a HubSpot that exchanges keys: the nth exchange gives "token-n".
func hub(t *testing.T) (*hubapi.Client, *atomic.Int64) {
	t.Helper()
	var n atomic.Int64
	mux := http.NewServeMux()
	mux.HandleFunc("POST /localdevauth/v1/auth/refresh", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"hubId":123456,"hubName":"Acme Dev","accountType":"DEVELOPER_TEST","oauthAccessToken":"token-%d","expiresAtMillis":%d}`,
			n.Add(1), time.Now().Add(time.Hour).UnixMilli())
	})
	mux.HandleFunc("POST /oauth/v1/token", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("client_secret") != "csec" || r.FormValue("refresh_token") != "ref" {
			http.Error(w, `{}`, http.StatusBadRequest)
			return
		}
		fmt.Fprintf(w, `{"access_token":"token-%d","refresh_token":"ref2","expires_in":1800}`, n.Add(1))
	})
	mux.HandleFunc("GET /integrators/test-portals/v2/self", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer token-1" || r.URL.RawQuery != "portalId=123456" {
			http.Error(w, `{}`, http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"parentPortalId":42}`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return hubapi.New(hubapi.Options{Origins: hubapi.Origins{API: server.URL, Auth: server.URL}}), &n
}

func TestATokenIsUsedUntilFiveMinutesBeforeItsEnd(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		left time.Duration
		want string
	}{
		{"long", time.Hour, "CJ3-example"},
		{"just long enough", spare + time.Minute, "CJ3-example"},
		{"too short", spare - time.Minute, "token-1"},
		{"over", -time.Hour, "token-1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := folders(t, global, nil)
			c := load(t, w)
			client, _ := hub(t)
			l := NewLogin(c, c.ByID(123456), client, func(err error) { t.Error(err) })
			l.now = func() time.Time { return c.ByID(123456).ExpiresAt.Add(-tt.left) }
			got, err := l.Token(t.Context())
			if err != nil || got != tt.want {
				t.Errorf("%s, %v", got, err)
			}
			if saved := load(t, w).ByID(123456).AccessToken.Reveal(); saved != tt.want {
				t.Errorf("the file holds %s", saved)
			}
		})
	}
}

func TestManyCallsAtOnceShareOneExchange(t *testing.T) {
	t.Parallel()
	c := load(t, folders(t, global, nil))
	client, n := hub(t)
	l := NewLogin(c, c.ByID(123456), client, nil)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if got, err := l.Token(t.Context()); err != nil || got != "token-1" {
				t.Errorf("%s, %v", got, err)
			}
		})
	}
	wg.Wait()
	for range 20 {
		wg.Go(func() {
			if got, err := l.Renew(t.Context(), "token-1"); err != nil || got != "token-2" {
				t.Errorf("%s, %v", got, err)
			}
		})
	}
	wg.Wait()
	if n.Load() != 2 {
		t.Errorf("%d exchanges, want 2", n.Load())
	}
}

func TestAnOAuthLoginIsRenewed(t *testing.T) {
	t.Parallel()
	w := folders(t, global, nil)
	c := load(t, w)
	client, _ := hub(t)
	before := time.Now()
	if got, err := NewLogin(c, c.ByID(777), client, nil).Token(t.Context()); err != nil || got != "token-1" {
		t.Fatalf("%s, %v", got, err)
	}
	a := load(t, w).ByID(777)
	if a.RefreshToken.Reveal() != "ref2" || a.ExpiresAt.Before(before.Add(20*time.Minute)) || a.ExpiresAt.After(before.Add(25*time.Minute)) {
		t.Errorf("saved: %s until %s", a.RefreshToken.Reveal(), a.ExpiresAt)
	}
}

func TestATokenThatCanNotBeSavedIsUsedAllTheSame(t *testing.T) {
	t.Parallel()
	w := folders(t, global, nil)
	c := load(t, w)
	other := load(t, w)
	if err := other.Remove(123456); err != nil {
		t.Fatal(err)
	}
	client, _ := hub(t)
	var warned error
	got, err := NewLogin(c, c.ByID(123456), client, func(err error) { warned = err }).Token(t.Context())
	if err != nil || got != "token-1" || warned == nil || strings.Contains(warned.Error(), "token-1") {
		t.Errorf("%s, %v, warned %v", got, err, warned)
	}
}

func TestAnAccountThatCanNotLogInSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	for what, a := range map[string]Account{
		"personalAccessKey":           {AuthType: PersonalAccessKey},
		"auth.clientId":               {AuthType: OAuth2},
		"auth.clientSecret":           {AuthType: OAuth2, ClientID: "c"},
		"auth.tokenInfo.refreshToken": {AuthType: OAuth2, ClientID: "c", ClientSecret: NewKey("s")},
		"apiKey":                      {AuthType: APIKey},
		"authType":                    {},
	} {
		err := a.Check()
		var missing *MissingKeyError
		if !errors.As(err, &missing) || missing.What != what || missing.Hint() == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := (&Account{AuthType: "magic"}).Check(); err == nil || !strings.Contains(err.Error(), `"magic"`) {
		t.Error(err)
	}
}

func TestAKeyTellsItsAccount(t *testing.T) {
	t.Parallel()
	client, _ := hub(t)
	clientFor := func(a *Account) *hubapi.Client {
		return hubapi.New(hubapi.Options{Origins: client.Origins(), AccountID: a.ID, Tokens: FixedToken{a.AccessToken}})
	}
	a, err := Authorize(t.Context(), NewKey("k"), hubapi.Production, client, clientFor)
	if err != nil {
		t.Fatal(err)
	}
	if a.Name != "acme-dev" || a.ID != 123456 || a.ParentID != 42 || a.Type != "DEVELOPER_TEST" || a.AccessToken.Reveal() != "token-1" || a.Check() != nil {
		t.Errorf("%+v", a)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Authorize(ctx, NewKey("k"), hubapi.Production, client, clientFor); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
