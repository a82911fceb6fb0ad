package portal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/portal/store"
)

// Folder is the name of the folder in a project that holds the state.
const Folder = ".fns"

// The environment variables that say where the state is.
const (
	VarDir     = "FNS_PORTAL_DIR" // the folder itself
	VarData    = "FNS_DATA_DIR"   // the user's folder for the data of fns
	VarKeyring = "FNS_KEYRING"    // "off": keep keys in files
)

// Where says where to look for the state.
type Where struct {
	Dir    string // absolute folder that the command runs in, or of the project
	Home   string // absolute; "" for none
	Getenv func(string) string
}

// Place is where the state is.
type Place struct {
	Dir     string // absolute
	Data    string // the user's folder for the data of fns, absolute
	Project string // the folder that Dir belongs to, "" for none
	Keyring bool
	Logs    store.Bounds
}

// Locate decides where the state is: in the folder that FNS_PORTAL_DIR names, in
// .fns of the nearest folder upwards that has one, that holds a hsproject.json or
// a fns.json, or that is the root of a Git repository, and else in the user's
// folder for data.
func Locate(w Where) (Place, error) {
	p := Place{Data: dataFolder(w), Keyring: w.Getenv(VarKeyring) != "off" && (runtime.GOOS != "linux" || w.Getenv("DBUS_SESSION_BUS_ADDRESS") != "")}
	if p.Data == "" {
		return p, errors.New("the home folder is not known: set HOME, or FNS_PORTAL_DIR")
	}
	if dir := w.Getenv(VarDir); dir != "" {
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(w.Dir, dir)
		}
		p.Dir = filepath.Clean(dir)
		p.Project = projectAround(w.Dir)
	} else if p.Project = projectAround(w.Dir); p.Project != "" {
		p.Dir = filepath.Join(p.Project, Folder)
	} else {
		p.Dir = filepath.Join(p.Data, "portal")
	}
	var err error
	p.Logs, err = logBounds(p.Project)
	return p, err
}

// projectAround gives the folder that dir belongs to, "" for none. The user's
// home is none, even where it is under version control.
func projectAround(dir string) string {
	marks := func(dir string) bool {
		if store.Exists(filepath.Join(dir, Folder)) {
			return true
		}
		for _, name := range []string{"hsproject.json", "fns.json", ".git"} {
			if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
				return true
			}
		}
		return false
	}
	for {
		if marks(dir) {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// dataFolder is the user's folder for the data of programs, as each system has it.
func dataFolder(w Where) string {
	if dir := w.Getenv(VarData); filepath.IsAbs(dir) {
		return dir
	}
	base := ""
	switch runtime.GOOS {
	case "windows":
		base = w.Getenv("LOCALAPPDATA")
	case "darwin":
		if w.Home != "" {
			base = filepath.Join(w.Home, "Library", "Application Support")
		}
	default:
		base = w.Getenv("XDG_DATA_HOME")
		if !filepath.IsAbs(base) && w.Home != "" {
			base = filepath.Join(w.Home, ".local", "share")
		}
	}
	if base == "" || !filepath.IsAbs(base) {
		return ""
	}
	return filepath.Join(base, "fns")
}

// configFile is the project's own file of settings; package validate owns it.
const configFile = "fns.json"

// logBounds reads how much of the log the project wants kept:
//
//	{"portal": {"logDays": 90, "logMegabytes": 256}}
func logBounds(dir string) (store.Bounds, error) {
	bounds := store.DefaultBounds()
	if dir == "" {
		return bounds, nil
	}
	file := filepath.Join(dir, configFile)
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return bounds, nil
	}
	if err != nil {
		return bounds, err
	}
	var config struct {
		Portal struct {
			Days      *float64 `json:"logDays"`
			Megabytes *float64 `json:"logMegabytes"`
		} `json:"portal"`
	}
	if err := json.Unmarshal(data, &config); err != nil {
		return bounds, nil // fns validate says what is wrong with it
	}
	if d := config.Portal.Days; d != nil {
		if *d <= 0 || *d > 36500 {
			return bounds, fmt.Errorf("%s: portal.logDays is %v, want more than 0 and at most 36500", file, *d)
		}
		bounds.Age = time.Duration(*d * float64(24*time.Hour))
	}
	if m := config.Portal.Megabytes; m != nil {
		if *m <= 0 || *m > 1<<20 {
			return bounds, fmt.Errorf("%s: portal.logMegabytes is %v, want more than 0 and at most %d", file, *m, 1<<20)
		}
		bounds.Size = int64(*m * (1 << 20))
	}
	return bounds, nil
}

// Open opens the state of a place.
func (p Place) Open(ctx context.Context) (*store.Store, error) {
	keys := store.Keys{Dir: filepath.Join(p.Data, "keys")}
	if p.Keyring {
		keys.Keyring = store.SystemKeyring{}
	}
	return store.Open(ctx, store.Options{Dir: p.Dir, Keys: keys, Logs: p.Logs})
}

// WorkDir is the folder for files that are needed for a moment.
func (p Place) WorkDir() string { return filepath.Join(p.Data, "work") }

// Label names the place for people.
func (p Place) Label() string {
	if p.Project != "" && strings.HasPrefix(p.Dir, p.Project) {
		return filepath.Join(filepath.Base(p.Project), filepath.Base(p.Dir))
	}
	return p.Dir
}

// FunctionSecrets gives the secrets that functions of a project get: those of the
// account and, above them, those of the apps of the project with that name; ""
// for the design manager.
func FunctionSecrets(ctx context.Context, s *store.Store, project string) (map[string]string, error) {
	values, err := s.Secrets(ctx, store.AccountScope)
	if err != nil || project == "" {
		return values, err
	}
	pr, err := s.Project(ctx, project)
	if errors.Is(err, store.ErrNotFound) {
		return values, nil
	}
	if err != nil {
		return nil, err
	}
	apps, err := s.Apps(ctx, pr.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range apps {
		own, err := s.Secrets(ctx, store.AppScope(a.ID))
		if err != nil {
			return nil, err
		}
		if values == nil {
			values = map[string]string{}
		}
		for name, value := range own {
			values[name] = value
		}
	}
	return values, nil
}
