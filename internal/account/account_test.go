package account

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fns-dev/fns/internal/hubapi"
)

const global = `# our accounts
defaultAccount: 123456 # the shop
allowUsageTracking: false
httpTimeout: 20000
somethingNew:
  deep: [1, two]
accounts:
  # the one for tests
  - name: acme-dev
    accountId: 123456
    env: prod
    authType: personalaccesskey
    accountType: DEVELOPER_TEST
    parentAccountId: 99999
    personalAccessKey: CiRu-example # do not share
    futureKey: kept
    auth:
      tokenInfo:
        accessToken: CJ3-example
        expiresAt: '2025-01-02T03:04:05.678Z'
  - name: "234"
    accountId: 777
    env: qa
    authType: oauth2
    auth:
      clientId: cid
      clientSecret: csec
      scopes:
        - content
        - files
      tokenInfo:
        refreshToken: ref
`

const legacy = `defaultPortal: acme-dev
allowUsageTracking: false
portals:
  - name: acme-dev
    portalId: 123456
    env: prod
    authType: personalaccesskey
    sandboxAccountType: DEVELOPER
    personalAccessKey: CiRu-example
    auth:
      tokenInfo:
        accessToken: ''
        expiresAt: ''
`

// folders makes a home with the global file, if it is not "", and a working
// folder in it.
func folders(t *testing.T, config string, files map[string]string) Where {
	t.Helper()
	home := t.TempDir()
	w := Where{Home: home, Dir: filepath.Join(home, "work", "shop"), Getenv: func(string) string { return "" }}
	if err := os.MkdirAll(w.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if config != "" {
		put(t, w.GlobalPath(), config)
	}
	for name, text := range files {
		put(t, filepath.Join(home, filepath.FromSlash(name)), text)
	}
	return w
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func load(t *testing.T, w Where) *Config {
	t.Helper()
	c, err := Load(w)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBothFormsOfFilesAreRead(t *testing.T) {
	t.Parallel()
	c := load(t, folders(t, global, nil))
	want := []Account{
		{
			Name: "acme-dev", ID: 123456, Env: hubapi.Production, AuthType: PersonalAccessKey, Type: "DEVELOPER_TEST", ParentID: 99999,
			PersonalAccessKey: NewKey("CiRu-example"), AccessToken: NewKey("CJ3-example"), ExpiresAt: time.Date(2025, 1, 2, 3, 4, 5, 678e6, time.UTC),
		},
		{
			Name: "234", ID: 777, Env: hubapi.QA, AuthType: OAuth2, ClientID: "cid", ClientSecret: NewKey("csec"), RefreshToken: NewKey("ref"),
			Scopes: []string{"content", "files"},
		},
	}
	opts := cmp.Options{cmp.AllowUnexported(Key{}), cmpopts.IgnoreFields(Account{}, "line", "builtIn")}
	if diff := cmp.Diff(want, c.Accounts, opts); diff != "" {
		t.Error(diff)
	}
	if c.Kind != Global || c.Default != "123456" || c.Timeout != 20*time.Second {
		t.Errorf("%+v", c)
	}

	c = load(t, folders(t, "", map[string]string{"work/HubSpot.Config.yml": legacy}))
	want = []Account{{
		Name: "acme-dev", ID: 123456, Env: hubapi.Production, AuthType: PersonalAccessKey, Type: "DEVELOPMENT_SANDBOX",
		PersonalAccessKey: NewKey("CiRu-example"),
	}}
	if diff := cmp.Diff(want, c.Accounts, opts); diff != "" {
		t.Error(diff)
	}
	if c.Kind != Local || c.Default != "acme-dev" {
		t.Errorf("%+v", c)
	}
}

func TestTheEndOfATokenIsReadInBothForms(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 16, 25, 59, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2026-11-23T16:25:59.000Z": at, "2026-11-23T17:25:59+01:00": at, "Mon Nov 23 2026 16:25:59 GMT+0000": at, "Mon Nov 23 2026 17:25:59 GMT+0100": at,
		"": {}, "soon": {},
	} {
		if got := expiry(text); !got.Equal(want) {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestTheConfigFileInUse(t *testing.T) {
	t.Parallel()
	w := folders(t, global, map[string]string{"work/hubspot.config.yml": legacy, "work/shop/other.yml": legacy})
	if c := load(t, w); c.Path != w.GlobalPath() {
		t.Errorf("with both files: %s", c.Path)
	}
	w.Config = "other.yml"
	if c := load(t, w); c.Path != filepath.Join(w.Dir, "other.yml") {
		t.Errorf("with a named one: %s", c.Path)
	}
	w.Config = "none.yml"
	if _, err := Load(w); err == nil || !strings.Contains(err.Error(), "none.yml") || errors.Is(err, ErrNone) {
		t.Errorf("with a named one that is not there: %v", err)
	}
	w.Config = ""
	if err := os.Remove(w.GlobalPath()); err != nil {
		t.Fatal(err)
	}
	if c := load(t, w); filepath.Base(c.Path) != "hubspot.config.yml" {
		t.Errorf("without the global one: %s", c.Path)
	}
	if _, err := Load(folders(t, "", nil)); !errors.Is(err, ErrNone) {
		t.Errorf("without any: %v", err)
	}
}

func TestTheAccountInUse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, want string // of --account
		config     string
		files      map[string]string
		id         int64
		from       string // base name
		err        string
	}{
		{name: "the default", config: global, id: 123456, from: "config.yml"},
		{name: "by name", config: global, want: "acme-dev", id: 123456},
		{name: "by id", config: global, want: "777", id: 777},
		{name: "a number that is a name", config: global, want: "234", id: 777},
		{name: "unknown", config: global, want: "acme", err: `unknown account "acme", known: acme-dev (123456), 234 (777)`},
		{name: "an override", config: global, files: map[string]string{"work/.hsaccount": " 777\n"}, id: 777, from: ".hsaccount"},
		{name: "an override that is unknown", config: global, files: map[string]string{"work/.hsaccount": "5"}, err: ".hsaccount, known: acme-dev"},
		{name: "an override that is no number", config: global, files: map[string]string{"work/.hsaccount": "acme"}, err: "must hold one account id"},
		{name: "a name beats an override", config: global, want: "123456", files: map[string]string{"work/.hsaccount": "777"}, id: 123456},
		{name: "a linked folder", config: global, files: map[string]string{"work/.hs/settings.json": `{"localDefaultAccount":777}`, "work/.hsaccount": "123456"}, id: 777, from: "settings.json"},
		{name: "a linked folder without a default", config: global, files: map[string]string{"work/.hs/settings.json": `{"accounts":[777]}`}, id: 123456, from: "config.yml"},
		{name: "an override beside an older file", files: map[string]string{"work/hubspot.config.yml": legacy, "work/.hsaccount": "5"}, id: 123456, from: "hubspot.config.yml"},
		{name: "no default", config: "accounts:\n  - accountId: 1\n", err: "no default account"},
		{name: "a default that is not there", config: "defaultAccount: 2\naccounts:\n  - accountId: 1\n", err: `unknown account "2" in`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := load(t, folders(t, tt.config, tt.files)).Choose(tt.want)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			from := ""
			if got.From != "" {
				from = filepath.Base(got.From)
			}
			if got.Account.ID != tt.id || from != tt.from {
				t.Errorf("account %d from %q", got.Account.ID, got.From)
			}
		})
	}
}

func TestAnUnknownAccountComesWithAGuess(t *testing.T) {
	t.Parallel()
	_, err := load(t, folders(t, global, nil)).Choose("acme-dve")
	var unknown *UnknownError
	if !errors.As(err, &unknown) || unknown.Hint() != "did you mean acme-dev?" {
		t.Errorf("%v", err)
	}
}

func TestTheEnvironmentCanHoldTheAccount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		env  map[string]string
		want AuthType
		err  string
	}{
		{"a key", map[string]string{VarAccountID: "5", VarKey: "k", VarAPIKey: "a"}, PersonalAccessKey, ""},
		{"the older name", map[string]string{VarPortalID: "5", VarKey: "k"}, PersonalAccessKey, ""},
		{"OAuth", map[string]string{VarAccountID: "5", VarClientID: "c", VarClientSecret: "s", VarRefreshToken: "r", VarAPIKey: "a"}, OAuth2, ""},
		{"an API key", map[string]string{VarAccountID: "5", VarClientID: "c", VarAPIKey: "a"}, APIKey, ""},
		{"no id", map[string]string{VarKey: "k"}, "", "HUBSPOT_ACCOUNT_ID is not set"},
		{"no number", map[string]string{VarAccountID: "acme", VarKey: "k"}, "", "HUBSPOT_ACCOUNT_ID=acme"},
		{"no key", map[string]string{VarAccountID: "5"}, "", "neither HUBSPOT_PERSONAL_ACCESS_KEY"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := folders(t, global, map[string]string{"work/.hsaccount": "777"})
			w.UseEnv, w.Getenv = true, func(name string) string { return tt.env[name] }
			c, err := Load(w)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.Choose("")
			if err != nil || got.Account.ID != 5 || got.Account.AuthType != tt.want || got.Account.Check() != nil {
				t.Errorf("%+v, %v", got.Account, err)
			}
			if err := c.SetDefault(5); err == nil {
				t.Error("the environment was changed")
			}
		})
	}
}

