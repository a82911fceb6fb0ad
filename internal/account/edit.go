package account

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/wire"
)

// keys are the names of keys that differ between the two forms of files.
type keys struct{ accounts, id, fallback, mode string }

// keysOf gives the form a file is written in: the one it has, for a new file
// that which hs expects at its place.
func (d *document) keysOf(global bool) keys {
	_, accounts := find(d.top(), "accounts")
	_, portals := find(d.top(), "portals")
	if portals != nil || accounts == nil && !global {
		return keys{"portals", "portalId", "defaultPortal", "defaultMode"}
	}
	return keys{"accounts", "accountId", "defaultAccount", "defaultCmsPublishMode"}
}

// edit changes the file of c: it is read anew first, because hs or another fns
// may have written since, and c then holds what was written.
func (c *Config) edit(change func(*document, keys) error) error {
	if c.Path == "" {
		return errors.New("the account comes from the environment: there is no file to change")
	}
	doc, err := open(c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		doc, err = parse(nil)
	}
	if err != nil {
		return err
	}
	if err := change(doc, doc.keysOf(c.Kind == Global)); err != nil {
		return &FileError{c.Path, err}
	}
	data, err := doc.bytes()
	if err != nil {
		return &FileError{c.Path, err}
	}
	if err := write(c.Path, data); err != nil {
		return err
	}
	again, err := read(c.where, c.Path)
	if err != nil {
		return err
	}
	*c = *again
	return nil
}

// write replaces a file, which holds keys and therefore is its owner's alone.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return &FileError{path, err}
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		if err := os.Chmod(path, 0o600); err != nil {
			return &FileError{path, err}
		}
	}
	if err := sysx.ReplaceFile(path, data, 0o600); err != nil {
		return &FileError{path, fmt.Errorf("not changed: %w", withoutPath(err))}
	}
	return nil
}

// entry gives the mapping of an account, nil for none.
func (d *document) entry(k keys, id int64) *yaml.Node {
	_, list := find(d.top(), k.accounts)
	if list == nil {
		return nil
	}
	for _, n := range list.Content {
		if entry := follow(n); scalar(entry, "accountId", "portalId") == strconv.FormatInt(id, 10) {
			return entry
		}
	}
	return nil
}

// missing is an account that another process has taken out meanwhile.
func missing(id int64) error { return fmt.Errorf("account %d is not there any more", id) }

// SaveToken keeps an access token until it expires, so that the next command
// needs no exchange. refresh is the refresh token of OAuth, empty to keep it.
func (c *Config) SaveToken(id int64, token Key, expires time.Time, refresh Key) error {
	return c.edit(func(d *document, k keys) error {
		entry := d.entry(k, id)
		if entry == nil {
			return missing(id)
		}
		info := child(child(entry, "auth"), "tokenInfo")
		set(info, "accessToken", text(token.Reveal()))
		set(info, "expiresAt", moment(expires))
		if !refresh.Empty() {
			set(info, "refreshToken", text(refresh.Reveal()))
		}
		return nil
	})
}

// moment is a time as hs writes it: quoted, so that no reader makes a date of it.
func moment(t time.Time) *yaml.Node {
	n := text("")
	if !t.IsZero() {
		n.Value = t.UTC().Format(wire.TimeLayout)
	}
	n.Style = yaml.SingleQuotedStyle
	return n
}

// Put adds an account, or changes the one with its id; keys of the entry that
// fns does not know stay.
func (c *Config) Put(a Account, makeDefault bool) error {
	if err := c.nameFor(a.Name, a.ID); err != nil {
		return err
	}
	return c.edit(func(d *document, k keys) error {
		entry := d.entry(k, a.ID)
		if entry == nil {
			list := d.list(k)
			if list == nil {
				return fmt.Errorf("%s is no list", k.accounts)
			}
			entry = mapping()
			list.Content = append(list.Content, entry)
			list.Style = 0
		}
		a.fill(entry, k)
		if makeDefault {
			set(d.top(), k.fallback, k.defaultValue(&a))
		}
		return nil
	})
}

// list gives the list of accounts, which it makes where there is none.
func (d *document) list(k keys) *yaml.Node {
	_, list := find(d.top(), k.accounts)
	if list == nil || list.Kind == yaml.ScalarNode && list.Tag == "!!null" {
		list = &yaml.Node{Kind: yaml.SequenceNode}
		set(d.top(), k.accounts, list)
	}
	if list.Kind != yaml.SequenceNode {
		return nil
	}
	return list
}

// defaultValue is how the default account is written: by id, in older files by
// name.
func (k keys) defaultValue(a *Account) *yaml.Node {
	if k.fallback == "defaultPortal" && a.Name != "" {
		return text(a.Name)
	}
	return number(a.ID)
}

