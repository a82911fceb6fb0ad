package env_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// function makes a function in a new folder that holds the given files.
func function(t *testing.T, generation project.Generation, files map[string]string, secrets ...string) *project.Function {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fn := &project.Function{
		Name: "orders/new", Generation: generation, Dir: dir, Entry: filepath.Join(dir, "new.js"),
		Environment: map[string]string{}, Private: generation != project.DesignManager,
	}
	for _, s := range secrets {
		fn.Secrets = append(fn.Secrets, project.Secret{Name: s})
	}
	return fn
}

// own gives the variables that Lambda does not set.
func own(t *testing.T, vars map[string]string) map[string]string {
	t.Helper()
	base, _ := env.Resolve(function(t, project.DesignManager, nil), env.Options{})
	out := map[string]string{}
	for k, v := range vars {
		if _, ok := base.Vars[k]; !ok {
			out[k] = v
		}
	}
	return out
}

func TestOnlyDeclaredNamesReachTheFunction(t *testing.T) {
	t.Parallel()
	dotenv := map[string]string{".env": "A=1\nUNDECLARED=2\nPRIVATE_APP_ACCESS_TOKEN=tok\nHUBSPOT_ACCOUNT_ID=7\nEMPTY=\nDOLLAR=a$b${A}\n"}
	declared := []string{"A", "EMPTY", "MISSING", "DOLLAR"}
	secrets := []event.Secret{{Name: "A", Present: true}, {Name: "EMPTY"}, {Name: "MISSING"}, {Name: "DOLLAR", Present: true}}
	t.Run("of the design manager", func(t *testing.T) {
		t.Parallel()
		got, list := env.Resolve(function(t, project.DesignManager, dotenv, declared...), env.Options{})
		if len(list) > 0 {
			t.Errorf("findings: %v", list)
		}
		if diff := cmp.Diff(map[string]string{"A": "1", "EMPTY": "", "DOLLAR": "a$b${A}"}, own(t, got.Vars)); diff != "" {
			t.Errorf("vars (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(map[string]string{"A": "1", "DOLLAR": "a$b${A}"}, got.Values); diff != "" {
			t.Errorf("values (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(secrets, got.Secrets); diff != "" {
			t.Errorf("secrets (-want +got):\n%s", diff)
		}
	})
	for _, generation := range []project.Generation{project.ProjectServerless, project.Platform} {
		t.Run("and the token, of "+string(generation), func(t *testing.T) {
			t.Parallel()
			got, _ := env.Resolve(function(t, generation, dotenv, declared...), env.Options{})
			if diff := cmp.Diff(map[string]string{"A": "1", "EMPTY": "", "DOLLAR": "a$b${A}", "PRIVATE_APP_ACCESS_TOKEN": "tok"}, own(t, got.Vars)); diff != "" {
				t.Errorf("vars (-want +got):\n%s", diff)
			}
			if got.Values["PRIVATE_APP_ACCESS_TOKEN"] != "tok" {
				t.Error("the token is not among the values to hide")
			}
			if diff := cmp.Diff(secrets, got.Secrets); diff != "" {
				t.Errorf("secrets (-want +got):\n%s", diff)
			}
		})
	}
}

func TestThePrecedenceOfValues(t *testing.T) {
	t.Parallel()
	fn := function(t, project.DesignManager, map[string]string{".env": "BOTH=file\nSHARED=file\nAWS_REGION=file\n"}, "BOTH", "SHARED", "ELSEWHERE", "AWS_REGION")
	fn.Environment = map[string]string{"BOTH": "environment", "TZ": "Europe/Berlin", "_HANDLER": "x"}
	got, _ := env.Resolve(fn, env.Options{Extra: map[string]string{"SHARED": "extra", "ELSEWHERE": "extra", "OTHER": "extra"}})
	want := map[string]string{"BOTH": "environment", "SHARED": "file", "ELSEWHERE": "extra"}
	if diff := cmp.Diff(want, own(t, got.Vars)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Vars["TZ"] != ":UTC" || got.Vars["_HANDLER"] != "new.main" || got.Vars["AWS_REGION"] != "us-east-1" {
		t.Errorf("reserved names were set: TZ=%q _HANDLER=%q AWS_REGION=%q", got.Vars["TZ"], got.Vars["_HANDLER"], got.Vars["AWS_REGION"])
	}
	if got.Values["BOTH"] != "file" {
		t.Errorf("context.secrets has BOTH=%q, want the secret's own value", got.Values["BOTH"])
	}
}

func TestTheFirstExistingFileIsRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, mode, want string
		files            []string
	}{
		{"nothing", "", "", nil},
		{"the plain file", "", ".env", []string{".env"}},
		{"local before plain", "", ".env.local", []string{".env", ".env.local"}},
		{"no mode, no file of a mode", "", ".env", []string{".env", ".env.dev", ".env.dev.local"}},
		{"local before the mode", "dev", ".env.local", []string{".env", ".env.local", ".env.dev"}},
		{"the mode before plain", "dev", ".env.dev", []string{".env", ".env.dev", ".env.prod"}},
		{"the mode's local before all", "dev", ".env.dev.local", []string{".env", ".env.local", ".env.dev", ".env.dev.local"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{}
			for _, f := range tt.files {
				files[f] = "WHICH=" + f
			}
			fn := function(t, project.Platform, files, "WHICH")
			got, _ := env.Resolve(fn, env.Options{Mode: tt.mode})
			wantFile, wanted := "", filepath.Join(fn.Dir, ".env")
			if tt.want != "" {
				wantFile = filepath.Join(fn.Dir, tt.want)
				wanted = wantFile
			}
			if got.Vars["WHICH"] != tt.want || got.File != wantFile || got.Wanted != wanted {
				t.Errorf("value from %q, file %q, wanted %q; want %q", got.Vars["WHICH"], got.File, got.Wanted, tt.want)
			}
			if !slices.Contains(got.Watch, filepath.Join(fn.Dir, ".env.local")) || !slices.Contains(got.Watch, wanted) {
				t.Errorf("watched are %v", got.Watch)
			}
			if n := len(got.Watch); tt.mode == "" && n != 2 || tt.mode != "" && n != 4 {
				t.Errorf("%d files are watched", n)
			}
		})
	}
	t.Run("a folder named .env is no file", func(t *testing.T) {
		t.Parallel()
		fn := function(t, project.Platform, nil, "A")
		if err := os.Mkdir(filepath.Join(fn.Dir, ".env"), 0o750); err != nil {
			t.Fatal(err)
		}
		if got, list := env.Resolve(fn, env.Options{}); got.File != "" || len(list) > 0 {
			t.Errorf("file %q, findings %v", got.File, list)
		}
	})
}

func TestProcessEnvIsLambdas(t *testing.T) {
	t.Setenv("FNS_TEST_HOST_VARIABLE", "must stay outside")
	fn := function(t, project.DesignManager, nil)
	fn.Runtime = "nodejs18.x"
	got, _ := env.Resolve(fn, env.Options{})
	want := []string{
		"AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME",
		"AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
		"AWS_REGION", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT", "LANG", "LD_LIBRARY_PATH", "NODE_PATH", "PATH", "TZ", "_HANDLER",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got.Vars))); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	for name, value := range map[string]string{
		"AWS_EXECUTION_ENV":               "AWS_Lambda_nodejs18.x",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
		"AWS_LAMBDA_FUNCTION_NAME":        "orders-new",
		"LAMBDA_TASK_ROOT":                fn.Dir,
	} {
		if got.Vars[name] != value {
			t.Errorf("%s is %q, want %q", name, got.Vars[name], value)
		}
	}
	again, _ := env.Resolve(fn, env.Options{})
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("the same function has another environment the second time:\n%s", diff)
	}
}

