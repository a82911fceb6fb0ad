// Package logs implements `fns logs`, `fns app logs`, `fns app log-details` and
// `fns project logs`: what functions have logged on HubSpot.
package logs

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/logs"
)

// defaultLimit is how many runs are shown unless --limit says otherwise, as in
// hs; filteredLimit how many are looked through where only some are wanted.
const (
	defaultLimit  = 5
	filteredLimit = 100
)

// view is what all commands share: which records, and how they are shown.
type view struct {
	f     *factory.Factory
	flags cmdutil.AccountFlags

	limit    int
	compact  bool
	follow   bool
	json     bool
	stats    bool
	filter   logs.Filter
	statuses []string
	since    string
	until    string
	named    bool // records of several sources: say whose each is
	merged   bool // the sources are parts of one log: the limit is for all together
	narrowed bool // the sources leave records out themselves
}

// addTo gives a command the flags.
func (v *view) addTo(cmd *cobra.Command) {
	v.flags.AddTo(cmd, v.f.Sys)
	flags := cmd.Flags()
	flags.IntVar(&v.limit, "limit", 0, "Show at most so many `runs`")
	flags.BoolVar(&v.compact, "compact", false, "Show one line for each run")
	flags.BoolVar(&v.json, "json", false, "Print one JSON object for each run")
	flags.BoolVar(&v.stats, "stats", false, "Print figures instead: count, errors, durations, execution time per minute")
	flags.StringSliceVar(&v.statuses, "status", nil, "Show only runs with this `status`: "+strings.Join(logs.Statuses(), ", "))
	flags.StringVar(&v.filter.Level, "level", "", "Show only log lines from this `level` up: "+strings.ToLower(strings.Join(logs.Levels(), ", ")))
	flags.StringVar(&v.filter.Search, "search", "", "Show only runs whose log or error holds this `text`")
	flags.StringVar(&v.since, "since", "", "Show only runs since this `time`: 10m, 2h, 1d, or ISO-8601")
	flags.StringVar(&v.until, "until", "", "Show only runs until this `time`")
	flags.DurationVar(&v.filter.MinDuration, "min-duration", 0, "Show only runs that took at least so `long`: 800ms, 2s")
	flags.StringVar(&v.filter.RequestID, "request-id", "", "Show only the run with this request, trace or log `id`")
	cmd.MarkFlagsMutuallyExclusive("stats", "compact")
	fixed := func(name string, words []string) {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	}
	fixed("status", logs.Statuses())
	fixed("level", strings.Split(strings.ToLower(strings.Join(logs.Levels(), " ")), " "))
}

// addFollow gives a command the flag to follow, under the names that hs has.
func (v *view) addFollow(cmd *cobra.Command, names ...string) {
	for i, name := range names {
		short := ""
		if i == 0 && name == "follow" {
			short = "f"
		}
		if i == 0 && name == "tail" {
			short = "t"
		}
		cmd.Flags().BoolVarP(&v.follow, name, short, false, "Show new runs as they come, until interrupted")
		cmd.MarkFlagsMutuallyExclusive(name, "limit")
		cmd.MarkFlagsMutuallyExclusive(name, "stats")
	}
}

// check reads the flags that are texts.
func (v *view) check(now time.Time) error {
	for _, word := range v.statuses {
		if err := v.filter.SetStatus(word); err != nil {
			return &cmdutil.UsageError{Err: err}
		}
	}
	if v.filter.Level != "" {
		v.filter.Level = strings.ToUpper(v.filter.Level)
		if !slices.Contains(logs.Levels(), v.filter.Level) {
			return cmdutil.Usagef("--level %s: want %s", strings.ToLower(v.filter.Level), strings.ToLower(strings.Join(logs.Levels(), ", ")))
		}
	}
	for _, at := range []struct {
		text string
		to   *time.Time
	}{{v.since, &v.filter.Since}, {v.until, &v.filter.Until}} {
		if at.text == "" {
			continue
		}
		t, err := logs.ParseTime(at.text, now)
		if err != nil {
			return &cmdutil.UsageError{Err: err}
		}
		*at.to = t
	}
	if v.limit < 0 {
		return cmdutil.Usagef("--limit %d: want a number above 0", v.limit)
	}
	return nil
}

