package cms

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/cms"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/ui"
)

// fetchOptions are the flags of `fns fetch`.
type fetchOptions struct {
	mode      Mode
	version   int
	overwrite bool
	staging   bool
}

func newFetch(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &fetchOptions{}
	cmd := &cobra.Command{
		Use:   "fetch <source> [destination]",
		Short: "Bring a file or a folder of the design manager here",
		Long: `Bring a file or a folder of the design manager to this machine. Without a
destination it goes into the current folder, under its own name; "/" is everything.

Files that are there already stay as they are, unless --overwrite is given. Each
file is written as a whole or not at all, so after an interruption the same
command goes on with what is missing.`,
		Example: `  fns fetch my-theme
  fns fetch my-theme/hello.functions src/hello.functions --overwrite
  fns fetch @hubspot/menu.module --asset-version 2
  fns fetch / everything --mode draft`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmdutil.Usagef("%s needs the file or folder of the design manager to fetch", cmd.CommandPath())
			}
			return atMost(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return fetchRun(cmd.Context(), t, o, args) },
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) == 1 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
	}
	t.addTo(cmd)
	modeFlag(cmd, &o.mode, "Fetch drafts, or what is published")
	flags := cmd.Flags()
	flags.IntVar(&o.version, "asset-version", 0, "Fetch this `version` of an asset of HubSpot's")
	flags.BoolVarP(&o.overwrite, "overwrite", "o", false, "Replace files that are there already")
	flags.BoolVar(&o.staging, "staging", false, "Fetch from the staging environment")
	_ = flags.MarkHidden("staging") // defined above
	return cmd
}

// fetchResult is what --json prints. Paths count from the current folder.
type fetchResult struct {
	AccountID int64        `json:"accountId"`
	Source    string       `json:"source"`
	Dest      string       `json:"dest"`
	Mode      Mode         `json:"mode"`
	Written   []string     `json:"written"`
	Kept      []string     `json:"kept"`
	Failed    []fileResult `json:"failed"`
}

func fetchRun(ctx context.Context, t *target, o *fetchOptions, args []string) error {
	dir, err := t.f.Sys.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	src, dest := args[0], ""
	if len(args) > 1 {
		if dest, err = t.absolute(args[1]); err != nil {
			return err
		}
	}
	if err := t.connect(); err != nil {
		return err
	}
	mode, err := t.mode(o.mode)
	if err != nil {
		return err
	}
	show := t.progress()
	step := ui.Step{Key: "fetch", Label: fmt.Sprintf("%s of %s", src, t.account()), State: ui.StepRunning, Word: "fetching"}
	show.Set(step)
	rel := func(path string) string { return filepath.FromSlash(report.Rel(dir, path)) }
	done := 0
	fetcher := &cms.Fetcher{
		Remote: t.client(), Overwrite: o.overwrite,
		Options: hubapi.FileOptions{Draft: mode == Draft, Staging: o.staging, AssetVersion: o.version},
		Notify: func(e cms.Event) {
			switch e.Kind {
			case cms.Received:
				done++
				show.Say(e.Remote + " -> " + rel(e.Local))
			case cms.Kept:
				show.Say(rel(e.Local) + " is there already, and stays (--overwrite replaces it)")
			case cms.Failed:
				show.Say(fmt.Sprintf("%s was not fetched: %v", e.Remote, t.f.Redactor.Redact(e.Err.Error())))
			}
			step.Note = files(done)
			show.Set(step)
		},
	}
	out, err := fetcher.Fetch(ctx, src, dest, dir)
	step.State, step.Word = ui.StepDone, "fetched"
	if err == nil && len(out.Failed) > 0 {
		err = &cms.FailedError{Failed: out.Failed}
	}
	if err != nil {
		step.State, step.Word = ui.StepFailed, "failed"
	}
	show.Set(step)
	show.Stop()
	if t.asJSON {
		r := fetchResult{AccountID: t.session.Account.ID, Source: src, Dest: report.Rel(dir, out.To), Mode: mode, Written: []string{}, Kept: []string{}, Failed: []fileResult{}}
		for _, path := range out.Written {
			r.Written = append(r.Written, report.Rel(dir, path))
		}
		for _, path := range out.Kept {
			r.Kept = append(r.Kept, report.Rel(dir, path))
		}
		for _, f := range out.Failed {
			r.Failed = append(r.Failed, fileResult{Path: f.Remote, Source: report.Rel(dir, f.Local), Status: "failed", Error: t.f.Redactor.Redact(f.Err.Error())})
		}
		return errors.Join(err, cmdutil.PrintJSON(t.f.IO.Out, r))
	}
	if err != nil {
		if len(out.Written) > 0 || ctx.Err() != nil {
			t.note("%s of %s written, each as a whole; running the same again fetches the others", files(len(out.Written)), src)
		}
		return err
	}
	text := fmt.Sprintf("%s of %s written to %s", files(len(out.Written)), src, rel(out.To))
	if n := len(out.Kept); n > 0 {
		text += fmt.Sprintf(", %d there already", n)
	}
	t.say("%s", text)
	return nil
}
