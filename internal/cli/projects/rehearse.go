package projects

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
)

// rehearsal is what --dry-run --json prints.
type rehearsal struct {
	ProjectName     string          `json:"projectName"`
	PlatformVersion string          `json:"platformVersion"`
	Profile         string          `json:"profile,omitempty"`
	AccountID       int64           `json:"accountId,omitempty"` // of the profile
	ZipBytes        int             `json:"zipBytes"`
	Files           []rehearsedFile `json:"files"`
}

type rehearsedFile struct {
	Path  string `json:"path"`
	Bytes int64  `json:"bytes"`
	// Function is the one that the file holds with all its imports.
	Function string `json:"function,omitempty"`
}

// rehearse shows what an upload would send, and asks nobody on the network.
func (u *upload) rehearse(ctx context.Context, t *target) error {
	contents, err := u.prepare(ctx, t, false)
	if err != nil {
		return err
	}
	var zip bytes.Buffer
	if err := contents.Zip(&zip); err != nil {
		return err
	}
	r := rehearsal{ProjectName: u.local.Name, PlatformVersion: u.local.Version, ZipBytes: zip.Len()}
	if u.profile != nil {
		r.Profile, r.AccountID = u.profile.Name, u.profile.AccountID
	}
	functions := map[string]string{}
	for _, f := range contents.Functions {
		if f.Bundled {
			functions[f.Path] = f.Name
		}
	}
	var rows [][]string
	for _, f := range contents.Files {
		size := int64(len(f.Data))
		if f.Source != "" {
			info, err := os.Stat(f.Source)
			if err != nil {
				return err
			}
			size = info.Size()
		}
		r.Files = append(r.Files, rehearsedFile{Path: f.Path, Bytes: size, Function: functions[f.Path]})
		note := ""
		if name := functions[f.Path]; name != "" {
			note = "function " + name + ", bundled"
		}
		rows = append(rows, []string{f.Path, fmt.Sprint(size), note})
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, r)
	}
	if err := t.f.IO.Out.Table([]string{"File", "Bytes", ""}, rows); err != nil {
		return err
	}
	t.say("\n%d files, %d bytes as a zip, would be uploaded as project %s; nothing was sent", len(r.Files), r.ZipBytes, u.local.Name)
	return nil
}
