package account

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The names of files and folders that hs uses.
const (
	homeFolder    = ".hscli"
	globalFile    = "config.yml"
	overrideFile  = ".hsaccount"
	settingsFile  = ".hs/settings.json"
	LegacyFile    = "hubspot.config.yml" // the name that new files of the older kind get
	legacyFileAlt = "hubspot.config.yaml"
)

// The environment variables of hs.
const (
	VarConfigPath   = "HUBSPOT_CONFIG_PATH"
	VarUseEnv       = "USE_ENVIRONMENT_HUBSPOT_CONFIG"
	VarAccountID    = "HUBSPOT_ACCOUNT_ID"
	VarPortalID     = "HUBSPOT_PORTAL_ID"
	VarKey          = "HUBSPOT_PERSONAL_ACCESS_KEY"
	VarAPIKey       = "HUBSPOT_API_KEY"
	VarClientID     = "HUBSPOT_CLIENT_ID"
	VarClientSecret = "HUBSPOT_CLIENT_SECRET"
	VarRefreshToken = "HUBSPOT_REFRESH_TOKEN"
	VarEnvironment  = "HUBSPOT_ENVIRONMENT"
	VarTimeout      = "HTTP_TIMEOUT"
	VarLocalhost    = "HTTP_USE_LOCALHOST"
	varPublishMode  = "DEFUALT_CMS_PUBLISH_MODE" // so spelled by hs
)

// Where says where to look.
type Where struct {
	Dir    string // absolute; the folder the command runs in, or INIT_CWD
	Home   string // absolute; "" for none
	Config string // of --config or HUBSPOT_CONFIG_PATH, "" for none
	UseEnv bool   // of --use-env or USE_ENVIRONMENT_HUBSPOT_CONFIG
	Getenv func(string) string
}

// GlobalPath is the file that hs 8 writes for all folders of a user.
func (w Where) GlobalPath() string {
	if w.Home == "" {
		return ""
	}
	return filepath.Join(w.Home, homeFolder, globalFile)
}

// LegacyPath gives the nearest file of the older kind from Dir upwards, "" for
// none.
func (w Where) LegacyPath() string {
	return upwards(w.Dir, func(dir string) string {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return ""
		}
		found := ""
		for _, e := range entries {
			switch {
			case e.IsDir():
			case strings.EqualFold(e.Name(), LegacyFile):
				return filepath.Join(dir, e.Name())
			case strings.EqualFold(e.Name(), legacyFileAlt):
				found = filepath.Join(dir, e.Name())
			}
		}
		return found
	})
}

// locate gives the config file in use, "" for none: the named one, the global
// one, the nearest older one.
func (w Where) locate() string {
	if w.Config != "" {
		if filepath.IsAbs(w.Config) {
			return filepath.Clean(w.Config)
		}
		return filepath.Join(w.Dir, w.Config)
	}
	if global := w.GlobalPath(); global != "" && exists(global) {
		return global
	}
	return w.LegacyPath()
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist) // one that can't be read is there, and reading it says why
}

// upwards asks for each folder from dir to the root, until one gives a path.
func upwards(dir string, look func(dir string) string) string {
	for {
		if path := look(dir); path != "" {
			return path
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// nearest gives the path of a file of this name in dir or above, "" for none.
func nearest(dir, name string) string {
	return upwards(dir, func(dir string) string {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
		return ""
	})
}
