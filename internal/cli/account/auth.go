package account

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/wire"
)

// authOptions are the flags of account auth, auth and init.
type authOptions struct {
	f     *factory.Factory
	flags cmdutil.AccountFlags

	callback       string // where the browser brings the code of OAuth
	accountID      int64
	authType       account.AuthType
	key            string
	stdin          bool
	name           string
	useDefaultName bool
	makeDefault    bool
	defaultGiven   bool
	qa             bool
}

const keyHelp = `The page of personal access keys opens in the browser, and sends the key here; it
can also be pasted, and is not shown. --personal-access-key has the key, or --stdin
reads it from a pipe, which keeps it out of the list of processes and the history of
your shell. HubSpot says whose it is.`

func newAccountAuth(f *factory.Factory) *cobra.Command {
	opts := &authOptions{f: f, authType: account.PersonalAccessKey, callback: wire.OAuthCallback}
	cmd := &cobra.Command{
		Use:   "auth",
		Short: "Log in to an account with a personal access key",
		Long:  "Log in to a HubSpot account and add it to the config file, or give an account\nthat is there another key.\n\n" + keyHelp,
		Example: `  fns account auth
  fns account auth --stdin --use-default-name < key.txt
  fns account auth --personal-access-key "$KEY" --name acme --default`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opts.defaultGiven = cmd.Flags().Changed("default")
			return authRun(cmd.Context(), opts, opts.path)
		},
	}
	opts.addTo(cmd)
	return cmd
}

// NewCmdAuth is `fns auth`, under its name in hs.
func NewCmdAuth(f *factory.Factory) *cobra.Command {
	cmd := newAccountAuth(f)
	opts := &authOptions{f: f, authType: account.PersonalAccessKey, callback: wire.OAuthCallback}
	cmd.Short = "Log in to an account with a personal access key or OAuth"
	cmd.Example = "  fns auth\n  fns auth --auth-type oauth2\n  fns auth --stdin < key.txt"
	cmd.ResetFlags()
	opts.addTo(cmd)
	opts.addAuthType(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		opts.defaultGiven = cmd.Flags().Changed("default")
		return authRun(cmd.Context(), opts, opts.path)
	}
	return cmd
}

// NewCmdInit is `fns init`, which makes a hubspot.config.yml.
func NewCmdInit(f *factory.Factory) *cobra.Command {
	opts := &authOptions{f: f, authType: account.PersonalAccessKey, callback: wire.OAuthCallback}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Log in and write a hubspot.config.yml into the current folder",
		Long: `Log in to a HubSpot account and write it into a new hubspot.config.yml in the
current folder, the older kind of config file. With a global config file,
~/.hscli/config.yml, that one counts: use fns account auth.

` + keyHelp,
		Example: "  fns init\n  fns init --stdin < key.txt\n  fns init --config other.yml",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return authRun(cmd.Context(), opts, newFile)
		},
	}
	opts.addTo(cmd)
	opts.addAuthType(cmd)
	return cmd
}

func (o *authOptions) addTo(cmd *cobra.Command) {
	o.flags.AddConnection(cmd)
	flags := cmd.Flags()
	flags.Int64VarP(&o.accountID, "account", "a", 0, "Expect the key of the account with this `id`")
	flags.StringVar(&o.key, "personal-access-key", "", "Log in with this `key`")
	flags.StringVar(&o.key, "pak", "", "The same as --personal-access-key")
	flags.BoolVar(&o.stdin, "stdin", false, "Read the key from stdin")
	flags.StringVar(&o.name, "name", "", "Call the account by this `name`")
	flags.BoolVar(&o.useDefaultName, "use-default-name", false, "Call the account as HubSpot does, without asking")
	flags.BoolVar(&o.makeDefault, "default", false, "Make it the default account")
	flags.BoolVar(&o.qa, "qa", false, "Log in to HubSpot's QA environment")
	flags.Bool("disable-tracking", false, "Accepted for hs; fns reports no usage")
	for _, name := range []string{"qa", "disable-tracking"} {
		_ = flags.MarkHidden(name) // defined above
	}
	cmd.MarkFlagsMutuallyExclusive("personal-access-key", "pak", "stdin")
	cmd.MarkFlagsMutuallyExclusive("name", "use-default-name")
}

