package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/account"
	"github.com/fns-dev/fns/internal/cli/build"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/cms"
	"github.com/fns-dev/fns/internal/cli/create"
	"github.com/fns-dev/fns/internal/cli/dev"
	"github.com/fns-dev/fns/internal/cli/exec"
	"github.com/fns-dev/fns/internal/cli/explain"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/cli/invoke"
	"github.com/fns-dev/fns/internal/cli/limits"
	"github.com/fns-dev/fns/internal/cli/logs"
	"github.com/fns-dev/fns/internal/cli/packages/install"
	"github.com/fns-dev/fns/internal/cli/portal"
	"github.com/fns-dev/fns/internal/cli/projects"
	"github.com/fns-dev/fns/internal/cli/secrets"
	"github.com/fns-dev/fns/internal/cli/validate"
	"github.com/fns-dev/fns/internal/cli/version"
)

// command is what stands under some names below fns.
type command struct {
	names []string // with aliases
	make  func() []*cobra.Command
}

// commandsFor gives the commands that the arguments can be about: all, or the one
// that they begin with. Making every command with its flags takes as long as all
// else that happens before a command runs.
func commandsFor(f *factory.Factory, args []string) []command {
	all := commands(f)
	switch {
	case len(args) == 1 && (args[0] == "--version" || args[0] == "-v"):
		return nil
	case len(args) > 0:
		i := slices.IndexFunc(all, func(c command) bool { return slices.Contains(c.names, args[0]) })
		if i >= 0 {
			return all[i : i+1]
		}
	}
	return all
}

// commands are all of them, as the help lists them.
func commands(f *factory.Factory) []command {
	one := func(c *cobra.Command) []*cobra.Command { return []*cobra.Command{c} }
	functions := func() []*cobra.Command {
		return []*cobra.Command{
			create.NewCmdFunction(f, nil), cms.NewCmdFunctionsList(f), cms.NewCmdFunctionsDeploy(f), dev.NewCmdServer(f, nil), logs.NewCmdLogs(f),
		}
	}
	return []command{
		{[]string{"dev"}, func() []*cobra.Command { return one(dev.NewCmdDev(f, nil)) }},
		{[]string{"invoke"}, func() []*cobra.Command { return one(invoke.NewCmdInvoke(f, nil)) }},
		{[]string{"build"}, func() []*cobra.Command { return one(build.NewCmdBuild(f, nil)) }},
		{[]string{"project", "projects"}, func() []*cobra.Command {
			return one(cmdutil.Group("project", "Work with developer projects", []string{"projects"}, append(projects.Commands(f),
				create.NewCmdProjectCreate(f, nil), create.NewCmdProjectAdd(f, nil), dev.NewCmdDev(f, nil), validate.NewCmdProjectValidate(f), logs.NewCmdProjectLogs(f))...))
		}},
		{[]string{"functions", "function"}, func() []*cobra.Command {
			return one(cmdutil.Group("functions", "Work with serverless functions", []string{"function"}, functions()...))
		}},
		{[]string{"cms"}, func() []*cobra.Command {
			return one(cmdutil.Group("cms", "Work with the design manager, as hs spells it", nil, append(cms.Commands(f),
				cmdutil.Group("function", "Work with serverless functions", []string{"functions"}, functions()...))...))
		}},
		{[]string{"packages", "package"}, func() []*cobra.Command {
			return one(cmdutil.Group("packages", "Manage the packages that HubSpot preloads", []string{"package"}, install.NewCmdInstall(f, nil)))
		}},
		{[]string{"validate", "check"}, func() []*cobra.Command { return one(validate.NewCmdValidate(f, nil)) }},
		{[]string{"explain"}, func() []*cobra.Command { return one(explain.NewCmdExplain(f, nil)) }},
		{[]string{"limits"}, func() []*cobra.Command { return one(limits.NewCmdLimits(f, nil)) }},
		{[]string{"account", "accounts"}, func() []*cobra.Command { return one(account.NewCmdAccount(f)) }},
		{[]string{"secrets", "secret"}, func() []*cobra.Command { return one(secrets.NewCmdSecrets(f)) }},
		{[]string{"app", "apps"}, func() []*cobra.Command {
			return one(cmdutil.Group("app", "Work with the apps of projects", []string{"apps"}, secrets.NewCmdAppSecrets(f), logs.NewCmdAppLogs(f), logs.NewCmdAppLogDetails(f)))
		}},
		{[]string{"logs"}, func() []*cobra.Command { return one(logs.NewCmdLogs(f)) }},
		{[]string{"auth"}, func() []*cobra.Command { return one(account.NewCmdAuth(f)) }},
		{[]string{"init"}, func() []*cobra.Command { return one(account.NewCmdInit(f)) }},
		{[]string{"config"}, func() []*cobra.Command { return one(account.NewCmdConfig(f)) }},
		{[]string{"portal"}, func() []*cobra.Command { return one(portal.NewCmdPortal(f)) }},
		{[]string{"exec"}, func() []*cobra.Command { return one(exec.NewCmdExec(f)) }},
		{[]string{"version"}, func() []*cobra.Command { return one(version.NewCmdVersion(f, nil)) }},
		{[]string{"upload", "watch", "fetch", "list", "ls", "delete", "remove", "rm", "mv"}, func() []*cobra.Command { return cms.Commands(f) }},
	}
}
