package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/wire"
)

// defaultScope is what hs asks for unless told otherwise.
const defaultScope = "content"

// withOAuth logs in with an app's OAuth: the user consents in the browser, which
// then brings a code to a server on this machine.
func (o *authOptions) withOAuth(ctx context.Context, c *account.Config, env hubapi.Environment, client *hubapi.Client) (*account.Account, error) {
	a, err := o.oauthApp(ctx, env)
	if err != nil {
		return nil, err
	}
	callback, err := url.Parse(o.callback)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", callback.Host)
	if err != nil {
		return nil, fmt.Errorf("wait for the browser at %s: %w", o.callback, err)
	}
	return o.consent(ctx, c, client, a, l, callback.Path)
}

// consent lets the user allow the app to use the account, and gets its tokens.
func (o *authOptions) consent(ctx context.Context, c *account.Config, client *hubapi.Client, a *account.Account, l net.Listener, path string) (*account.Account, error) {
	state := rand.Text()
	query := url.Values{
		wire.FieldClientID: {a.ClientID}, wire.FieldScope: {strings.Join(a.Scopes, " ")},
		wire.FieldRedirect: {o.callback}, wire.FieldState: {state},
	}
	page := client.Page(wire.Path(wire.OAuthPage, strconv.FormatInt(a.ID, 10))) + "?" + query.Encode()
	o.show(c, page, "allow the app to use the account")
	code, err := awaitCode(ctx, l, path, state)
	if err != nil {
		return nil, err
	}
	o.f.Hide("OAuth code", code)
	grant, err := client.AuthorizeOAuth(ctx, a.ClientID, a.ClientSecret.Reveal(), o.callback, code)
	if err != nil {
		return nil, err
	}
	if grant.RefreshToken == "" || grant.AccessToken == "" {
		return nil, errors.New("finish the OAuth login: the answer holds no tokens")
	}
	a.AccessToken, a.RefreshToken = account.NewKey(grant.AccessToken), account.NewKey(grant.RefreshToken)
	a.ExpiresAt = account.OAuthExpiry(time.Now(), grant.ExpiresIn)
	return a, nil
}

// oauthApp gets the facts about the app, from the environment or by asking.
func (o *authOptions) oauthApp(ctx context.Context, env hubapi.Environment) (*account.Account, error) {
	a := &account.Account{ID: o.accountID, Env: env, AuthType: account.OAuth2, ClientID: o.f.Sys.Getenv(account.VarClientID)}
	secret := o.f.Sys.Getenv(account.VarClientSecret)
	var err error
	if a.ID == 0 {
		text, err := o.f.IO.Ask(ctx, "Account id", "")
		if err != nil {
			return nil, err
		}
		if a.ID, err = strconv.ParseInt(text, 10, 64); err != nil || a.ID <= 0 {
			return nil, fmt.Errorf("%q is no account id", text)
		}
	}
	if a.ClientID == "" {
		if a.ClientID, err = o.f.IO.Ask(ctx, "Client id of the app", ""); err != nil {
			return nil, err
		}
	}
	if secret == "" {
		if secret, err = o.f.IO.AskHidden(ctx, "Client secret of the app"); err != nil {
			return nil, err
		}
	}
	if a.ClientID == "" || strings.TrimSpace(secret) == "" {
		return nil, fmt.Errorf("OAuth needs client id and client secret of an app; %s and %s can hold them", account.VarClientID, account.VarClientSecret)
	}
	a.ClientSecret = account.NewKey(strings.TrimSpace(secret))
	o.f.Hide("client secret", a.ClientSecret.Reveal())
	scopes := defaultScope
	if o.f.IO.Interactive() {
		if scopes, err = o.f.IO.Ask(ctx, "Scopes, with spaces between", defaultScope); err != nil {
			return nil, err
		}
	}
	a.Scopes = strings.Fields(scopes)
	return a, nil
}

// awaitCode serves l until the browser has brought the code that belongs to
// state.
func awaitCode(ctx context.Context, l net.Listener, path, state string) (string, error) {
	type result struct {
		code string
		err  error
	}
	got := make(chan result, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if subtle.ConstantTimeCompare([]byte(q.Get(wire.FieldState)), []byte(state)) != 1 {
			http.Error(w, "This answer does not belong to the login that fns waits for.", http.StatusBadRequest)
			return
		}
		res := result{code: q.Get(wire.FieldCode)}
		if res.code == "" {
			res.err = fmt.Errorf("HubSpot did not allow it: %s %s", q.Get("error"), q.Get("error_description"))
			http.Error(w, "HubSpot did not allow it; see your terminal.", http.StatusForbidden)
		} else {
			fmt.Fprintln(w, "Done. You can close this page and go back to your terminal.")
		}
		select {
		case got <- res:
		default: // a second visit
		}
	})
	failed, end := serve(ctx, l, mux)
	defer end()
	select {
	case r := <-got:
		return r.code, r.err
	case err := <-failed:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// serve answers a browser at l until end is called, which lets an answer that is
// being sent arrive. failed gets the error of a server that can't go on.
func serve(ctx context.Context, l net.Listener, h http.Handler) (failed <-chan error, end func()) {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	return served, func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = server.Shutdown(ending) // the answer that is being sent is all there is to wait for
		_ = l.Close()               // where serving has not begun yet
	}
}
