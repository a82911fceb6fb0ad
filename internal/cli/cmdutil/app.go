package cmdutil

import (
	"context"
	"fmt"
	"strings"

	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/wire"
)

// ChooseApp gives the app with an id or, for 0, the only one of the account;
// where there are several, the user chooses.
func ChooseApp(ctx context.Context, f *factory.Factory, s *Session, id int64) (wire.App, error) {
	apps, err := s.Client.Apps(ctx)
	if err != nil {
		return wire.App{}, err
	}
	labels := make([]string, len(apps))
	for i, app := range apps {
		if app.ID == id {
			return app, nil
		}
		labels[i] = fmt.Sprintf("%s (%d)", app.Name, app.ID)
	}
	switch {
	case len(apps) == 0:
		return wire.App{}, fmt.Errorf("account %s has no apps", s.Account.Label())
	case id != 0:
		return wire.App{}, fmt.Errorf("account %s has no app %d, but %s", s.Account.Label(), id, strings.Join(labels, ", "))
	case len(apps) == 1:
		return apps[0], nil
	case !f.IO.Interactive():
		return wire.App{}, Usagef("name an app with --app: %s", strings.Join(labels, ", "))
	}
	i, err := f.IO.Choose(ctx, "App", labels)
	if err != nil {
		return wire.App{}, err
	}
	return apps[i], nil
}
