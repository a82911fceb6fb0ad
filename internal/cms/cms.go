// Package cms moves files between a disk and HubSpot's design manager: it sends
// what package pack made of a folder, brings folders back, and keeps the design
// manager equal to a folder while that changes.
//
// A file arrives as a whole or not at all, on either side. Whoever is interrupted
// hears which files HubSpot has, and may run the same again: sending a file twice
// does no harm, and a file that was fetched is not fetched again.
package cms

import (
	"context"
	"path"
	"strings"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/wire"
)

// Parallel is how many files are on their way at once, as with HubSpot's own CLI.
const Parallel = 10

// Remote is the design manager of an account; *hubapi.Client is one.
type Remote interface {
	UploadFile(ctx context.Context, dest string, file hubapi.Content, o hubapi.FileOptions) error
	FetchFile(ctx context.Context, path string, o hubapi.FileOptions) (*hubapi.RemoteFile, error)
	FileInfo(ctx context.Context, path string, o hubapi.FileOptions) (*wire.FileInfo, error)
	DeleteFile(ctx context.Context, path string) error
}

// Kind is what an Event is about.
type Kind string

// The kinds.
const (
	Sent     Kind = "sent"
	Received Kind = "received"
	Kept     Kind = "kept"    // a local file is there already
	Deleted  Kind = "deleted" // from the design manager
	Again    Kind = "again"   // failed, and is tried once more
	Failed   Kind = "failed"
)

// Event is something that happened to one file.
type Event struct {
	Kind   Kind
	Local  string // as Item.Path, or the absolute path of a fetched file
	Remote string // in the design manager
	Bytes  int64  // of Sent and Received
	Err    error  // of Again and Failed
}

// Failure is a file that could not be moved.
type Failure struct {
	Local  string
	Remote string
	Err    error
}

// IsRoot reports whether a path of the design manager is all of it.
func IsRoot(remote string) bool { return strings.Trim(remote, `/\ `) == "" }

// Slashes gives a path of the design manager with slashes, however it was typed.
func Slashes(remote string) string { return strings.ReplaceAll(remote, `\`, "/") }

// InFunctions gives the folder of functions that a path of the design manager
// lies in, or is; "" for none.
func InFunctions(remote string) string {
	parts := strings.Split(remote, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if strings.HasSuffix(parts[i], ".functions") {
			return strings.Join(parts[:i+1], "/")
		}
	}
	return ""
}

// inModule reports whether a file lies in a .module folder.
func inModule(remote string) bool {
	return strings.Contains(path.Dir(remote)+"/", ".module/")
}

// Folder reports whether a path of the design manager means a folder, judging as
// HubSpot's own CLI does: by its extension.
func Folder(remote string) bool {
	switch ext := path.Ext(path.Base(strings.TrimRight(remote, "/"))); ext {
	case "", ".", ".module", ".functions":
		return true
	default:
		return false
	}
}
