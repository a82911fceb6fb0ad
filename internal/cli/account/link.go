package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
)

// linking is what link and unlink share.
type linking struct {
	f        *factory.Factory
	flags    cmdutil.AccountFlags
	config   *account.Config
	links    *account.Links
	asJSON   bool
	named    []int64 // the accounts of the arguments
	fallback string  // of --default
}

func (l *linking) load(args []string) error {
	w, err := l.flags.Where(l.f.Sys)
	if err != nil {
		return err
	}
	if l.config, err = l.flags.Load(l.f.Sys); err != nil {
		return err
	}
	if l.links, err = account.ReadLinks(w); err != nil {
		return err
	}
	for _, arg := range args {
		// An account that has left the config can still be unlinked by its id.
		if id, err := strconv.ParseInt(arg, 10, 64); err == nil && slices.Contains(l.links.Accounts, id) {
			l.named = append(l.named, id)
			continue
		}
		a, err := l.config.Find(arg)
		if err != nil {
			return err
		}
		l.named = append(l.named, a.ID)
	}
	return nil
}

// label names an account, also one that is not in the config any more.
func (l *linking) label(id int64) string {
	if a := l.config.ByID(id); a != nil {
		return a.Label()
	}
	return strconv.FormatInt(id, 10)
}

func (l *linking) labels(ids []int64) string {
	var all []string
	for _, id := range ids {
		all = append(all, l.label(id))
	}
	return strings.Join(all, ", ")
}

// linkResult is what --json prints.
type linkResult struct {
	Path     string  `json:"path"`
	Default  int64   `json:"localDefaultAccount,omitempty"`
	Accounts []int64 `json:"accounts"`
}

// done reports the links as they are now.
func (l *linking) done() error {
	if l.asJSON {
		return cmdutil.PrintJSON(l.f.IO.Out, linkResult{l.links.Path, l.links.Default, append([]int64{}, l.links.Accounts...)})
	}
	if len(l.links.Accounts) == 0 {
		say(l.f, "no account is linked any more: the default account of the configuration counts here")
		return nil
	}
	say(l.f, "linked in %s: %s", l.links.Path, l.labels(l.links.Accounts))
	if l.links.Default == 0 {
		say(l.f, "none of them is the default here: fns account link --default chooses one")
		return nil
	}
	say(l.f, "the default here is %s", l.label(l.links.Default))
	return nil
}

func newLink(f *factory.Factory) *cobra.Command {
	l := &linking{f: f}
	cmd := &cobra.Command{
		Use:   "link [account]...",
		Short: "Link the current folder to accounts",
		Long: `Link the current folder, and those below it, to accounts of the configuration.
Commands there take the default one of them, unless --account names another. The
first account that is linked becomes that default.

The ids are kept in .hs/settings.json, which hs reads too.`,
		Example: "  fns account link acme-dev\n  fns account link acme-dev acme-test --default acme-test\n  fns account link --json",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(cmd *cobra.Command, args []string) error { return linkRun(cmd.Context(), l, args) },
	}
	l.addTo(cmd)
	cmd.Flags().StringVar(&l.fallback, "default", "", "Let commands in the folder take this `account`, which is linked if it is not")
	_ = cmd.RegisterFlagCompletionFunc("default", cmdutil.CompleteAccounts(&l.flags, f.Sys)) // defined above
	return cmd
}

func (l *linking) addTo(cmd *cobra.Command) {
	l.flags.AddConnection(cmd)
	cmd.Flags().BoolVar(&l.asJSON, "json", false, "Print JSON")
	complete := cmdutil.CompleteAccounts(&l.flags, l.f.Sys)
	cmd.ValidArgsFunction = func(cmd *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return complete(cmd, nil, word) // there may be several
	}
}

func linkRun(ctx context.Context, l *linking, args []string) error {
	if err := l.load(args); err != nil {
		return err
	}
	if l.fallback != "" {
		a, err := l.config.Find(l.fallback)
		if err != nil {
			return err
		}
		l.links.Default = a.ID
		l.named = append(l.named, a.ID)
	}
	if len(l.named) == 0 {
		if l.asJSON || !l.f.IO.Interactive() {
			if len(l.links.Accounts) > 0 {
				return l.done()
			}
			return cmdutil.Usagef("name the accounts to link: %s", labels(l.config))
		}
		a, err := pick(ctx, l.f, l.config, nil, "Account to link")
		if err != nil {
			return err
		}
		l.named = []int64{a.ID}
	}
	l.links.Add(l.named...)
	if err := l.links.Save(); err != nil {
		return err
	}
	return l.done()
}