func (o *authOptions) addAuthType(cmd *cobra.Command) {
	cmd.Flags().StringVar((*string)(&o.authType), "auth-type", string(account.PersonalAccessKey), "Log in with a personalaccesskey or with oauth2")
	_ = cmd.RegisterFlagCompletionFunc("auth-type", cobra.FixedCompletions([]string{string(account.PersonalAccessKey), string(account.OAuth2)}, cobra.ShellCompDirectiveNoFileComp))
}

// path gives the config file that an account is added to: the one in use, or
// else a new global one.
func (o *authOptions) path(w account.Where) (string, error) {
	if w.Config != "" {
		return absolute(w, w.Config), nil
	}
	c, err := account.Load(w)
	switch {
	case errors.Is(err, account.ErrNone) && w.GlobalPath() != "":
		return w.GlobalPath(), nil
	case err != nil:
		return "", err
	default:
		return c.Path, nil
	}
}

// newFile gives the hubspot.config.yml that init makes.
func newFile(w account.Where) (string, error) {
	if w.Config == "" {
		c, err := account.Load(w)
		if err == nil {
			return "", &existsError{c.Path}
		}
		if !errors.Is(err, account.ErrNone) {
			return "", err
		}
		return filepath.Join(w.Dir, account.LegacyFile), nil
	}
	path := absolute(w, w.Config)
	if c, err := account.Open(w, path); err == nil && len(c.Accounts) > 0 {
		return "", &existsError{path}
	}
	return path, nil
}

// existsError is a config file in the way of init.
type existsError struct{ path string }

// Error names the file.
func (e *existsError) Error() string { return "the accounts are kept in " + e.path + " already" }

// Hint says what to do.
func (e *existsError) Hint() string { return "fns account auth adds one" }

func absolute(w account.Where, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(w.Dir, path)
}

func authRun(ctx context.Context, o *authOptions, file func(account.Where) (string, error)) error {
	w, err := o.flags.Where(o.f.Sys)
	if err != nil {
		return err
	}
	w.UseEnv = false // a login is for a file
	path, err := file(w)
	if err != nil {
		return err
	}
	c, err := account.Open(w, path)
	if err != nil {
		return err
	}
	env := hubapi.Production
	if o.qa {
		env = hubapi.QA
	}
	client, err := o.flags.Anonymous(o.f, env, c)
	if err != nil {
		return err
	}
	var a *account.Account
	switch o.authType {
	case account.PersonalAccessKey:
		a, err = o.withKey(ctx, c, env, client)
	case account.OAuth2:
		a, err = o.withOAuth(ctx, c, env, client)
	default:
		err = cmdutil.Usagef("--auth-type %s: want %s or %s", o.authType, account.PersonalAccessKey, account.OAuth2)
	}
	if err != nil {
		return err
	}
	if err := o.chooseName(ctx, c, a); err != nil {
		return err
	}
	makeDefault, err := o.chooseDefault(ctx, c, a)
	if err != nil {
		return err
	}
	known := c.ByID(a.ID) != nil
	if err := c.Put(*a, makeDefault); err != nil {
		return err
	}
	verb := "added"
	if known {
		verb = "updated"
	}
	text := fmt.Sprintf("account %s %s in %s", a.Label(), verb, c.Path)
	if chosen, err := c.Choose(""); err == nil && chosen.Account.ID == a.ID {
		text += "; it is the default account"
	}
	say(o.f, "%s", text)
	if c.Kind == account.Local && insideGit(c.Path) {
		cmdutil.Warn(o.f, fmt.Errorf("%s holds keys: keep it out of Git, with a line in .gitignore", c.Path))
	}
	return nil
}

