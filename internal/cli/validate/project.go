package validate

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

const projectLong = `Find what HubSpot will refuse, or what will fail there, before a project is
uploaded: all that fns validate finds, and what HubSpot's own schemas say of the
project's components, with the values of each profile. The schemas come from the
account of the profile, of --account, or the default one; without any account, and
with --offline, they are left out. --online compares secrets and endpoints with the
account too.

It exits with 0 without errors, with 2 if there are some (with --strict also for
warnings), and with 1 if it could not run.`

const projectExample = `  fns project validate
  fns project validate --profile production
  fns project validate --offline --strict`

// NewCmdProjectValidate is `fns project validate`: as `fns validate`, but with
// HubSpot's schemas, as in hs.
func NewCmdProjectValidate(f *factory.Factory) *cobra.Command {
	cmd, opts, accounts := newCommand(f, nil)
	cmd.Short, cmd.Long, cmd.Example = "Find problems before HubSpot does, with its schemas", projectLong, projectExample
	cmd.Flags().BoolVar(&opts.Offline, "offline", false, "Ask nobody: leave out HubSpot's schemas")
	cmd.MarkFlagsMutuallyExclusive("offline", "online")
	cmd.MarkFlagsMutuallyExclusive("offline", "account")
	cmd.MarkFlagsMutuallyExclusive("offline", "use-env")
	cmd.MarkFlagsMutuallyExclusive("profile", "account")
	s := &schemas{f: f, accounts: accounts, known: map[string]wire.Schemas{}}
	opts.Schemas = s.get
	return cmd
}

// schemas asks each account once.
type schemas struct {
	f        *factory.Factory
	accounts *cmdutil.AccountFlags
	known    map[string]wire.Schemas // by account and platform version
	said     bool
}

func (s *schemas) get(ctx context.Context, profile *project.Profile, version string) (wire.Schemas, error) {
	if profile != nil && profile.AccountID == 0 {
		profile = nil // which is a finding of its own
	}
	session, err := s.accounts.ConnectProfile(s.f, profile)
	if errors.Is(err, account.ErrNone) && s.accounts.Account == "" && !s.accounts.UseEnv {
		if !s.said {
			fmt.Fprintln(s.f.IO.Err, "no account is configured: HubSpot's schemas are left out")
		}
		s.said = true
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(session.Account.ID, " ", version)
	if known, ok := s.known[key]; ok {
		return known, nil
	}
	all, err := session.Client.Schemas(ctx, version)
	if err == nil {
		s.known[key] = all
	}
	return all, err
}
