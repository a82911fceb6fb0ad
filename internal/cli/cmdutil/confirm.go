package cmdutil

import (
	"context"
	"errors"

	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/ui"
)

// Confirm asks a question whose answer is yes or no, unless force answers it. Where
// nobody can answer it is an error.
func Confirm(ctx context.Context, f *factory.Factory, force bool, question string) (bool, error) {
	if force {
		return true, nil
	}
	yes, err := f.IO.Confirm(ctx, question)
	if errors.Is(err, ui.ErrNoAnswer) {
		return false, Usagef("nobody is there to confirm it: pass --force")
	}
	return yes, err
}
