package cli

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/sysx"

	"github.com/spf13/cobra"
)

// run is one run of fns in a folder of its own.
func run(t *testing.T, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	dir := t.TempDir()
	code = Main(t.Context(), &sysx.System{
		Args: args, Environ: env, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err,
		Getwd:        func() (string, error) { return dir, nil },
		UserCacheDir: func() (string, error) { return dir, nil },
		UserHomeDir:  func() (string, error) { return dir, nil },
		Executable:   func() (string, error) { return "fns", nil },
		Exit:         func(code int) { t.Errorf("Exit(%d) was called", code) },
		Interrupts:   func() (<-chan os.Signal, func()) { return nil, func() {} },
	})
	return code, out.String(), err.String()
}

func TestMain_ExitCodesAndMessages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		args           string
		code           int
		stdout, stderr string // parts
	}{
		{"nothing shows the help", "", 0, "Usage:", ""},
		{"help", "--help", 0, "Examples:", ""},
		{"help of a command", "dev --help", 0, "--no-memory-limit", ""},
		{"version", "--version", 0, "fns ", ""},
		{"version as a command", "version", 0, "fns ", ""},
		{"version for machines", "version --json", 0, `"version": "`, ""},
		{"a group shows its help", "functions", 0, "server", ""},
		{"a mistyped command", "deb", 1, "", `unknown command "deb" for "fns", did you mean "dev"?`},
		{"an unknown command", "frobnicate", 1, "", "fns: unknown command \"frobnicate\" for \"fns\"\nRun 'fns --help' for usage.\n"},
		{"a mistyped command of a group", "project dve", 1, "", `did you mean "dev"?`},
		{"a mistyped flag", "dev --prot 1", 1, "", "unknown flag --prot, did you mean --port?"},
		{"an unknown short flag", "dev -z", 1, "", "unknown shorthand flag: 'z'"},
		{"a port that is none", "dev --port x", 1, "", `"x" is not a port: want a number from 0 to 65535`},
		{"a port that is too high", "dev --port 70000", 1, "", "is not a port"},
		{"too many arguments", "dev a b", 1, "", `takes one argument at most, but got "b" as well`},
		{"a missing argument", "invoke", 1, "", "fns invoke needs the name of a function"},
		{"flags that contradict each other", "invoke x --json -i", 1, "", "fns: --include and --json exclude each other\n"},
		{"a colour that is none", "--color pink version", 1, "", `"pink" is not one of auto, always, never`},
		{"a completion script", "completion bash", 0, "__start_fns", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, nil, strings.Fields(tt.args)...)
			if code != tt.code {
				t.Errorf("exit code = %d, want %d", code, tt.code)
			}
			if !strings.Contains(stdout, tt.stdout) || tt.stdout == "" && stdout != "" {
				t.Errorf("stdout = %q, want %q in it", stdout, tt.stdout)
			}
			if !strings.Contains(stderr, tt.stderr) || tt.stderr == "" && stderr != "" {
				t.Errorf("stderr = %q, want %q in it", stderr, tt.stderr)
			}
		})
	}
}

func TestMain_ColoursOfErrorsFollowTheFlag(t *testing.T) {
	t.Parallel()
	if _, _, stderr := run(t, []string{"FORCE_COLOR=1"}, "dev", "a", "b"); !strings.HasPrefix(stderr, "\x1b[31mfns:") {
		t.Errorf("FORCE_COLOR: %q", stderr)
	}
	if _, _, stderr := run(t, []string{"FORCE_COLOR=1", "NO_COLOR=1"}, "dev", "a", "b"); !strings.HasPrefix(stderr, "fns: ") {
		t.Errorf("NO_COLOR: %q", stderr)
	}
}

func TestEveryCommandSaysWhatItDoesAndShowsAnExample(t *testing.T) {
	t.Parallel()
	root := newRoot(factory.New(&sysx.System{}), nil)
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		if cmd.Short == "" {
			t.Errorf("%s has no short description", cmd.CommandPath())
		}
		if !cmd.HasSubCommands() && cmd.Example == "" {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for _, c := range cmd.Commands() {
			check(c)
		}
	}
	check(root)
}

func TestCommandsHaveTheNamesThatTheyAreFoundBy(t *testing.T) {
	t.Parallel()
	for _, c := range commands(factory.New(&sysx.System{})) {
		var names []string
		for _, cmd := range c.make() {
			names = append(append(names, cmd.Name()), cmd.Aliases...)
		}
		if !slices.Equal(names, c.names) {
			t.Errorf("%v is found by %v", names, c.names)
		}
	}
}
