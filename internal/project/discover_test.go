package project_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/project"
)

func TestDiscoverLoadsEveryGeneration(t *testing.T) {
	t.Parallel()
	tests := []struct {
		fixture, name, version string
		functions              []row
		manifests, dirs        []string
	}{
		{
			fixture: "dm-single", name: "dm-single",
			functions: []row{
				{"hello", "/_hcms/api/hello", "GET", "shop.functions/hello.js", "SHOP_API_KEY"},
				{"cart", "/_hcms/api/cart", "GET POST", "shop.functions/cart.js", "SHOP_API_KEY"},
				{"events/update", "/_hcms/api/events/update", "POST", "shop.functions/endpoints/events-update.js", "SHOP_API_KEY EVENTS_SIGNING_KEY"},
				{"orders", "/_hcms/api/orders", "DELETE", "shop.functions/orders.js", "SHOP_API_KEY"},
			},
			manifests: []string{"shop.functions/serverless.json"},
			dirs:      []string{"shop.functions"},
		},
		{
			fixture: "dm-tree", name: "dm-tree",
			functions: []row{
				{"search", "/_hcms/api/search", "GET", "modules/search.functions/search.js", ""},
				{"newsletter/subscribe", "/_hcms/api/newsletter/subscribe", "POST", "theme/newsletter.functions/subscribe.js", "NEWSLETTER_TOKEN"},
				{"newsletter/status", "/_hcms/api/newsletter/status", "GET", "theme/newsletter.functions/status.js", "NEWSLETTER_TOKEN"},
			},
			manifests: []string{"modules/search.functions/serverless.json", "theme/newsletter.functions/serverless.json"},
			dirs:      []string{"modules/search.functions", "theme/newsletter.functions"},
		},
		{
			fixture: "project-2025.1", name: "deal-tools", version: "2025.1",
			functions: []row{
				{"quote", "", "", "src/app/app.functions/quote.js", "PRICE_LIST_KEY"},
				{"quote-hook", "/hs/serverless/quotes/hook", "POST PUT", "src/app/app.functions/quote-hook.js", "PRICE_LIST_KEY HOOK_KEY"},
				{"health", "/hs/serverless/health", "GET", "src/app/app.functions/health.js", ""},
			},
			manifests: []string{"hsproject.json", "src/app/app.functions/serverless.json"},
			dirs:      []string{"src/app/app.functions"},
		},
		{
			fixture: "project-2026.03", name: "loyalty", version: "2026.03",
			functions: []row{
				{"ping", "/hs/serverless/ping", "GET", "src/app/functions/ping.js", ""},
				{"points", "", "", "src/app/functions/points.js", "LOYALTY_API_KEY"},
				{"redeem_points", "/hs/serverless/api/redeem", "POST", "src/app/functions/src/redeem.ts", "LOYALTY_API_KEY REDEEM_SALT"},
			},
			manifests: []string{"hsproject.json", "src/app/functions/ping-hsmeta.json", "src/app/functions/points-hsmeta.json", "src/app/functions/redeem-hsmeta.json"},
			dirs:      []string{"src/app/functions"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.fixture, func(t *testing.T) {
			t.Parallel()
			root := fixture(t, tt.fixture)
			p, list := project.Discover(root)
			if len(list) > 0 {
				t.Errorf("findings: %v", list)
			}
			if p.Root != root || p.Name != tt.name || p.PlatformVersion != tt.version {
				t.Errorf("root %q, name %q, version %q", p.Root, p.Name, p.PlatformVersion)
			}
			if diff := cmp.Diff(tt.functions, rows(p)); diff != "" {
				t.Errorf("functions (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.manifests, slash(root, p.Manifests...)); diff != "" {
				t.Errorf("manifests (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.dirs, slash(root, p.Dirs...)); diff != "" {
				t.Errorf("dirs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFunctionsKnowTheirGeneration(t *testing.T) {
	t.Parallel()
	legacy := func(version string) map[string]string {
		return map[string]string{
			"hsproject.json":                        `{"name": "p", "srcDir": "src", "platformVersion": "` + version + `"}`,
			"src/app/app.functions/serverless.json": `{"runtime": "nodejs18.x", "environment": {"A": "1"}, "secrets": ["GLOBAL"], "endpoints": {}, "appFunctions": {"f": {"file": "f.js", "secrets": ["OWN"]}}}`,
			"src/app/app.functions/f.js":            "",
		}
	}
	tests := []struct {
		name  string
		files map[string]string
		want  project.Function
		codes []string
	}{
		{"2023.1 calls back and has an environment", legacy("2023.1"), project.Function{
			Generation: project.ProjectServerless, Platform: "2023.1", Runtime: "nodejs18.x", Private: true, UsesCallback: true,
			Environment: map[string]string{"A": "1"}, Secrets: []project.Secret{{Name: "GLOBAL"}, {Name: "OWN"}},
		}, nil},
		{"2023.2 returns and has none", legacy("2023.2"), project.Function{
			Generation: project.ProjectServerless, Platform: "2023.2", Runtime: "nodejs18.x", Private: true,
			Environment: map[string]string{}, Secrets: []project.Secret{{Name: "OWN"}},
		}, []string{"FNS2012", "FNS2012"}},
		{"a design-manager endpoint", map[string]string{
			"x.functions/serverless.json": `{"runtime": "nodejs20.x", "environment": {"A": "1", "B": "1"}, "endpoints": {"f": {"file": "f.js", "environment": {"B": "2"}}}}`,
			"x.functions/f.js":            "",
		}, project.Function{
			Generation: project.DesignManager, Runtime: "nodejs20.x", UsesCallback: true,
			Environment: map[string]string{"A": "1", "B": "2"},
		}, nil},
		{"a platform function", map[string]string{
			"hsproject.json":                  `{"name": "p", "srcDir": "src", "platformVersion": "2026.09"}`,
			"src/app/functions/f-hsmeta.json": `{"uid": "f", "type": "app-function", "config": {"entrypoint": "app/functions/f.js"}}`,
			"src/app/functions/f.js":          "",
		}, project.Function{
			Generation: project.Platform, Platform: "2026.09", Private: true, Environment: map[string]string{},
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, list := project.Discover(write(t, tt.files))
			if len(p.Functions) != 1 {
				t.Fatalf("%d functions, %v", len(p.Functions), list)
			}
			got := *p.Functions[0]
			got.Name, got.Dir, got.Entry, got.Manifest, got.Endpoint = "", "", "", "", nil
			got.Range, got.EntryRange, got.RuntimeRange = diag.Range{}, diag.Range{}, diag.Range{}
			for i := range got.Secrets {
				got.Secrets[i].Range = diag.Range{}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var codes []string
			for _, d := range list {
				codes = append(codes, d.Code)
			}
			if diff := cmp.Diff(tt.codes, codes); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiscoverStartsAnywhere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		start, root string
		functions   []string
	}{
		{"project-2026.03/src/app/cards/PointsCard.jsx", "project-2026.03", []string{"ping", "points", "redeem_points"}},
		{"project-2026.03/src/app/functions/src", "project-2026.03", []string{"ping", "points", "redeem_points"}},
		{"project-2025.1/src/app/app.functions", "project-2025.1", []string{"quote", "quote-hook", "health"}},
		{"dm-single/shop.functions", "dm-single/shop.functions", []string{"hello", "cart", "events/update", "orders"}},
		{"dm-single/shop.functions/endpoints/events-update.js", "dm-single/shop.functions", []string{"hello", "cart", "events/update", "orders"}},
		{"dm-tree/theme", "dm-tree/theme", []string{"newsletter/subscribe", "newsletter/status"}},
	}
	for _, tt := range tests {
		t.Run(tt.start, func(t *testing.T) {
			t.Parallel()
			p, list := project.Discover(fixture(t, tt.start))
			if len(list) > 0 || p.Root != fixture(t, tt.root) {
				t.Errorf("root %s, findings %v", p.Root, list)
			}
			var names []string
			for _, fn := range p.Functions {
				names = append(names, fn.Name)
			}
			if diff := cmp.Diff(tt.functions, names); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiscoverSaysWhereItLooked(t *testing.T) {
	t.Parallel()
	t.Run("an empty tree in a repository", func(t *testing.T) {
		t.Parallel()
		root := write(t, map[string]string{".git/HEAD": "", "docs/a.md": ""})
		p, list := project.Discover(filepath.Join(root, "docs"))
		if len(list) != 1 || list[0].Code != diag.NoFunctions || list[0].Severity != diag.Error {
			t.Fatalf("findings: %v", list)
		}
		for _, want := range []string{filepath.Join(root, "docs"), " and in " + root, "serverless.json", "-hsmeta.json", ".functions"} {
			if !strings.Contains(list[0].Summary+list[0].Detail, want) {
				t.Errorf("%q does not name %s", list[0].Summary+list[0].Detail, want)
			}
		}
		if p.Root == "" || p.Name != "docs" {
			t.Errorf("project %+v", p)
		}
	})
	t.Run("a manifest without endpoints", func(t *testing.T) {
		t.Parallel()
		root := write(t, map[string]string{"a.functions/serverless.json": `{"endpoints": {}}`})
		p, list := project.Discover(root)
		if len(list) != 1 || list[0].Code != diag.NoFunctions || len(list[0].Related) != 1 {
			t.Fatalf("findings: %+v", list)
		}
		if len(p.Manifests) != 1 || len(p.Dirs) != 1 {
			t.Errorf("nothing to watch: %+v", p)
		}
	})
	t.Run("a start that does not exist", func(t *testing.T) {
		t.Parallel()
		start := filepath.Join(t.TempDir(), "none")
		p, list := project.Discover(start)
		if len(list) != 1 || list[0].Code != diag.FileUnreadable || list[0].Range.File != start || p.Root != start {
			t.Errorf("findings: %v", list)
		}
	})
}

func TestEveryRangeLiesInItsManifest(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dm-single", "dm-tree", "project-2025.1", "project-2026.03"} {
		p, _ := project.Discover(fixture(t, name))
		for _, fn := range p.Functions {
			ranges := map[string]diag.Range{fn.Name: fn.Range}
			for _, s := range fn.Secrets {
				ranges[s.Name] = s.Range
			}
			if fn.Endpoint != nil {
				ranges[fn.Endpoint.Path] = fn.Endpoint.Range
			}
			for _, text := range slices.Sorted(maps.Keys(ranges)) {
				if r := ranges[text]; r.File != fn.Manifest || !strings.Contains(r.LineText, text) || r.LineText[r.Start.Column-1] != '"' {
					t.Errorf("%s of %s: range %+v", text, name, r)
				}
			}
		}
	}
}