func newUnlink(f *factory.Factory) *cobra.Command {
	l := &linking{f: f}
	all := false
	cmd := &cobra.Command{
		Use:     "unlink [account]...",
		Short:   "Undo the link of a folder to accounts",
		Long:    "Take accounts out of .hs/settings.json in the current folder or the nearest one\nabove. When the default account goes, the only one that is left becomes it.",
		Example: "  fns account unlink acme-test\n  fns account unlink --all",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if all == (len(args) > 0) && all {
				return cmdutil.Usagef("--all goes without names")
			}
			return unlinkRun(cmd.Context(), l, args, all)
		},
	}
	l.addTo(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "Unlink every account")
	return cmd
}

func unlinkRun(ctx context.Context, l *linking, args []string, all bool) error {
	if err := l.load(args); err != nil {
		return err
	}
	if len(l.links.Accounts) == 0 {
		say(l.f, "no account is linked here")
		return nil
	}
	for _, id := range l.named {
		if !slices.Contains(l.links.Accounts, id) {
			return fmt.Errorf("account %s is not linked in %s, which has %s", l.label(id), l.links.Path, l.labels(l.links.Accounts))
		}
	}
	switch {
	case all:
		l.named = slices.Clone(l.links.Accounts)
	case len(l.named) > 0:
	case l.asJSON || !l.f.IO.Interactive():
		return cmdutil.Usagef("name the accounts to unlink, or pass --all: %s", l.labels(l.links.Accounts))
	default:
		var options []string
		for _, id := range l.links.Accounts {
			options = append(options, l.label(id))
		}
		i, err := l.f.IO.Choose(ctx, "Account to unlink", options)
		if err != nil {
			return err
		}
		l.named = []int64{l.links.Accounts[i]}
	}
	l.links.Remove(l.named...)
	if err := l.links.Save(); err != nil {
		return err
	}
	return l.done()
}

// NewCmdConfig makes `fns config` and all below it.
func NewCmdConfig(f *factory.Factory) *cobra.Command {
	cmd := cmdutil.Group("config", "Change the configuration that fns shares with hs", nil, newConfigSet(f), newConfigMigrate(f))
	cmd.Long = "Change settings of the configuration file that fns shares with hs, or bring an\nolder file into the global one."
	cmd.Example = "  fns config set --default-cms-publish-mode draft\n  fns config migrate"
	return cmd
}

func newConfigMigrate(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	force := false
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the accounts of hubspot.config.yml into the global file",
		Long: `Bring the accounts and settings of a hubspot.config.yml, the older kind of file, into
~/.hscli/config.yml. The older file is then called archived.hubspot.config.yml.

Accounts that the global file has stay as they are there; one whose name is taken
by another gets its id added to its name. Where a setting differs you are asked;
with --force that of the older file counts.`,
		Example: "  fns config migrate\n  fns config migrate --config old/hubspot.config.yml --force",
		Args:    cmdutil.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return migrateRun(cmd.Context(), f, &flags, force) },
	}
	flags.AddConnection(cmd)
	cmd.Flags().BoolVarP(&force, "force", "f", false, "Ask nothing, and let the settings of the older file count")
	return cmd
}

func migrateRun(ctx context.Context, f *factory.Factory, flags *cmdutil.AccountFlags, force bool) error {
	w, err := flags.Where(f.Sys)
	if err != nil {
		return err
	}
	m, err := account.PlanMigration(w)
	if errors.Is(err, account.ErrNothingToMigrate) {
		return cmdutil.Usagef("%w; --config names another file", err)
	}
	if err != nil {
		return err
	}
	say(f, "%s goes into %s:", m.From, m.To)
	for i := range m.Accounts {
		say(f, "  account %s is added", m.Accounts[i].Label())
	}
	for i := range m.Present {
		say(f, "  account %s is there already, and stays as it is", m.Present[i].Label())
	}
	for _, name := range m.Settings {
		say(f, "  %s is added", name)
	}
	for i := range m.Conflicts {
		c := &m.Conflicts[i]
		if c.Overwrite = force; force || !f.IO.Interactive() {
			word := "stays"
			if force {
				word = "becomes " + c.Old + " instead of"
			}
			say(f, "  %s %s %s", c.Key, word, c.Global)
			continue
		}
		if c.Overwrite, err = f.IO.Confirm(ctx, fmt.Sprintf("%s is %s there, and %s in the older file. Take %s?", c.Key, c.Global, c.Old, c.Old)); err != nil {
			return err
		}
	}
	yes, err := confirm(ctx, f, force, "Go on?")
	if err != nil || !yes {
		return err
	}
	archived, err := m.Apply()
	if err != nil {
		return err
	}
	say(f, "%s is in use now; the older file is kept as %s", m.To, archived)
	return nil
}
