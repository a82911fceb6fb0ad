package validate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/validate"
)

func validateRun(ctx context.Context, opts *Options) error {
	began := opts.Now()
	dir, err := opts.Sys.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	paths := absolute(dir, opts.Paths)
	run := validate.Options{Profile: opts.Profile, Now: began, Rules: opts.Rules}
	if run.CacheDir, err = opts.Sys.UserCacheDir(); err != nil {
		run.CacheDir = "" // then there are no preloaded packages, and the bundler says so
	}
	if !opts.Offline {
		run.Schemas = opts.Schemas
	}
	account := ""
	if opts.Online {
		session, err := opts.Connect()
		if err != nil {
			return err
		}
		run.Account, account = session.Client, session.Account.Label()
	}
	result, err := validate.Run(ctx, paths, run)
	if err != nil {
		return err
	}
	if opts.Fix {
		if result, err = fix(ctx, opts, dir, paths, run, result); err != nil {
			return err
		}
	}
	f := report.NewFindings(result.List, dir)
	for _, out := range opts.Formats {
		if err := write(opts, out, dir, result); err != nil {
			return err
		}
	}
	summary(opts, f, result, opts.Now().Sub(began))
	if u := result.Usage; u != nil {
		fmt.Fprintf(opts.IO.Err, "account %s: %d of %d secrets, %d of %d endpoints\n", account, u.Secrets, u.MaxSecrets, u.Endpoints, u.MaxRoutes)
	}
	if f.ErrorCount > 0 || opts.Strict && f.WarningCount > 0 {
		return cmdutil.SilentFindings{}
	}
	return nil
}

// absolute gives the paths from the current folder on; without any it is that.
func absolute(dir string, paths []string) []string {
	if len(paths) == 0 {
		return []string{dir}
	}
	var all []string
	for _, path := range paths {
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		all = append(all, path)
	}
	return all
}

// rounds is how often fixes are looked for: one may uncover another, as where
// two of them touch the same place.
const rounds = 10

// fix repairs what can be repaired and gives what is left.
func fix(ctx context.Context, opts *Options, dir string, paths []string, run validate.Options, result validate.Result) (validate.Result, error) {
	fixed, files := 0, map[string]bool{}
	for range rounds {
		changes, err := validate.Fixes(result.List)
		if err != nil {
			return result, err
		}
		if len(changes) == 0 {
			break
		}
		for _, c := range changes {
			if opts.DryRun {
				fmt.Fprint(opts.IO.Out, c.Diff(dir))
			} else if err := c.Write(); err != nil {
				return result, err
			}
			fixed += c.Fixed
			files[c.File] = true
		}
		if opts.DryRun {
			break
		}
		if result, err = validate.Run(ctx, paths, run); err != nil {
			return result, err
		}
	}
	verb := "fixed"
	if opts.DryRun {
		verb = "would fix"
	}
	fmt.Fprintf(opts.IO.Err, "%s %s in %s\n", verb, count(fixed, "finding"), count(len(files), "file"))
	return result, nil
}

// write writes one format to where it goes.
func write(opts *Options, out report.Output, dir string, result validate.Result) error {
	with := report.Options{Dir: dir, Version: opts.Version}
	if out.Format == report.FormatSARIF || out.Format == report.FormatGitHub {
		with.Dir = repository(opts.Sys, dir)
	}
	if out.File == "" {
		if out.Format == report.FormatText {
			with.Paint = opts.IO.Out.Theme.Paint()
		}
		return report.Write(opts.IO.Out, out.Format, result.List, with)
	}
	var b bytes.Buffer
	if err := report.Write(&b, out.Format, result.List, with); err != nil {
		return err
	}
	file := out.File
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	if err := sysx.ReplaceFile(file, b.Bytes(), 0o644); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("write %s: the folder %s does not exist", out.File, filepath.Dir(file))
		}
		return fmt.Errorf("write %s: %w", out.File, err)
	}
	return nil
}

// repository is the folder that the paths of a code host count from.
func repository(sys *sysx.System, dir string) string {
	if workspace := sys.Getenv("GITHUB_WORKSPACE"); workspace != "" {
		if rel, err := filepath.Rel(workspace, dir); err == nil && filepath.IsLocal(rel) {
			return workspace
		}
	}
	for up := dir; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil {
			return up
		}
		if up == filepath.Dir(up) {
			return dir
		}
	}
}

// summary says on stderr what came out, so that stdout holds findings only.
func summary(opts *Options, f report.Findings, result validate.Result, took time.Duration) {
	t := opts.IO.Err.Theme
	var parts []string
	if f.ErrorCount > 0 {
		parts = append(parts, t.Bad(count(f.ErrorCount, "error")))
	}
	if f.WarningCount > 0 {
		parts = append(parts, t.Warn(count(f.WarningCount, "warning")))
	}
	if notes := len(f.Diagnostics) - f.ErrorCount - f.WarningCount; notes > 0 {
		parts = append(parts, count(notes, "note"))
	}
	if len(parts) == 0 {
		parts = append(parts, "no findings")
	}
	fmt.Fprintf(opts.IO.Err, "%s in %s (%d ms)\n", strings.Join(parts, ", "), count(result.Functions(), "function"), took.Milliseconds())
}

// count puts a number before a word.
func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
