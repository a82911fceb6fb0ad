package cmdutil

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
)

// The environment variables about where HubSpot is.
const (
	varDomain = "HUBAPI_DOMAIN_OVERRIDE" // as in hs
	varOrigin = "FNS_API_ORIGIN"
)

// AccountFlags are the flags of every command that talks to HubSpot; names and
// meaning are those of hs.
type AccountFlags struct {
	Account   string // name or id, "" for the default
	Config    string // path of a config file
	UseEnv    bool
	Debug     bool
	APIOrigin string
}

// AddTo gives cmd the flags.
func (f *AccountFlags) AddTo(cmd *cobra.Command, sys *sysx.System) {
	flags := cmd.Flags()
	flags.StringVarP(&f.Account, "account", "a", "", "Use the account of this `name or id` instead of the default one")
	flags.BoolVar(&f.UseEnv, "use-env", false, "Take the account from HUBSPOT_ACCOUNT_ID and HUBSPOT_PERSONAL_ACCESS_KEY instead of a file")
	cmd.MarkFlagsMutuallyExclusive("use-env", "account")
	_ = cmd.RegisterFlagCompletionFunc("account", CompleteAccounts(f, sys)) // fails only for flags that do not exist
	f.AddConnection(cmd)
}

// AddConnection gives cmd only the flags that choose no account.
func (f *AccountFlags) AddConnection(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.Config, "config", "c", "", "Use this config `file`")
	flags.BoolVarP(&f.Debug, "debug", "d", false, "Print every call to HubSpot on stderr, without keys and secrets")
	flags.BoolVar(&f.Debug, "network-debug", false, "The same as --debug, for hs")
	flags.StringVar(&f.APIOrigin, "api-origin", "", "Send calls to this `origin` instead of https://api.hubapi.com; also FNS_API_ORIGIN")
	_ = flags.MarkHidden("network-debug") // both exist: defined above
	// hs asks with this flag not to be counted; fns counts nobody.
	flags.Bool("disable-usage-tracking", false, "Accepted for hs; fns reports no usage")
	_ = flags.MarkHidden("disable-usage-tracking")
}

