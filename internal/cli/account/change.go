package account

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/wire"
)

// command makes a command of the form `fns account <verb> [account]` that works
// on the config file alone.
func command(f *factory.Factory, cmd *cobra.Command, question string, run func(ctx context.Context, c *account.Config, a *account.Account) error) *cobra.Command {
	var flags cmdutil.AccountFlags
	cmd.Args = cmdutil.AtMostOne
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := flags.Load(f.Sys)
		if err != nil {
			return err
		}
		a, err := pick(cmd.Context(), f, c, args, question)
		if err != nil {
			return err
		}
		copied := *a // a change of c must not change what is said about it
		return run(cmd.Context(), c, &copied)
	}
	flags.AddConnection(cmd)
	cmd.ValidArgsFunction = cmdutil.CompleteAccounts(&flags, f.Sys)
	return cmd
}

func newUse(f *factory.Factory) *cobra.Command {
	return command(f, &cobra.Command{
		Use:     "use [account]",
		Short:   "Choose the default account",
		Long:    "Make an account, named by name or id, the default one of the config file. An\n.hsaccount or a linked folder still goes before it.",
		Example: "  fns account use acme-dev\n  fns account use 123456",
	}, "Default account", func(_ context.Context, c *account.Config, a *account.Account) error {
		if err := c.SetDefault(a.ID); err != nil {
			return err
		}
		say(f, "the default account is now %s", a.Label())
		if chosen, err := c.Choose(""); err == nil && chosen.Account.ID != a.ID {
			cmdutil.Warn(f, fmt.Errorf("in this folder %s goes before it: %s", chosen.From, chosen.Account.Label()))
		}
		return nil
	})
}

func newRemove(f *factory.Factory) *cobra.Command {
	return command(f, &cobra.Command{
		Use:     "remove [account]",
		Short:   "Remove an account from the config file",
		Long:    "Remove an account and its keys from the config file. The account itself and its\nkeys in HubSpot stay.",
		Example: "  fns account remove acme-dev",
	}, "Account to remove", func(_ context.Context, c *account.Config, a *account.Account) error {
		before := c.Default
		if err := c.Remove(a.ID); err != nil {
			return err
		}
		say(f, "account %s removed from %s", a.Label(), c.Path)
		if before != "" && c.Default == "" && len(c.Accounts) > 0 {
			cmdutil.Warn(f, errors.New("it was the default account: fns account use chooses another"))
		}
		return nil
	})
}

func newRename(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	cmd := &cobra.Command{
		Use:     "rename <account> <new name>",
		Short:   "Give an account another name",
		Long:    "Give an account of the config file another name. Names have no spaces and are\nunique.",
		Example: "  fns account rename acme-dev acme-test",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return cmdutil.Usagef("%s needs the account and its new name", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c, err := flags.Load(f.Sys)
			if err != nil {
				return err
			}
			a, err := c.Find(args[0])
			if err != nil {
				return err
			}
			old := a.Label()
			if err := c.Rename(a.ID, args[1]); err != nil {
				return err
			}
			say(f, "account %s is now called %s", old, args[1])
			return nil
		},
	}
	flags.AddConnection(cmd)
	cmd.ValidArgsFunction = cmdutil.CompleteAccounts(&flags, f.Sys)
	return cmd
}

func newClean(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	var force bool
	cmd := &cobra.Command{
		Use:     "clean",
		Short:   "Remove the accounts that HubSpot does not know any more",
		Long:    "Log in to every account of the config file, and remove those that HubSpot says\nare not active any more or whose key it does not accept. An account that can't be\nasked for another reason stays.",
		Example: "  fns account clean\n  fns account clean --force",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cleanRun(cmd.Context(), f, &flags, force)
		},
	}
	flags.AddConnection(cmd)
	cmd.Flags().BoolVarP(&force, "force", "f", false, "Do not ask before removing")
	return cmd
}

