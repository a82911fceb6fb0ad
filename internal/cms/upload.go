package cms

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pack"
)

// Item is one file to send.
type Item struct {
	Path   string // for people: from the folder that is sent, or the file as it was named
	Dest   string // in the design manager
	Source string // absolute path on disk, "" for a file that was made
	Data   []byte // content of a file that was made
}

// read gives the content as it is now.
func (i Item) read() ([]byte, error) {
	if i.Source == "" {
		return i.Data, nil
	}
	return os.ReadFile(i.Source)
}

// Items gives what an upload of c to a folder of the design manager sends.
func Items(c *pack.Contents, dest string) []Item {
	var items []Item
	for _, f := range c.Files {
		items = append(items, Item{Path: f.Path, Dest: path.Join(Slashes(dest), f.Path), Source: f.Source, Data: f.Data})
	}
	return items
}

// Sender sends files. The zero value of all but Remote is ready to use.
type Sender struct {
	Remote  Remote
	Options hubapi.FileOptions
	Notify  func(Event) // called by one goroutine at a time; nil for nobody
	mu      sync.Mutex
}

// Outcome says of every file what became of it. Each list is sorted by Dest.
type Outcome struct {
	Sent   []Item    // HubSpot has confirmed them
	Failed []Failure // HubSpot has refused them, or they can't be read
	Unsure []Item    // on their way when all was stopped: HubSpot may have them
	Unsent []Item    // never begun
}

// broken is how many files in a row may fail for the network before nothing more
// is tried: each of them has been repeated already.
const broken = 3

// Send sends files, several at once. What others are built on goes first (the
// meta.json of modules), what refers to others last (the serverless.json of
// functions, and only if all files of its folder have arrived). What fails is
// tried once more when the rest is done. A login that is not accepted, a network
// that is gone, or ctx stop everything; that is the error.
func (s *Sender) Send(ctx context.Context, items []Item) (Outcome, error) {
	run := &sending{Sender: s, alone: len(items) == 1}
	var stages [3][]Item
	for _, i := range items {
		stages[stage(i)] = append(stages[stage(i)], i)
	}
	run.all(ctx, stages[0])
	run.all(ctx, stages[1])
	run.again(ctx)
	whole := slices.DeleteFunc(slices.Clone(stages[2]), func(i Item) bool {
		if run.incomplete(InFunctions(i.Dest)) {
			run.out.Unsent = append(run.out.Unsent, i)
			return true
		}
		return false
	})
	run.all(ctx, whole)
	run.again(ctx)
	out := run.out
	byDest := func(a, b Item) int { return cmp.Compare(a.Dest, b.Dest) }
	slices.SortFunc(out.Sent, byDest)
	slices.SortFunc(out.Unsure, byDest)
	slices.SortFunc(out.Unsent, byDest)
	slices.SortFunc(out.Failed, func(a, b Failure) int { return cmp.Compare(a.Remote, b.Remote) })
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	return out, run.fatal
}

// stage is when a file is sent.
func stage(i Item) int {
	switch name := path.Base(i.Dest); {
	case name == "meta.json" && inModule(i.Dest):
		return 0
	case name == "serverless.json" && InFunctions(path.Dir(i.Dest)) != "":
		return 2
	default:
		return 1
	}
}

// sending is one run of Send.
type sending struct {
	*Sender
	out    Outcome
	failed []failedItem // once
	second bool         // failures are final
	alone  bool         // there is one file, so nothing that it refers to can arrive in between
	fatal  error
	inARow int // failures of the network
}

type failedItem struct {
	item Item
	err  error
}

func (s *Sender) tell(e Event) {
	if s.Notify != nil {
		s.Notify(e)
	}
}

// all sends files, Parallel at a time.
func (r *sending) all(ctx context.Context, items []Item) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(Parallel, len(items)) {
		wg.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= len(items) {
					return
				}
				r.one(ctx, items[n])
			}
		})
	}
	wg.Wait()
}