func TestBrokenFilesAreNamedWithTheLineAndNeverWithAKey(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"a broken line", "accounts:\n  - name: 'a\n", "no valid YAML"},
		{"no keys", "- 1\n", "holds no keys"},
		{"accounts that are no list", "x: 1\naccounts: hush\n", "line 2: accounts is no list"},
		{"an account that is a text", "accounts:\n  - hush\n", "line 2: an account must hold keys"},
		{"an account without id", "accounts:\n  - name: a\n    personalAccessKey: hush\n", `line 2: the account "a" has no accountId`},
		{"an id that is none", "accounts:\n  - accountId: hush\n", "no number"},
		{"a key twice", "accounts:\n  - accountId: 1\n    accountId: 2\n", "line 3: the key accountId"},
		{"an anchor that is not there", "accounts:\n  - accountId: 1\n    personalAccessKey: *hush\n", "anchor that is not there"},
		{"two documents", "a: 1\n---\nb: 2\n", "more than one"},
		{"an alias of itself", "accounts: &hush\n  - *hush\n", "line 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := folders(t, tt.text, nil)
			_, err := Load(w)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), w.GlobalPath()) || strings.Contains(err.Error(), "hush") {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestKeysShowThemselvesToNobody(t *testing.T) {
	t.Parallel()
	a := Account{Name: "a", PersonalAccessKey: NewKey("hush"), AccessToken: NewKey("hush"), ClientSecret: NewKey("hush")}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(data), fmt.Sprint(a), fmt.Sprintf("%+v %#v %s %q", a, a, a.PersonalAccessKey, a.AccessToken), fmt.Sprintf("%x", &a)} {
		if strings.Contains(text, "hush") || strings.Contains(text, "68757368") {
			t.Errorf("a key is shown: %s", text)
		}
	}
}

