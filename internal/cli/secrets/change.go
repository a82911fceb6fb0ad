package secrets

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/suggest"
)

func newAdd(base *target) *cobra.Command {
	t, from := base.clone(), &source{}
	cmd := &cobra.Command{
		Use:     "add [name]",
		Short:   "Add a secret",
		Long:    "Add a secret, and check that it is there afterwards.\n\n" + valueHelp,
		Example: "  fns secrets add API_KEY\n  pass show api-key | fns secrets add API_KEY --stdin\n  fns secrets add PRIVATE_KEY --from-file key.pem",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			return addRun(cmd.Context(), t, from, args)
		},
	}
	t.addTo(cmd)
	from.addTo(cmd)
	return cmd
}

func addRun(ctx context.Context, t *target, from *source, args []string) error {
	name, err := t.newName(ctx, args)
	if err != nil {
		return err
	}
	if err := t.open(ctx); err != nil {
		return err
	}
	names, err := t.store.list(ctx)
	if err != nil {
		return err
	}
	if slices.Contains(names, name) {
		return &hinted{fmt.Errorf("%s has a secret %s already", t.name, name), "fns secrets update " + name + " changes its value"}
	}
	value, err := from.read(ctx, t, name)
	if err != nil {
		return err
	}
	if err := t.store.add(ctx, name, value); err != nil {
		return err
	}
	names, there, err := t.verify(ctx, func(names []string) bool { return slices.Contains(names, name) })
	if err != nil {
		return err
	}
	if !there {
		return t.notStored(name, names)
	}
	return t.done(name, "added", names)
}

// notStored is a secret that HubSpot took and did not keep.
func (t *target) notStored(name string, names []string) error {
	err := fmt.Errorf("HubSpot answered with success, but %s has no secret %s", t.name, name)
	if limit := t.limit(); limit > 0 && len(names) >= limit {
		return &hinted{
			fmt.Errorf("%w: it has %s, and HubSpot stores no more without saying so", err, t.count(len(names))),
			"delete one with fns secrets delete, or put several values into one secret as JSON",
		}
	}
	return err
}

func newUpdate(base *target) *cobra.Command {
	t, from := base.clone(), &source{}
	cmd := &cobra.Command{
		Use:     "update [name]",
		Short:   "Change the value of a secret",
		Long:    "Change the value of a secret that is there. Running functions see the new value\nafter about ten seconds.\n\n" + valueHelp,
		Example: "  fns secrets update API_KEY\n  fns secrets update API_KEY --from-env NEW_KEY",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			return updateRun(cmd.Context(), t, from, args)
		},
	}
	t.addTo(cmd)
	from.addTo(cmd)
	cmd.ValidArgsFunction = t.complete
	return cmd
}

func updateRun(ctx context.Context, t *target, from *source, args []string) error {
	if err := t.open(ctx); err != nil {
		return err
	}
	name, err := t.existing(ctx, args, "Secret to change")
	if err != nil {
		return err
	}
	value, err := from.read(ctx, t, name)
	if err != nil {
		return err
	}
	if err := t.store.update(ctx, name, value); err != nil {
		return err
	}
	names, there, err := t.verify(ctx, func(names []string) bool { return slices.Contains(names, name) })
	if err != nil {
		return err
	}
	if !there {
		return t.notStored(name, names)
	}
	if err := t.done(name, "updated", names); err != nil || t.asJSON {
		return err
	}
	t.say("running functions see the new value after about ten seconds")
	return nil
}

func newDelete(base *target) *cobra.Command {
	t := base.clone()
	var force bool
	cmd := &cobra.Command{
		Use:     "delete [name]",
		Aliases: []string{"rm"},
		Short:   "Delete a secret",
		Long:    "Delete a secret, and check that it is gone. Functions that declare it run without\nit from then on.",
		Example: "  fns secrets delete OLD_KEY\n  fns secrets delete OLD_KEY --force",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			return deleteRun(cmd.Context(), t, args, force)
		},
	}
	t.addTo(cmd)
	cmd.Flags().BoolVarP(&force, "force", "f", false, "Do not ask")
	cmd.ValidArgsFunction = t.complete
	return cmd
}