func cleanRun(ctx context.Context, f *factory.Factory, flags *cmdutil.AccountFlags, force bool) error {
	c, err := flags.Load(f.Sys)
	if err != nil {
		return err
	}
	var gone []int64
	var failed error
	for _, a := range c.Accounts {
		err := logIn(ctx, f, flags, c, &a)
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return ctx.Err()
		case dead(err):
			gone = append(gone, a.ID)
			say(f, "%s: %v", a.Label(), err)
		default:
			failed = fmt.Errorf("account %s could not be tried and stays: %w", a.Label(), err)
			cmdutil.Warn(f, failed)
		}
	}
	if len(gone) == 0 {
		if failed == nil {
			say(f, "all %d accounts are in use", len(c.Accounts))
		}
		return silent(failed)
	}
	yes, err := confirm(ctx, f, force, fmt.Sprintf("Remove %d of %d accounts from %s?", len(gone), len(c.Accounts), c.Path))
	if err != nil || !yes {
		return err
	}
	if err := c.Remove(gone...); err != nil {
		return err
	}
	word := "accounts"
	if len(gone) == 1 {
		word = "account"
	}
	say(f, "%d %s removed", len(gone), word)
	return silent(failed)
}

// silent ends a command with an error that was shown as a warning already.
func silent(err error) error {
	if err != nil {
		return cmdutil.ErrSilent
	}
	return nil
}

// logIn tries whether an account still takes its key.
func logIn(ctx context.Context, f *factory.Factory, flags *cmdutil.AccountFlags, c *account.Config, a *account.Account) error {
	if err := a.Check(); err != nil {
		return err
	}
	if a.AuthType != account.PersonalAccessKey {
		return nil // HubSpot says nothing about these but in a call that may fail for other reasons
	}
	f.Hide("personal access key", a.PersonalAccessKey.Reveal())
	client, err := flags.Anonymous(f, a.Env, c)
	if err != nil {
		return err
	}
	_, err = client.ExchangeKey(ctx, a.PersonalAccessKey.Reveal(), a.ID)
	return err
}

// dead reports whether HubSpot has refused an account for good.
func dead(err error) bool {
	return hubapi.IsSubCategory(err, wire.PortalNotActive) || hubapi.IsSubCategory(err, wire.InvalidPortalID) || hubapi.StatusOf(err) == http.StatusUnauthorized
}

func newCreateOverride(f *factory.Factory) *cobra.Command {
	return command(f, &cobra.Command{
		Use:     "create-override [account]",
		Short:   "Make an account the default one of the current folder",
		Long:    "Write an .hsaccount into the current folder: commands there and in folders below\nuse that account unless --account names another. It counts only beside the global\nconfig file.",
		Example: "  fns account create-override acme-dev",
	}, "Account of this folder", func(_ context.Context, c *account.Config, a *account.Account) error {
		if c.Kind != account.Global {
			return fmt.Errorf("an .hsaccount counts only beside the global config file, but %s is in use", c.Path)
		}
		path, err := account.WriteOverride(c.Dir(), a.ID)
		if err != nil {
			return err
		}
		say(f, "%s written: commands in this folder use %s", path, a.Label())
		return nil
	})
}

func newRemoveOverride(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	var force bool
	cmd := &cobra.Command{
		Use:     "remove-override",
		Short:   "Remove the .hsaccount of the current folder",
		Long:    "Remove the .hsaccount that counts in the current folder, which may lie in a folder\nabove.",
		Example: "  fns account remove-override\n  fns account remove-override --force",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := flags.Where(f.Sys)
			if err != nil {
				return err
			}
			path := w.OverridePath()
			if path == "" {
				say(f, "no .hsaccount counts here")
				return nil
			}
			yes, err := confirm(cmd.Context(), f, force, "Remove "+path+"?")
			if err != nil || !yes {
				return err
			}
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			say(f, "%s removed", path)
			return nil
		},
	}
	flags.AddConnection(cmd)
	cmd.Flags().BoolVarP(&force, "force", "f", false, "Do not ask")
	return cmd
}
