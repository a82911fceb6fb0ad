package cmdutil

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func flagNames(cmd *cobra.Command) []string {
	var names []string
	add := func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	}
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}

// Port is a TCP port as a flag; 0 lets the system choose one.
type Port int

// Set parses a port.
func (p *Port) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q is not a port: want a number from 0 to 65535", s)
	}
	*p = Port(n)
	return nil
}

// String gives the number.
func (p *Port) String() string { return strconv.Itoa(int(*p)) }

// Type names the value in help texts.
func (*Port) Type() string { return "port" }