func deleteRun(ctx context.Context, t *target, args []string, force bool) error {
	if err := t.open(ctx); err != nil {
		return err
	}
	name, err := t.existing(ctx, args, "Secret to delete")
	if err != nil {
		return err
	}
	yes, err := t.confirm(ctx, force, fmt.Sprintf("Delete the secret %s of %s?", name, t.name))
	if err != nil || !yes {
		return err
	}
	if err := t.store.remove(ctx, name); err != nil {
		return err
	}
	names, gone, err := t.verify(ctx, func(names []string) bool { return !slices.Contains(names, name) })
	if err != nil {
		return err
	}
	if !gone {
		return fmt.Errorf("HubSpot answered with success, but %s still has the secret %s", t.name, name)
	}
	return t.done(name, "deleted", names)
}

func newList(base *target) *cobra.Command {
	t := base.clone()
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List the names of the secrets",
		Long:    "List the names of the secrets, and how many of the possible number there are.",
		Example: "  fns secrets list\n  fns secrets list --json",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return listRun(cmd.Context(), t)
		},
	}
	t.addTo(cmd)
	return cmd
}

// listing is what list prints with --json.
type listing struct {
	AccountID int64    `json:"accountId"`
	AppID     int64    `json:"appId,omitempty"`
	Count     int      `json:"count"`
	Limit     int      `json:"limit,omitempty"`
	Secrets   []string `json:"secrets"`
}

func listRun(ctx context.Context, t *target) error {
	if err := t.open(ctx); err != nil {
		return err
	}
	names, err := t.store.list(ctx)
	if err != nil {
		return err
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, listing{t.session.Account.ID, t.app, len(names), t.limit(), append([]string{}, names...)})
	}
	t.say("%s secrets in %s", t.count(len(names)), t.name)
	for _, name := range names {
		t.say("  %s", name)
	}
	return nil
}

// newName gives the name of a secret to add.
func (t *target) newName(ctx context.Context, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], checkName(args[0])
	}
	if !t.f.IO.Interactive() {
		return "", cmdutil.Usagef("which secret? Give its name")
	}
	name, err := t.f.IO.Ask(ctx, "Name of the secret", "")
	if err != nil {
		return "", err
	}
	return name, checkName(name)
}

// existing gives the name of a secret that is there.
func (t *target) existing(ctx context.Context, args []string, question string) (string, error) {
	names, err := t.store.list(ctx)
	if err != nil {
		return "", err
	}
	if len(args) == 0 {
		if !t.f.IO.Interactive() {
			return "", cmdutil.Usagef("which secret? Give its name")
		}
		if len(names) == 0 {
			return "", fmt.Errorf("%s has no secrets", t.name)
		}
		i, err := t.f.IO.Choose(ctx, question, names)
		if err != nil {
			return "", err
		}
		return names[i], nil
	}
	if slices.Contains(names, args[0]) {
		return args[0], nil
	}
	err = fmt.Errorf("%s has no secret %s", t.name, args[0])
	if guess := suggest.Closest(args[0], names); guess != "" {
		return "", &hinted{err, "did you mean " + guess + "?"}
	}
	return "", &hinted{err, "fns secrets list shows which there are, fns secrets add adds one"}
}

// complete completes the names of the secrets that are there.
func (t *target) complete(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 || t.forApp && t.app == 0 || t.open(cmd.Context()) != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	names, err := t.store.list(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// confirm asks unless the user has said yes before with --force.
func (t *target) confirm(ctx context.Context, force bool, question string) (bool, error) {
	yes, err := cmdutil.Confirm(ctx, t.f, force, question)
	if err == nil && !yes && !t.asJSON {
		t.say("nothing was changed")
	}
	return yes, err
}

// hinted is an error with what to do.
type hinted struct {
	error
	hint string
}

// Hint says what to do.
func (e *hinted) Hint() string { return e.hint }

// Unwrap gives the error itself.
func (e *hinted) Unwrap() error { return e.error }
