// Package account knows which HubSpot account a command is for and how it logs
// in. It reads and writes the files of HubSpot's own CLI, so that both tools
// share one login: ~/.hscli/config.yml, the older hubspot.config.yml, .hsaccount
// and .hs/settings.json, and the environment variables in their place.
//
// What is written keeps comments, unknown keys and the form of the file, always
// holds auth.tokenInfo (hs 8 crashes without it), is replaced as a whole or not
// at all, and is readable by its owner alone.
package account

import (
	"strconv"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
)

// AuthType is how an account logs in, as config files spell it.
type AuthType string

// The types.
const (
	PersonalAccessKey AuthType = "personalaccesskey"
	OAuth2            AuthType = "oauth2"
	APIKey            AuthType = "apikey"
)

// Key is something secret: a key, a token. It shows its value to Reveal alone,
// so that no error, log or JSON text can hold it by accident.
type Key struct{ value string }

// NewKey makes a Key.
func NewKey(value string) Key { return Key{value} }

// Reveal gives the value.
func (k Key) Reveal() string { return k.value }

// Empty reports whether there is none.
func (k Key) Empty() bool { return k.value == "" }

// String and GoString, which all of package fmt goes through, hide the value.
func (k Key) String() string {
	if k.value == "" {
		return ""
	}
	return "[hidden]"
}
func (k Key) GoString() string { return strconv.Quote(k.String()) }

// MarshalText hides the value too.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Account is one entry of a config file, or the one of the environment.
type Account struct {
	Name     string // "" in files that never gave one
	ID       int64  // HubSpot's account id, also called portal id or hub id
	Env      hubapi.Environment
	AuthType AuthType
	Type     string // wire.AccountStandard and so on, "" if unknown
	ParentID int64  // of sandboxes and test accounts, 0 if none is known
	// PublishMode is "draft", "publish", or "" for that of the file.
	PublishMode string

	PersonalAccessKey Key
	APIKey            Key

	ClientID     string
	ClientSecret Key
	RefreshToken Key
	Scopes       []string

	AccessToken Key       // the cached one
	ExpiresAt   time.Time // when it ends

	line    int    // in the file, for messages
	builtIn string // not "": see BuiltIn
}

// Label names the account in messages: "acme (123)".
func (a *Account) Label() string {
	id := strconv.FormatInt(a.ID, 10)
	if a.Name == "" || a.Name == id {
		return id
	}
	return a.Name + " (" + id + ")"
}