func TestSavingATokenChangesNothingElse(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 1, 2, 3, 4, 5e6, time.FixedZone("", 3600))
	for name, tt := range map[string]struct{ text, want string }{
		"the global file": {global, strings.NewReplacer("CJ3-example", "new-token", "2025-01-02T03:04:05.678Z", "2026-11-01T01:03:04.005Z").Replace(global)},
		"an older file":   {legacy, strings.NewReplacer("accessToken: ''", "accessToken: 'new-token'", "expiresAt: ''", "expiresAt: '2026-11-01T01:03:04.005Z'").Replace(legacy)},
		"no auth at all": {
			"accounts:\n  - accountId: 123456\n    # a note\n    name: a\n",
			"accounts:\n  - accountId: 123456\n    # a note\n    name: a\n    auth:\n      tokenInfo:\n        accessToken: new-token\n        expiresAt: '2026-11-01T01:03:04.005Z'\n",
		},
		"CRLF and a byte order mark": {
			"\ufeffaccounts:\r\n  - accountId: 123456\r\n", "accounts:\n  - accountId: 123456\n    auth:\n      tokenInfo:\n        accessToken: new-token\n        expiresAt: '2026-11-01T01:03:04.005Z'\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := folders(t, tt.text, nil)
			if err := load(t, w).SaveToken(123456, NewKey("new-token"), at, Key{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, content(t, w.GlobalPath())); diff != "" {
				t.Error(diff)
			}
			if a := load(t, w).Accounts[0]; a.AccessToken.Reveal() != "new-token" || !a.ExpiresAt.Equal(at) {
				t.Errorf("read again: %+v", a)
			}
		})
	}
}

