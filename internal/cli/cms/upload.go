package cms

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/cms"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/ui"
)

// uploadOptions are the flags of `fns upload`.
type uploadOptions struct {
	mode           Mode
	clean          bool
	force          bool
	dryRun         bool
	skipValidation bool
	convertFields  bool
	pack           pack.Options
}

func newUpload(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &uploadOptions{}
	cmd := &cobra.Command{
		Use:   "upload <source> <destination>",
		Short: "Send a file or a folder to the design manager",
		Long: `Send a file or a folder to the design manager of an account. Of a folder, ten files
are on their way at once; one that fails is tried again.

Folders of functions (.functions) are validated first, and each function goes up as
one file with all that it imports; --no-bundle sends the files as they are. Names
in .hsignore, and those that hs never sends, are left out wherever the command is
run from.

When it is stopped, or the network goes, it says which files the account has. Run
again, it sends all of them once more, which does no harm.

Exit codes: 0 when every file has arrived, 1 when one has not, 2 when there are
problems in the files, 130 when you stop it.`,
		Example: `  fns upload my-theme my-theme
  fns upload hello.functions my-theme/hello.functions --dry-run
  fns upload my-theme my-theme --mode draft
  fns upload my-theme my-theme --clean --force --json`,
		Args: atMost(2),
		RunE: func(cmd *cobra.Command, args []string) error { return uploadRun(cmd.Context(), t, o, args) },
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
	}
	t.addTo(cmd)
	modeFlag(cmd, &o.mode, "Send files as drafts, or publish them")
	flags := cmd.Flags()
	flags.BoolVar(&o.clean, "clean", false, "Delete the destination folder first")
	flags.BoolVarP(&o.force, "force", "f", false, "Ask nothing")
	flags.BoolVar(&o.dryRun, "dry-run", false, "Show what would be sent, and make no call to HubSpot")
	packFlags(cmd, &o.pack, &o.skipValidation)
	fieldFlags(cmd, &o.convertFields)
	return cmd
}

// packFlags gives a command the flags about functions.
func packFlags(cmd *cobra.Command, o *pack.Options, skipValidation *bool) {
	flags := cmd.Flags()
	flags.BoolVar(&o.NoBundle, "no-bundle", false, "Send the files of functions as they are")
	flags.BoolVar(&o.BundlePackages, "bundle-packages", false, "Put packages into the files of functions too")
	flags.BoolVar(&o.Minify, "minify", false, "Remove white space and comments from functions that are bundled")
	flags.BoolVar(skipValidation, "skip-validation", false, "Send functions without looking for problems first")
	cmd.MarkFlagsMutuallyExclusive("no-bundle", "bundle-packages")
}

// fieldFlags gives a command the flags of hs about fields.js.
func fieldFlags(cmd *cobra.Command, convert *bool) {
	flags := cmd.Flags()
	flags.BoolVar(convert, "convert-fields", false, "Of hs, and refused here")
	flags.Bool("save-output", false, "Goes with --convert-fields")
	flags.StringArray("field-options", nil, "Goes with --convert-fields")
	for _, name := range []string{"convert-fields", "save-output", "field-options"} {
		_ = flags.MarkHidden(name) // defined above
	}
}

// errConvert is that fields.js is not converted.
func errConvert() error {
	return &hinted{errors.New("fns does not turn fields.js into fields.json"), "hs cms upload --convert-fields does; or write fields.json yourself, and send that"}
}

// upload is one upload on its way.
type upload struct {
	*target
	o        *uploadOptions
	src      *source
	dest     string
	items    []cms.Item
	contents *pack.Contents // nil for one file
	mode     Mode
	cleaned  bool
}

func uploadRun(ctx context.Context, t *target, o *uploadOptions, args []string) error {
	if o.convertFields {
		return errConvert()
	}
	from, to, err := t.paths(ctx, args)
	if err != nil {
		return err
	}
	u := &upload{target: t, o: o, dest: cms.Slashes(to)}
	if u.src, err = t.source(from); err != nil {
		return err
	}
	cache, dir := u.src.pack.CacheDir, u.src.pack.WorkDir
	u.src.pack, u.src.validate = o.pack, !o.skipValidation
	u.src.pack.CacheDir, u.src.pack.WorkDir = cache, dir
	if err := u.load(ctx); err != nil {
		return err
	}
	if o.dryRun {
		return u.rehearse()
	}
	if err := t.connect(); err != nil {
		return err
	}
	if u.mode, err = t.mode(o.mode); err != nil {
		return err
	}
	if err := u.cleanUp(ctx); err != nil {
		return err
	}
	return u.send(ctx)
}

