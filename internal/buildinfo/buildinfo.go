// Package buildinfo says which build of fns this is.
package buildinfo

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Set by the linker in releases:
// -ldflags "-X github.com/fns-dev/fns/internal/buildinfo.version=1.2.3 …".
// Nothing else writes them.
var (
	version = ""
	commit  = ""
	date    = ""
)

// Info is what is known about a build.
type Info struct {
	Version string `json:"version"` // "1.2.3", or "dev"
	Commit  string `json:"commit,omitempty"`
	Date    string `json:"date,omitempty"` // of the commit, RFC 3339
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

// Read gives the Info of this binary: what the linker was told, else what the
// Go toolchain recorded.
func Read() Info {
	info := Info{
		Version: version,
		Commit:  commit,
		Date:    date,
		Go:      runtime.Version(),
		OS:      runtime.GOOS,
		Arch:    runtime.GOARCH,
	}
	if info.Version != "" {
		return info
	}
	info.Version = "dev"
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return info
	}
	if v := build.Main.Version; v != "" && v != "(devel)" {
		info.Version = v
	}
	for _, s := range build.Settings {
		switch s.Key {
		case "vcs.revision":
			info.Commit = s.Value
		case "vcs.time":
			info.Date = s.Value
		}
	}
	return info
}

// String gives the one line that fns --version prints.
func (i Info) String() string {
	s := "fns " + i.Version
	if i.Commit != "" {
		s += fmt.Sprintf(" (%.12s", i.Commit)
		if i.Date != "" {
			s += ", " + i.Date
		}
		s += ")"
	}
	return fmt.Sprintf("%s %s/%s", s, i.OS, i.Arch)
}