// again sends what has failed once more.
func (r *sending) again(ctx context.Context) {
	list := r.failed
	r.failed, r.second = nil, true
	var items []Item
	for _, f := range list {
		var network *hubapi.NetworkError
		if (r.fatal != nil || ctx.Err() != nil) && errors.As(f.err, &network) && !network.Unsent() {
			r.out.Unsure = append(r.out.Unsure, f.item)
			continue
		}
		items = append(items, f.item)
	}
	r.all(ctx, items)
	r.second = false
}

func (r *sending) one(ctx context.Context, i Item) {
	r.mu.Lock()
	if r.fatal != nil || ctx.Err() != nil {
		r.out.Unsent = append(r.out.Unsent, i)
		r.mu.Unlock()
		return
	}
	r.mu.Unlock()
	data, err := i.read()
	if err == nil {
		name := path.Base(i.Path)
		if i.Source != "" {
			name = filepath.Base(i.Source)
		}
		err = r.Remote.UploadFile(ctx, i.Dest, hubapi.BytesContent(name, data), r.Options)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.settle(ctx, i, int64(len(data)), err)
}

// settle notes what became of a file.
func (r *sending) settle(ctx context.Context, i Item, size int64, err error) {
	var network *hubapi.NetworkError
	switch {
	case err == nil:
		r.inARow = 0
		r.out.Sent = append(r.out.Sent, i)
		r.tell(Event{Kind: Sent, Local: i.Path, Remote: i.Dest, Bytes: size})
		return
	case ctx.Err() != nil:
		r.out.Unsure = append(r.out.Unsure, i)
		return
	case errors.As(err, &network):
		if r.inARow++; r.inARow >= broken || !network.Temporary() {
			r.stop(err)
		}
		if r.fatal != nil || r.second {
			r.lose(i, network, err)
			return
		}
	case denied(err, i):
		r.stop(err)
		r.out.Unsent = append(r.out.Unsent, i)
		return
	default:
		r.inARow = 0
	}
	if status := hubapi.StatusOf(err); r.second || r.alone && status >= 400 && status < 500 {
		r.out.Failed = append(r.out.Failed, Failure{i.Path, i.Dest, err})
		r.tell(Event{Kind: Failed, Local: i.Path, Remote: i.Dest, Err: err})
		return
	}
	r.failed = append(r.failed, failedItem{i, err})
	r.tell(Event{Kind: Again, Local: i.Path, Remote: i.Dest, Err: err})
}

// lose notes a file that the network has swallowed.
func (r *sending) lose(i Item, network *hubapi.NetworkError, err error) {
	switch {
	case r.fatal == nil:
		r.out.Failed = append(r.out.Failed, Failure{i.Path, i.Dest, err})
		r.tell(Event{Kind: Failed, Local: i.Path, Remote: i.Dest, Err: err})
	case network.Unsent():
		r.out.Unsent = append(r.out.Unsent, i)
	default:
		r.out.Unsure = append(r.out.Unsure, i)
	}
}

func (r *sending) stop(err error) {
	if r.fatal == nil {
		r.fatal = err
	}
}

// incomplete reports whether a file of a folder has not arrived.
func (r *sending) incomplete(folder string) bool {
	for _, f := range r.out.Failed {
		if InFunctions(f.Remote) == folder {
			return true
		}
	}
	return r.fatal != nil
}

// denied reports whether HubSpot takes no files from the login: the next one would
// fare no better. Functions are another matter, which need a scope of their own.
func denied(err error, i Item) bool {
	status := hubapi.StatusOf(err)
	return status == 401 || status == 403 && InFunctions(i.Dest) == ""
}

// FailedError is that some files did not arrive, while others did.
type FailedError struct{ Failed []Failure }

// Error gives the first failure and the number of others.
func (e *FailedError) Error() string {
	text := e.Failed[0].Err.Error()
	if n := len(e.Failed) - 1; n > 0 {
		text += fmt.Sprintf("\nand %d more", n)
	}
	return text
}

// Unwrap gives the first failure.
func (e *FailedError) Unwrap() error { return e.Failed[0].Err }

// Hint is that of the first failure.
func (e *FailedError) Hint() string {
	var hinted interface{ Hint() string }
	if errors.As(e.Failed[0].Err, &hinted) {
		return hinted.Hint()
	}
	return ""
}