// fill writes an account into its entry, in the order of hs.
func (a *Account) fill(n *yaml.Node, k keys) {
	put := func(key, value string) {
		if value != "" {
			set(n, key, text(value))
		}
	}
	put("name", a.Name)
	id := k.id
	if key, _ := find(n, "accountId", "portalId"); key != nil {
		id = key.Value
	}
	set(n, id, number(a.ID))
	env := a.Env
	if env == "" {
		env = hubapi.Production
	}
	put("env", string(env))
	put("authType", string(a.AuthType))
	put("accountType", a.Type)
	if a.ParentID != 0 {
		set(n, "parentAccountId", number(a.ParentID))
	}
	put("personalAccessKey", a.PersonalAccessKey.Reveal())
	put("apiKey", a.APIKey.Reveal())
	auth := child(n, "auth") // hs 8 crashes where it is missing
	if a.AuthType == OAuth2 {
		set(auth, "clientId", text(a.ClientID))
		set(auth, "clientSecret", text(a.ClientSecret.Reveal()))
		scopes := &yaml.Node{Kind: yaml.SequenceNode}
		for _, s := range a.Scopes {
			scopes.Content = append(scopes.Content, text(s))
		}
		set(auth, "scopes", scopes)
	}
	info := child(auth, "tokenInfo")
	if !a.AccessToken.Empty() {
		set(info, "accessToken", text(a.AccessToken.Reveal()))
		set(info, "expiresAt", moment(a.ExpiresAt))
	}
	if !a.RefreshToken.Empty() {
		set(info, "refreshToken", text(a.RefreshToken.Reveal()))
	}
}

// nameFor checks that an account may have a name.
func (c *Config) nameFor(name string, id int64) error {
	if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return fmt.Errorf("the account name %q has white space in it", name)
	}
	for i := range c.Accounts {
		if a := &c.Accounts[i]; a.Name == name && name != "" && a.ID != id {
			return fmt.Errorf("account %d has the name %s already", a.ID, name)
		}
	}
	return nil
}

// Rename gives an account another name.
func (c *Config) Rename(id int64, name string) error {
	if name == "" {
		return errors.New("the new name is empty")
	}
	if err := c.nameFor(name, id); err != nil {
		return err
	}
	return c.edit(func(d *document, k keys) error {
		entry := d.entry(k, id)
		if entry == nil {
			return missing(id)
		}
		old := scalar(entry, "name")
		set(entry, "name", text(name))
		if key, _ := find(d.top(), "defaultAccount", "defaultPortal"); key != nil && old != "" && scalar(d.top(), key.Value) == old {
			set(d.top(), key.Value, text(name))
		}
		return nil
	})
}

// SetDefault makes an account the default one.
func (c *Config) SetDefault(id int64) error {
	return c.edit(func(d *document, k keys) error {
		if d.entry(k, id) == nil {
			return missing(id)
		}
		set(d.top(), k.fallback, k.defaultValue(c.ByID(id)))
		return nil
	})
}

// Remove takes accounts out; if one was the default, there is none after.
func (c *Config) Remove(ids ...int64) error {
	gone := map[string]bool{}
	for _, id := range ids {
		gone[strconv.FormatInt(id, 10)] = true
		if a := c.ByID(id); a != nil && a.Name != "" {
			gone[a.Name] = true
		}
	}
	return c.edit(func(d *document, k keys) error {
		list := d.list(k)
		if list == nil {
			return fmt.Errorf("%s is no list", k.accounts)
		}
		kept := list.Content[:0:0]
		for _, n := range list.Content {
			if !gone[scalar(n, "accountId", "portalId")] {
				kept = append(kept, n)
			}
		}
		list.Content = kept
		if key, _ := find(d.top(), "defaultAccount", "defaultPortal"); key != nil && gone[scalar(d.top(), key.Value)] {
			remove(d.top(), key.Value)
		}
		return nil
	})
}

// Open reads the config file at a path; one that is not there yet gives a Config
// without accounts, whose first change makes the file.
func Open(w Where, path string) (*Config, error) {
	c, err := read(w, path)
	if errors.Is(err, fs.ErrNotExist) {
		kind := Local
		if path == w.GlobalPath() {
			kind = Global
		}
		return &Config{Path: path, Kind: kind, AutoOpenBrowser: true, where: w}, nil
	}
	return c, err
}

// WriteOverride makes the account the one of dir and all folders below, with an
// .hsaccount, and gives the path of that file.
func WriteOverride(dir string, id int64) (string, error) {
	path := filepath.Join(dir, overrideFile)
	if err := sysx.ReplaceFile(path, []byte(strconv.FormatInt(id, 10)), 0o644); err != nil {
		return "", &FileError{path, err}
	}
	return path, nil
}
