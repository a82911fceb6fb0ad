package host

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// npmPatience is how long npm may take for one folder.
const npmPatience = 3 * time.Minute

// Linker makes packages available as HubSpot does after an upload: from the
// node_modules of the project on this machine that was uploaded, or else with npm.
type Linker struct {
	Project string // absolute folder of the project here, "" for none
	Npm     string // absolute path of npm, "" for none
	Env     []string
}

// Packages implements Options.Packages.
func (l Linker) Packages(ctx context.Context, project, rel, dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return err
	}
	var file struct {
		Dependencies map[string]json.RawMessage `json:"dependencies"`
	}
	if json.Unmarshal(data, &file) != nil || len(file.Dependencies) == 0 {
		return nil // what is wrong with it, the build has said
	}
	modules := filepath.Join(dir, "node_modules")
	if _, err := os.Lstat(modules); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if local := l.local(project, rel); local != "" {
		return os.Symlink(local, modules)
	}
	if l.Npm == "" {
		return fmt.Errorf("%s has dependencies, and there is no npm to install them", rel)
	}
	ctx, cancel := context.WithTimeout(ctx, npmPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, l.Npm, "install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
	cmd.Dir, cmd.Env = dir, l.Env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("npm install in %s: %w: %s", rel, err, strings.TrimSpace(out.String()))
	}
	return nil
}

// local gives the node_modules of the same folder in the project on this machine,
// "" for none.
func (l Linker) local(project, rel string) string {
	if l.Project == "" {
		return ""
	}
	dir := filepath.Join(l.Project, filepath.FromSlash(rel))
	if project != "" {
		var file struct{ Name, SrcDir string }
		data, err := os.ReadFile(filepath.Join(l.Project, "hsproject.json"))
		if err != nil || json.Unmarshal(data, &file) != nil || file.Name != project {
			return ""
		}
		_, inside, _ := strings.Cut(rel, "/") // behind the source folder's name
		dir = filepath.Join(l.Project, filepath.FromSlash(file.SrcDir), filepath.FromSlash(inside))
	}
	modules := filepath.Join(dir, "node_modules")
	if info, err := os.Stat(modules); err != nil || !info.IsDir() {
		return ""
	}
	return modules
}
