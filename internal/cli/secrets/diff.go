package secrets

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/analyze"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/suggest"
)

// diffOptions are the flags of diff.
type diffOptions struct {
	f        *factory.Factory
	flags    cmdutil.AccountFlags
	accounts []string
	offline  bool
	mode     string
	asJSON   bool
	path     string
}

func newDiff(f *factory.Factory) *cobra.Command {
	o := &diffOptions{f: f}
	cmd := &cobra.Command{
		Use:   "diff [path]",
		Short: "Compare the secrets of functions, .env files and accounts",
		Long: `Compare the secrets that the functions below path (the current folder) declare and
read with those of their .env files and of accounts: which are missing, unused, or
spelled differently. --account may stand several times. Exit code 2 means that
something is missing.`,
		Example: "  fns secrets diff\n  fns secrets diff my-project --account acme-dev --account acme\n  fns secrets diff --offline",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.path = args[0]
			}
			return diffRun(cmd.Context(), o)
		},
	}
	o.flags.AddConnection(cmd)
	flags := cmd.Flags()
	flags.StringArrayVarP(&o.accounts, "account", "a", nil, "Compare with the account of this `name or id`; may stand several times")
	flags.BoolVar(&o.flags.UseEnv, "use-env", false, "Take the account from the environment instead of a file")
	flags.BoolVar(&o.offline, "offline", false, "Compare functions and .env files only")
	flags.StringVar(&o.mode, "mode", f.Sys.Getenv("NODE_ENV"), "Read the .env files of this `mode` too")
	flags.BoolVar(&o.asJSON, "json", false, "Print JSON")
	cmd.MarkFlagsMutuallyExclusive("use-env", "account")
	cmd.MarkFlagsMutuallyExclusive("offline", "account")
	cmd.MarkFlagsMutuallyExclusive("offline", "use-env")
	_ = cmd.RegisterFlagCompletionFunc("account", func(cmd *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return cmdutil.CompleteAccounts(&o.flags, f.Sys)(cmd, nil, word)
	})
	return cmd
}

// comparison is the outcome, and the --json form.
type comparison struct {
	Accounts []string        `json:"accounts"`
	Secrets  []secretState   `json:"secrets"`
	Code     report.Findings `json:"code"` // what the code says about names
	Missing  int             `json:"missing"`
}

// secretState is one name and who has it.
type secretState struct {
	Name      string          `json:"name"`
	Functions []string        `json:"functions"`             // that declare it
	Env       string          `json:"env"`                   // "all", "some" or "none" of their .env files have it
	EnvGuess  string          `json:"envMisspelt,omitempty"` // an undeclared name in a .env file that was most likely meant
	Accounts  map[string]bool `json:"accounts"`
	Status    string          `json:"status"`             // "ok", "missing", "unused"
	Guess     string          `json:"misspelt,omitempty"` // an unused name that was most likely meant
}

func diffRun(ctx context.Context, o *diffOptions) error {
	dir, err := o.f.Sys.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	path := o.path
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	p, found := project.Discover(path)
	if len(p.Functions) == 0 {
		if err := found.Err(); err != nil {
			return err
		}
		return fmt.Errorf("no functions below %s", path)
	}
	states := declared(p, o.mode)
	out := comparison{Accounts: []string{}, Secrets: []secretState{}}
	stores, err := o.stores()
	if err != nil {
		return err
	}
	for _, s := range stores {
		names, err := s.store.list(ctx)
		if err != nil {
			return err
		}
		out.Accounts = append(out.Accounts, s.label)
		fill(states, s.label, names)
	}
	out.Missing = judge(states, out.Accounts)
	for _, name := range order(states) {
		out.Secrets = append(out.Secrets, *states[name])
	}
	code, err := codeFindings(ctx, o.f, p)
	if err != nil {
		return err
	}
	out.Code = report.NewFindings(code, dir)
	if o.asJSON {
		err = cmdutil.PrintJSON(o.f.IO.Out, out)
	} else {
		err = o.print(out)
	}
	if err == nil && out.Missing > 0 {
		return cmdutil.SilentFindings{}
	}
	return err
}

// namedStore is an account to compare with.
type namedStore struct {
	label string
	store store
}

// stores connects to the accounts that were named, or to the default one. Without
// any account there is still something to compare.
func (o *diffOptions) stores() ([]namedStore, error) {
	if o.offline {
		return nil, nil
	}
	wanted := o.accounts
	if len(wanted) == 0 {
		wanted = []string{""}
	}
	var all []namedStore
	for _, name := range wanted {
		flags := o.flags
		flags.Account = name
		if name == "" {
			// The account local would say of every value of a .env file that it is missing.
			if _, err := flags.Load(o.f.Sys); errors.Is(err, account.ErrNone) {
				cmdutil.Warn(o.f, fmt.Errorf("%w: only functions and .env files are compared", err))
				return nil, nil
			}
		}
		s, err := flags.Connect(o.f)
		if err != nil {
			return nil, err
		}
		all = append(all, namedStore{s.Account.Label(), accountStore{s.Client}})
	}
	return all, nil
}