// load finds out what is to be sent.
func (u *upload) load(ctx context.Context) error {
	if slices.Contains(strings.Split(u.dest, "/"), "..") {
		return cmdutil.Usagef("the destination %q leads out of itself: write it without \"..\"", u.dest)
	}
	if !u.src.isDir {
		if u.o.clean {
			return cmdutil.Usagef("--clean goes with a folder, and %s is a file", u.src.name)
		}
		item, err := u.src.file(ctx, u.dest)
		u.items = []cms.Item{item}
		return err
	}
	contents, list, err := u.src.load(ctx)
	if err != nil {
		return err
	}
	if list.HasErrors() {
		u.note("nothing was sent")
		return cmdutil.SilentFindings{}
	}
	u.contents, u.items = contents, cms.Items(contents, u.dest)
	for _, i := range u.items {
		if strings.Count(path.Dir(i.Dest)+"/", ".module/") > 1 {
			return cmdutil.Usagef("%s would be a module in a module: choose another destination", path.Dir(i.Dest))
		}
	}
	return nil
}

// cleanUp deletes the destination with --clean.
func (u *upload) cleanUp(ctx context.Context) error {
	if !u.o.clean {
		return nil
	}
	if cms.IsRoot(u.dest) {
		return cmdutil.Usagef("--clean would delete all of the design manager: name a folder in it")
	}
	yes, err := u.confirm(ctx, u.o.force, "Delete %s with all in it from %s, and send %s anew?", u.dest, u.account(), files(len(u.items)))
	if err != nil {
		return err
	}
	if !yes {
		u.note("nothing was changed")
		return cmdutil.ErrSilent
	}
	err = u.client().DeleteFile(ctx, u.dest)
	switch {
	case hubapi.IsNotFound(err): // nothing to clean
	case err != nil:
		return fmt.Errorf("nothing was sent, because the destination could not be deleted: %w", err)
	default:
		u.cleaned = true
		u.note("%s deleted from %s", u.dest, u.account())
	}
	return nil
}

// send sends the files, and shows how far it is.
func (u *upload) send(ctx context.Context) error {
	show := u.progress()
	step := ui.Step{Key: "upload", Label: fmt.Sprintf("%s to %s in %s", u.src.name, u.dest, u.account()), State: ui.StepRunning, Word: "sending"}
	if u.mode == Draft {
		step.Word = "sending drafts"
	}
	show.Set(step)
	done := 0
	sender := &cms.Sender{Remote: u.client(), Options: hubapi.FileOptions{Draft: u.mode == Draft}, Notify: func(e cms.Event) {
		switch e.Kind {
		case cms.Sent:
			done++
			show.Say(e.Local + " -> " + e.Remote)
		case cms.Again:
			show.Say(fmt.Sprintf("%s is tried again: %v", e.Local, u.f.Redactor.Redact(e.Err.Error())))
		case cms.Failed:
			show.Say(fmt.Sprintf("%s was not sent: %v", e.Local, u.f.Redactor.Redact(e.Err.Error())))
		}
		step.Note = fmt.Sprintf("%d/%d", done, len(u.items))
		show.Set(step)
	}}
	out, err := sender.Send(ctx, u.items)
	step.State, step.Word = ui.StepDone, "sent"
	if err == nil && len(out.Failed) > 0 {
		err = &cms.FailedError{Failed: out.Failed}
	}
	if err != nil {
		step.State, step.Word = ui.StepFailed, "failed"
	}
	show.Set(step)
	show.Stop()
	return u.report(out, err)
}

