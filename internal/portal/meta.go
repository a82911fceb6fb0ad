package portal

import (
	"encoding/json"
	"path"
	"strings"

	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

// isProfile reports whether a file of a project is a profile.
func isProfile(name string) bool {
	_, ok := project.ProfileName(path.Base(name))
	return ok && path.Dir(name) == srcDir
}

// substituted gives a metadata file with the uid and config that the client made
// of it. One that can't be read stays as it is, for the checks to find.
func substituted(data []byte, n wire.Node) []byte {
	if !strings.Contains(string(data), "${") {
		return data // as the user wrote it: positions in findings are right
	}
	var file map[string]json.RawMessage
	if json.Unmarshal(data, &file) != nil {
		return data
	}
	uid, err := json.Marshal(n.UID)
	if err != nil || len(n.Config) == 0 {
		return data
	}
	file["uid"], file["config"] = uid, n.Config
	out, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return data
	}
	return out
}
