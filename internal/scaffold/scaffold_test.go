package scaffold_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/scaffold"
	"github.com/fns-dev/fns/internal/validate"
)

func shop(features ...scaffold.Feature) scaffold.Project {
	p := scaffold.Project{
		Name: "shop", Platform: lifecycle.Current, Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		App: &scaffold.App{Distribution: scaffold.Private, Auth: scaffold.Static},
	}
	for _, f := range features {
		p.Components = append(p.Components, scaffold.Component{Feature: f, Name: "my " + string(f)})
	}
	return p
}

func TestEveryProjectIsWithoutFindings(t *testing.T) {
	t.Parallel()
	for _, version := range scaffold.Platforms() {
		for _, typed := range []bool{false, true} {
			t.Run(version+map[bool]string{true: " in TypeScript"}[typed], func(t *testing.T) {
				t.Parallel()
				features := []scaffold.Feature{scaffold.Card, scaffold.EndpointFunction, scaffold.PrivateFunction}
				switch {
				case lifecycle.Before(version, "2025.2"):
					features = features[1:]
				case lifecycle.WithoutFunctions(version):
					features = features[:1]
				}
				p := shop(features...)
				p.Platform, p.TypeScript, p.Force = version, typed, true
				dir := t.TempDir()
				plan, err := scaffold.NewProject(dir, p)
				if err != nil {
					t.Fatal(err)
				}
				if err := plan.Write(); err != nil {
					t.Fatal(err)
				}
				var off []validate.Setting
				for _, rule := range []string{"platform-sunset=off", "no-functions=off"} {
					s, err := validate.ParseSetting(rule)
					if err != nil {
						t.Fatal(err)
					}
					off = append(off, s)
				}
				result, err := validate.Run(t.Context(), []string{dir}, validate.Options{Rules: off, Now: p.Now})
				if err != nil || len(result.List) > 0 {
					t.Errorf("findings %v, %v", result.List, err)
				}
				want := 2
				if len(features) == 1 {
					want = 0
				}
				if result.Functions() != want {
					t.Errorf("%d functions, want %d", result.Functions(), want)
				}
			})
		}
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "src", "app", "app-hsmeta.json")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	plan, err := scaffold.NewProject(dir, shop())
	if err != nil {
		t.Fatal(err)
	}
	exists := (*scaffold.ExistsError)(nil)
	if err := plan.Write(); !errors.As(err, &exists) || len(exists.Files) != 1 {
		t.Errorf("the error is %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestAFailedWriteIsTakenBack(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("needs a folder that can't be written to")
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "src"), 0o555); err != nil {
		t.Fatal(err)
	}
	plan, err := scaffold.NewProject(dir, shop())
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Write(); err == nil {
		t.Fatal("it was written")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestNamesAreChecked(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"shop": "", "My Shop 2": "", "Öl": "", "a.b": "",
		"": "is blank", "  ": "is blank", " a": "space", ".git": "dot", "a/b": "character", `a\b`: "character", "..": "dot",
		"nul": "Windows", "a\nb": "control", "日本": "neither letters", strings.Repeat("a", 101): "longer", "a:b": "colon", "x.": "ends in a dot",
	} {
		err := scaffold.CheckName("project", name)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
	}
}

func TestIdentifiersAreMadeOfNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"shop": "shop", "My Shop": "my-shop", "Öl & Gas": "l-gas", "a__b.c": "a__b.c", "--": "--", "日本": "", "(x)": "x",
		strings.Repeat("ab ", 40): strings.Repeat("ab-", 21) + "a",
	} {
		got := scaffold.UID(name)
		if got != want || got != "" && !project.ValidUID(got) {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
}

func TestFeaturesAreRead(t *testing.T) {
	t.Parallel()
	got, err := scaffold.ParseFeatures([]string{"card, app-function", "card", ""})
	if d := cmp.Diff([]scaffold.Feature{scaffold.Card, scaffold.PrivateFunction}, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	if _, err := scaffold.ParseFeatures([]string{"webhooks"}); err == nil {
		t.Error("a feature without a template is taken")
	}
}

func FuzzUIDsAreValid(f *testing.F) {
	f.Add("My Shop")
	f.Add("é\x00-.")
	f.Fuzz(func(t *testing.T, name string) {
		if uid := scaffold.UID(name); uid != "" && !project.ValidUID(uid) {
			t.Errorf("%q gives %q", name, uid)
		}
	})
}
