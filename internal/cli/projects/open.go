package projects

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/wire"
)

func newOpen(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	var name string
	cmd := &cobra.Command{
		Use:     "open",
		Short:   "Show a project on HubSpot's website",
		Long:    "Open the page of the project of the current folder, or of another one with\n--project, in the browser, and print its address. With BROWSER=none it is only\nprinted.",
		Example: "  fns project open\n  fns project open --project shop\n  BROWSER=none fns project open --json",
		Args:    cmdutil.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return openRun(cmd.Context(), t, name) },
	}
	t.addTo(cmd, opened{})
	t.projectFlag(cmd, &name)
	return cmd
}

// opened is what --json prints.
type opened struct {
	URL string `json:"url"`
}

func openRun(ctx context.Context, t *target, flag string) error {
	name, err := t.name(flag)
	if err != nil {
		return err
	}
	if err := t.connect(nil); err != nil {
		return err
	}
	if t.session.Account.BuiltIn() {
		return &hinted{fmt.Errorf("%s has no website", t.account()), "fns project info shows what is deployed, fns portal start serves it"}
	}
	if flag != "" { // as hs: what stands in hsproject.json is not looked up
		if _, err := t.lookUp(ctx, name); err != nil {
			return err
		}
	}
	url := t.page(wire.PageOfProject, name)
	if t.asJSON {
		err = cmdutil.PrintJSON(t.f.IO.Out, opened{url})
	} else {
		t.say("%s", url)
	}
	if err != nil {
		return err
	}
	if err := t.f.Sys.OpenBrowser(url); err != nil {
		t.note("the browser could not be started (%v): open the address yourself", err)
	}
	return nil
}