func TestMockVariablesAreTyped(t *testing.T) {
	t.Parallel()
	visitor := env.Contact{VID: 12345, IsLoggedIn: true, ListMemberships: []int64{}}
	defaults := env.Mock{AccountID: 123456, Contact: &visitor, TimeRemaining: 600_000, ExecutionsRemaining: 60}
	tests := []struct {
		name, file string
		opts       env.Options
		want       env.Mock
		findings   []string
	}{
		{"without a file", "", env.Options{}, defaults, nil},
		{"a visitor nobody knows", "", env.Options{Anonymous: true}, env.Mock{AccountID: 123456, TimeRemaining: 600_000, ExecutionsRemaining: 60}, nil},
		{"an empty vid", "HUBSPOT_CONTACT_VID=\n", env.Options{}, env.Mock{AccountID: 123456, TimeRemaining: 600_000, ExecutionsRemaining: 60}, nil},
		{
			"everything", "HUBSPOT_ACCOUNT_ID=7\nHUBSPOT_CONTACT_VID= 8 \nHUBSPOT_CONTACT_IS_LOGGED_IN='false'\nHUBSPOT_CONTACT_LIST_MEMBERSHIPS=[1, 2,]\nHUBSPOT_LIMITS_TIME_REMAINING=0\nHUBSPOT_LIMITS_EXECUTIONS_REMAINING=3\n",
			env.Options{},
			env.Mock{AccountID: 7, Contact: &env.Contact{VID: 8, ListMemberships: []int64{1, 2}}, ExecutionsRemaining: 3}, nil,
		},
		{
			"values that are none", "HUBSPOT_ACCOUNT_ID=seven\n\nHUBSPOT_CONTACT_VID=-1\nHUBSPOT_CONTACT_IS_LOGGED_IN=maybe\nHUBSPOT_CONTACT_LIST_MEMBERSHIPS=1,x\nHUBSPOT_LIMITS_TIME_REMAINING=1.5\n",
			env.Options{}, defaults,
			[]string{
				`:1:20: warning FNS2104: HUBSPOT_ACCOUNT_ID is "seven", not a whole number; the default is used`,
				`:3:21: warning FNS2104: HUBSPOT_CONTACT_VID is "-1", not a whole number; the default is used`,
				`:4:30: warning FNS2104: HUBSPOT_CONTACT_IS_LOGGED_IN is "maybe", not true or false; the default is used`,
				`:5:34: warning FNS2104: HUBSPOT_CONTACT_LIST_MEMBERSHIPS is "1,x", not a list of numbers separated by commas; the default is used`,
				`:6:31: warning FNS2104: HUBSPOT_LIMITS_TIME_REMAINING is "1.5", not a whole number; the default is used`,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{}
			if tt.file != "" {
				files[".env"] = tt.file
			}
			fn := function(t, project.DesignManager, files)
			got, list := env.Resolve(fn, tt.opts)
			if diff := cmp.Diff(tt.want, got.Mock); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			list.Sort()
			var lines []string
			for _, d := range list {
				lines = append(lines, strings.TrimPrefix(d.String(), filepath.Join(fn.Dir, ".env")))
			}
			if diff := cmp.Diff(tt.findings, lines); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if vars := own(t, got.Vars); len(vars) > 0 {
				t.Errorf("the mock entered process.env: %v", vars)
			}
		})
	}
}

