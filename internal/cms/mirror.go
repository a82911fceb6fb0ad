package cms

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pack"
)

// Mirror keeps a folder of the design manager equal to one on disk. It knows by
// their content which files HubSpot has; what could not be sent counts as not
// there, so the next Sync sends it.
type Mirror struct {
	Sender *Sender
	Dest   string // folder of the design manager
	Remove bool   // delete there what has gone here

	remote  map[string]known // by Item.Dest
	refused map[string]sum   // content that HubSpot did not take
}

type sum = [sha256.Size]byte

// known is a file that HubSpot has.
type known struct {
	content sum
	source  string // absolute file on disk that it comes from
}

// Change is what a Sync did.
type Change struct {
	Outcome
	Added   []string // absolute paths of files that are new there, sorted
	Changed []string // of those that were there
	Removed []string // of those deleted
}

// local is what the folder holds now.
type local struct {
	item   Item
	source string
	sum    sum
}

func (m *Mirror) look(c *pack.Contents) map[string]local {
	entries := map[string]string{}
	for _, f := range c.Functions {
		entries[f.Path] = f.Entry
	}
	all := map[string]local{}
	for _, i := range Items(c, m.Dest) {
		data, err := i.read()
		if err != nil {
			continue // it goes just now; the next change tells
		}
		l := local{item: i, source: i.Source, sum: sha256.Sum256(data)}
		if l.source == "" {
			l.source = filepath.Join(c.Root, filepath.FromSlash(i.Path))
			if entry := entries[i.Path]; entry != "" {
				l.source = entry
			}
		}
		l.item.Source, l.item.Data = "", bytes.Clone(data) // what is compared is what is sent
		all[i.Dest] = l
	}
	return all
}

// Assume takes HubSpot to have what the folder holds.
func (m *Mirror) Assume(c *pack.Contents) {
	m.remote = map[string]known{}
	for dest, l := range m.look(c) {
		m.remote[dest] = known{l.sum, l.source}
	}
}

// Sync sends what differs from what HubSpot has, but for what hold says of a path
// there, and deletes what has gone. A file that HubSpot has refused is sent again
// when it has changed. The error is as that of Sender.Send, or of a deletion that
// may be tried again.
func (m *Mirror) Sync(ctx context.Context, c *pack.Contents, hold func(dest string) bool) (Change, error) {
	if m.remote == nil {
		m.remote = map[string]known{}
	}
	if m.refused == nil {
		m.refused = map[string]sum{}
	}
	now := m.look(c)
	var items []Item
	for dest, l := range now {
		if was, there := m.remote[dest]; there && was.content == l.sum || m.refused[dest] == l.sum || hold(dest) {
			continue
		}
		items = append(items, l.item)
	}
	slices.SortFunc(items, func(a, b Item) int { return cmp.Compare(a.Dest, b.Dest) })
	var change Change
	var err error
	if len(items) > 0 {
		change.Outcome, err = m.Sender.Send(ctx, items)
	}
	for _, i := range change.Sent {
		l := now[i.Dest]
		if _, there := m.remote[i.Dest]; there {
			change.Changed = append(change.Changed, l.source)
		} else {
			change.Added = append(change.Added, l.source)
		}
		m.remote[i.Dest] = known{l.sum, l.source}
		delete(m.refused, i.Dest)
	}
	for _, f := range change.Failed {
		var network *hubapi.NetworkError
		if e := (*hubapi.Error)(nil); errors.As(f.Err, &e) && !e.Retryable() && !errors.As(f.Err, &network) {
			m.refused[f.Remote] = now[f.Remote].sum
		}
	}
	if err == nil && m.Remove {
		err = m.remove(ctx, c.Root, now, hold, &change)
	}
	slices.Sort(change.Added)
	slices.Sort(change.Changed)
	slices.Sort(change.Removed)
	return change, err
}

// Complete reports whether HubSpot has all that is to be sent, as far as it takes
// it.
func (c Change) Complete() bool {
	return len(c.Unsent) == 0 && len(c.Unsure) == 0 && !slices.ContainsFunc(c.Failed, func(f Failure) bool {
		e := (*hubapi.Error)(nil)
		return !errors.As(f.Err, &e) || e.Retryable()
	})
}

// remove deletes what has gone from the disk. What is only ignored now, or held
// up by an error elsewhere, stays.
func (m *Mirror) remove(ctx context.Context, root string, now map[string]local, hold func(string) bool, change *Change) error {
	gone := map[string][]string{} // what to delete, to the files that go with it
	for dest, k := range m.remote {
		if _, there := now[dest]; there || hold(dest) || !missing(k.source) {
			continue
		}
		gone[m.highest(root, dest, k.source)] = append(gone[m.highest(root, dest, k.source)], dest)
	}
	var paths []string
	for p := range gone {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		if err := m.Sender.Remote.DeleteFile(ctx, p); err != nil && !hubapi.IsNotFound(err) {
			return err
		}
		for _, dest := range gone[p] {
			change.Removed = append(change.Removed, m.remote[dest].source)
			delete(m.remote, dest)
		}
		m.Sender.tell(Event{Kind: Deleted, Local: change.Removed[len(change.Removed)-1], Remote: p})
	}
	return nil
}

func missing(file string) bool {
	_, err := os.Lstat(file)
	return errors.Is(err, fs.ErrNotExist)
}

// highest gives the path to delete for a file: that of the highest folder that
// has gone with it, never the destination itself.
func (m *Mirror) highest(root, dest, source string) string {
	best := dest
	rel, err := filepath.Rel(root, source)
	if err != nil || !filepath.IsLocal(rel) || path.Join(Slashes(m.Dest), path.Dir(filepath.ToSlash(rel))) != path.Dir(dest) {
		return best
	}
	for dir := filepath.Dir(rel); dir != "." && missing(filepath.Join(root, dir)); dir = filepath.Dir(dir) {
		best = path.Join(Slashes(m.Dest), filepath.ToSlash(dir))
	}
	return best
}
