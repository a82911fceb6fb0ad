// Package invoke implements `fns invoke`: one call of one function without a
// server, on the same path as a request to `fns dev`.
package invoke

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// Options holds what the command needs: dependencies, then flags and arguments.
type Options struct {
	Sys *sysx.System
	IO  *ui.IOStreams

	Target    string // a function's name or file, an endpoint's path, or a URL
	Dir       string // where to look for functions; "" is the current folder
	EventFile string // "" for none, "-" for stdin
	Method    string // upper case; "" lets the event and the endpoint decide
	Private   bool
	Include   bool
	JSON      bool
	Watch     bool
	Flags     cmdutil.FunctionFlags

	file     string                       // absolute, where Target names a file; "" for none
	debugger func(function string) string // address of a function's debugger; nil without
}

// NewCmdInvoke wires the flags; tests pass runF to see the parsed Options.
func NewCmdInvoke(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{Sys: f.Sys, IO: f.IO}
	cmd := &cobra.Command{
		Use:   "invoke <function, endpoint or file>",
		Short: "Call one function once and print its answer",
		Long: `Call one function once, without a server, and print the body of its answer.
The log and HubSpot's line about the invocation go to stderr.

The argument is the name of a function, the path of an endpoint, or the file of a
function or of its metadata, if you like with a query. With a file its own project
is loaded, wherever you are. The event file says what the call carries:

  {"name": "Ada"}                             the JSON body of the request
  {"method": "PUT", "params": {"q": "1"},
   "headers": {"x-a": "b"}, "body": {"n": 1}} a request; every key may be missing
  {"parameters": {"n": 1}}                    a call from a UI extension, with
                                              parameters, propertiesToSend, event

The command fails if the function fails or answers with a status from 500 up, and
if the request is refused before the function runs.`,
		Example: `  fns invoke hello
  fns invoke '/_hcms/api/hello?name=Ada'
  fns invoke src/app/functions/quote.ts
  fns invoke orders -f event.json --method PUT
  echo '{"page": "/pricing"}' | fns invoke visits -f -
  fns invoke quote --watch
  fns invoke quote --inspect-brk`,
		Args: cmdutil.One("the name of a function, the path of an endpoint, or a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Target = args[0]
			opts.Method = strings.ToUpper(opts.Method)
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return invokeRun(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&opts.Dir, "dir", "C", "", "Look for functions in this `folder` instead of the current one")
	flags.StringVarP(&opts.EventFile, "file", "f", "", "Read the event from this `file`, - for stdin")
	flags.StringVarP(&opts.Method, "method", "X", "", "Call with this HTTP `method`")
	flags.BoolVar(&opts.Private, "private", false, "Call the function as a UI extension does, although it has an endpoint")
	flags.BoolVarP(&opts.Include, "include", "i", false, "Print status and headers before the body")
	flags.BoolVar(&opts.JSON, "json", false, "Print answer, log and invocation as one JSON object")
	flags.BoolVar(&opts.Watch, "watch", false, "Call again after each save, until interrupted")
	cmd.MarkFlagsMutuallyExclusive("json", "include")
	opts.Flags.AddTo(cmd, f.Sys)
	return cmd
}