// report says what the account has now.
func (u *upload) report(out cms.Outcome, err error) error {
	if u.asJSON {
		return errors.Join(err, cmdutil.PrintJSON(u.f.IO.Out, u.result(&out)))
	}
	if err == nil {
		what := "sent to"
		if u.mode == Draft {
			what = "sent as drafts to"
		}
		u.say("%s %s %s in %s", files(len(out.Sent)), what, u.dest, u.account())
		return nil
	}
	if len(u.items) == 1 && len(out.Unsure) == 0 {
		return err
	}
	if u.cleaned {
		u.note("%s was deleted first, and holds nothing but what was sent now", u.dest)
	}
	u.note("%s has %d of %s", u.account(), len(out.Sent), files(len(u.items)))
	u.names("it may have, because they were on their way", out.Unsure)
	u.names("it has not got", append(failedItems(out.Failed), out.Unsent...))
	u.note("running the same again sends all of them, which does no harm")
	return err
}

func failedItems(list []cms.Failure) []cms.Item {
	var items []cms.Item
	for _, f := range list {
		items = append(items, cms.Item{Path: f.Local, Dest: f.Remote})
	}
	return items
}

// mostNames is how many files are named one by one.
const mostNames = 20

func (u *upload) names(what string, items []cms.Item) {
	if len(items) == 0 {
		return
	}
	u.note("%s:", what)
	for i, item := range items {
		if i == mostNames && len(items) > mostNames+1 {
			u.note("  and %d more", len(items)-i)
			return
		}
		u.note("  %s", item.Dest)
	}
}

// uploadResult is what --json prints.
type uploadResult struct {
	AccountID int64        `json:"accountId,omitempty"` // 0 in a rehearsal
	Source    string       `json:"source"`
	Dest      string       `json:"dest"`
	Mode      Mode         `json:"mode,omitempty"`
	DryRun    bool         `json:"dryRun,omitempty"`
	Cleaned   bool         `json:"cleaned,omitempty"`
	Files     []fileResult `json:"files"`
	Skipped   []skipResult `json:"skipped"`
}

type fileResult struct {
	Path   string `json:"path"` // in the design manager
	Source string `json:"source"`
	// Status is "sent", "failed", "unsure", "unsent", or "planned" in a rehearsal.
	Status string `json:"status"`
	Error  string `json:"error,omitempty"`
}

type skipResult struct {
	Path   string      `json:"path"`
	Reason pack.Reason `json:"reason"`
}

// result makes the JSON; out is nil in a rehearsal.
func (u *upload) result(out *cms.Outcome) uploadResult {
	r := uploadResult{Source: u.src.name, Dest: u.dest, Mode: u.mode, DryRun: out == nil, Cleaned: u.cleaned, Files: []fileResult{}, Skipped: []skipResult{}}
	if u.session != nil {
		r.AccountID = u.session.Account.ID
	}
	add := func(status string, items []cms.Item) {
		for _, i := range items {
			r.Files = append(r.Files, fileResult{Path: i.Dest, Source: i.Path, Status: status})
		}
	}
	if out == nil {
		add("planned", u.items)
	} else {
		add("sent", out.Sent)
		add("unsure", out.Unsure)
		add("unsent", out.Unsent)
		for _, f := range out.Failed {
			r.Files = append(r.Files, fileResult{f.Remote, f.Local, "failed", u.f.Redactor.Redact(f.Err.Error())})
		}
	}
	slices.SortFunc(r.Files, func(a, b fileResult) int { return strings.Compare(a.Path, b.Path) })
	if u.contents != nil {
		for _, s := range u.contents.Skipped {
			r.Skipped = append(r.Skipped, skipResult(s))
		}
	}
	return r
}

// rehearse shows what would be sent.
func (u *upload) rehearse() error {
	if u.asJSON {
		return cmdutil.PrintJSON(u.f.IO.Out, u.result(nil))
	}
	for _, i := range u.items {
		u.say("%s -> %s", i.Path, i.Dest)
	}
	if u.contents != nil {
		for _, s := range u.contents.Skipped {
			u.note("not sent (%s): %s", s.Reason, s.Path)
		}
		for _, f := range u.contents.Functions {
			if f.Bundled {
				u.note("function %s is %s with what it imports, %d bytes", f.Name, f.Path, f.Bytes)
			}
		}
	}
	if u.o.clean {
		u.note("%s would be deleted first", u.dest)
	}
	u.note("%s would be sent; nothing was", files(len(u.items)))
	return nil
}
