package account

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
)

// row is an account as list --json prints it.
type row struct {
	Name            string `json:"name"`
	AccountID       int64  `json:"accountId"`
	AuthType        string `json:"authType"`
	Env             string `json:"env"`
	AccountType     string `json:"accountType,omitempty"`
	ParentAccountID int64  `json:"parentAccountId,omitempty"`
	Default         bool   `json:"default"`
}

func newRow(a *account.Account, chosen account.Choice) row {
	return row{a.Name, a.ID, string(a.AuthType), string(a.Env), a.Type, a.ParentID, chosen.Account != nil && chosen.Account.ID == a.ID}
}

func newList(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List the accounts",
		Long:    "List the accounts of the config file in use, and say which one is the default\nhere and why. Asks nobody on the network.",
		Example: "  fns account list\n  fns account list --json",
		Args:    cmdutil.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c, err := flags.Load(f.Sys)
			if err != nil {
				return err
			}
			// Without a default there is still a list to show.
			chosen, chooseErr := c.Choose("")
			rows := make([]row, 0, len(c.Accounts))
			for i := range c.Accounts {
				rows = append(rows, newRow(&c.Accounts[i], chosen))
			}
			if asJSON {
				return cmdutil.PrintJSON(f.IO.Out, rows)
			}
			if chooseErr == nil {
				say(f, "default account: %s, from %s\n", chosen.Account.Label(), origin(chosen, c))
			} else {
				cmdutil.Warn(f, chooseErr)
			}
			table := make([][]string, 0, len(rows))
			for _, r := range rows {
				mark := ""
				if r.Default {
					mark = "default"
				}
				table = append(table, []string{r.Name, fmt.Sprint(r.AccountID), r.AuthType, strings.ToLower(strings.ReplaceAll(r.AccountType, "_", " ")), mark})
			}
			return f.IO.Out.Table([]string{"Name", "Account ID", "Auth type", "Type", ""}, table)
		},
	}
	flags.AddConnection(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "Print JSON")
	return cmd
}

// origin says who has chosen an account.
func origin(chosen account.Choice, c *account.Config) string {
	switch {
	case c.Kind == account.Environment:
		return "the environment"
	case chosen.From == "":
		return "the command line"
	default:
		return chosen.From
	}
}

// info is what info --json prints.
type info struct {
	row
	ConfigPath  string   `json:"configPath,omitempty"`
	ChosenBy    string   `json:"chosenBy"`
	ScopeGroups []string `json:"scopeGroups,omitempty"`
}

func newInfo(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "info [account]",
		Short:   "Show an account and the scopes of its key",
		Long:    "Show an account, the file it comes from, who made it the default, and the scopes\nthat its personal access key has. The last is asked of HubSpot.",
		Example: "  fns account info\n  fns account info acme-dev --json",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				flags.Account = args[0]
			}
			return infoRun(cmd.Context(), f, &flags, asJSON)
		},
	}
	flags.AddTo(cmd, f.Sys)
	cmd.ValidArgsFunction = cmdutil.CompleteAccounts(&flags, f.Sys)
	cmd.Flags().BoolVar(&asJSON, "json", false, "Print JSON")
	return cmd
}

func infoRun(ctx context.Context, f *factory.Factory, flags *cmdutil.AccountFlags, asJSON bool) error {
	s, err := flags.Connect(f)
	if err != nil {
		return err
	}
	chosen, err := s.Config.Choose("")
	if err != nil {
		chosen = account.Choice{} // no default is no reason to show nothing
	}
	out := info{row: newRow(s.Account, chosen), ConfigPath: s.Config.Path, ChosenBy: origin(account.Choice{From: s.From}, s.Config)}
	if s.Account.AuthType == account.PersonalAccessKey {
		token, err := s.Client.ExchangeKey(ctx, s.Account.PersonalAccessKey.Reveal(), s.Account.ID)
		if err != nil {
			return err
		}
		out.ScopeGroups = slices.Sorted(slices.Values(token.ScopeGroups))
	}
	if asJSON {
		return cmdutil.PrintJSON(f.IO.Out, out)
	}
	say(f, "name:       %s\naccount id: %d\nauth type:  %s", out.Name, out.AccountID, out.AuthType)
	if out.AccountType != "" {
		say(f, "type:       %s", out.AccountType)
	}
	if out.ParentAccountID != 0 {
		say(f, "parent:     %d", out.ParentAccountID)
	}
	if out.ConfigPath != "" {
		say(f, "config:     %s", out.ConfigPath)
	}
	say(f, "chosen by:  %s", out.ChosenBy)
	if len(out.ScopeGroups) > 0 {
		say(f, "scopes:\n  %s", strings.Join(out.ScopeGroups, "\n  "))
	}
	return nil
}
