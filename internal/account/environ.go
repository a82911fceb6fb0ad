package account

import (
	"fmt"
	"strconv"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
)

// fromEnvironment makes a Config of one account from the variables of hs. The
// kind of login is that of the first complete set: key, OAuth, API key.
func fromEnvironment(w Where) (*Config, error) {
	name, text := VarAccountID, w.Getenv(VarAccountID)
	if text == "" {
		name, text = VarPortalID, w.Getenv(VarPortalID)
	}
	if text == "" {
		return nil, fmt.Errorf("%s is not set, but the account is to come from the environment", VarAccountID)
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		return nil, fmt.Errorf("%s=%s is no account id", name, text)
	}
	a := Account{Name: text, ID: id, Env: hubapi.Production}
	if w.Getenv(VarEnvironment) == string(hubapi.QA) {
		a.Env = hubapi.QA
	}
	a.ClientID = w.Getenv(VarClientID)
	a.PersonalAccessKey, a.APIKey = NewKey(w.Getenv(VarKey)), NewKey(w.Getenv(VarAPIKey))
	a.ClientSecret, a.RefreshToken = NewKey(w.Getenv(VarClientSecret)), NewKey(w.Getenv(VarRefreshToken))
	switch {
	case !a.PersonalAccessKey.Empty():
		a.AuthType = PersonalAccessKey
	case a.ClientID != "" && !a.ClientSecret.Empty() && !a.RefreshToken.Empty():
		a.AuthType = OAuth2
	case !a.APIKey.Empty():
		a.AuthType = APIKey
	default:
		return nil, fmt.Errorf("%s is set, but neither %s, nor %s with %s and %s, nor %s", name, VarKey, VarClientID, VarClientSecret, VarRefreshToken, VarAPIKey)
	}
	c := &Config{
		Kind: Environment, Accounts: []Account{a}, Default: text, where: w,
		PublishMode: w.Getenv(varPublishMode), Localhost: w.Getenv(VarLocalhost) == "true", AutoOpenBrowser: true,
	}
	if ms, err := strconv.Atoi(w.Getenv(VarTimeout)); err == nil && ms > 0 {
		c.Timeout = time.Duration(ms) * time.Millisecond
	}
	return c, nil
}
