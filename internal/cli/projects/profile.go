package projects

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/suggest"
	"github.com/fns-dev/fns/internal/sysx"
)

const profileHelp = `A profile is a file hsprofile.<name>.json in the source folder of a project. It names
the account that the project goes to, and gives values to the ${VARIABLES} in its
metadata files. --profile chooses one.`

// newProfile is `fns project profile`.
func newProfile(f *factory.Factory) *cobra.Command {
	cmd := cmdutil.Group("profile", "Work with the profiles of a project", []string{"profiles"}, newProfileAdd(f), newProfileDelete(f), newProfileList(f))
	cmd.Long = profileHelp
	return cmd
}

// profileFile is the content of a profile, in hs's order.
type profileFile struct {
	AccountID int64           `json:"accountId"`
	Variables json.RawMessage `json:"variables"`
}

// profileOptions are the flags of `fns project profile add`.
type profileOptions struct {
	account  string
	copyFrom string
}

func newProfileAdd(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &profileOptions{}
	cmd := &cobra.Command{
		Use:   "add [name]",
		Short: "Add a profile to a project",
		Long:  "Write a new profile for the project of the current folder. What is missing is asked\nfor on a terminal. No call is made to HubSpot.\n\n" + profileHelp,
		Example: `  fns project profile add qa
  fns project profile add qa --target-account acme-sandbox --copy-from production`,
		Args: cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			return profileAddRun(cmd.Context(), t, o, strings.Join(args, ""))
		},
	}
	t.addProfileFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.account, "target-account", "", "The account that the project goes to, by `name or id`")
	flags.StringVar(&o.copyFrom, "copy-from", "", "Take the variables of this `profile`")
	_ = cmd.RegisterFlagCompletionFunc("target-account", cmdutil.CompleteAccounts(&t.flags, f.Sys)) // both defined above
	_ = cmd.RegisterFlagCompletionFunc("copy-from", completeProfile(f.Sys))
	return cmd
}

func (t *target) addProfileFlags(cmd *cobra.Command) {
	t.flags.AddConnection(cmd)
	cmd.Flags().BoolVar(&t.asJSON, "json", false, "Print JSON")
}

// addedProfile is what add prints with --json.
type addedProfile struct {
	Name      string          `json:"name"`
	File      string          `json:"file"` // absolute
	AccountID int64           `json:"accountId"`
	Variables json.RawMessage `json:"variables"`
}

// profiled gives the project of the current folder, which may have profiles.
func profiled(t *target) (*local, error) {
	l, err := find(t.f.Sys, "")
	if err != nil {
		return nil, err
	}
	if l.Legacy {
		return nil, fmt.Errorf("projects of platform version %s have no profiles: they came with 2025.2", l.Version)
	}
	return l, nil
}

// profileName is what hs takes for the name of a profile.
var profileName = regexp.MustCompile(`^[a-zA-Z0-9]+$`)

func profileAddRun(ctx context.Context, t *target, o *profileOptions, name string) error {
	l, err := profiled(t)
	if err != nil {
		return err
	}
	if name == "" {
		if !t.f.IO.Interactive() || t.asJSON {
			return cmdutil.Usagef("which profile? Give its name")
		}
		if name, err = t.f.IO.Ask(ctx, "Name of the profile", ""); err != nil {
			return err
		}
	}
	if !profileName.MatchString(name) {
		return cmdutil.Usagef("%q can't be the name of a profile: letters and digits only", name)
	}
	path := project.ProfileFile(l.SourceDir, name)
	if _, err := os.Lstat(path); err == nil {
		return &hinted{fmt.Errorf("%s exists already", path), "edit it, or choose another name"}
	}
	a, err := t.profileAccount(ctx, o.account)
	if err != nil {
		return err
	}
	content := profileFile{AccountID: a.ID, Variables: json.RawMessage("{}")}
	from, err := t.profileToCopy(ctx, l, o.copyFrom)
	if err != nil {
		return err
	}
	for _, other := range l.project.Profiles {
		p, err := readProfile(l, other)
		if err != nil && other == from {
			return err
		}
		if err == nil && p.AccountID == a.ID {
			cmdutil.Warn(t.f, fmt.Errorf("the profile %s is for %s, too: uploads with either replace each other", other, a.Label()))
		}
		if err == nil && other == from && len(p.Variables) > 0 {
			content.Variables = p.Variables
		}
	}
	data, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return err
	}
	if err := sysx.WriteNewFile(path, append(data, '\n'), 0o644); err != nil {
		return err
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, addedProfile{name, path, a.ID, content.Variables})
	}
	t.say("profile %s added in %s, for account %s", name, path, a.Label())
	t.hint("fns project upload --profile %s", name)
	return nil
}

// profileAccount gives the account asked for, or lets the user choose one.
func (t *target) profileAccount(ctx context.Context, wanted string) (*account.Account, error) {
	c, err := t.flags.Load(t.f.Sys)
	if err != nil {
		return nil, err
	}
	if wanted != "" {
		return c.Find(wanted)
	}
	if !t.f.IO.Interactive() || t.asJSON {
		return nil, cmdutil.Usagef("which account: pass --target-account")
	}
	var labels []string
	for i := range c.Accounts {
		labels = append(labels, c.Accounts[i].Label())
	}
	i, err := t.f.IO.Choose(ctx, "Account", labels)
	if err != nil {
		return nil, err
	}
	return &c.Accounts[i], nil
}

