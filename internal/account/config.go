package account

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/fns-dev/fns/internal/hubapi"
)

// Kind is where a Config comes from.
type Kind string

// The kinds.
const (
	Global      Kind = "global"      // ~/.hscli/config.yml
	Local       Kind = "local"       // any other file
	Environment Kind = "environment" // variables, and no file
)

// Config is the accounts and settings of one file, or of the environment.
type Config struct {
	Kind     Kind
	Path     string // absolute; "" for Environment
	Accounts []Account
	Default  string // name or id of the default account, "" for none

	PublishMode string        // "draft", "publish", or "" for hs's default, publish
	Timeout     time.Duration // of calls, 0 for the default
	Localhost   bool          // httpUseLocalhost
	// AutoOpenBrowser is false where the user wants no browser opened.
	AutoOpenBrowser bool

	where Where
}

// ErrNone is that there is no config file, and none was asked for by name.
var ErrNone = errors.New("no HubSpot account is configured")

// FileError is a config file that can't be used.
type FileError struct {
	Path string
	Err  error
}

// Error names the file.
func (e *FileError) Error() string {
	return fmt.Sprintf("config file %s: %v", e.Path, withoutPath(e.Err))
}

// withoutPath gives the cause alone of an error that also names the file.
func withoutPath(err error) error {
	if path, ok := err.(*fs.PathError); ok { //nolint:errorlint // what it is wrapped in has more to say
		return path.Err
	}
	return err
}

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// Load reads the configuration in use. Without any it is ErrNone.
func Load(w Where) (*Config, error) {
	if w.UseEnv {
		if w.Config != "" {
			return nil, fmt.Errorf("a config file (%s) and an account from the environment were both asked for", w.Config)
		}
		return fromEnvironment(w)
	}
	path := w.locate()
	if path == "" {
		return nil, ErrNone
	}
	return read(w, path)
}

// read reads one file.
func read(w Where, path string) (*Config, error) {
	doc, err := open(path)
	if err != nil {
		return nil, err
	}
	c, err := doc.config(w)
	if err != nil {
		return nil, &FileError{path, err}
	}
	c.Path, c.Kind = path, Local
	if path == w.GlobalPath() {
		c.Kind = Global
	}
	return c, nil
}

func open(path string) (*document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &FileError{path, err}
	}
	doc, err := parse(data)
	if err != nil {
		return nil, &FileError{path, err}
	}
	return doc, nil
}

// config reads all that fns uses. Both forms of keys are read anywhere.
func (d *document) config(w Where) (*Config, error) {
	top := d.top()
	c := &Config{
		Default:         scalar(top, "defaultAccount", "defaultPortal"),
		PublishMode:     scalar(top, "defaultCmsPublishMode", "defaultMode"),
		Localhost:       scalar(top, "httpUseLocalhost") == "true",
		AutoOpenBrowser: scalar(top, "autoOpenBrowser") != "false",
		where:           w,
	}
	if ms, err := strconv.ParseFloat(scalar(top, "httpTimeout"), 64); err == nil && ms > 0 && ms < 1e9 {
		c.Timeout = time.Duration(ms * float64(time.Millisecond))
	}
	fallback := hubapi.Environment(scalar(top, "env"))
	key, list := find(top, "accounts", "portals")
	switch {
	case list == nil, list.Kind == yaml.ScalarNode && list.Tag == "!!null":
		return c, nil
	case list.Kind != yaml.SequenceNode:
		return nil, fmt.Errorf("line %d: %s is no list", key.Line, key.Value)
	}
	for _, entry := range list.Content {
		a, err := readAccount(entry, fallback)
		if err != nil {
			return nil, err
		}
		c.Accounts = append(c.Accounts, a)
	}
	return c, nil
}

func readAccount(entry *yaml.Node, env hubapi.Environment) (Account, error) {
	n := follow(entry)
	if n == nil || n.Kind != yaml.MappingNode {
		return Account{}, fmt.Errorf("line %d: an account must hold keys such as accountId", entry.Line)
	}
	a := Account{
		Name: scalar(n, "name"), Env: env, Type: accountType(n), PublishMode: scalar(n, "defaultCmsPublishMode", "defaultMode"),
		AuthType:          AuthType(strings.ToLower(scalar(n, "authType"))),
		PersonalAccessKey: NewKey(scalar(n, "personalAccessKey")), APIKey: NewKey(scalar(n, "apiKey")),
		line: n.Line,
	}
	if e := scalar(n, "env"); e != "" {
		a.Env = hubapi.Environment(strings.ToLower(e))
	}
	if a.Env != hubapi.QA {
		a.Env = hubapi.Production // as hs: anything else
	}
	text := scalar(n, "accountId", "portalId")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		what := "has no accountId"
		if text != "" {
			what = "has an accountId that is no number"
		}
		return Account{}, fmt.Errorf("line %d: the account %q %s", n.Line, a.Name, what)
	}
	a.ID = id
	if parent, err := strconv.ParseInt(scalar(n, "parentAccountId"), 10, 64); err == nil {
		a.ParentID = parent
	}
	_, auth := find(n, "auth")
	a.ClientID, a.ClientSecret = scalar(auth, "clientId"), NewKey(scalar(auth, "clientSecret"))
	if _, scopes := find(auth, "scopes"); scopes != nil {
		for _, s := range scopes.Content {
			a.Scopes = append(a.Scopes, s.Value)
		}
	}
	_, tokens := find(auth, "tokenInfo")
	a.RefreshToken, a.AccessToken = NewKey(scalar(tokens, "refreshToken")), NewKey(scalar(tokens, "accessToken"))
	if at, err := time.Parse(time.RFC3339Nano, scalar(tokens, "expiresAt")); err == nil {
		a.ExpiresAt = at
	}
	return a, nil
}

// accountType reads the type, also as files of older versions name it.
func accountType(n *yaml.Node) string {
	if t := scalar(n, "accountType"); t != "" {
		return t
	}
	switch strings.ToUpper(scalar(n, "sandboxAccountType")) {
	case "DEVELOPER":
		return "DEVELOPMENT_SANDBOX"
	case "STANDARD":
		return "STANDARD_SANDBOX"
	default:
		return ""
	}
}

// Dir gives the folder that the command runs in.
func (c *Config) Dir() string { return c.where.Dir }