// declared gives the secrets that functions declare, by name.
func declared(p *project.Project, mode string) map[string]*secretState {
	states := map[string]*secretState{}
	with := map[string]int{} // functions whose .env file has the secret
	resolved, _ := env.All(p, env.Options{Mode: mode})
	for _, fn := range p.Functions {
		for _, secret := range resolved[fn].Secrets {
			s := state(states, secret.Name)
			s.Functions = append(s.Functions, fn.Name)
			if secret.Present {
				with[secret.Name]++
			}
		}
	}
	for name, s := range states {
		switch with[name] {
		case 0:
		case len(s.Functions):
			s.Env = "all"
		default:
			s.Env = "some"
		}
	}
	addUndeclared(states, undeclared(p, resolved))
	return states
}

func state(states map[string]*secretState, name string) *secretState {
	s := states[name]
	if s == nil {
		s = &secretState{Name: name, Functions: []string{}, Env: "none", Accounts: map[string]bool{}}
		states[name] = s
	}
	return s
}

// fill notes which secrets an account has.
func fill(states map[string]*secretState, label string, names []string) {
	for _, s := range states {
		s.Accounts[label] = slices.Contains(names, s.Name)
	}
	for _, name := range names {
		state(states, name).Accounts[label] = true
	}
}

// judge gives each name its status, and counts the missing ones. With accounts a
// secret is missing where one of them lacks it, without any where a .env file
// does.
func judge(states map[string]*secretState, accounts []string) (missing int) {
	var unused []string // of accounts; without any, of .env files
	for _, s := range states {
		everywhere := s.Env == "all"
		if len(accounts) > 0 {
			everywhere = !slices.ContainsFunc(accounts, func(a string) bool { return !s.Accounts[a] })
		}
		switch {
		case len(s.Functions) == 0:
			s.Status = "unused"
			if len(accounts) == 0 || slices.ContainsFunc(accounts, func(a string) bool { return s.Accounts[a] }) {
				unused = append(unused, s.Name)
			}
		case everywhere:
			s.Status = "ok"
		default:
			s.Status = "missing"
			missing++
		}
	}
	slices.Sort(unused)
	for _, s := range states {
		if s.Status == "missing" {
			s.Guess = suggest.Closest(s.Name, unused)
		}
	}
	return missing
}

// order puts what is missing first, then what is unused.
func order(states map[string]*secretState) []string {
	rank := map[string]int{"missing": 0, "unused": 1, "ok": 2}
	var names []string
	for name := range states {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := rank[states[a].Status] - rank[states[b].Status]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names
}

// codeFindings gives what the code says about names: those it reads and the
// manifest does not declare, and those that are declared and never read.
func codeFindings(ctx context.Context, f *factory.Factory, p *project.Project) (diag.List, error) {
	cache, err := f.Sys.UserCacheDir()
	if err != nil {
		cache = "" // then preloaded packages are not read
	}
	all, err := analyze.Check(ctx, p, analyze.Options{CacheDir: cache})
	if err != nil {
		return nil, err
	}
	var list diag.List
	for _, d := range all {
		if d.Code == diag.UndeclaredName || d.Code == diag.UnusedName {
			list = append(list, d)
		}
	}
	return list, nil
}

func (o *diffOptions) print(out comparison) error {
	header := append([]string{"Secret", "Status", ".env"}, out.Accounts...)
	header = append(header, "Functions")
	var rows [][]string
	for _, s := range out.Secrets {
		status := s.Status
		if s.Guess != "" {
			status += ", " + s.Guess + "?"
		}
		file := map[string]string{"all": "yes", "some": "some", "none": "no"}[s.Env]
		switch {
		case s.EnvGuess != "":
			file += ", " + s.EnvGuess + "?"
		case len(s.Functions) == 0 && s.Env == "none":
			file = "-"
		}
		row := []string{s.Name, status, file}
		for _, a := range out.Accounts {
			has := "no"
			if s.Accounts[a] {
				has = "yes"
			}
			row = append(row, has)
		}
		rows = append(rows, append(row, strings.Join(s.Functions, ", ")))
	}
	if err := o.f.IO.Out.Table(header, rows); err != nil {
		return err
	}
	if len(out.Code.Diagnostics) > 0 {
		return report.Text(o.f.IO.Out, out.Code, o.f.IO.Out.Theme.Paint())
	}
	return nil
}
