package cmdutil

import (
	"fmt"
	"strconv"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/project"
)

// ConnectProfile is Connect for the account that a profile of a project names,
// or without one (nil) the account of the flags and the configuration. It refuses
// where --account says something else than the profile.
func (f *AccountFlags) ConnectProfile(fac *factory.Factory, profile *project.Profile) (*Session, error) {
	if profile == nil {
		return f.Connect(fac)
	}
	c, err := f.Load(fac.Sys)
	if err != nil {
		return nil, err
	}
	if profile.AccountID == 0 {
		return nil, fmt.Errorf("the profile %s names no account: add \"accountId\" to hsprofile.%s.json", profile.Name, profile.Name)
	}
	a, err := c.Find(strconv.FormatInt(profile.AccountID, 10))
	if err != nil {
		if len(c.Accounts) == 0 {
			err = account.ErrNone
		}
		return nil, &accountHint{fmt.Errorf("the profile %s is for account %d: %w", profile.Name, profile.AccountID, err), "fns account auth logs in to it; --profile chooses another profile"}
	}
	if f.Account != "" {
		chosen, err := c.Choose(f.Account)
		if err != nil {
			return nil, hintAccount(err)
		}
		if chosen.Account.ID != a.ID {
			return nil, &accountHint{
				fmt.Errorf("--account says %s, but the profile %s of the project is for %s", chosen.Account.Label(), profile.Name, a.Label()),
				"leave --account out, or choose another profile with --profile",
			}
		}
	}
	return f.ConnectAs(fac, c, account.Choice{Account: a, From: "the profile " + profile.Name})
}
