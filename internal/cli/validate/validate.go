// Package validate implements `fns validate`, also `fns project validate`.
package validate

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
	"github.com/fns-dev/fns/internal/validate"
)

// Options holds what the command needs: dependencies, then flags.
type Options struct {
	IO      *ui.IOStreams
	Sys     *sysx.System
	Version string
	Now     func() time.Time
	Connect func() (*cmdutil.Session, error)

	Paths   []string
	Profile string
	Formats []report.Output
	Rules   []validate.Setting
	Strict  bool
	Fix     bool
	DryRun  bool
	Online  bool // ask the account too
	// Schemas asks for HubSpot's schemas, nil for not asking.
	Schemas validate.SchemaSource
	Offline bool // leave Schemas out
}

const long = `Find what HubSpot will refuse, or what will fail there, before anything is
uploaded: in serverless.json, *-hsmeta.json, hsproject.json and profiles, in .env
files, in the code of the functions and in the packages they use, with HubSpot's
limits and the dates at which it ends things. Works offline, on all generations of
functions at once.

With --account it also compares with that account: secrets that are missing, paths
that others answer, room under the limits, and HubSpot's own schemas.

It exits with 0 without errors, with 2 if there are some (with --strict also for
warnings), and with 1 if it could not run. On GitHub Actions the findings become
annotations.

Rules and silenced findings of a project stand in fns.json:

  { "rules": { "shared-state": "off", "large-log": "error" },
    "ignore": [{ "rule": "FNS2008", "file": "old.functions/**", "reason": "goes in May" }] }

and next to the code as comments: // fns-ignore FNS3210 -- the reason.
fns explain <code> prints what is behind a finding.`

const example = `  fns validate
  fns validate web/functions app --strict
  fns validate --format text,sarif=findings.sarif,junit=findings.xml
  fns validate --rule shared-state=off --rule FNS3216=error
  fns validate --fix --dry-run
  fns validate --account production`

// NewCmdValidate wires the flags; tests pass runF to see the parsed Options.
func NewCmdValidate(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	cmd, _, _ := newCommand(f, runF)
	return cmd
}

func newCommand(f *factory.Factory, runF func(context.Context, *Options) error) (*cobra.Command, *Options, *cmdutil.AccountFlags) {
	opts := &Options{IO: f.IO, Sys: f.Sys, Version: f.Build.Version, Now: time.Now}
	accounts := &cmdutil.AccountFlags{}
	opts.Connect = func() (*cmdutil.Session, error) { return accounts.Connect(f) }
	asJSON, formats := false, ""
	var settings []string
	cmd := &cobra.Command{
		Use:     "validate [path...]",
		Aliases: []string{"check"},
		Short:   "Find problems before HubSpot does",
		Long:    long,
		Example: example,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Paths = args
			opts.Online = opts.Online || opts.Schemas == nil && (accounts.Account != "" || accounts.UseEnv)
			if err := opts.complete(formats, asJSON, settings); err != nil {
				return err
			}
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return validateRun(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&formats, "format", "", "Print text, json, sarif, github or junit; several with commas, into files with =: `formats` such as text,sarif=out.sarif")
	flags.BoolVar(&asJSON, "json", false, "Print a JSON object, same as --format json")
	flags.StringVarP(&opts.Profile, "profile", "p", "", "Use the values of hsprofile.<`name`>.json; without it every profile is tried")
	flags.StringArrayVar(&settings, "rule", nil, "Give a rule another severity: `rule=severity` with off, note, warn or error")
	flags.BoolVar(&opts.Strict, "strict", false, "Fail on warnings too")
	flags.BoolVar(&opts.Fix, "fix", false, "Repair what has only one right way; the rest of a file stays as it is")
	flags.BoolVar(&opts.Online, "online", false, "Ask the default account too; --account and --use-env do so for theirs")
	accounts.AddTo(cmd, f.Sys)
	flags.BoolVar(&opts.DryRun, "dry-run", false, "With --fix: show the changes as a diff and write nothing")
	cmd.MarkFlagsMutuallyExclusive("json", "format")
	// These fail only for flags that do not exist.
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("profile", profileNames(f.Sys))
	_ = cmd.RegisterFlagCompletionFunc("rule", completeRule)
	return cmd, opts, accounts
}

// complete reads the flags that need reading.
func (o *Options) complete(formats string, asJSON bool, settings []string) error {
	switch {
	case asJSON:
		formats = string(report.FormatJSON)
	case formats == "" && o.Sys.Getenv("GITHUB_ACTIONS") == "true":
		formats = string(report.FormatGitHub)
	case formats == "":
		formats = string(report.FormatText)
	}
	var err error
	if o.Formats, err = report.ParseFormats(formats); err != nil {
		return &cmdutil.UsageError{Err: err}
	}
	for _, s := range settings {
		setting, err := validate.ParseSetting(s)
		if err != nil {
			return cmdutil.Usagef("--rule: %w", err)
		}
		o.Rules = append(o.Rules, setting)
	}
	if o.DryRun && !o.Fix {
		return cmdutil.Usagef("--dry-run says nothing without --fix: fns validate changes no file by itself")
	}
	return nil
}

func formatNames() []string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, string(f))
	}
	return names
}

func profileNames(sys *sysx.System) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		dir := "."
		if len(args) > 0 {
			dir = args[0]
		}
		return project.Profiles(dir), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeRule completes the name of a rule, and behind = its severity.
func completeRule(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	name, _, ok := strings.Cut(typed, "=")
	if ok {
		var list []string
		for _, severity := range []string{"off", "note", "warn", "error"} {
			list = append(list, name+"="+severity)
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	}
	var list []string
	for _, r := range diag.Rules() {
		list = append(list, cobra.CompletionWithDesc(r.Slug+"=", r.Title))
	}
	return slices.Compact(list), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
