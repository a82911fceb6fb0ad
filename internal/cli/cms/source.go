package cms

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cms"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ignore"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/validate"
)

// source is what is sent from: a folder, or one file.
type source struct {
	*target
	name     string // as the user wrote it
	path     string // absolute
	isDir    bool
	pack     pack.Options
	validate bool // the functions in it

	said string // findings that were printed last
}

// source looks at what a path means.
func (t *target) source(name string) (*source, error) {
	at, err := t.absolute(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(at)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, cmdutil.Usagef("%s does not exist", name)
	case err != nil:
		return nil, err
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, cmdutil.Usagef("%s is neither a file nor a folder", name)
	}
	s := &source{target: t, name: name, path: at, isDir: info.IsDir(), validate: true}
	if s.pack.WorkDir, err = t.f.Sys.Getwd(); err != nil {
		return nil, fmt.Errorf("find the current folder: %w", err)
	}
	if s.pack.CacheDir, err = t.f.Sys.UserCacheDir(); err != nil {
		s.pack.CacheDir = "" // then there are no preloaded packages, and the bundler says so
	}
	return s, nil
}

// load packs the folder and looks for problems in its functions. What is found is
// printed where it is not what was printed last.
func (s *source) load(ctx context.Context) (*pack.Contents, diag.List, error) {
	contents, err := pack.Folder(ctx, s.path, s.pack)
	if err != nil {
		return nil, nil, err
	}
	list := slices.Concat(contents.Findings, s.unsendable(contents))
	if folders := functionFolders(contents); s.validate && len(folders) > 0 {
		found, err := validate.Run(ctx, folders, validate.Options{CacheDir: s.pack.CacheDir, Now: time.Now()})
		if err != nil {
			return nil, nil, err
		}
		list = slices.Concat(found.List, list)
	}
	list, err = s.show(list)
	return contents, list, err
}

// unsendable warns of functions whose file the design manager does not take as it
// is.
func (s *source) unsendable(c *pack.Contents) diag.List {
	var list diag.List
	for _, f := range c.Functions {
		if !s.pack.NoBundle || pack.Uploadable(f.Path) {
			continue
		}
		list = append(list, diag.Diagnostic{
			Code: diag.EntryExtension, Severity: diag.Warning, Range: diag.Range{File: f.Entry},
			Summary: fmt.Sprintf("function %q: the design manager takes no %s files, so it is not sent", f.Name, path.Ext(f.Path)),
			Hint:    "leave out --no-bundle, and it is sent as JavaScript",
		})
	}
	return list
}

// show prints findings, but for mere notes, without saying anything twice.
func (s *source) show(list diag.List) (diag.List, error) {
	seen := map[string]bool{}
	list = slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool {
		key := fmt.Sprint(d.Code, d.Range.File, d.Range.Start, d.Summary)
		twice := seen[key]
		seen[key] = true
		return twice || d.Severity == diag.Note
	})
	list.Sort()
	var text strings.Builder
	for _, d := range list {
		text.WriteString(d.String() + "\n")
	}
	if text.String() == s.said {
		return list, nil
	}
	s.said = text.String()
	if len(list) == 0 {
		return list, nil
	}
	out := s.f.IO.Err
	return list, report.Text(out, report.NewFindings(list, s.pack.WorkDir), out.Theme.Paint())
}

// functionFolders gives the folders of functions in what is sent, absolute.
func functionFolders(c *pack.Contents) []string {
	var all []string
	add := func(dir string) {
		if !slices.Contains(all, dir) {
			all = append(all, dir)
		}
	}
	for _, f := range c.Files {
		switch folder := cms.InFunctions(path.Dir(f.Path)); {
		case folder != "":
			add(filepath.Join(c.Root, filepath.FromSlash(folder)))
		case strings.HasSuffix(c.Root, ".functions"):
			add(c.Root)
		}
	}
	return slices.DeleteFunc(all, func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, "serverless.json"))
		return err != nil // a folder of files like any other
	})
}

// file gives the item for one file, as it stands in its folder of functions where
// it lies in one.
func (s *source) file(ctx context.Context, dest string) (cms.Item, error) {
	item := cms.Item{Path: s.name, Dest: dest, Source: s.path}
	rules, err := ignore.Load(filepath.Dir(s.path), false)
	if err != nil {
		return item, err
	}
	if base := filepath.Base(s.path); rules.Ignores(base, false) {
		return item, &hinted{fmt.Errorf("%s is ignored, and not sent", s.name), "files such as " + base + " are never sent, or " + ignore.FileName + " names it"}
	}
	if folder := functionsAround(s.path); folder != "" && !s.pack.NoBundle {
		return s.fileOfFunctions(ctx, item, folder)
	}
	if !pack.Uploadable(s.path) {
		return item, fmt.Errorf("%s: the design manager takes no files with the extension %q", s.name, filepath.Ext(s.path))
	}
	return item, nil
}

// functionsAround gives the folder of functions that a file lies in, "" for none.
func functionsAround(file string) string {
	for dir := filepath.Dir(file); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "serverless.json")); err == nil && strings.HasSuffix(dir, ".functions") {
			return dir
		}
	}
	return ""
}

// fileOfFunctions takes the file as it is sent with its folder.
func (s *source) fileOfFunctions(ctx context.Context, item cms.Item, folder string) (cms.Item, error) {
	whole := *s
	whole.path = folder
	contents, list, err := whole.load(ctx)
	if err != nil {
		return item, err
	}
	if list.HasErrors() {
		return item, cmdutil.SilentFindings{}
	}
	rel, err := filepath.Rel(folder, s.path)
	if err != nil {
		return item, err
	}
	sent := filepath.ToSlash(rel)
	for _, f := range contents.Functions {
		if f.Entry == s.path {
			sent = f.Path
		}
	}
	if path.Ext(sent) != path.Ext(item.Dest) {
		return item, cmdutil.Usagef("%s is sent as %s: let the destination end in %s", s.name, path.Base(sent), path.Ext(sent))
	}
	for _, f := range contents.Files {
		if f.Path == sent {
			item.Source, item.Data = f.Source, f.Data
			if f.Source == "" {
				item.Path = sent
			}
			return item, nil
		}
	}
	return item, &hinted{
		fmt.Errorf("%s is not sent by itself: its code is part of functions", s.name),
		"send the folder " + filepath.Base(folder) + ", or the file as it is with --no-bundle",
	}
}
