package logs

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/logs"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/wire"
)

// appLimit is how many entries hs shows.
const appLimit = 50

// appOptions are the flags of app logs beside those of all.
type appOptions struct {
	app        int64
	types      []string
	errorsOnly bool
}

// functionSystems are the types of log that functions write: calls from UI
// extensions, and endpoints.
func functionSystems() []string {
	return []string{wire.SystemServerlessExecution, wire.SystemGatewayExecution}
}

// systemNames lists all types as the command line spells them.
func systemNames() []string {
	var names []string
	for _, s := range wire.LogSystems() {
		names = append(names, logs.SystemName(s))
	}
	return names
}

// NewCmdAppLogs is `fns app logs`.
func NewCmdAppLogs(f *factory.Factory) *cobra.Command {
	v, o := &view{f: f}, &appOptions{}
	cmd := &cobra.Command{
		Use:   "logs",
		Short: "Show the log of an app",
		Long: `Show entries of an app's log on HubSpot. Without --type these are the runs of its
functions: serverless-execution (called by UI extensions) and
serverless-gateway-execution (endpoints). The others are: ` + strings.Join(systemNames(), ", ") + `.

fns app log-details shows all that is known about one entry.`,
		Example: `  fns app logs --app 123
  fns app logs --app 123 --type webhooks --errors-only --since 2h
  fns app logs --app 123 --tail`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := v.check(time.Now()); err != nil {
				return err
			}
			return appLogsRun(cmd.Context(), v, o)
		},
	}
	v.addTo(cmd)
	v.addFollow(cmd, "tail", "follow")
	flags := cmd.Flags()
	flags.Int64Var(&o.app, "app", 0, "The `id` of the app")
	flags.StringSliceVar(&o.types, "type", nil, "Show this `type` of log; may stand several times")
	flags.BoolVar(&o.errorsOnly, "errors-only", false, "Show only failures")
	_ = cmd.RegisterFlagCompletionFunc("type", cobra.FixedCompletions(systemNames(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func appLogsRun(ctx context.Context, v *view, o *appOptions) error {
	systems, err := o.systems()
	if err != nil {
		return err
	}
	s, err := v.flags.Connect(v.f)
	if err != nil {
		return err
	}
	app, err := appID(ctx, v.f, s, o.app)
	if err != nil {
		return err
	}
	var sources []logs.Source
	for _, system := range systems {
		sources = append(sources, &logs.App{
			Client: s.Client, AppID: app, System: system, ErrorsOnly: o.errorsOnly, Since: v.filter.Since, Until: v.filter.Until,
			// What a function printed stands in the details only.
			Details: v.filter.Search != "" || v.filter.Level != "",
		})
	}
	v.named, v.merged = len(sources) > 1, true
	if err := v.run(ctx, s, sources, appLimit); err != nil {
		return err
	}
	if !v.json && !v.stats && !v.compact {
		fmt.Fprintf(v.f.IO.Err, "\nfns app log-details <id> --app %d shows what is known about an entry\n", app)
	}
	return nil
}

// appID gives the id of the app; as in hs, one that was given is not looked up.
func appID(ctx context.Context, f *factory.Factory, s *cmdutil.Session, id int64) (int64, error) {
	if id != 0 {
		return id, nil
	}
	app, err := cmdutil.ChooseApp(ctx, f, s, 0)
	return app.ID, err
}

func (o *appOptions) systems() ([]string, error) {
	if len(o.types) == 0 {
		return functionSystems(), nil
	}
	var systems []string
	for _, name := range o.types {
		system, ok := logs.SystemByName(name)
		if !ok {
			return nil, cmdutil.Usagef("--type %s: want one of %s", name, strings.Join(systemNames(), ", "))
		}
		if !slices.Contains(systems, system) {
			systems = append(systems, system)
		}
	}
	return systems, nil
}

// NewCmdAppLogDetails is `fns app log-details`.
func NewCmdAppLogDetails(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	var app int64
	var kind string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "log-details <id>",
		Short:   "Show all that is known about an entry of an app's log",
		Long:    "Show all that is known about one entry of an app's log: what the function printed,\nthe request, the response, the error. Without --type both types of functions' logs\nare looked through.",
		Example: "  fns app log-details 01ABC --app 123\n  fns app log-details 01ABC --app 123 --type webhooks --json",
		Args:    cmdutil.One("the id of an entry"),
		RunE: func(cmd *cobra.Command, args []string) error {
			systems, err := (&appOptions{types: words(kind)}).systems()
			if err != nil {
				return err
			}
			s, err := flags.Connect(f)
			if err != nil {
				return err
			}
			if app, err = appID(cmd.Context(), f, s, app); err != nil {
				return err
			}
			detail, err := findDetails(cmd.Context(), s, app, systems, args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return printRaw(f.IO.Out, detail.Raw)
			}
			return printDetails(f, detail)
		},
	}
	flags.AddTo(cmd, f.Sys)
	cmd.Flags().Int64Var(&app, "app", 0, "The `id` of the app")
	cmd.Flags().StringVar(&kind, "type", "", "The `type` of the log")
	cmd.Flags().BoolVar(&asJSON, "json", false, "Print HubSpot's answer as it is")
	_ = cmd.RegisterFlagCompletionFunc("type", cobra.FixedCompletions(systemNames(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func words(word string) []string {
	if word == "" {
		return nil
	}
	return []string{word}
}

// findDetails looks for an entry in types of logs, one after the other.
func findDetails(ctx context.Context, s *cmdutil.Session, app int64, systems []string, id string) (*wire.AppLogDetail, error) {
	var err error
	for _, system := range systems {
		var detail *wire.AppLogDetail
		detail, err = s.Client.AppLogDetails(ctx, app, system, id)
		if err == nil || !isNotFound(err) {
			return detail, err
		}
	}
	return nil, err
}

func printRaw(w io.Writer, raw json.RawMessage) error {
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

// printDetails prints the facts that are there, section by section.
func printDetails(f *factory.Factory, d *wire.AppLogDetail) error {
	t := f.IO.Out.Theme
	var b strings.Builder
	section := func(title string, facts ...[2]string) {
		var text strings.Builder
		for _, fact := range facts {
			if fact[1] != "" && fact[1] != "0" {
				fmt.Fprintf(&text, "  %-12s %s\n", fact[0], strings.ReplaceAll(report.Clean(fact[1]), "\n", "\n  "+strings.Repeat(" ", 13)))
			}
		}
		if text.Len() > 0 {
			fmt.Fprintf(&b, "%s\n%s", t.Bold(title), text.String())
		}
	}
	log := d.Log
	status := wire.LogSuccess
	if log.ErrorType != "" {
		status = wire.LogError
	}
	section("Entry",
		[2]string{"id", string(log.ID)}, [2]string{"type", logs.SystemName(log.System)}, [2]string{"time", moment(log.ExecutedAt)},
		[2]string{"status", status}, [2]string{"duration", number(log.Duration) + "ms"}, [2]string{"account", fmt.Sprint(log.PortalID)})
	section("Context",
		[2]string{"function", log.Function}, [2]string{"location", log.Location}, [2]string{"card", log.CardName}, [2]string{"user", fmt.Sprint(log.UserID)},
		[2]string{"object", strings.Trim(log.ObjectTypeID+" "+string(log.ObjectID), " ")}, [2]string{"trace", log.TraceID},
		[2]string{"correlation", log.CorrelationGroupID}, [2]string{"parent", log.ParentLogID})
	section("Request", [2]string{"body", pretty(log.RequestBody)})
	section("Response", [2]string{"body", pretty(log.ResponseBody)}, [2]string{"validated", pretty(log.ValidatedResponse)})
	section("Error", [2]string{"type", log.ErrorType}, [2]string{"message", log.ErrorMessage})
	section("Printed", [2]string{"console", strings.TrimRight(d.ConsoleOutput, "\r\n")})
	section("Extra", [2]string{"info", pretty(log.ExtraInfo)})
	_, err := io.WriteString(f.IO.Out, b.String())
	return err
}

func moment(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(wire.TimeLayout)
}

// pretty indents JSON, also where it is a text that holds JSON.
func pretty(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" || string(raw) == "{}" {
		return ""
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if !json.Valid([]byte(text)) {
			return text
		}
		raw = json.RawMessage(text)
	}
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}