// NewCmdLogs is `fns logs`.
func NewCmdLogs(f *factory.Factory) *cobra.Command {
	v := &view{f: f}
	var latest bool
	cmd := &cobra.Command{
		Use:   "logs <endpoint>...",
		Short: "Show what functions have logged on HubSpot",
		Long: `Show the last runs of endpoints on HubSpot, by their path below /_hcms/api/ or
/hs/serverless/: when, how they ended, how long they took, what they printed, and
the error of those that failed.

Filters look through the last 100 runs, or as many as --limit says.`,
		Example: `  fns logs hello
  fns logs hello --follow
  fns logs hello orders/new --status error --since 1d
  fns logs hello --stats
  fns logs hello --json | jq .log`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := v.check(time.Now()); err != nil {
				return err
			}
			return logsRun(cmd.Context(), v, args, latest)
		},
	}
	v.addTo(cmd)
	v.addFollow(cmd, "follow")
	cmd.Flags().BoolVarP(&latest, "latest", "l", false, "Show the last run only")
	cmd.MarkFlagsMutuallyExclusive("latest", "follow")
	cmd.MarkFlagsMutuallyExclusive("latest", "limit")
	cmd.ValidArgsFunction = func(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		s, err := v.flags.Connect(f)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		routes, err := routesOf(cmd.Context(), s)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return routes, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

func routesOf(ctx context.Context, s *cmdutil.Session) ([]string, error) {
	list, err := s.Client.Routes(ctx)
	var routes []string
	for _, r := range list {
		if !slices.Contains(routes, r.Route) {
			routes = append(routes, r.Route)
		}
	}
	return routes, err
}

func logsRun(ctx context.Context, v *view, routes []string, latest bool) error {
	s, err := v.flags.Connect(v.f)
	if err != nil {
		return err
	}
	if len(routes) == 0 {
		route, err := v.askRoute(ctx, s)
		if err != nil {
			return err
		}
		routes = []string{route}
	}
	var sources []logs.Source
	for _, route := range routes {
		sources = append(sources, &logs.Endpoint{Client: s.Client, Route: trimRoute(route)})
	}
	v.named = len(sources) > 1
	if latest {
		return v.latest(ctx, s, sources)
	}
	return v.run(ctx, s, sources, defaultLimit)
}

// trimRoute takes an endpoint as users copy it: with its address in front.
func trimRoute(route string) string {
	for _, prefix := range []string{"/_hcms/api/", "/hs/serverless/"} {
		if _, rest, ok := strings.Cut(route, prefix); ok {
			route = rest
		}
	}
	route, _, _ = strings.Cut(route, "?")
	return strings.Trim(route, "/")
}

func (v *view) askRoute(ctx context.Context, s *cmdutil.Session) (string, error) {
	if !v.f.IO.Interactive() {
		return "", cmdutil.Usagef("which endpoint? Give its path below /_hcms/api/ or /hs/serverless/")
	}
	routes, err := routesOf(ctx, s)
	if err != nil {
		return "", err
	}
	if len(routes) == 0 {
		return "", errors.New("the account has no endpoints")
	}
	i, err := v.f.IO.Choose(ctx, "Endpoint", routes)
	if err != nil {
		return "", err
	}
	return routes[i], nil
}

// latest shows the last run of each endpoint.
func (v *view) latest(ctx context.Context, s *cmdutil.Session, sources []logs.Source) error {
	var all []logs.Record
	var none error
	read := 0
	for _, source := range sources {
		r, err := source.(*logs.Endpoint).Latest(ctx)
		if err != nil {
			if err = v.explain(ctx, s, source, err); !isNoLog(err) || len(sources) == 1 {
				return err
			}
			none = errors.Join(none, err)
			continue
		}
		read++
		if v.filter.Apply(&r) {
			all = append(all, r)
		}
	}
	if read == 0 {
		return none
	}
	return errors.Join(v.show(sources, all, read), none)
}

// run shows what sources have, or follows them.
func (v *view) run(ctx context.Context, s *cmdutil.Session, sources []logs.Source, limit int) error {
	if v.follow {
		return v.tail(ctx, s, sources)
	}
	ask := limit
	switch {
	case v.limit > 0:
		ask = v.limit
		limit = v.limit
	case v.stats || v.narrowed || !v.filter.Empty():
		ask = filteredLimit
		if !v.narrowed || v.stats {
			limit = ask
		}
	}
	var all []logs.Record
	var none error
	looked, read := 0, 0
	for _, source := range sources {
		records, err := source.Recent(ctx, ask)
		if err != nil {
			if err = v.explain(ctx, s, source, err); !isNoLog(err) || len(sources) == 1 {
				return err
			}
			none = errors.Join(none, err)
			continue
		}
		read++
		looked += len(records)
		for _, r := range records {
			if v.filter.Apply(&r) {
				all = append(all, r)
			}
		}
	}
	if v.merged && len(all) > limit {
		slices.SortStableFunc(all, newestFirst)
		all, looked = all[:limit], limit
	}
	if read == 0 {
		return none
	}
	// One endpoint without a log is no reason to leave out the others.
	return errors.Join(v.show(sources, all, looked), none)
}

func newestFirst(a, b logs.Record) int { return b.Time.Compare(a.Time) }

// explain makes the errors of logs clear.
func (v *view) explain(ctx context.Context, s *cmdutil.Session, source logs.Source, err error) error {
	status := hubapi.StatusOf(err)
	endpoint, ok := source.(*logs.Endpoint)
	switch {
	case ok && (status == 404 || status == 400):
		return &noLogError{hintedError{err, "HubSpot has no log of " + endpoint.Route + ": either it has never run, or there is no such endpoint in account " + s.Account.Label()}}
	case hubapi.IsMissingScope(err):
		return v.scope(ctx, s, err)
	default:
		return err
	}
}

// logScope is the scope group that logs of functions need.
const logScope = "cms.functions.read_write"

// scope says who lacks the scope: the account, the user, or the key.
func (v *view) scope(ctx context.Context, s *cmdutil.Session, err error) error {
	check, checkErr := s.Client.CheckScopes(ctx, logScope)
	if checkErr != nil {
		return err // the first error says enough
	}
	hint := "the account and you have the scope " + logScope + ", the key does not: make a new key, then run fns account auth"
	if len(check.PortalScopes) == 0 {
		hint = "the account does not have the scope " + logScope + ": its subscription has no serverless functions"
	} else if missing := lacking(check.PortalScopes, check.UserScopes); missing != "" {
		hint = "your user in HubSpot lacks the scope " + missing + ": an administrator of the account can give it"
	}
	return &hintedError{err, hint}
}

func lacking(all, some []string) string {
	for _, scope := range all {
		if !slices.Contains(some, scope) {
			return scope
		}
	}
	return ""
}

// hintedError is an error with another hint than its own.
type hintedError struct {
	error
	hint string
}

// Hint says what to do.
func (e *hintedError) Hint() string { return e.hint }

// Unwrap gives the error itself.
func (e *hintedError) Unwrap() error { return e.error }

// noLogError is that an endpoint has no log.
type noLogError struct{ hintedError }

func isNoLog(err error) bool {
	var none *noLogError
	return errors.As(err, &none)
}
