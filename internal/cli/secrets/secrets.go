// Package secrets implements `fns secrets` and `fns app secrets`: the secrets of
// an account and of an app. Values go to HubSpot and can't be read back, names
// can; every change is checked against the names afterwards, because HubSpot
// answers with success also where it stored nothing.
package secrets

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/report"
)

// NewCmdSecrets makes `fns secrets` and all below it.
func NewCmdSecrets(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := cmdutil.Group("secrets", "Manage the secrets of an account", []string{"secret"},
		newAdd(t), newUpdate(t), newList(t), newDelete(t), newImport(t), newDiff(f), newCopy())
	cmd.Long = `Manage the secrets that functions of the design manager and of projects read from
process.env. Their values can be written, never read; a running function sees a
new value after about ten seconds.`
	cmd.Example = "  fns secrets list\n  fns secrets add API_KEY\n  fns secrets import .env\n  fns secrets diff"
	return cmd
}

// NewCmdAppSecrets makes `fns app secrets` and all below it.
func NewCmdAppSecrets(f *factory.Factory) *cobra.Command {
	t := &target{f: f, forApp: true}
	cmd := cmdutil.Group("secrets", "Manage the secrets of an app", []string{"secret"}, newAdd(t), newUpdate(t), newList(t), newDelete(t), newImport(t))
	cmd.Long = "Manage the secrets of one app. --app names it; without the flag you choose, unless\nthe account has a single one."
	cmd.Example = "  fns app secrets list --app 123\n  fns app secrets add API_KEY --app 123 --stdin < key.txt"
	return cmd
}

// target is where secrets are: filled by flags, then by open.
type target struct {
	f      *factory.Factory
	flags  cmdutil.AccountFlags
	app    int64
	forApp bool
	asJSON bool

	session *cmdutil.Session
	store   store
	name    string // of what they belong to: "account acme (123)"
}

// addTo gives a command the flags that say where.
func (t *target) addTo(cmd *cobra.Command) {
	t.flags.AddTo(cmd, t.f.Sys)
	cmd.Flags().BoolVar(&t.asJSON, "json", false, "Print JSON")
	if t.forApp {
		cmd.Flags().Int64Var(&t.app, "app", 0, "The `id` of the app")
	}
}

// clone gives each command flags of its own.
func (t *target) clone() *target { return &target{f: t.f, forApp: t.forApp} }

// open connects to the account and, for an app, finds it.
func (t *target) open(ctx context.Context) error {
	s, err := t.flags.Connect(t.f)
	if err != nil {
		return err
	}
	t.session = s
	t.name = "account " + s.Account.Label()
	t.store = accountStore{s.Client}
	if t.forApp {
		app, err := cmdutil.ChooseApp(ctx, t.f, s, t.app)
		if err != nil {
			return err
		}
		t.app = app.ID
		t.name = fmt.Sprintf("app %s (%d) in %s", app.Name, app.ID, t.name)
		t.store = appStore{s.Client, app.ID}
	}
	return nil
}

// limit is how many secrets there can be, 0 where HubSpot names no number.
func (t *target) limit() int {
	if t.forApp {
		return 0
	}
	return int(limits.All().Max(limits.Secrets, nil, false))
}

// count shows how many there are: "3/50".
func (t *target) count(n int) string {
	if limit := t.limit(); limit > 0 {
		return fmt.Sprintf("%d/%d", n, limit)
	}
	return fmt.Sprint(n)
}

// say prints a line on stdout, made safe for the terminal.
func (t *target) say(format string, args ...any) {
	// If stdout is gone, the exit code still tells.
	_, _ = fmt.Fprintln(t.f.IO.Out, report.Clean(fmt.Sprintf(format, args...)))
}

// result is what a change prints with --json.
type result struct {
	AccountID int64  `json:"accountId"`
	AppID     int64  `json:"appId,omitempty"`
	Name      string `json:"name"`
	Action    string `json:"action"` // "added", "updated", "deleted"
	Count     int    `json:"count"`
	Limit     int    `json:"limit,omitempty"`
}

// done reports a change that was checked.
func (t *target) done(name, action string, names []string) error {
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, result{t.session.Account.ID, t.app, name, action, len(names), t.limit()})
	}
	t.say("secret %s %s in %s, which has %s now", name, action, t.name, t.count(len(names)))
	return nil
}

// How often, and how far apart, the list is read after a change: HubSpot may
// show it a moment later.
const (
	looks    = 4
	lookWait = 400 * time.Millisecond
)

// verify reads the list until ok holds, and gives the last one read.
func (t *target) verify(ctx context.Context, ok func(names []string) bool) (names []string, held bool, err error) {
	for look := 1; ; look++ {
		names, err = t.store.list(ctx)
		if err != nil {
			return nil, false, fmt.Errorf("the change was sent, but could not be checked: %w", err)
		}
		if ok(names) {
			return names, true, nil
		}
		if look == looks {
			return names, false, nil
		}
		select {
		case <-time.After(lookWait << (look - 1)):
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
}

func newCopy() *cobra.Command {
	return &cobra.Command{
		Use:   "copy",
		Short: "Say why secrets can't be copied between accounts",
		Long: `Secrets can't be copied from one account to another: HubSpot gives out their
names, never their values. Keep the values where you manage your passwords, and
import them into each account.`,
		Example: "  fns secrets diff --account acme-dev --account acme\n  fns secrets import .env --account acme",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(*cobra.Command, []string) error { return errCopy{} },
	}
}

// errCopy is that values can't be read.
type errCopy struct{}

// Error says why.
func (errCopy) Error() string {
	return "secrets can't be copied: HubSpot gives out their names, never their values"
}

// Hint says what goes instead.
func (errCopy) Hint() string {
	return "fns secrets diff --account A --account B shows which are missing; fns secrets import .env --account B writes them"
}
