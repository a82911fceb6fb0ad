package projects

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/project"
)

// downloadOptions are the flags of `fns project download`.
type downloadOptions struct {
	project string
	dest    string
	build   int64
	force   bool
}

func newDownload(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &downloadOptions{}
	cmd := &cobra.Command{
		Use:   "download",
		Short: "Download the sources of a project",
		Long: `Download the sources of a build of a project, the latest one without --build, into
a new folder with the project's name. A folder that is there already is not touched
without --force, which replaces the files that the build has and keeps the others.`,
		Example: "  fns project download --project shop\n  fns project download --project shop --build 5 --dest ~/projects",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.build < 0 || o.build == 0 && (cmd.Flags().Changed("build") || cmd.Flags().Changed("build-id")) {
				return cmdutil.Usagef("--build %d: builds have numbers from 1 up", o.build)
			}
			return downloadRun(cmd.Context(), t, o)
		},
	}
	t.addTo(cmd, downloaded{})
	flags := cmd.Flags()
	flags.StringVar(&o.project, "project", "", "The `name` of the project")
	flags.StringVar(&o.dest, "dest", "", "Make the project's folder in this `folder` instead of the current one")
	flags.BoolVarP(&o.force, "force", "f", false, "Replace files in a folder that is there already")
	buildFlag(cmd, &o.build, "Download the build of this `number` instead of the latest")
	cmd.MarkFlagsMutuallyExclusive("build", "build-id")
	_ = cmd.MarkFlagDirname("dest") // defined above
	return cmd
}

// downloaded is what --json prints.
type downloaded struct {
	ProjectName string `json:"projectName"`
	BuildID     int64  `json:"buildId"`
	Path        string `json:"path"` // absolute
	Files       int    `json:"files"`
}

func downloadRun(ctx context.Context, t *target, o *downloadOptions) error {
	dir, err := t.f.Sys.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	if filepath.IsAbs(o.dest) {
		dir = o.dest
	} else {
		dir = filepath.Join(dir, o.dest)
	}
	if file := project.Enclosing(dir); file != "" {
		return &hinted{fmt.Errorf("%s lies in the project of %s", dir, file), "change into a folder outside of projects, or pass --dest"}
	}
	if err := t.connect(nil); err != nil {
		return err
	}
	name, err := t.chooseProject(ctx, o.project)
	if err != nil {
		return err
	}
	folder, err := folderName(name)
	if err != nil {
		return err
	}
	into := filepath.Join(dir, folder)
	if err := o.mayWrite(into); err != nil {
		return err
	}
	id := o.build
	if id == 0 {
		page, err := t.client().Builds(ctx, name, 0, "")
		if err != nil {
			return err
		}
		if len(page.Results) == 0 {
			return fmt.Errorf("the project %s has no builds in %s", name, t.account())
		}
		id = page.Results[0].BuildID
	}
	data, err := t.client().ProjectArchive(ctx, name, id)
	if err != nil {
		return err
	}
	files, err := archive.Read(data, archive.DefaultBounds())
	if err != nil {
		return fmt.Errorf("build #%d of %s: %w", id, name, err)
	}
	files, _ = archive.WithoutRoot(files)
	if len(files) == 0 {
		return fmt.Errorf("build #%d of %s holds no files", id, name)
	}
	if err := lay(ctx, into, files); err != nil {
		return err
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, downloaded{name, id, into, len(files)})
	}
	t.say("build #%d of %s from %s: %d files in %s", id, name, t.account(), len(files), into)
	return nil
}

// chooseProject gives the project asked for, or lets the user choose one.
func (t *target) chooseProject(ctx context.Context, name string) (string, error) {
	if name != "" {
		return name, nil
	}
	if !t.f.IO.Interactive() || t.asJSON {
		return "", cmdutil.Usagef("which project: pass --project")
	}
	all, err := t.client().Projects(ctx)
	if err != nil {
		return "", err
	}
	if len(all) == 0 {
		return "", fmt.Errorf("%s has no projects", t.account())
	}
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	i, err := t.f.IO.Choose(ctx, "Project", names)
	if err != nil {
		return "", err
	}
	return names[i], nil
}

// folderName makes the name of a folder of a project's, as hs does: with dashes
// for what Windows does not allow.
func folderName(name string) (string, error) {
	folder := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, name)
	folder = strings.TrimRight(folder, ". ")
	if archive.Check(folder) != nil {
		folder = "-" + folder
	}
	return folder, archive.Check(folder)
}

// mayWrite says why nothing can be downloaded into a folder.
func (o *downloadOptions) mayWrite(into string) error {
	entries, err := os.ReadDir(into)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0 && !o.force:
		return &hinted{fmt.Errorf("%s is there already", into), "--force replaces the files that the build has too; --dest names another place"}
	}
	return nil
}

// lay writes files into a folder. A new folder appears as a whole or not at all;
// in one with files, each file is replaced as a whole.
func lay(ctx context.Context, into string, files []archive.File) (err error) {
	if entries, readErr := os.ReadDir(into); readErr == nil && len(entries) > 0 {
		_, err := archive.Extract(into, files, true)
		return err
	}
	if err := os.MkdirAll(filepath.Dir(into), 0o755); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(into), ".fns-download-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	fresh := filepath.Join(temp, "new")
	if _, err := archive.Extract(fresh, files, false); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Remove(into); err != nil && !errors.Is(err, fs.ErrNotExist) { // an empty one
		return err
	}
	return os.Rename(fresh, into)
}
