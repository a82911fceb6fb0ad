package dev

import (
	"context"
	"testing"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/sysx"
)

type newCmd func(*factory.Factory, func(context.Context, *Options) error) *cobra.Command

func TestFlags(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		cmd   newCmd
		env   []string
		args  []string
		check func(*Options) bool
	}{
		{"defaults", NewCmdDev, nil, nil, func(o *Options) bool {
			return o.Path == "" && o.Port == DefaultPort && !o.PortGiven && o.Flags.Contact && o.Watch && !o.Flags.Poll && !o.JSON && o.Flags.Mode == "" && o.Flags.Limits.On(limits.Time)
		}},
		{"a path and a port", NewCmdDev, nil, []string{"shop", "--port", "8080"}, func(o *Options) bool {
			return o.Path == "shop" && o.Port == 8080 && o.PortGiven
		}},
		{"the default port, asked for", NewCmdDev, nil, []string{"--port=3000"}, func(o *Options) bool { return o.PortGiven }},
		{"limits", NewCmdDev, nil, []string{"--no-time-limit", "--no-content-type-limit"}, func(o *Options) bool {
			return !o.Flags.Limits.On(limits.Time) && !o.Flags.Limits.On(limits.ContentType) && o.Flags.Limits.On(limits.Memory)
		}},
		{"context", NewCmdDev, nil, []string{"--account-id", "42", "--contact=false", "--mode", "staging"}, func(o *Options) bool {
			return o.Flags.AccountID == 42 && !o.Flags.Contact && o.Flags.Mode == "staging"
		}},
		{"the mode of NODE_ENV", NewCmdDev, []string{"NODE_ENV=test"}, nil, func(o *Options) bool { return o.Flags.Mode == "test" }},
		{"functions server has the port of hs", NewCmdServer, nil, []string{"my"}, func(o *Options) bool {
			return o.Path == "my" && o.Port == cmdutil.Port(ServerPort) && !o.PortGiven
		}},
		{"functions server takes the flags of hs", NewCmdServer, nil, []string{"my", "--contact=false", "--watch=false", "--log-output=true"},
			func(o *Options) bool { return o.Path == "my" && !o.Flags.Contact && !o.Watch }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got *Options
			cmd := tt.cmd(factory.New(&sysx.System{Environ: tt.env}), func(_ context.Context, o *Options) error { got = o; return nil })
			cmd.SetArgs(append([]string{}, tt.args...))
			if err := cmd.ExecuteContext(t.Context()); err != nil {
				t.Fatal(err)
			}
			if !tt.check(got) {
				t.Errorf("options = %+v", got)
			}
		})
	}
}
