package create

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/scaffold"
)

// FunctionOptions holds what `fns functions create` needs.
type FunctionOptions struct {
	environment
	Now func() time.Time

	Dest       string
	Folder     string
	File       string
	Method     string
	Path       string
	TypeScript bool
	JSON       bool
}

// NewCmdFunction wires the flags; tests pass runF to see the parsed options.
func NewCmdFunction(f *factory.Factory, runF func(context.Context, *FunctionOptions) error) *cobra.Command {
	opts := &FunctionOptions{environment: newEnvironment(f), Now: time.Now}
	cmd := &cobra.Command{
		Use:   "create [name] [dest]",
		Short: "Make a function of the design manager",
		Long: `Make a function of the design manager in dest, or in the current folder: a .functions
folder with serverless.json, or one endpoint more in the serverless.json of a folder
that is there. name stands for the folder, the file and the path where these are not
given; on a terminal, what is missing is asked for.

HubSpot takes no new functions of the design manager any more, and ends them; new
functions belong into developer projects, see fns project create.`,
		Example: "  fns functions create hello\n  fns functions create --functions-folder shop --filename cart --endpoint-path shop/cart --endpoint-method POST",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 2 {
				return cmdutil.Usagef("fns functions create takes a name and a folder, but got %q as well", args[2])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Dest = "."
			if len(args) > 0 {
				opts.name(args[0])
			}
			if len(args) > 1 {
				opts.Dest = args[1]
			}
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return functionRun(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.Folder, "functions-folder", "", "The `folder` of the functions; .functions is added if it is missing")
	flags.StringVar(&opts.File, "filename", "", "The `name` of the file; .js is added if it is missing")
	flags.StringVar(&opts.Method, "endpoint-method", "GET", "The HTTP `method` of the endpoint")
	flags.StringVar(&opts.Path, "endpoint-path", "", "The `path` of the endpoint behind /_hcms/api/")
	flags.BoolVar(&opts.JSON, "json", false, "Print JSON, and ask nothing")
	typed(cmd, &opts.TypeScript)
	accepted(cmd)
	complete(cmd, map[string][]string{"endpoint-method": scaffold.Methods()})
	return cmd
}

// name fills in what was not given.
func (o *FunctionOptions) name(name string) {
	for _, value := range []*string{&o.Folder, &o.File, &o.Path} {
		if *value == "" {
			*value = name
		}
	}
}

func functionRun(ctx context.Context, o *FunctionOptions) error {
	dir, err := o.dir()
	if err != nil {
		return err
	}
	ask := newAsker(o.IO, o.JSON)
	plain := func(what string) func(string) error {
		return func(s string) error {
			if strings.Contains(s, " ") {
				return fmt.Errorf("the %s can't have spaces", what)
			}
			return nil
		}
	}
	for _, v := range []struct {
		value                *string
		question, flag, what string
	}{
		{&o.Folder, "Folder of the functions", "--functions-folder", "folder"},
		{&o.File, "File of the function", "--filename", "file"},
		{&o.Path, "Path of the endpoint, behind /_hcms/api/", "--endpoint-path", "path"},
	} {
		if err := ask.text(ctx, v.value, v.question, v.flag, "", plain(v.what)); err != nil {
			return err
		}
	}
	to := absolute(dir, o.Dest)
	plan, err := scaffold.NewFunction(to, scaffold.FolderFunction{
		Folder: o.Folder, File: o.File, Path: o.Path, Method: o.Method, Runtime: lifecycle.CurrentRuntime, TypeScript: o.TypeScript,
	})
	if err != nil {
		return err
	}
	d := done{Name: strings.TrimSuffix(o.Folder, ".functions") + ".functions"}
	steps := lifecycle.DesignManager()
	if past, _ := lifecycle.In(steps, o.Now()); len(past) > 0 {
		d.Warnings = append(d.Warnings, "functions of the design manager end: "+lifecycle.Sentence(steps, o.Now())+"; for a new one use fns project create")
	}
	return write(o.IO, dir, o.JSON, plan, d, cd(dir, to)+"fns dev "+d.Name)
}
