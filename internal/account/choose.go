package account

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/suggest"
)

// Choice is the account a command is for, and who decided so.
type Choice struct {
	Account *Account
	// From is "" for an account that was asked for by name, the path of the
	// .hsaccount or settings.json that chose it, or that of the config file.
	From string
}

// UnknownError is an account that is not in the config. hs takes the default
// account instead, and so changes one that nobody named.
type UnknownError struct {
	Want  string
	From  string // file that names it, "" for the user
	Known []Account
}

// Error lists the accounts there are.
func (e *UnknownError) Error() string {
	text := fmt.Sprintf("unknown account %q", e.Want)
	if e.From != "" {
		text += " in " + e.From
	}
	if len(e.Known) == 0 {
		return text + ": none is configured"
	}
	var labels []string
	for i := range e.Known {
		labels = append(labels, e.Known[i].Label())
	}
	return text + ", known: " + strings.Join(labels, ", ")
}

// Hint guesses what was meant.
func (e *UnknownError) Hint() string {
	var names []string
	for i := range e.Known {
		names = append(names, e.Known[i].Name, strconv.FormatInt(e.Known[i].ID, 10))
	}
	if guess := suggest.Closest(e.Want, names); guess != "" {
		return "did you mean " + guess + "?"
	}
	return "fns account auth adds one"
}

// Find gives the account of this id or name. A number is an id first. The account
// on the own machine is always known, behind those of the config.
func (c *Config) Find(want string) (*Account, error) {
	if id, err := strconv.ParseInt(want, 10, 64); err == nil {
		if a := c.ByID(id); a != nil {
			return a, nil
		}
	}
	for i := range c.Accounts {
		if c.Accounts[i].Name == want && want != "" {
			return &c.Accounts[i], nil
		}
	}
	if a := NewLocal(); want == a.Name || want == strconv.FormatInt(a.ID, 10) {
		return &a, nil
	}
	return nil, &UnknownError{Want: want, Known: c.Accounts}
}

// ByID gives the account of this id, nil for none.
func (c *Config) ByID(id int64) *Account {
	for i := range c.Accounts {
		if c.Accounts[i].ID == id {
			return &c.Accounts[i]
		}
	}
	return nil
}

// ErrNoDefault is that no account was named and none is the default.
var ErrNoDefault = errors.New("no default account is set")

// Choose gives the account that want names or, if it is "", the default: that of
// .hs/settings.json, of .hsaccount where the config is the global one, of the
// config.
func (c *Config) Choose(want string) (Choice, error) {
	if want != "" {
		a, err := c.Find(want)
		return Choice{Account: a}, err
	}
	if c.Kind != Environment {
		name, path, err := c.linked()
		if err != nil {
			return Choice{}, err
		}
		if path == "" && c.Kind == Global {
			name, path, err = c.override()
			if err != nil {
				return Choice{}, err
			}
		}
		if path != "" {
			return c.chosenBy(name, path)
		}
	}
	if c.Default == "" {
		if len(c.Accounts) == 0 {
			return Choice{}, ErrNone
		}
		return Choice{}, ErrNoDefault
	}
	return c.chosenBy(c.Default, c.Path)
}

func (c *Config) chosenBy(name, path string) (Choice, error) {
	a, err := c.Find(name)
	if err != nil {
		return Choice{}, &UnknownError{Want: name, From: path, Known: c.Accounts}
	}
	return Choice{Account: a, From: path}, nil
}

// override reads .hsaccount: one account id.
func (c *Config) override() (id, path string, err error) {
	path = c.where.OverridePath()
	if path == "" {
		return "", "", nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", "", &FileError{path, err}
	}
	id = strings.TrimSpace(string(data))
	if _, err := strconv.ParseInt(id, 10, 64); err != nil {
		return "", "", fmt.Errorf("%s must hold one account id", path)
	}
	return id, path, nil
}

// OverridePath gives the .hsaccount in force, "" for none.
func (w Where) OverridePath() string { return nearest(w.Dir, overrideFile) }

// linked reads the default account of .hs/settings.json.
func (c *Config) linked() (id, path string, err error) {
	path = nearest(c.where.Dir, settingsFile)
	if path == "" {
		return "", "", nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", "", &FileError{path, err}
	}
	var settings struct {
		LocalDefaultAccount json.Number `json:"localDefaultAccount"`
	}
	if err := json.Unmarshal(data, &settings); err != nil {
		return "", "", fmt.Errorf("%s: %w", path, err)
	}
	if settings.LocalDefaultAccount == "" {
		return "", "", nil
	}
	return settings.LocalDefaultAccount.String(), path, nil
}
