package cms

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/sysx"
)

// hubspotFolder holds HubSpot's own assets. The root does not list it.
const hubspotFolder = "@hubspot"

// Fetcher brings files of the design manager to the disk. The zero value of all
// but Remote is ready to use.
type Fetcher struct {
	Remote    Remote
	Options   hubapi.FileOptions
	Overwrite bool        // replace files that are there
	Notify    func(Event) // called by one goroutine at a time; nil for nobody

	mu      sync.Mutex
	out     Fetched
	working sync.WaitGroup
	turns   chan struct{}
	inARow  int // failures of the network
	stop    context.CancelCauseFunc
}

// Fetched is what a Fetch came to. Lists are sorted.
type Fetched struct {
	To      string    // absolute: the file or folder on disk
	Written []string  // absolute paths
	Kept    []string  // absolute paths of files that were there already
	Failed  []Failure // those that could not be fetched
}

// Fetch brings a file, or a folder with all in it, to dest, an absolute path that
// is "" for the current folder dir: then a folder gets its own name there. A file
// goes into dest, unless dest has an extension and so names a file itself.
//
// Each file is written as a whole or not at all, with HubSpot's times. The error
// is one that stopped everything; what concerned single files is in Failed.
func (f *Fetcher) Fetch(ctx context.Context, src, dest, dir string) (Fetched, error) {
	ctx, f.stop = context.WithCancelCause(ctx)
	defer f.stop(nil)
	f.turns = make(chan struct{}, Parallel)
	src = Slashes(src)
	var err error
	if Folder(src) || IsRoot(src) {
		err = f.folder(ctx, src, dest, dir)
	} else {
		err = f.single(ctx, src, dest, dir)
	}
	f.working.Wait()
	if cause := context.Cause(ctx); cause != nil && ctx.Err() != nil {
		err = cause
	}
	slices.Sort(f.out.Written)
	slices.Sort(f.out.Kept)
	slices.SortFunc(f.out.Failed, func(a, b Failure) int { return cmp.Compare(a.Remote, b.Remote) })
	return f.out, err
}

func (f *Fetcher) single(ctx context.Context, src, dest, dir string) error {
	name := path.Base(src)
	switch {
	case dest == "" || dest == dir:
		dest = filepath.Join(dir, name)
	case filepath.Ext(dest) == "" || isDir(dest):
		dest = filepath.Join(dest, name)
	}
	if err := archive.Check(name); err != nil {
		return err
	}
	f.out.To = dest
	err := f.file(ctx, src, dest)
	if err != nil && ctx.Err() == nil {
		f.out.Failed = append(f.out.Failed, Failure{dest, src, err})
	}
	return err
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func (f *Fetcher) folder(ctx context.Context, src, dest, dir string) error {
	root := IsRoot(src)
	at := strings.TrimRight(src, "/")
	if root {
		at = "/"
	}
	info, err := f.Remote.FileInfo(ctx, at, f.Options)
	if err != nil {
		return err
	}
	if !info.Folder {
		return fmt.Errorf("%s is no folder of the design manager", src)
	}
	if dest == "" || dest == dir {
		dest = dir
		if !root {
			name := cmp.Or(info.Name, path.Base(at))
			if err := archive.Check(name); err != nil {
				return err
			}
			dest = filepath.Join(dir, name)
		}
	}
	f.out.To = dest
	if root {
		at = ""
		if !slices.Contains(info.Children, hubspotFolder) {
			info.Children = append([]string{hubspotFolder}, info.Children...)
		}
	}
	return f.children(ctx, at, dest, info.Children)
}

// children fetches what lies in a folder; at is its path, "" for the root.
func (f *Fetcher) children(ctx context.Context, at, dest string, names []string) error {
	if err := os.MkdirAll(dest, 0o755); err != nil {
		return err
	}
	for _, name := range names {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		remote := name
		if at != "" {
			remote = at + "/" + name
		}
		local := filepath.Join(dest, name)
		if err := checkName(name); err != nil {
			f.fail(local, remote, err)
			continue
		}
		if fetchable(name) {
			f.start(ctx, remote, local)
			continue
		}
		info, err := f.Remote.FileInfo(ctx, remote, f.Options)
		switch {
		case err != nil && ctx.Err() != nil:
			return ctx.Err()
		case hubapi.IsNotFound(err): // it went meanwhile, or can't be looked into
			f.fail(local, remote, err)
		case err != nil:
			return err
		case !info.Folder:
			f.start(ctx, remote, local)
		default:
			if err := f.children(ctx, remote, local, info.Children); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkName says why a name that HubSpot sends can't be one on disk.
func checkName(name string) error {
	if strings.ContainsAny(name, `/\`) {
		return &archive.NameError{Name: name, Reason: "has a slash in it"}
	}
	return archive.Check(name)
}

// fetchable reports whether a name is one of a file, by its extension.
func fetchable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".ts", ".tsx", ".jsx":
		return true
	default:
		return pack.Uploadable(name)
	}
}

// start fetches one file beside others.
func (f *Fetcher) start(ctx context.Context, remote, local string) {
	select {
	case f.turns <- struct{}{}:
	case <-ctx.Done():
		return
	}
	f.working.Go(func() {
		defer func() { <-f.turns }()
		if err := f.file(ctx, remote, local); err != nil && ctx.Err() == nil {
			f.judge(err)
			f.fail(local, remote, err)
		}
	})
}

// judge stops everything where the next file would fare no better.
func (f *Fetcher) judge(err error) {
	var network *hubapi.NetworkError
	var disk *fs.PathError
	f.mu.Lock()
	defer f.mu.Unlock()
	gone := false
	if errors.As(err, &network) {
		f.inARow++
		gone = f.inARow >= broken || !network.Temporary()
	} else {
		f.inARow = 0
	}
	if gone || hubapi.StatusOf(err) == 401 || errors.As(err, &disk) {
		f.stop(err)
	}
}

func (f *Fetcher) fail(local, remote string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.out.Failed = append(f.out.Failed, Failure{local, remote, err})
	f.tell(Event{Kind: Failed, Local: local, Remote: remote, Err: err})
}

func (f *Fetcher) tell(e Event) {
	if f.Notify != nil {
		f.Notify(e)
	}
}

// file fetches one file.
func (f *Fetcher) file(ctx context.Context, remote, local string) error {
	if _, err := os.Lstat(local); err == nil && !f.Overwrite {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.out.Kept = append(f.out.Kept, local)
		f.tell(Event{Kind: Kept, Local: local, Remote: remote})
		return nil
	}
	got, err := f.Remote.FetchFile(ctx, remote, f.Options)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(local), 0o755); err != nil {
		return err
	}
	if err := sysx.ReplaceFile(local, got.Content, 0o644); err != nil {
		return err
	}
	if !got.Modified.IsZero() {
		accessed := got.Created
		if accessed.IsZero() {
			accessed = time.Now()
		}
		_ = os.Chtimes(local, accessed, got.Modified) // the content is what counts
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inARow = 0
	f.out.Written = append(f.out.Written, local)
	f.tell(Event{Kind: Received, Local: local, Remote: remote, Bytes: int64(len(got.Content))})
	return nil
}
