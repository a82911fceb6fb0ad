package secrets

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/ui"
)

// maxValue bounds what is read as a value, in bytes: all variables of a function
// together are far smaller.
const maxValue = 1 << 20

// source says where the value of a secret comes from.
type source struct {
	stdin   bool
	file    string
	fromEnv string
}

func (s *source) addTo(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&s.stdin, "stdin", false, "Read the value from stdin, to its end")
	flags.StringVar(&s.file, "from-file", "", "Read the value from this `file`")
	flags.StringVar(&s.fromEnv, "from-env", "", "Take the value of this environment `variable`")
	cmd.MarkFlagsMutuallyExclusive("stdin", "from-file", "from-env")
}

const valueHelp = `The value is asked for and not shown, or comes from --stdin, --from-file or
--from-env; from a pipe without --stdin the first line is taken. One line break at
its end is not part of it. There is no flag for the value itself: it would stand in
the list of processes and in the history of your shell.`

// read gives the value, and hides it from everything that is printed after.
func (s *source) read(ctx context.Context, t *target, name string) (string, error) {
	value, err := s.raw(ctx, t, name)
	if err != nil {
		return "", err
	}
	if rest, ok := strings.CutSuffix(value, "\n"); ok {
		value = strings.TrimSuffix(rest, "\r")
	}
	t.f.Hide("secret "+name, value)
	switch {
	case value == "":
		return "", fmt.Errorf("the value of %s is empty: HubSpot stores no empty secrets", name)
	case len(value) > maxValue:
		return "", fmt.Errorf("the value of %s is larger than %d bytes", name, maxValue)
	case !utf8.ValidString(value):
		return "", fmt.Errorf("the value of %s is not UTF-8 text: encode it, for instance in base64", name)
	}
	return value, nil
}

func (s *source) raw(ctx context.Context, t *target, name string) (string, error) {
	switch {
	case s.stdin:
		data, err := io.ReadAll(io.LimitReader(t.f.IO.In, maxValue+2))
		if err != nil {
			return "", fmt.Errorf("read the value from stdin: %w", err)
		}
		return string(data), nil
	case s.file != "":
		path := s.file
		if !filepath.IsAbs(path) {
			dir, err := t.f.Sys.Getwd()
			if err != nil {
				return "", fmt.Errorf("find the current folder: %w", err)
			}
			path = filepath.Join(dir, path)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("read the value: %w", err)
		}
		return string(data), nil
	case s.fromEnv != "":
		value, ok := t.f.Sys.LookupEnv(s.fromEnv)
		if !ok {
			return "", fmt.Errorf("the environment variable %s is not set", s.fromEnv)
		}
		return value, nil
	default:
		value, err := t.f.IO.AskHidden(ctx, "Value of "+name)
		if errors.Is(err, ui.ErrNoAnswer) {
			return "", cmdutil.Usagef("no value for %s: pass --stdin, --from-file or --from-env", name)
		}
		return value, err
	}
}

// checkName refuses what HubSpot stores no secret under.
func checkName(name string) error {
	if !project.ValidSecretName(name) {
		return cmdutil.Usagef("%q can't be the name of a secret: %s", name, project.SecretNameRule)
	}
	return nil
}
