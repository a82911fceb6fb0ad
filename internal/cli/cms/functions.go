package cms

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/cms"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/ui"
	"github.com/fns-dev/fns/internal/wire"
)

// NewCmdFunctionsList makes `fns functions list`.
func NewCmdFunctionsList(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List the endpoints that an account serves",
		Long:    "List the endpoints of the functions in an account: of the design manager and of\nprojects, with the secrets they may read.",
		Example: "  fns functions list\n  fns functions list --json",
		Args:    cmdutil.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return functionsRun(cmd.Context(), t) },
	}
	t.addTo(cmd)
	return cmd
}

func functionsRun(ctx context.Context, t *target) error {
	if err := t.connect(); err != nil {
		return err
	}
	routes, err := t.client().Routes(ctx)
	if err != nil {
		return err
	}
	if t.asJSON {
		if routes == nil {
			routes = []wire.Route{}
		}
		return cmdutil.PrintJSON(t.f.IO.Out, routes)
	}
	if len(routes) == 0 {
		t.note("%s has no functions", t.account())
		return nil
	}
	var rows [][]string
	for _, r := range routes {
		rows = append(rows, []string{r.Route, r.Method, strings.Join(r.SecretNames, ", "), moment(r.Created), moment(r.Updated)})
	}
	return t.f.IO.Out.Table([]string{"Route", "Method", "Secrets", "Created", "Updated"}, rows)
}

// moment shows a time of HubSpot's in local time, "" for none.
func moment(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).Format("2006-01-02T15:04:05-07:00")
}

// deployResult is what `fns functions deploy --json` prints.
type deployResult struct {
	AccountID   int64   `json:"accountId"`
	Path        string  `json:"path"`
	BuildID     string  `json:"buildId"`
	Status      string  `json:"status"`
	BuildTimeMs float64 `json:"buildTimeMs,omitempty"`
	Error       string  `json:"error,omitempty"`
	Log         string  `json:"log,omitempty"`
}

// NewCmdFunctionsDeploy makes `fns functions deploy`.
func NewCmdFunctionsDeploy(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "deploy <path>",
		Short: "Build and deploy the packages of a folder of functions",
		Long: `Have HubSpot install the packages that the package.json of a folder of functions
names, and deploy them with the functions. The path is one of the design manager,
and ends in .functions; nothing is uploaded. The log of the build is printed.

It exits with 1 where the build fails, unlike hs.`,
		Example: "  fns functions deploy my-theme/hello.functions",
		Args:    cmdutil.One("the path of a folder of functions in the design manager, such as my-theme/hello.functions"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return deployRun(cmd.Context(), t, cms.Slashes(args[0]), timeout)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	t.addTo(cmd)
	cmd.Flags().DurationVar(&timeout, "timeout", 10*time.Minute, "Wait so long for the build")
	return cmd
}

func deployRun(ctx context.Context, t *target, path string, timeout time.Duration) error {
	if !strings.HasSuffix(path, ".functions") {
		return cmdutil.Usagef("%s is no folder of functions: the path in the design manager ends in .functions", path)
	}
	if err := t.connect(); err != nil {
		return err
	}
	show := t.progress()
	defer show.Stop()
	step := ui.Step{Key: "build", Label: fmt.Sprintf("build of %s in %s", path, t.account()), State: ui.StepRunning, Word: "starting"}
	show.Set(step)
	fail := func(err error) error {
		step.State, step.Word = ui.StepFailed, "failed"
		show.Set(step)
		return err
	}
	id, err := t.client().BuildFolder(ctx, path)
	if hubapi.IsNotFound(err) {
		return fail(&hinted{fmt.Errorf("there is no folder %s with a package.json in %s: %w", path, t.account(), err), hintOf(err, "fns list "+path+" shows what it holds; functions without packages need no deploy, an upload is enough")})
	}
	if err != nil {
		return fail(err)
	}
	step.Word = "building"
	show.Set(step)
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	state, err := t.client().PollFolderBuild(limited, id, 0, nil)
	if err != nil {
		if limited.Err() != nil && ctx.Err() == nil {
			err = &hinted{fmt.Errorf("build %s of %s has not ended within %s", id, path, timeout), "it goes on without fns; --timeout waits longer"}
		}
		return fail(err)
	}
	r := deployResult{AccountID: t.session.Account.ID, Path: path, BuildID: id, Status: state.Status, BuildTimeMs: state.BuildTime, Error: state.ErrorReason}
	if state.LogURL != "" {
		text, err := t.client().Plain(ctx, state.LogURL)
		if err != nil {
			show.Say(fmt.Sprintf("the log of the build can't be read: %v", err))
		}
		r.Log = text
	}
	if state.Status != wire.FolderBuildSuccess {
		err = buildError(r)
		step.State, step.Word = ui.StepFailed, "failed"
	} else {
		step.State, step.Word = ui.StepDone, "deployed"
	}
	show.Set(step)
	show.Stop()
	if t.asJSON {
		return errors.Join(err, cmdutil.PrintJSON(t.f.IO.Out, r))
	}
	if r.Log != "" {
		_, _ = fmt.Fprintln(t.f.IO.Out, strings.TrimRight(report.Clean(r.Log), "\n")) // as in say
	}
	if err != nil {
		return err
	}
	t.say("%s built and deployed in %s, in %.2f s", path, t.account(), state.BuildTime/1000)
	return nil
}

// hintOf gives what err has to say, or else.
func hintOf(err error, otherwise string) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) && h.Hint() != "" {
		return otherwise + ". " + h.Hint()
	}
	return otherwise
}

func buildError(r deployResult) error {
	text := fmt.Sprintf("build %s of %s failed (%s)", r.BuildID, r.Path, r.Status)
	if r.Error != "" {
		text += ": " + r.Error
	}
	hint := "the log above says more"
	switch {
	case r.Status == wire.FolderBuildReverted:
		hint = "HubSpot went back to the build before"
	case r.Log == "":
		hint = "look at the packages in package.json; fns list " + r.Path + " shows what the folder holds"
	}
	return &hinted{errors.New(text), hint + ". " + hubapi.FunctionsSunset()}
}
