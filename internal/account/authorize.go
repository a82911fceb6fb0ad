package account

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/wire"
)

// Authorize asks HubSpot whose a personal access key is, and gives the account
// with its first token. Its name is the one HubSpot knows, in the form of
// KebabCase. client has no login; clientFor makes one that uses the new token,
// to look up the account that a sandbox or test account belongs to, which is no
// reason to fail.
func Authorize(ctx context.Context, key Key, env hubapi.Environment, client *hubapi.Client, clientFor func(*Account) *hubapi.Client) (*Account, error) {
	got, err := client.ExchangeKey(ctx, key.Reveal(), 0)
	if err != nil {
		return nil, err
	}
	if got.HubID <= 0 || got.Token == "" {
		return nil, errors.New("exchange the personal access key: the answer names no account or holds no token")
	}
	a := &Account{
		Name: KebabCase(got.HubName), ID: got.HubID, Env: env, AuthType: PersonalAccessKey, Type: got.AccountType,
		PersonalAccessKey: key, AccessToken: NewKey(got.Token), ExpiresAt: time.UnixMilli(got.ExpiresAtMillis),
	}
	switch a.Type {
	case wire.AccountStandardSandbox, wire.AccountDevelopmentSandbox:
		a.ParentID, err = clientFor(a).SandboxParent(ctx)
	case wire.AccountDeveloperTest:
		a.ParentID, err = clientFor(a).TestPortalParent(ctx)
	}
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return a, nil
}

// FixedToken is a hubapi.TokenSource for a token that was just made.
type FixedToken struct{ Key Key }

// Token gives it.
func (f FixedToken) Token(context.Context) (string, error) { return f.Key.Reveal(), nil }

// Renew can't.
func (f FixedToken) Renew(context.Context, string) (string, error) {
	return "", errors.New("HubSpot does not accept the token it has just made")
}

// KebabCase makes an account name of what HubSpot calls the account:
// "Acme Shop (EU)" becomes "acme-shop-eu".
func KebabCase(name string) string {
	var b strings.Builder
	gap := false
	lower := false // the rune before was a small letter or a digit
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap, lower = true, false
			continue
		case unicode.IsUpper(r) && lower:
			gap = true
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap, lower = false, unicode.IsLower(r) || unicode.IsDigit(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