func TestAllReadsEachFolderOnce(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata", "projects", "dm-single"))
	if err != nil {
		t.Fatal(err)
	}
	p, list := project.Discover(dir)
	if len(list) > 0 {
		t.Fatal(list)
	}
	all, list := env.All(p, env.Options{})
	if len(list) > 0 || len(all) != len(p.Functions) {
		t.Fatalf("%d of %d functions, findings %v", len(all), len(p.Functions), list)
	}
	for _, fn := range p.Functions {
		one, _ := env.Resolve(fn, env.Options{})
		if diff := cmp.Diff(one, all[fn]); diff != "" {
			t.Errorf("%s differs from Resolve:\n%s", fn.Name, diff)
		}
	}
	fn := p.Functions[2]
	want := map[string]string{
		"SHOP_API_KEY": "not-a-real-key-1$2", "EVENTS_SIGNING_KEY": "not-a-real-key-2",
		"SHOP_NAME": "Blue Bottle Books", "CURRENCY": "USD", "QUEUE": "events",
	}
	if diff := cmp.Diff(want, own(t, all[fn].Vars)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", fn.Name, diff)
	}
	mock := env.Mock{AccountID: 7654321, Contact: &env.Contact{VID: 42, ListMemberships: []int64{3, 5}}, TimeRemaining: 600_000, ExecutionsRemaining: 60}
	if diff := cmp.Diff(mock, all[fn].Mock); diff != "" {
		t.Errorf("mock (-want +got):\n%s", diff)
	}

	broken := function(t, project.DesignManager, map[string]string{".env": "what is this\n"})
	twice := &project.Project{Functions: []*project.Function{broken, {Name: "b", Dir: broken.Dir, Entry: broken.Entry}}}
	if _, list := env.All(twice, env.Options{}); len(list) != 1 || list[0].Code != diag.EnvLine {
		t.Errorf("a finding is listed %d times: %v", len(list), list)
	}
}

func TestCheckAccountWarnsOfWhatAnAccountCannotHold(t *testing.T) {
	t.Parallel()
	account := func(endpoints, secrets int) *project.Project {
		p := &project.Project{}
		for i := range endpoints {
			p.Functions = append(p.Functions, &project.Function{Endpoint: &project.Endpoint{
				Methods: []string{"GET", "POST"}, Range: diag.Range{File: "/f", Start: diag.Position{Line: i + 1}},
			}})
		}
		fn := &project.Function{}
		for i := range secrets {
			s := project.Secret{Name: "S" + strings.Repeat("x", i), Range: diag.Range{File: "/f", Start: diag.Position{Line: i + 1}}}
			fn.Secrets = append(fn.Secrets, s, s) // a name counts once
		}
		p.Functions = append(p.Functions, fn)
		return p
	}
	if list := env.CheckAccount(account(100, 50), limits.All()); len(list) > 0 {
		t.Errorf("at the limit: %v", list)
	}
	list := env.CheckAccount(account(102, 51), limits.All())
	var got []string
	for _, d := range list {
		got = append(got, d.String())
	}
	want := []string{
		"/f:101:0: warning FNS6001: 102 endpoints; an account can have 100",
		"/f:51:0: warning FNS6002: 51 secrets; an account can have 50",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if list := env.CheckAccount(account(102, 51), limits.All().Without(limits.Endpoints, limits.Secrets)); len(list) > 0 {
		t.Errorf("switched off: %v", list)
	}
}
