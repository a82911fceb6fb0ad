package account

import "github.com/fns-dev/fns/internal/wire"

// The account on the own machine, which needs no login: internal/portal is the
// HubSpot behind it.
const (
	LocalName       = "local"
	LocalID   int64 = 1
)

// NewLocal gives the account on the own machine.
func NewLocal() Account {
	return Account{Name: LocalName, ID: LocalID, AuthType: PersonalAccessKey, Type: wire.AccountDeveloperTest, builtIn: LocalName}
}

// BuiltIn reports whether a is the account on the own machine. One of that name or
// id in a config file is not.
func (a *Account) BuiltIn() bool { return a.builtIn != "" }

// LocalOnly is the configuration where nothing is configured: the account on the
// own machine alone.
func LocalOnly(w Where) *Config {
	return &Config{Kind: Environment, Accounts: []Account{NewLocal()}, Default: LocalName, AutoOpenBrowser: true, where: w}
}