// insideGit reports whether a file lies in a work tree of Git whose .gitignore
// does not have its name.
func insideGit(path string) bool {
	name := filepath.Base(path)
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if text, err := os.ReadFile(filepath.Join(dir, ".gitignore")); err == nil && strings.Contains(string(text), name) {
			return false
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// withKey logs in with a personal access key.
func (o *authOptions) withKey(ctx context.Context, c *account.Config, env hubapi.Environment, client *hubapi.Client) (*account.Account, error) {
	key, err := o.readKey(ctx, c, client)
	if err != nil {
		return nil, err
	}
	o.f.Hide("personal access key", key)
	var clientErr error
	a, err := account.Authorize(ctx, account.NewKey(key), env, client, func(a *account.Account) *hubapi.Client {
		with, err := o.flags.With(o.f, c, a)
		if err != nil {
			clientErr = err
			return client
		}
		return with
	})
	if err := errors.Join(err, clientErr); err != nil {
		return nil, err
	}
	if o.accountID != 0 && o.accountID != a.ID {
		return nil, fmt.Errorf("the key belongs to account %d (%s), not to %d", a.ID, a.Name, o.accountID)
	}
	return a, nil
}

// maxKey bounds what is read as a key, in bytes.
const maxKey = 64 << 10

func (o *authOptions) readKey(ctx context.Context, c *account.Config, client *hubapi.Client) (string, error) {
	key := o.key
	switch {
	case key != "":
	case o.stdin:
		data, err := io.ReadAll(io.LimitReader(o.f.IO.In, maxKey))
		if err != nil {
			return "", fmt.Errorf("read the key from stdin: %w", err)
		}
		key = string(data)
	default:
		var err error
		if key, err = o.keyFromPage(ctx, c, client); err != nil {
			return "", err
		}
	}
	key = strings.TrimSpace(key)
	switch {
	case key == "":
		return "", errors.New("the personal access key is empty")
	case strings.ContainsAny(key, " \t\r\n"):
		return "", errors.New("the personal access key has white space in it: it is one word")
	}
	return key, nil
}

// show tells of a page, and opens it in the browser if there is somebody before it.
func (o *authOptions) show(c *account.Config, page, what string) {
	fmt.Fprintf(o.f.IO.Err, "%s: %s\n", what, o.f.IO.Err.Theme.Accent(page))
	if o.f.IO.Interactive() && c.AutoOpenBrowser {
		if err := o.f.Sys.OpenBrowser(page); err != nil {
			cmdutil.Warn(o.f, fmt.Errorf("open the browser: %w", err))
		}
	}
}

// chooseName decides what the account is called.
func (o *authOptions) chooseName(ctx context.Context, c *account.Config, a *account.Account) error {
	proposal := free(c, a)
	old := c.ByID(a.ID)
	switch {
	case o.name != "":
		a.Name = o.name
	case old != nil && old.Name != "" && !o.useDefaultName:
		a.Name = old.Name
	case o.useDefaultName || !o.f.IO.Interactive():
		a.Name = proposal
	default:
		name, err := o.f.IO.Ask(ctx, "Name of the account", proposal)
		if err != nil {
			return err
		}
		a.Name = name
	}
	return nil
}

// free gives a name for the account that no other account has.
func free(c *account.Config, a *account.Account) string {
	id := strconv.FormatInt(a.ID, 10)
	if a.Name == "" {
		return id
	}
	for i := range c.Accounts {
		if other := &c.Accounts[i]; other.Name == a.Name && other.ID != a.ID {
			return a.Name + "-" + id
		}
	}
	return a.Name
}

// chooseDefault decides whether the account becomes the default one: the first
// does.
func (o *authOptions) chooseDefault(ctx context.Context, c *account.Config, a *account.Account) (bool, error) {
	switch {
	case o.defaultGiven:
		return o.makeDefault, nil
	case len(c.Accounts) == 0:
		return true, nil
	case c.Default == strconv.FormatInt(a.ID, 10) || c.Default == a.Name:
		return true, nil // written again, in case the name has changed
	case !o.f.IO.Interactive():
		return false, nil
	default:
		return o.f.IO.Confirm(ctx, fmt.Sprintf("Make %s the default account?", report.Clean(a.Label())))
	}
}