func TestAccountsAreAddedChangedAndRemoved(t *testing.T) {
	t.Parallel()
	w := folders(t, "", nil)
	c, err := Open(w, w.GlobalPath())
	if err != nil {
		t.Fatal(err)
	}
	a := Account{Name: "one", ID: 1, AuthType: PersonalAccessKey, Type: "STANDARD", PersonalAccessKey: NewKey("k1")}
	if err := c.Put(a, true); err != nil {
		t.Fatal(err)
	}
	want := "defaultAccount: 1\naccounts:\n  - name: one\n    accountId: 1\n    env: prod\n    authType: personalaccesskey\n    accountType: STANDARD\n    personalAccessKey: k1\n    auth:\n      tokenInfo: {}\n"
	got := content(t, w.GlobalPath())
	// The default is written after the list it belongs to; hs does not mind.
	if !strings.Contains(want, "defaultAccount: 1\n") || strings.ReplaceAll(got, "defaultAccount: 1\n", "") != strings.ReplaceAll(want, "defaultAccount: 1\n", "") {
		t.Error(cmp.Diff(want, got))
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(w.GlobalPath())
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	}
	if err := c.Put(Account{Name: "two", ID: 2, Env: hubapi.QA, AuthType: OAuth2, ClientID: "c", ClientSecret: NewKey("s"), Scopes: []string{"content"}, RefreshToken: NewKey("r")}, false); err != nil {
		t.Fatal(err)
	}
	if err := c.Put(Account{Name: "one", ID: 3}, false); err == nil || !strings.Contains(err.Error(), "account 1 has the name one") {
		t.Errorf("a name twice: %v", err)
	}
	for _, name := range []string{"a b", "a\tb", "a\x00", ""} {
		if err := c.Rename(2, name); err == nil {
			t.Errorf("the name %q was taken", name)
		}
	}
	a.PersonalAccessKey = NewKey("k2")
	steps := []error{c.Put(a, false), c.Rename(1, "uno"), c.SetDefault(2)}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	if c.Default != "2" || c.ByID(1).Name != "uno" || c.ByID(1).PersonalAccessKey.Reveal() != "k2" || len(c.Accounts) != 2 || c.ByID(2).Check() != nil {
		t.Errorf("%+v", c)
	}
	if err := c.Remove(2); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Choose(""); !errors.Is(err, ErrNoDefault) || len(c.Accounts) != 1 {
		t.Errorf("after removing the default: %v", err)
	}
	if err := c.Remove(1); err != nil {
		t.Fatal(err)
	}
	if _, err := load(t, w).Choose(""); !errors.Is(err, ErrNone) {
		t.Errorf("after removing all: %v", err)
	}
}