// profileToCopy gives the profile whose variables are taken, "" for none.
func (t *target) profileToCopy(ctx context.Context, l *local, wanted string) (string, error) {
	names := l.project.Profiles
	if wanted != "" {
		if !slices.Contains(names, wanted) {
			return "", t.noProfile(names, wanted)
		}
		return wanted, nil
	}
	if len(names) == 0 || !t.f.IO.Interactive() || t.asJSON {
		return "", nil
	}
	const none = "none of them"
	i, err := t.f.IO.Choose(ctx, "Take the variables of", append(slices.Clone(names), none))
	if err != nil || i == len(names) {
		return "", err
	}
	return names[i], nil
}

func (t *target) noProfile(names []string, wanted string) error {
	err := fmt.Errorf("the project has no profile %q", wanted)
	if len(names) == 0 {
		return &hinted{err, "fns project profile add makes one"}
	}
	hint := "profiles are " + strings.Join(names, ", ")
	if near := suggest.Closest(wanted, names); near != "" {
		hint = "did you mean " + near + "?"
	}
	return &hinted{err, hint}
}

func readProfile(l *local, name string) (p profileFile, err error) {
	path := project.ProfileFile(l.SourceDir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return p, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

func newProfileDelete(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := &cobra.Command{
		Use:   "delete [name]",
		Short: "Delete a profile of a project",
		Long: `Delete a profile of the project of the current folder. What was uploaded with it
stays in its account; fns project delete deletes it there.`,
		Example: "  fns project profile delete qa",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			return profileDeleteRun(cmd.Context(), t, strings.Join(args, ""))
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return completeProfile(f.Sys)(cmd, nil, word)
		},
	}
	t.addProfileFlags(cmd)
	return cmd
}

func profileDeleteRun(ctx context.Context, t *target, name string) error {
	l, err := profiled(t)
	if err != nil {
		return err
	}
	names := l.project.Profiles
	switch {
	case name == "" && len(names) == 0:
		return errors.New("the project has no profiles")
	case name == "" && (!t.f.IO.Interactive() || t.asJSON):
		return cmdutil.Usagef("which profile? Give its name: %s", strings.Join(names, ", "))
	case name == "":
		i, err := t.f.IO.Choose(ctx, "Profile", names)
		if err != nil {
			return err
		}
		name = names[i]
	case !slices.Contains(names, name):
		return t.noProfile(names, name)
	}
	p, readErr := readProfile(l, name) // a broken one can be deleted, too
	path := project.ProfileFile(l.SourceDir, name)
	if err := os.Remove(path); err != nil {
		return err
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, profileRow{Name: name, File: path, AccountID: p.AccountID})
	}
	t.say("profile %s deleted: %s", name, path)
	if readErr == nil && p.AccountID != 0 && l.Name != "" {
		t.hint("if the project is in account %d, it is still there: fns project delete --project-name %s --account %d", p.AccountID, l.Name, p.AccountID)
	}
	return nil
}

func newProfileList(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List the profiles of a project",
		Long:    "List the profiles of the project of the current folder, with their accounts and the\nnames of their variables.",
		Example: "  fns project profile list\n  fns project profile list --json",
		Args:    cmdutil.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return profileListRun(t) },
	}
	t.addProfileFlags(cmd)
	return cmd
}

// profileRow is one profile of the list.
type profileRow struct {
	Name      string   `json:"name"`
	File      string   `json:"file"` // absolute
	AccountID int64    `json:"accountId,omitempty"`
	Variables []string `json:"variables,omitempty"` // names, sorted
	account   string
}

func profileListRun(t *target) error {
	l, err := profiled(t)
	if err != nil {
		return err
	}
	c, err := t.flags.Load(t.f.Sys)
	if err != nil {
		c = &account.Config{} // then there are numbers without names
	}
	rows := []profileRow{}
	for _, name := range l.project.Profiles {
		p, err := readProfile(l, name)
		if err != nil {
			return err
		}
		row := profileRow{Name: name, File: project.ProfileFile(l.SourceDir, name), AccountID: p.AccountID}
		if a := c.ByID(p.AccountID); a != nil {
			row.account = a.Label()
		} else if p.AccountID != 0 {
			row.account = fmt.Sprint(p.AccountID)
		}
		var values map[string]json.RawMessage
		if json.Unmarshal(p.Variables, &values) == nil {
			for name := range values {
				row.Variables = append(row.Variables, name)
			}
			slices.Sort(row.Variables)
		}
		rows = append(rows, row)
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, rows)
	}
	if len(rows) == 0 {
		t.note("the project %s has no profiles", l.Name)
		return nil
	}
	var table [][]string
	for _, row := range rows {
		table = append(table, []string{row.Name, row.account, strings.Join(row.Variables, ", ")})
	}
	return t.f.IO.Out.Table([]string{"Profile", "Account", "Variables"}, table)
}
