// Package create implements the commands that make something new: `fns project
// create`, `fns project add` and `fns functions create`.
package create

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/scaffold"
	"github.com/fns-dev/fns/internal/ui"
)

// asker gets the values that flags do not give: from whoever sits at the terminal,
// or not at all.
type asker struct {
	io  *ui.IOStreams
	can bool
}

func newAsker(io *ui.IOStreams, json bool) asker {
	return asker{io: io, can: !json && io.Interactive()}
}

// text fills in a value that is empty, asking until check takes it. flag is what to
// give instead where nobody can be asked; with a fallback that is taken then.
func (a asker) text(ctx context.Context, value *string, question, flag, fallback string, check func(string) error) error {
	for {
		if *value != "" {
			err := check(*value)
			if err == nil || !a.can {
				return usage(err)
			}
			fmt.Fprintf(a.io.Err, "  %s\n", report.Clean(err.Error()))
		}
		if !a.can {
			if fallback == "" {
				return cmdutil.Usagef("%s is needed: nobody is there to ask", flag)
			}
			*value = fallback
			continue
		}
		answer, err := a.io.Ask(ctx, question, fallback)
		if errors.Is(err, ui.ErrNoAnswer) {
			return cmdutil.Usagef("%s is needed: %w", flag, err)
		} else if err != nil {
			return err
		}
		if *value = answer; answer == "" {
			fmt.Fprintln(a.io.Err, "  a value, please")
		}
	}
}

// choice fills in a value that is empty by one of several.
func (a asker) choice(ctx context.Context, value *string, question, fallback string, options []string) error {
	if *value != "" {
		return nil
	}
	*value = fallback
	if !a.can {
		return nil
	}
	i, err := a.io.Choose(ctx, question, options)
	if err == nil {
		*value = options[i]
	}
	return err
}

func usage(err error) error {
	if err == nil {
		return nil
	}
	return &cmdutil.UsageError{Err: err}
}

// done is what a command has made.
type done struct {
	Name     string   `json:"name"`
	Dest     string   `json:"dest"` // from the current folder on
	Platform string   `json:"platformVersion,omitempty"`
	Files    []string `json:"files"`   // new, from dest on
	Changed  []string `json:"changed"` // from dest on
	Warnings []string `json:"warnings"`
}

// write writes a plan and shows it.
func write(io *ui.IOStreams, dir string, json bool, plan *scaffold.Plan, d done, next string) error {
	if err := plan.Write(); err != nil {
		return err
	}
	d.Dest, d.Files, d.Changed = report.Rel(dir, plan.Root), plan.Files(), plan.Changed()
	if d.Warnings == nil {
		d.Warnings = []string{}
	}
	if json {
		return cmdutil.PrintJSON(io.Out, d)
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(io.Err, "%s %s\n", io.Err.Theme.Warn("warning:"), report.Clean(w))
	}
	for _, list := range []struct {
		word  string
		names []string
	}{{"created", d.Files}, {"changed", d.Changed}} {
		for _, name := range list.names {
			fmt.Fprintf(io.Out, "%s %s\n", list.word, report.Clean(filepath.Join(filepath.FromSlash(d.Dest), filepath.FromSlash(name))))
		}
	}
	if next != "" {
		fmt.Fprintf(io.Err, "next: %s\n", report.Clean(next))
	}
	return nil
}

func absolute(dir, path string) string {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	return filepath.Clean(path)
}

// accepted gives cmd the flags that hs has for an account. What is made here
// needs none.
func accepted(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringP("account", "a", "", "Accepted for hs; no account is needed")
	flags.StringP("config", "c", "", "Accepted for hs; no account is needed")
	flags.Bool("use-env", false, "Accepted for hs; no account is needed")
	flags.BoolP("debug", "d", false, "Accepted for hs")
	for _, name := range []string{"account", "config", "use-env", "debug"} {
		_ = flags.MarkHidden(name) // defined above
	}
}

// typed adds the flag for TypeScript.
func typed(cmd *cobra.Command, value *bool) {
	flags := cmd.Flags()
	flags.BoolVar(value, "typescript", false, "Write the functions in TypeScript")
	flags.BoolVar(value, "ts", false, "Same as --typescript")
	_ = flags.MarkHidden("ts") // defined on the line above
}

// complete offers fixed values for flags.
func complete(cmd *cobra.Command, values map[string][]string) {
	for name, list := range values {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp)) // fails only for flags that do not exist
	}
}

// components gives each feature a name: the one that was asked for, with an end
// where there are several; or a usual one.
func components(features []scaffold.Feature, name, path, method string) []scaffold.Component {
	var list []scaffold.Component
	for _, f := range features {
		c := scaffold.Component{Feature: f, Name: name}
		switch {
		case name == "":
			c.Name = map[scaffold.Feature]string{scaffold.EndpointFunction: "hello", scaffold.PrivateFunction: "greeting", scaffold.Card: "greeting-card"}[f]
		case len(features) > 1 && f == scaffold.PrivateFunction:
			c.Name += "-private"
		case len(features) > 1 && f == scaffold.Card:
			c.Name += "-card"
		}
		if f == scaffold.EndpointFunction {
			c.Path, c.Method = path, method
		}
		list = append(list, c)
	}
	return list
}

// parseFeatures reads the flag, and arguments behind it, as hs takes them.
func parseFeatures(flag []string, args []string) ([]scaffold.Feature, error) {
	if len(args) > 0 && len(flag) == 0 {
		return nil, cmdutil.Usagef("the command takes no arguments, but got %q", args[0])
	}
	features, err := scaffold.ParseFeatures(append(append([]string{}, flag...), args...))
	return features, usage(err)
}

// environment is what all three commands need of the world.
type environment struct {
	IO  *ui.IOStreams
	dir func() (string, error)
}

func newEnvironment(f *factory.Factory) environment {
	return environment{IO: f.IO, dir: func() (string, error) {
		dir, err := f.Sys.Getwd()
		if err != nil {
			return "", fmt.Errorf("find the current folder: %w", err)
		}
		return dir, nil
	}}
}

// cd is the command to go to a folder, where that is another one.
func cd(dir, to string) string {
	rel := report.Rel(dir, to)
	if rel == "." || rel == "" {
		return ""
	}
	rel = filepath.FromSlash(rel)
	if strings.ContainsAny(rel, " '\"$&();") {
		rel = `"` + rel + `"`
	}
	return "cd " + rel + " && "
}
