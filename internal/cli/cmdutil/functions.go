package cmdutil

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/redact"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/worker"
)

// FunctionFlags are the flags of every command that runs functions: what they
// find in their context, and which limits hold.
type FunctionFlags struct {
	Mode       string   // of the .env files, as NODE_ENV
	Profile    string   // of a developer project, "" for its only one
	AccountID  int64    // 0 for the default
	Contact    bool     // call functions as a known contact
	AllHeaders bool     // also those that HubSpot keeps back
	Hosts      []string // further names of this machine
	Origins    []string // further sites whose pages may call functions
	Poll       bool     // look for changes by polling
	Limits     limits.Set
	Engine     EngineFlags
}

// AddTo gives cmd the flags; sys has the defaults.
func (f *FunctionFlags) AddTo(cmd *cobra.Command, sys *sysx.System) {
	flags := cmd.Flags()
	flags.StringVar(&f.Mode, "mode", sys.Getenv("NODE_ENV"), "Read the .env files of this `mode` too: .env.<mode>, .env.<mode>.local")
	flags.StringVarP(&f.Profile, "profile", "p", "", "Use the values and the account of hsprofile.<`name`>.json")
	_ = cmd.RegisterFlagCompletionFunc("profile", profileNames(sys)) // fails only for flags that do not exist
	flags.Int64Var(&f.AccountID, "account-id", 0, "The `id` that functions get as context.accountId")
	flags.BoolVar(&f.Contact, "contact", true, "Call functions as a known contact")
	flags.BoolVar(&f.AllHeaders, "all-headers", false, "Pass on all request headers, also those that HubSpot keeps back")
	flags.BoolVar(&f.Poll, "poll", false, "Look for changes by polling, for network drives and containers")
	f.Limits = limits.All()
	f.addLimits(cmd)
	f.Engine.AddTo(cmd)
}

// profileNames completes the names of the profiles of the project that the
// command's path or the current folder lies in.
func profileNames(sys *sysx.System) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		dir, err := sys.Getwd()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		if len(args) > 0 {
			if path := start(dir, args[0]); isFolder(path) {
				dir = path
			}
		}
		return project.Profiles(dir), cobra.ShellCompDirectiveNoFileComp
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// addLimits gives cmd one switch for each limit of HubSpot's,
// --no-<limit>-limit, and --no-limits for all.
func (f *FunctionFlags) addLimits(cmd *cobra.Command) {
	flags := cmd.Flags()
	off := func(ids ...limits.ID) func(string) error {
		return func(value string) error {
			on, err := strconv.ParseBool(value)
			if err != nil {
				return fmt.Errorf("%q is not true or false", value)
			}
			if on {
				f.Limits = f.Limits.Without(ids...)
			}
			return nil
		}
	}
	var all []limits.ID
	seen := map[limits.ID]bool{}
	for _, l := range limits.Table() {
		if !seen[l.ID] {
			seen[l.ID] = true
			all = append(all, l.ID)
			flags.BoolFunc("no-"+string(l.ID)+"-limit", "Do not enforce HubSpot's "+string(l.ID)+" limit", off(l.ID))
		}
	}
	flags.BoolFunc("no-limits", "Enforce none of HubSpot's limits", off(all...))
}

// DevServer gives the options of a dev server that looks for functions at path,
// and a pool for it that the caller closes after use. path is relative to the
// current folder, which is also given; a path that is only right with .functions
// behind it gets that.
func (f *FunctionFlags) DevServer(ctx context.Context, sys *sysx.System, path string, sink func(dir string) event.Sink) (devserver.Options, *worker.Pool, error) {
	dir, err := sys.Getwd()
	if err != nil {
		return devserver.Options{}, nil, fmt.Errorf("find the current folder: %w", err)
	}
	// Without a cache there are no preloaded packages; bundling says so where a
	// function wants one.
	cache, err := sys.UserCacheDir()
	if err != nil {
		cache = ""
	}
	opts := devserver.Options{
		Start:      start(dir, path),
		Limits:     f.Limits,
		Mode:       f.Mode,
		Profile:    f.Profile,
		Sink:       sink(dir),
		CacheDir:   cache,
		Redactor:   redact.New(nil),
		Poll:       f.Poll,
		AccountID:  f.AccountID,
		Anonymous:  !f.Contact,
		AllHeaders: f.AllHeaders,
		Hosts:      f.Hosts,
		Origins:    f.Origins,
	}
	pool, err := f.Engine.apply(ctx, sys, dir, &opts)
	if err != nil {
		return devserver.Options{}, nil, err
	}
	opts.Pool = pool
	return opts, pool, nil
}

// start makes path absolute.
func start(dir, path string) string {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		full := strings.TrimRight(path, string(filepath.Separator)) + ".functions"
		if info, err := os.Stat(full); err == nil && info.IsDir() {
			return full
		}
	}
	return path
}
