package account

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
)

// spare is how long before its end a token is not used any more, as in hs.
const spare = 5 * time.Minute

// Login gives the access tokens of one account: the cached one while it lasts,
// then a new one, which goes into the config file. It is a hubapi.TokenSource.
type Login struct {
	config  *Config
	account Account
	client  *hubapi.Client // for exchanges, without a login of its own
	warn    func(error)
	now     func() time.Time

	mu sync.Mutex // one exchange at a time, whoever asks
}

// NewLogin makes the login of an account of c. warn hears that a token could not
// be saved, which costs the next command an exchange and nothing more; it may be
// nil.
func NewLogin(c *Config, a *Account, client *hubapi.Client, warn func(error)) *Login {
	if warn == nil {
		warn = func(error) {}
	}
	own := *c // saving a token reads the file anew, in whatever goroutine that happens
	return &Login{config: &own, account: *a, client: client, warn: warn, now: time.Now}
}

// Token gives the cached token, or gets one.
func (l *Login) Token(ctx context.Context) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.account.AccessToken.Empty() && l.now().Add(spare).Before(l.account.ExpiresAt) {
		return l.account.AccessToken.Reveal(), nil
	}
	return l.exchange(ctx)
}

// Renew gets another token than stale.
func (l *Login) Renew(ctx context.Context, stale string) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if token := l.account.AccessToken.Reveal(); token != "" && token != stale {
		return token, nil // another call has been here meanwhile
	}
	return l.exchange(ctx)
}

// MissingKeyError is an account that can't log in because its entry is
// incomplete.
type MissingKeyError struct {
	Account string
	What    string
}

// Error says what is missing.
func (e *MissingKeyError) Error() string {
	return fmt.Sprintf("account %s has no %s", e.Account, e.What)
}

// Hint says how to get it.
func (e *MissingKeyError) Hint() string { return "run fns account auth to log in again" }

// Check reports what the account lacks to log in, without asking HubSpot.
func (a *Account) Check() error {
	missing := ""
	switch a.AuthType {
	case PersonalAccessKey:
		if a.PersonalAccessKey.Empty() {
			missing = "personalAccessKey"
		}
	case OAuth2:
		switch {
		case a.ClientID == "":
			missing = "auth.clientId"
		case a.ClientSecret.Empty():
			missing = "auth.clientSecret"
		case a.RefreshToken.Empty():
			missing = "auth.tokenInfo.refreshToken"
		}
	case APIKey:
		if a.APIKey.Empty() {
			missing = "apiKey"
		}
	case "":
		missing = "authType"
	default:
		return fmt.Errorf("account %s has the authType %q, want %s, %s or %s", a.Label(), a.AuthType, PersonalAccessKey, OAuth2, APIKey)
	}
	if missing == "" {
		return nil
	}
	return &MissingKeyError{a.Label(), missing}
}

func (l *Login) exchange(ctx context.Context) (string, error) {
	if err := l.account.Check(); err != nil {
		return "", err
	}
	refresh := Key{}
	switch l.account.AuthType {
	case PersonalAccessKey:
		got, err := l.client.ExchangeKey(ctx, l.account.PersonalAccessKey.Reveal(), l.account.ID)
		if err != nil {
			return "", err
		}
		if got.Token == "" {
			return "", errors.New("exchange the personal access key: the answer holds no token")
		}
		l.account.AccessToken, l.account.ExpiresAt = NewKey(got.Token), time.UnixMilli(got.ExpiresAtMillis)
	case OAuth2:
		got, err := l.client.RefreshOAuth(ctx, l.account.ClientID, l.account.ClientSecret.Reveal(), l.account.RefreshToken.Reveal())
		if err != nil {
			return "", err
		}
		if got.AccessToken == "" {
			return "", errors.New("renew the OAuth login: the answer holds no token")
		}
		l.account.AccessToken, l.account.ExpiresAt = NewKey(got.AccessToken), OAuthExpiry(l.now(), got.ExpiresIn)
		if got.RefreshToken != "" {
			refresh = NewKey(got.RefreshToken)
			l.account.RefreshToken = refresh
		}
	default:
		return "", fmt.Errorf("account %s logs in with an API key and has no tokens", l.account.Label())
	}
	if l.config.Kind != Environment {
		if err := l.config.SaveToken(l.account.ID, l.account.AccessToken, l.account.ExpiresAt, refresh); err != nil {
			l.warn(fmt.Errorf("the access token is not kept for the next command: %w", err))
		}
	}
	return l.account.AccessToken.Reveal(), nil
}

// OAuthExpiry is when hs takes a token of OAuth for expired: after three
// quarters of its time.
func OAuthExpiry(now time.Time, seconds int64) time.Time {
	return now.Add(time.Duration(seconds) * time.Second * 3 / 4)
}
