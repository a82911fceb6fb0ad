package account

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
)

func newConfigSet(f *factory.Factory) *cobra.Command {
	var flags cmdutil.AccountFlags
	var mode string
	var timeout int
	var tracking, updates, browser bool
	cmd := &cobra.Command{
		Use:   "set",
		Short: "Change settings of the configuration file",
		Long: `Change settings of the configuration file in use, which holds for hs too. fns itself
reports no usage and never updates itself; the flags about that are for hs.`,
		Example: "  fns config set --default-cms-publish-mode draft\n  fns config set --http-timeout 30000 --auto-open-browser=false",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			given := cmd.Flags().Changed
			var s account.Settings
			var said []string
			note := func(name, value string) { said = append(said, name+" is now "+value) }
			if given("default-cms-publish-mode") {
				s.PublishMode = &mode
				note("the default publish mode", mode)
			}
			if given("http-timeout") {
				limit := time.Duration(timeout) * time.Millisecond
				s.Timeout = &limit
				note("the time limit of calls", fmt.Sprintf("%d ms", timeout))
			}
			for _, one := range []struct {
				flag, name string
				from       *bool
				to         **bool
			}{
				{"allow-usage-tracking", "the report of usage by hs", &tracking, &s.AllowUsageTracking},
				{"allow-auto-updates", "the update of hs by itself", &updates, &s.AllowAutoUpdates},
				{"auto-open-browser", "the opening of pages in the browser", &browser, &s.AutoOpenBrowser},
			} {
				if given(one.flag) {
					*one.to = one.from
					note(one.name, map[bool]string{true: "on", false: "off"}[*one.from])
				}
			}
			if len(said) == 0 {
				return cmdutil.Usagef("say what to set, such as --default-cms-publish-mode draft")
			}
			c, err := flags.Load(f.Sys)
			if err != nil {
				return err
			}
			if err := c.Configure(s); err != nil {
				return err
			}
			for _, line := range said {
				say(f, "%s, in %s", line, c.Path)
			}
			return nil
		},
	}
	flags.AddConnection(cmd)
	set := cmd.Flags()
	set.StringVar(&mode, "default-cms-publish-mode", "", "Send files to the design manager as `draft or publish`")
	set.IntVar(&timeout, "http-timeout", 0, "Wait so many `ms` for an answer, at least "+strconv.FormatInt(account.MinTimeout.Milliseconds(), 10))
	set.BoolVar(&tracking, "allow-usage-tracking", false, "Let hs report how it is used")
	set.BoolVar(&updates, "allow-auto-updates", false, "Let hs update itself")
	set.BoolVar(&browser, "auto-open-browser", false, "Open pages in the browser")
	_ = cmd.RegisterFlagCompletionFunc("default-cms-publish-mode", cobra.FixedCompletions([]cobra.Completion{"draft", "publish"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}
