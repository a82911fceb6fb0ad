package account

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// archivedFile is what a file of the older kind is called once its accounts are in
// the global one, as with hs.
const archivedFile = "archived.hubspot.config.yml"

// Migration is the plan to bring the accounts of an older file into the global one.
type Migration struct {
	From, To  string    // absolute paths
	Accounts  []Account // that will be added, in their order; Name may be changed
	Present   []Account // that the global file has already, and keeps as they are
	Settings  []string  // keys that will be added
	Conflicts []Conflict

	where Where
}

// Conflict is a setting that the files have different values for.
type Conflict struct {
	Key, Old, Global string
	Overwrite        bool // take that of the older file
}

// ErrNothingToMigrate is that there is no file of the older kind.
var ErrNothingToMigrate = errors.New("there is no hubspot.config.yml here or in a folder above")

// aliases are the settings that have another name in the older files.
func aliases() map[string]string {
	return map[string]string{"defaultPortal": "defaultAccount", "defaultMode": "defaultCmsPublishMode", "portals": "accounts"}
}

// PlanMigration compares the files; nothing is changed.
func PlanMigration(w Where) (*Migration, error) {
	m := &Migration{From: w.LegacyPath(), To: w.GlobalPath(), where: w}
	if w.Config != "" {
		if m.From = w.Config; !filepath.IsAbs(m.From) {
			m.From = filepath.Join(w.Dir, m.From)
		}
	}
	switch {
	case m.From == "" || m.From == m.To:
		return nil, ErrNothingToMigrate
	case m.To == "":
		return nil, errors.New("there is no home folder for the global config file")
	}
	old, err := open(m.From)
	if err != nil {
		return nil, err
	}
	from, err := old.config(w)
	if err != nil {
		return nil, &FileError{m.From, err}
	}
	to, err := Open(w, m.To)
	if err != nil {
		return nil, err
	}
	for _, a := range from.Accounts {
		if to.ByID(a.ID) != nil {
			m.Present = append(m.Present, a)
			continue
		}
		if a.Name != "" && slices.ContainsFunc(to.Accounts, func(b Account) bool { return b.Name == a.Name }) {
			a.Name += "_" + strconv.FormatInt(a.ID, 10)
		}
		m.Accounts = append(m.Accounts, a)
	}
	global, err := openOrNew(m.To)
	if err != nil {
		return nil, err
	}
	m.compare(old, global, from)
	return m, nil
}

func openOrNew(path string) (*document, error) {
	doc, err := open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return parse(nil)
	}
	return doc, err
}

// settings gives the keys of a document but for the accounts, by their newer names.
func (d *document) settings() (names []string, values map[string]*yaml.Node) {
	values = map[string]*yaml.Node{}
	top := d.top()
	for i := 0; i+1 < len(top.Content); i += 2 {
		name := top.Content[i].Value
		if newer := aliases()[name]; newer != "" {
			name = newer
		}
		if name != "accounts" && values[name] == nil {
			names = append(names, name)
			values[name] = follow(top.Content[i+1])
		}
	}
	return names, values
}

func (m *Migration) compare(old, global *document, from *Config) {
	names, values := old.settings()
	_, there := global.settings()
	for _, name := range names {
		v, g := values[name], there[name]
		switch {
		case v.Tag == "!!null":
		case g == nil || g.Tag == "!!null":
			m.Settings = append(m.Settings, name)
		case v.Kind == yaml.ScalarNode && g.Kind == yaml.ScalarNode && defaultID(name, v.Value, from) != g.Value && v.Value != g.Value:
			m.Conflicts = append(m.Conflicts, Conflict{Key: name, Old: v.Value, Global: g.Value})
		}
	}
}

// defaultID gives the value of a setting as the global file writes it: the default
// account by its id.
func defaultID(name, value string, from *Config) string {
	if name != "defaultAccount" {
		return value
	}
	if a, err := from.Find(value); err == nil {
		return strconv.FormatInt(a.ID, 10)
	}
	return value
}

// Apply writes the global file, and then gives the older one its archived name,
// which is returned. Where that fails, the accounts are in both.
func (m *Migration) Apply() (archived string, err error) {
	for _, a := range m.Accounts {
		if a.Name != "" && slices.ContainsFunc(m.Accounts, func(b Account) bool { return b.Name == a.Name && b.ID != a.ID }) {
			return "", fmt.Errorf("two accounts would be called %s", a.Name)
		}
	}
	old, err := open(m.From)
	if err != nil {
		return "", err
	}
	from, err := old.config(m.where)
	if err != nil {
		return "", &FileError{m.From, err}
	}
	to, err := Open(m.where, m.To)
	if err != nil {
		return "", err
	}
	if err := to.edit(func(d *document, k keys) error { return m.merge(d, k, old, from) }); err != nil {
		return "", err
	}
	archived = filepath.Join(filepath.Dir(m.From), archivedFile)
	if exists(archived) {
		return "", fmt.Errorf("the accounts are in %s now, but %s could not be renamed: %s is there already", m.To, m.From, archived)
	}
	if err := os.Rename(m.From, archived); err != nil {
		return "", fmt.Errorf("the accounts are in %s now, but %s could not be renamed: %w", m.To, m.From, err)
	}
	return archived, nil
}

func (m *Migration) merge(d *document, k keys, old *document, from *Config) error {
	list := d.list(k)
	if list == nil {
		return fmt.Errorf("%s is no list", k.accounts)
	}
	for _, a := range m.Accounts {
		entry := old.entry(keys{accounts: "portals"}, a.ID)
		if entry == nil {
			entry = old.entry(keys{accounts: "accounts"}, a.ID)
		}
		if entry == nil {
			return missing(a.ID)
		}
		rename(entry, "portalId", k.id)
		rename(entry, "defaultMode", "defaultCmsPublishMode")
		remove(entry, "sandboxAccountType")
		a.fill(entry, k)
		list.Content = append(list.Content, entry)
		list.Style = 0
	}
	_, values := old.settings()
	take := func(name string) {
		v := values[name]
		if v.Kind == yaml.ScalarNode && name == "defaultAccount" {
			if a, err := from.Find(v.Value); err == nil {
				v = number(a.ID)
			}
		}
		if key, _ := find(d.top(), name); key != nil {
			set(d.top(), name, v)
		} else {
			d.before(k.accounts, name, v)
		}
	}
	for _, name := range m.Settings {
		take(name)
	}
	for _, c := range m.Conflicts {
		if c.Overwrite {
			take(c.Key)
		}
	}
	return nil
}

// rename gives a key of a mapping another name, unless that is there.
func rename(n *yaml.Node, from, to string) {
	if key, _ := find(n, to); key != nil {
		return
	}
	if key, _ := find(n, from); key != nil {
		key.Value = to
	}
}