// CompleteAccounts completes the names of accounts, with their ids.
func CompleteAccounts(f *AccountFlags, sys *sysx.System) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		c, err := f.Load(sys)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []cobra.Completion
		for i := range c.Accounts {
			a := &c.Accounts[i]
			id := strconv.FormatInt(a.ID, 10)
			if a.Name == "" {
				names = append(names, id)
			} else {
				names = append(names, cobra.CompletionWithDesc(a.Name, id))
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

// Where says where to look for the configuration.
func (f *AccountFlags) Where(sys *sysx.System) (account.Where, error) {
	dir := sys.Getenv("INIT_CWD") // npm sets it for scripts: where the user is
	if dir == "" {
		var err error
		if dir, err = sys.Getwd(); err != nil {
			return account.Where{}, fmt.Errorf("find the current folder: %w", err)
		}
	}
	home, err := sys.UserHomeDir()
	if err != nil {
		home = "" // then there is no global config
	}
	w := account.Where{Dir: dir, Home: home, Config: f.Config, UseEnv: f.UseEnv, Getenv: sys.Getenv}
	if w.Config == "" && !w.UseEnv {
		w.Config = sys.Getenv(account.VarConfigPath)
		w.UseEnv = sys.Getenv(account.VarUseEnv) == "true"
	}
	return w, nil
}

// Load reads the configuration in use.
func (f *AccountFlags) Load(sys *sysx.System) (*account.Config, error) {
	w, err := f.Where(sys)
	if err != nil {
		return nil, err
	}
	c, err := account.Load(w)
	return c, hintAccount(err)
}

// accountHint is an error about accounts with what to do.
type accountHint struct {
	error
	hint string
}

// Hint says what to do.
func (e *accountHint) Hint() string { return e.hint }

// Unwrap gives the error itself.
func (e *accountHint) Unwrap() error { return e.error }

func hintAccount(err error) error {
	switch {
	case errors.Is(err, account.ErrNone):
		return &accountHint{err, "fns account auth logs in; on a CI server set HUBSPOT_ACCOUNT_ID and HUBSPOT_PERSONAL_ACCESS_KEY and pass --use-env"}
	case errors.Is(err, account.ErrNoDefault):
		return &accountHint{err, "name one with --account, or choose one with fns account use"}
	default:
		return err
	}
}

// Session is a command's way to HubSpot, in the name of one account.
type Session struct {
	Config  *account.Config
	Account *account.Account
	From    string // as account.Choice.From
	Client  *hubapi.Client
}

// Connect chooses the account and makes its client. Nothing is sent before the
// first call.
func (f *AccountFlags) Connect(fac *factory.Factory) (*Session, error) {
	c, err := f.Load(fac.Sys)
	if errors.Is(err, account.ErrNone) {
		if c, err = f.localOnly(fac.Sys); err == nil && f.Account == "" {
			sayLocal(fac)
		}
	}
	if err != nil {
		return nil, err
	}
	choice, err := c.Choose(f.Account)
	if err != nil {
		return nil, hintAccount(err)
	}
	return f.ConnectAs(fac, c, choice)
}

// ConnectAs makes the client of an account of c.
func (f *AccountFlags) ConnectAs(fac *factory.Factory, c *account.Config, choice account.Choice) (*Session, error) {
	a := choice.Account
	if a.BuiltIn() || entryOfLocal(fac.Sys, a) {
		local := account.NewLocal()
		choice.Account = &local
		return f.connectLocal(fac, c, choice)
	}
	if err := a.Check(); err != nil {
		return nil, err
	}
	for name, key := range map[string]account.Key{
		"personal access key": a.PersonalAccessKey, "API key": a.APIKey, "client secret": a.ClientSecret,
		"refresh token": a.RefreshToken, "access token": a.AccessToken,
	} {
		fac.Hide(name, key.Reveal())
	}
	opts, err := f.clientOptions(fac, a.Env, c)
	if err != nil {
		return nil, err
	}
	anonymous := hubapi.New(opts)
	opts.AccountID = a.ID
	if a.AuthType == account.APIKey {
		opts.APIKey = a.APIKey.Reveal()
	} else {
		opts.Tokens = account.NewLogin(c, a, anonymous, func(err error) { Warn(fac, err) })
	}
	return &Session{Config: c, Account: a, From: choice.From, Client: hubapi.New(opts)}, nil
}

// Anonymous makes a client without a login, for logging in; c may be nil.
func (f *AccountFlags) Anonymous(fac *factory.Factory, env hubapi.Environment, c *account.Config) (*hubapi.Client, error) {
	opts, err := f.clientOptions(fac, env, c)
	if err != nil {
		return nil, err
	}
	return hubapi.New(opts), nil
}

// With makes a client that uses one access token.
func (f *AccountFlags) With(fac *factory.Factory, c *account.Config, a *account.Account) (*hubapi.Client, error) {
	fac.Hide("access token", a.AccessToken.Reveal())
	opts, err := f.clientOptions(fac, a.Env, c)
	if err != nil {
		return nil, err
	}
	opts.AccountID, opts.Tokens = a.ID, account.FixedToken{Key: a.AccessToken}
	return hubapi.New(opts), nil
}

func (f *AccountFlags) clientOptions(fac *factory.Factory, env hubapi.Environment, c *account.Config) (hubapi.Options, error) {
	sys := fac.Sys
	where := hubapi.OriginOptions{Env: env, Override: sys.Getenv(varDomain), APIOrigin: f.APIOrigin}
	if where.APIOrigin == "" {
		where.APIOrigin = sys.Getenv(varOrigin)
	}
	opts := hubapi.Options{UserAgent: "fns/" + fac.Build.Version}
	if c != nil {
		where.Localhost = c.Localhost
		opts.Timeout = c.Timeout
	}
	if ms, err := strconv.Atoi(sys.Getenv(account.VarTimeout)); err == nil && ms > 0 {
		opts.Timeout = time.Duration(ms) * time.Millisecond
	}
	var err error
	if opts.Origins, err = hubapi.ResolveOrigins(where); err != nil {
		return hubapi.Options{}, err
	}
	var transport *http.Transport
	transport, err = hubapi.NewTransport(hubapi.TransportOptions{Getenv: sys.Getenv, Warn: func(err error) { Warn(fac, err) }})
	if err != nil {
		return hubapi.Options{}, err
	}
	opts.Transport = transport
	if f.Debug {
		opts.Trace = hubapi.NewTracer(fac.IO.Err)
	}
	return opts, nil
}

// Warn prints a warning on stderr.
func Warn(fac *factory.Factory, err error) {
	// If stderr is gone there is nobody to warn.
	fmt.Fprintf(fac.IO.Err, "%s %s\n", fac.IO.Err.Theme.Warn("warning:"), report.Clean(fac.Redactor.Redact(err.Error())))
}
