package cms

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/cms"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/report"
)

// first are the folders that stand at the top of a list.
func first() []string { return []string{"@hubspot", "@marketplace"} }

// listResult is what `fns list --json` prints.
type listResult struct {
	AccountID int64       `json:"accountId"`
	Path      string      `json:"path"`
	Folder    bool        `json:"folder"`
	Children  []listEntry `json:"children"`
}

type listEntry struct {
	Name   string `json:"name"`
	Folder bool   `json:"folder"` // judged by the name
}

func newList(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := &cobra.Command{
		Use:     "list [path]",
		Aliases: []string{"ls"},
		Short:   "List a folder of the design manager",
		Long:    "List what lies in a folder of the design manager, without a path in all of it.",
		Example: "  fns list\n  fns list my-theme/hello.functions\n  fns list my-theme --json",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			at := "/"
			if len(args) > 0 && args[0] != "" {
				at = cms.Slashes(args[0])
			}
			return listRun(cmd.Context(), t, at)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	t.addTo(cmd)
	return cmd
}

func listRun(ctx context.Context, t *target, at string) error {
	if err := t.connect(); err != nil {
		return err
	}
	info, err := t.client().ListFolder(ctx, at)
	if err != nil {
		return err
	}
	names := slices.Clone(info.Children)
	if info.Folder && at == "/" && !slices.Contains(names, first()[0]) {
		names = append(names, first()[0]) // HubSpot leaves its own folder out
	}
	rank := func(name string) int {
		if i := slices.Index(first(), name); i >= 0 {
			return i
		}
		return len(first())
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		if d := strings.Compare(strings.ToLower(a), strings.ToLower(b)); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	if t.asJSON {
		r := listResult{AccountID: t.session.Account.ID, Path: at, Folder: info.Folder, Children: []listEntry{}}
		for _, name := range names {
			r.Children = append(r.Children, listEntry{name, cms.Folder(name)})
		}
		return cmdutil.PrintJSON(t.f.IO.Out, r)
	}
	switch {
	case !info.Folder:
		t.note("%s is a file", at)
	case len(names) == 0:
		t.note("%s is empty", at)
	}
	for _, name := range names {
		line := report.Clean(name)
		if cms.Folder(name) {
			line = t.f.IO.Out.Theme.Accent(line)
		}
		if _, err := fmt.Fprintln(t.f.IO.Out, line); err != nil {
			return err
		}
	}
	return nil
}

// pathResult is what `fns delete --json` and `fns mv --json` print.
type pathResult struct {
	AccountID int64  `json:"accountId"`
	Path      string `json:"path"`
	To        string `json:"to,omitempty"`
	Action    string `json:"action"` // "deleted", "moved"
}

func newDelete(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := &cobra.Command{
		Use:     "delete <path>",
		Aliases: []string{"remove", "rm"},
		Short:   "Delete a file or a folder of the design manager",
		Long:    "Delete a file, or a folder with all in it, from the design manager. It does not\nask, as in hs; the root can't be deleted.",
		Example: "  fns delete my-theme/old.html\n  fns delete my-theme/old.functions",
		Args:    cmdutil.One("the path of a file or folder in the design manager"),
		RunE: func(cmd *cobra.Command, args []string) error {
			at := cms.Slashes(args[0])
			if cms.IsRoot(at) {
				return cmdutil.Usagef("all of the design manager can't be deleted: name a file or folder in it")
			}
			if err := t.connect(); err != nil {
				return err
			}
			if err := t.client().DeleteFile(cmd.Context(), at); err != nil {
				return t.unknown(err, at)
			}
			if t.asJSON {
				return cmdutil.PrintJSON(t.f.IO.Out, pathResult{AccountID: t.session.Account.ID, Path: at, Action: "deleted"})
			}
			t.say("%s deleted from %s", at, t.account())
			return nil
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	t.addTo(cmd)
	// hs asks nothing here, and neither does fns.
	cmd.Flags().BoolP("force", "f", false, "Accepted; nothing is asked")
	_ = cmd.Flags().MarkHidden("force") // defined above
	return cmd
}

// unknown says of a path that is not there how to find the right one.
func (t *target) unknown(err error, at string) error {
	if !hubapi.IsNotFound(err) {
		return err
	}
	dir := path.Dir(strings.Trim(at, "/"))
	if dir == "." {
		dir = "/"
	}
	return &hinted{err, "fns list " + dir + " shows what is there"}
}

func newMove(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := &cobra.Command{
		Use:   "mv <source> <destination>",
		Short: "Move a file or a folder within the design manager",
		Long: `Move a file or a folder within the design manager. A file becomes the destination;
a folder goes into it, under its own name.`,
		Example: "  fns mv my-theme/a.html my-theme/b.html\n  fns mv hello.functions my-theme",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return cmdutil.Usagef("%s needs a source and a destination, both in the design manager", cmd.CommandPath())
			}
			return atMost(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return moveRun(cmd.Context(), t, cms.Slashes(args[0]), cms.Slashes(args[1]))
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	t.addTo(cmd)
	return cmd
}

func moveRun(ctx context.Context, t *target, src, dest string) error {
	if cms.IsRoot(src) {
		return cmdutil.Usagef("all of the design manager can't be moved: name a file or folder in it")
	}
	to := dest
	if cms.Folder(src) {
		to = strings.TrimRight(dest, "/") + "/" + path.Base(strings.TrimRight(src, "/"))
	}
	if err := t.connect(); err != nil {
		return err
	}
	err := t.client().MoveFile(ctx, src, to)
	switch {
	case hubapi.StatusOf(err) == http.StatusConflict:
		return &hinted{fmt.Errorf("%s was not moved: %s has a %s already: %w", src, t.account(), to, err), "delete it with fns delete " + to + ", or choose another destination"}
	case err != nil:
		return t.unknown(err, src)
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, pathResult{AccountID: t.session.Account.ID, Path: src, To: to, Action: "moved"})
	}
	t.say("%s moved to %s in %s", src, to, t.account())
	return nil
}
