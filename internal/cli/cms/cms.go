// Package cms implements the commands about the design manager: `fns upload`,
// `fns watch`, `fns fetch`, `fns list`, `fns delete`, `fns mv`, `fns functions list`
// and `fns functions deploy`, which the group `fns cms` holds too, as in hs.
package cms

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/ui"
)

// Commands makes the commands that work on files.
func Commands(f *factory.Factory) []*cobra.Command {
	return []*cobra.Command{newUpload(f), newWatch(f), newFetch(f), newList(f), newDelete(f), newMove(f)}
}

// target is the account that a command is for.
type target struct {
	f       *factory.Factory
	flags   cmdutil.AccountFlags
	asJSON  bool
	session *cmdutil.Session
}

// addTo gives a command the flags of every command here.
func (t *target) addTo(cmd *cobra.Command) {
	t.flags.AddTo(cmd, t.f.Sys)
	flags := cmd.Flags()
	flags.BoolVar(&t.asJSON, "json", false, "Print JSON")
	flags.BoolVar(&t.asJSON, "format-output-as-json", false, "The same as --json, for hs")
	_ = flags.MarkHidden("format-output-as-json") // defined above
}

// connect chooses the account. Nothing is sent before the first call.
func (t *target) connect() (err error) {
	t.session, err = t.flags.Connect(t.f)
	return err
}

func (t *target) client() *hubapi.Client { return t.session.Client }

// account names the account for people.
func (t *target) account() string { return "account " + t.session.Account.Label() }

// say prints a line on stdout, made safe for the terminal, and nothing with
// --json.
func (t *target) say(format string, args ...any) {
	if !t.asJSON {
		// If the stream is gone, the exit code still tells.
		_, _ = fmt.Fprintln(t.f.IO.Out, report.Clean(fmt.Sprintf(format, args...)))
	}
}

// note prints a line on stderr.
func (t *target) note(format string, args ...any) {
	_, _ = fmt.Fprintln(t.f.IO.Err, report.Clean(t.f.Redactor.Redact(fmt.Sprintf(format, args...)))) // as in say
}

// progress shows what goes on, on stderr; nil with --json.
func (t *target) progress() *ui.Progress {
	if t.asJSON {
		return nil
	}
	return t.f.IO.Err.Progress()
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

// Mode is the flag that says whether drafts or published files are meant.
type Mode string

// The modes.
const (
	Draft   Mode = "draft"
	Publish Mode = "publish"
)

// Set parses a mode.
func (m *Mode) Set(s string) error {
	switch mode := Mode(s); mode {
	case Draft, Publish:
		*m = mode
		return nil
	default:
		return fmt.Errorf("%q is not one of draft, publish", s)
	}
}

// String gives the mode as it is written.
func (m *Mode) String() string { return string(*m) }

// Type names the values in help texts.
func (*Mode) Type() string { return "mode" }

// modeFlag gives a command the flag in its two spellings.
func modeFlag(cmd *cobra.Command, m *Mode, what string) {
	flags := cmd.Flags()
	flags.VarP(m, "mode", "m", what+": `draft or publish`; without it as the account or the config file says, else publish")
	flags.Var(m, "cms-publish-mode", "The same as --mode, for hs")
	_ = flags.MarkHidden("cms-publish-mode") // both exist: defined above
	modes := cobra.FixedCompletions([]cobra.Completion{string(Draft), string(Publish)}, cobra.ShellCompDirectiveNoFileComp)
	_ = cmd.RegisterFlagCompletionFunc("mode", modes)
	_ = cmd.RegisterFlagCompletionFunc("cms-publish-mode", modes)
}

// mode decides which mode counts: the flag, the account, the config file.
func (t *target) mode(flag Mode) (Mode, error) {
	for _, from := range []struct{ value, where string }{
		{string(flag), "--mode"},
		{t.session.Account.PublishMode, "the publish mode of " + t.account()},
		{t.session.Config.PublishMode, "the default publish mode of the configuration"},
	} {
		if from.value == "" {
			continue
		}
		var m Mode
		if err := m.Set(from.value); err != nil {
			return "", fmt.Errorf("%s: %w", from.where, err)
		}
		return m, nil
	}
	return Publish, nil
}

// absolute gives a path from the current folder on.
func (t *target) absolute(path string) (string, error) {
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	dir, err := t.f.Sys.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the current folder: %w", err)
	}
	return filepath.Join(dir, path), nil
}

// paths gives source and destination, which are asked for where they are missing.
func (t *target) paths(ctx context.Context, args []string) (src, dest string, err error) {
	got := append(append([]string{}, args...), "", "")
	for i, question := range []string{"File or folder to send", "Where to in the design manager"} {
		if got[i] != "" {
			continue
		}
		if !t.f.IO.Interactive() || t.asJSON {
			return "", "", t.incomplete(i)
		}
		if got[i], err = t.f.IO.Ask(ctx, question, ""); err != nil {
			return "", "", err
		}
		if got[i] == "" {
			return "", "", t.incomplete(i)
		}
	}
	return got[0], got[1], nil
}

// incomplete is an argument that nobody gave.
func (t *target) incomplete(which int) error {
	if which == 0 {
		dir, err := t.f.Sys.Getwd()
		if err == nil && inProject(dir) {
			return cmdutil.Usagef("name what to send to the design manager, and where to; a developer project goes up with fns project upload")
		}
		return cmdutil.Usagef("name what to send, and where to in the design manager")
	}
	return cmdutil.Usagef("name where to in the design manager, such as my-theme")
}

// inProject reports whether a folder lies in a developer project.
func inProject(dir string) bool {
	for {
		if _, err := os.Stat(filepath.Join(dir, "hsproject.json")); err == nil {
			return true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return false
		}
		dir = up
	}
}

// atMost refuses more than n arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return cmdutil.Usagef("%s takes %d arguments at most, but got %q as well", cmd.CommandPath(), n, args[n])
		}
		return nil
	}
}

// confirm asks unless --force was given.
func (t *target) confirm(ctx context.Context, force bool, format string, args ...any) (bool, error) {
	return cmdutil.Confirm(ctx, t.f, force, fmt.Sprintf(format, args...))
}

// files puts a number before the word.
func files(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}
