package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/sysx"
)

// Links are the accounts that a folder, and those below it, are linked to: the
// file .hs/settings.json of hs.
type Links struct {
	Path     string  // absolute; a file that is not there yet is made by Save
	Default  int64   // the account that commands in the folder take, 0 for that of the config
	Accounts []int64 // in the order they were linked

	others map[string]json.RawMessage // keys that fns does not know
}

// ReadLinks reads the links in force in the folder of w: those of the nearest file
// from there upwards. Without one they are empty, and Save makes it in the folder.
func ReadLinks(w Where) (*Links, error) {
	l := &Links{Path: nearest(w.Dir, settingsFile)}
	if l.Path == "" {
		l.Path = filepath.Join(w.Dir, filepath.FromSlash(settingsFile))
		return l, nil
	}
	data, err := os.ReadFile(l.Path)
	if err != nil {
		return nil, &FileError{l.Path, err}
	}
	if err := json.Unmarshal(data, &l.others); err != nil {
		return nil, fmt.Errorf("%s: %w", l.Path, err)
	}
	for key, into := range map[string]any{"localDefaultAccount": &l.Default, "accounts": &l.Accounts} {
		if raw := l.others[key]; raw != nil {
			if err := json.Unmarshal(raw, into); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", l.Path, key, err)
			}
		}
		delete(l.others, key)
	}
	return l, nil
}

// Add links accounts. The first one becomes the default where there is none.
func (l *Links) Add(ids ...int64) {
	for _, id := range ids {
		if !slices.Contains(l.Accounts, id) {
			l.Accounts = append(l.Accounts, id)
		}
	}
	if !slices.Contains(l.Accounts, l.Default) && len(ids) > 0 {
		l.Default = ids[0]
	}
}

// Remove unlinks accounts. If the default goes, the only one left takes its place,
// or none does.
func (l *Links) Remove(ids ...int64) {
	l.Accounts = slices.DeleteFunc(l.Accounts, func(id int64) bool { return slices.Contains(ids, id) })
	if !slices.Contains(l.Accounts, l.Default) {
		l.Default = 0
		if len(l.Accounts) == 1 {
			l.Default = l.Accounts[0]
		}
	}
}

const linksReadme = `This folder links the folder around it to accounts of HubSpot: commands of fns and
hs in there use the account "localDefaultAccount" of settings.json unless another
one is named, and "accounts" are those that belong to it. The numbers are ids of
accounts in ~/.hscli/config.yml; there are no keys here.

fns account link and fns account unlink change it. As accounts differ from one
developer to the next, it had better stay out of Git.
`

// Save writes the file. The folder that it makes for it gets a README.txt, and a
// line in .gitignore where it lies in a Git repository that does not ignore it.
func (l *Links) Save() error {
	folder := filepath.Dir(l.Path)
	_, statErr := os.Stat(folder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	data, err := l.encode()
	if err != nil {
		return err
	}
	if err := sysx.ReplaceFile(l.Path, data, 0o644); err != nil {
		return &FileError{l.Path, err}
	}
	if !errors.Is(statErr, fs.ErrNotExist) {
		return nil
	}
	if err := sysx.ReplaceFile(filepath.Join(folder, "README.txt"), []byte(linksReadme), 0o644); err != nil {
		return err
	}
	return ignoreInGit(folder)
}

// encode writes the keys of hs in its order, then the others.
func (l *Links) encode() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{\n")
	if l.Default != 0 {
		fmt.Fprintf(&b, "  \"localDefaultAccount\": %d,\n", l.Default)
	}
	accounts, err := json.MarshalIndent(append([]int64{}, l.Accounts...), "  ", "  ")
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, "  \"accounts\": %s", accounts)
	for _, key := range slices.Sorted(maps.Keys(l.others)) {
		var value bytes.Buffer
		if err := json.Indent(&value, l.others[key], "  ", "  "); err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, ",\n  %q: %s", key, value.Bytes())
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

// ignoreInGit has the nearest .gitignore of the repository name the folder.
func ignoreInGit(folder string) error {
	repository := upwards(filepath.Dir(folder), func(dir string) string {
		if exists(filepath.Join(dir, ".git")) {
			return dir
		}
		return ""
	})
	if repository == "" {
		return nil
	}
	name, file := filepath.Base(folder), filepath.Join(filepath.Dir(folder), ".gitignore")
	for dir := filepath.Dir(folder); ; dir = filepath.Dir(dir) {
		if at := filepath.Join(dir, ".gitignore"); exists(at) {
			file = at
			break
		}
		if dir == repository {
			break
		}
	}
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if strings.Trim(strings.TrimSpace(line), "/") == name {
			return nil
		}
	}
	if len(text) > 0 {
		text = append(bytes.TrimRight(text, "\n"), "\n\n"...)
	}
	return sysx.ReplaceFile(file, append(text, "# Accounts that this folder is linked to\n"+name+"\n"...), 0o644)
}
