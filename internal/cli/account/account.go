// Package account implements `fns account`, and with it `fns auth` and `fns
// init`: the accounts in the config files of hs and their logins.
package account

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/report"
)

// NewCmdAccount makes the command and all below it.
func NewCmdAccount(f *factory.Factory) *cobra.Command {
	cmd := cmdutil.Group("account", "Manage the HubSpot accounts that commands work with", []string{"accounts"},
		newAccountAuth(f), newList(f), newUse(f), newInfo(f), newRename(f), newRemove(f), newClean(f), newCreateOverride(f), newRemoveOverride(f), newLink(f), newUnlink(f))
	cmd.Long = `Manage the HubSpot accounts that commands work with. They are kept in the config
files of hs, so both tools share their logins:

  ~/.hscli/config.yml   all accounts of a user
  hubspot.config.yml    the older kind, looked for from the current folder upwards
  .hsaccount            the id of the account for a folder and those below it`
	cmd.Example = "  fns account auth\n  fns account list\n  fns account use acme-dev"
	return cmd
}

// say prints a line of talk on stdout, made safe for the terminal.
func say(f *factory.Factory, format string, args ...any) {
	// If stdout is gone, the exit code still tells.
	_, _ = fmt.Fprintln(f.IO.Out, report.Clean(fmt.Sprintf(format, args...)))
}

// pick gives the account that an argument names; without one it lets the user
// choose.
func pick(ctx context.Context, f *factory.Factory, c *account.Config, args []string, question string) (*account.Account, error) {
	if len(args) > 0 {
		return c.Find(args[0])
	}
	if len(c.Accounts) == 0 {
		return nil, account.ErrNone
	}
	if !f.IO.Interactive() {
		return nil, cmdutil.Usagef("name an account: %s", labels(c))
	}
	var options []string
	for i := range c.Accounts {
		options = append(options, c.Accounts[i].Label())
	}
	i, err := f.IO.Choose(ctx, question, options)
	if err != nil {
		return nil, err
	}
	return &c.Accounts[i], nil
}

func labels(c *account.Config) string {
	text := ""
	for i := range c.Accounts {
		if i > 0 {
			text += ", "
		}
		text += c.Accounts[i].Label()
	}
	return text
}

// confirm asks unless the user has said yes before with --force.
func confirm(ctx context.Context, f *factory.Factory, force bool, question string) (bool, error) {
	yes, err := cmdutil.Confirm(ctx, f, force, question)
	if err == nil && !yes {
		say(f, "nothing was changed")
	}
	return yes, err
}
