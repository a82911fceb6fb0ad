package cmdutil

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/sysx"
)

func TestExitCode(t *testing.T) {
	t.Parallel()
	signals := make(chan os.Signal, 1)
	sys := &sysx.System{Interrupts: func() (<-chan os.Signal, func()) { return signals, func() {} }}
	interrupted, stop := sys.WithInterrupt(context.Background())
	defer stop()
	signals <- os.Interrupt
	<-interrupted.Done()

	findings := diag.List{{Severity: diag.Error, Summary: "x"}}.Err()
	tests := []struct {
		name string
		ctx  context.Context
		err  error
		want int
	}{
		{"success", context.Background(), nil, 0},
		{"any error", context.Background(), errors.New("x"), 1},
		{"a usage error", context.Background(), Usagef("x"), 1},
		{"findings", context.Background(), fmt.Errorf("load: %w", findings), 2},
		{"findings that were shown", context.Background(), SilentFindings{}, 2},
		{"an interrupt", interrupted, fmt.Errorf("work: %w", context.Canceled), 130},
		{"another failure during an interrupt", interrupted, errors.New("x"), 1},
		{"a clean end by an interrupt", interrupted, nil, 0},
		{"cancelled by someone else", context.Background(), context.Canceled, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := ExitCode(tt.ctx, tt.err); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestEveryLimitHasItsSwitch(t *testing.T) {
	t.Parallel()
	for _, l := range limits.Table() {
		t.Run(string(l.ID), func(t *testing.T) {
			t.Parallel()
			cmd, flags := &cobra.Command{}, &FunctionFlags{}
			flags.AddTo(cmd, &sysx.System{})
			if err := cmd.ParseFlags([]string{"--no-" + string(l.ID) + "-limit"}); err != nil {
				t.Fatal(err)
			}
			for _, other := range limits.Table() {
				if on := flags.Limits.On(other.ID); on != (other.ID != l.ID) {
					t.Errorf("%s is on: %v", other.ID, on)
				}
			}
		})
	}
}

func TestNoLimitsSwitchesAllOff(t *testing.T) {
	t.Parallel()
	cmd, flags := &cobra.Command{}, &FunctionFlags{}
	flags.AddTo(cmd, &sysx.System{})
	if err := cmd.ParseFlags([]string{"--no-limits", "--no-time-limit=false"}); err != nil {
		t.Fatal(err)
	}
	for _, l := range limits.Table() {
		if flags.Limits.On(l.ID) {
			t.Errorf("%s is on", l.ID)
		}
	}
}

func TestThePathOfAFunctionsFolderMayLeaveOutItsSuffix(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"my.functions", "both", "both.functions"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		"": "", "my": "my.functions", "my/": "my.functions", "my.functions": "my.functions", "both": "both", "none": "none",
	} {
		if got := start(dir, path); got != filepath.Join(dir, want) {
			t.Errorf("start(%q) = %q, want %q in the folder", path, got, want)
		}
	}
	if abs := filepath.Join(dir, "both"); start("/elsewhere", abs) != abs {
		t.Error("an absolute path is changed")
	}
}
