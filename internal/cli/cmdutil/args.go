package cmdutil

import (
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/suggest"
)

// NoArgs refuses arguments.
func NoArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return Usagef("%s takes no arguments, but got %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// AtMostOne refuses more than one argument.
func AtMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return Usagef("%s takes one argument at most, but got %q as well", cmd.CommandPath(), args[1])
	}
	return nil
}

// One asks for exactly one argument; what says in words which.
func One(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return Usagef("%s needs %s", cmd.CommandPath(), what)
		}
		return AtMostOne(cmd, args)
	}
}

// Group makes a command that only holds others: alone it shows its help, with
// an unknown word it fails and guesses what was meant.
func Group(use, short string, aliases []string, children ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use:     use,
		Short:   short,
		Aliases: aliases,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return UnknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(children...)
	return cmd
}

// UnknownCommand is the error for a word that is no subcommand of cmd.
func UnknownCommand(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
			names = append(names, c.Aliases...)
		}
	}
	if guess := suggest.Closest(word, names); guess != "" {
		return Usagef("unknown command %q for %q, did you mean %q?", word, cmd.CommandPath(), guess)
	}
	return Usagef("unknown command %q for %q", word, cmd.CommandPath())
}

// FlagError turns what the flag parser found wrong into a UsageError, with a
// guess where a flag is unknown.
func FlagError(cmd *cobra.Command, err error) error {
	word, unknown := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !unknown {
		return &UsageError{Err: err}
	}
	if guess := suggest.Closest(word, flagNames(cmd)); guess != "" {
		return Usagef("unknown flag --%s, did you mean --%s?", word, guess)
	}
	return Usagef("unknown flag --%s", word)
}

// together is what cobra says of flags that exclude each other.
var together = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^if any flags in the group \[.*\] are set none of the others can be; \[(.+)\] were all set$`)
})

// GroupError says in fewer words which flags exclude each other; other errors stay as
// they are.
func GroupError(err error) error {
	if err == nil {
		return nil
	}
	found := together().FindStringSubmatch(err.Error())
	if found == nil {
		return err
	}
	names := strings.Fields(found[1])
	for i := range names {
		names[i] = "--" + names[i]
	}
	return Usagef("%s exclude each other", strings.Join(names, " and "))
}