func TestOlderFilesKeepTheirForm(t *testing.T) {
	t.Parallel()
	w := folders(t, "", map[string]string{"work/hubspot.config.yml": legacy})
	c := load(t, w)
	if err := errors.Join(c.Put(Account{Name: "two", ID: 2, AuthType: APIKey, APIKey: NewKey("k")}, false), c.Rename(123456, "shop")); err != nil {
		t.Fatal(err)
	}
	got := content(t, c.Path)
	for _, want := range []string{"defaultPortal: shop\n", "portals:\n  - name: shop\n    portalId: 123456\n", "  - name: two\n    portalId: 2\n", "sandboxAccountType: DEVELOPER"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
	if err := c.SetDefault(2); err != nil || c.Default != "two" {
		t.Errorf("default %q, %v", c.Default, err)
	}
	fresh, err := Open(w, filepath.Join(w.Dir, LegacyFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := fresh.Put(Account{Name: "a", ID: 9, AuthType: APIKey, APIKey: NewKey("k")}, true); err != nil {
		t.Fatal(err)
	}
	if got := content(t, fresh.Path); !strings.Contains(got, "portalId: 9") || !strings.Contains(got, "defaultPortal: a") {
		t.Error(got)
	}
}

func TestAnEditKeepsWhatAnotherProcessWrote(t *testing.T) {
	t.Parallel()
	w := folders(t, global, nil)
	ours, theirs := load(t, w), load(t, w)
	if err := theirs.Rename(777, "theirs"); err != nil {
		t.Fatal(err)
	}
	if err := ours.Rename(123456, "ours"); err != nil {
		t.Fatal(err)
	}
	if c := load(t, w); c.Accounts[0].Name != "ours" || c.Accounts[1].Name != "theirs" {
		t.Errorf("%+v", c.Accounts)
	}
	if err := theirs.Remove(123456); err != nil {
		t.Fatal(err)
	}
	if err := ours.SaveToken(123456, NewKey("t"), time.Now(), Key{}); err == nil || !strings.Contains(err.Error(), "not there any more") {
		t.Errorf("saving the token of an account that has gone: %v", err)
	}
}

func TestAFileThatOthersCouldReadIsClosed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("permissions are Unix's")
	}
	w := folders(t, global, nil)
	if err := os.Chmod(w.GlobalPath(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := load(t, w).SetDefault(777); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(w.GlobalPath()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestAWriteThatFailsLeavesTheOldFile(t *testing.T) {
	t.Parallel()
	w := folders(t, global, nil)
	c := load(t, w)
	if err := write(filepath.Join(w.GlobalPath(), "sub", "config.yml"), []byte("x")); err == nil {
		t.Error("a file below a file was written")
	}
	if os.Getuid() > 0 { // root may write anywhere
		dir := filepath.Dir(w.GlobalPath())
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		err := c.SetDefault(777)
		_ = os.Chmod(dir, 0o700)
		if err == nil || !strings.Contains(err.Error(), "not changed") {
			t.Errorf("a read-only folder gave %v", err)
		}
	}
	if got := content(t, w.GlobalPath()); got != global {
		t.Error("the file was changed")
	}
}

func TestNamesOfAccountsAreKebabCase(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Acme Shop (EU)": "acme-shop-eu", "acmeShop": "acme-shop", "ACME": "acme", " a__b ": "a-b", "Äpfel 2 Go": "äpfel-2-go", "": "", "!!": "",
	} {
		if got := KebabCase(in); got != want {
			t.Errorf("KebabCase(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAnOverrideIsWrittenAndFound(t *testing.T) {
	t.Parallel()
	w := folders(t, global, nil)
	path, err := WriteOverride(filepath.Dir(w.Dir), 777)
	if err != nil || w.OverridePath() != path {
		t.Fatalf("%s, %v", path, err)
	}
	if got, err := load(t, w).Choose(""); err != nil || got.Account.ID != 777 {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzConfig(f *testing.F) {
	for _, seed := range []string{global, legacy, "", "{}", "accounts: []", "a: &x [*x]", "accounts:\n- &a {accountId: 1}\n- *a\n", "? {a: b}\n: c", "accounts: [{accountId: 1, auth: {tokenInfo: }}]", "# only\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := parse(data)
		if err != nil {
			return
		}
		before, err := doc.config(Where{})
		if err != nil || len(before.Accounts) == 0 {
			return
		}
		// What can be read can be written and read again, with the change.
		first := before.Accounts[0]
		entry := doc.entry(doc.keysOf(true), first.ID)
		if entry == nil {
			return // the other form's list holds it
		}
		set(child(child(entry, "auth"), "tokenInfo"), "accessToken", text("x: y # z"))
		out, err := doc.bytes()
		if err != nil {
			t.Fatalf("write: %v", err)
		}
		again, err := parse(out)
		if err != nil {
			t.Fatalf("parse again: %v\n%s", err, out)
		}
		after, err := again.config(Where{})
		if err != nil {
			t.Fatalf("read again: %v\n%s", err, out)
		}
		if len(after.Accounts) != len(before.Accounts) || after.Accounts[0].AccessToken.Reveal() != "x: y # z" || after.Default != before.Default {
			t.Fatalf("changed on the way: %q\n%s", data, out)
		}
	})
}
