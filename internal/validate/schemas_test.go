package validate_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fns-dev/fns/internal/diag"
)

const schemas = "../../docs/schemas/"

// schemaFor gives the schema of a manifest by its name, "" for other files.
func schemaFor(name string) string {
	base := filepath.Base(name)
	switch {
	case base == "serverless.json", base == "hsproject.json", base == "fns.json", base == "app-hsmeta.json":
		return strings.TrimSuffix(base, ".json") + ".schema.json"
	case strings.HasPrefix(base, "hsprofile."):
		return "hsprofile.schema.json"
	case strings.HasSuffix(base, "-hsmeta.json"):
		return "app-function-hsmeta.schema.json"
	}
	return ""
}

// bySchema are the rules that a schema knows, too.
func bySchema(code string) bool {
	switch code {
	case diag.WrongType, diag.MissingKey, diag.UnknownKey, diag.SourceFolder, diag.AppAuth, diag.MissingEntry, diag.UnknownMethod,
		diag.InvalidUID, diag.InvalidPath, diag.SecretName, diag.ReservedSecret, diag.MethodSpelling, diag.PlatformVersion:
		return true
	}
	return false
}

func TestSchemasAgreeWithTheRules(t *testing.T) {
	t.Parallel()
	compiled := map[string]*jsonschema.Schema{}
	files, err := filepath.Glob(schemas + "*.schema.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no schemas", err)
	}
	for _, file := range files {
		schema, err := jsonschema.NewCompiler().Compile(file)
		if err != nil {
			t.Fatal(err)
		}
		compiled[filepath.Base(file)] = schema
	}
	used := map[string]bool{}
	complaints := func(files map[string]string) (list []string) {
		for name, text := range files {
			schema := compiled[schemaFor(name)]
			if schema == nil || text == "(removed)\n" {
				continue
			}
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
			if err != nil {
				continue // no JSON: the rules have a place for it, a schema has not
			}
			used[schemaFor(name)] = true
			if err := schema.Validate(value); err != nil {
				list = append(list, name+": "+err.Error())
			}
		}
		return list
	}
	for name, base := range bases {
		for _, complaint := range complaints(base) {
			t.Errorf("base %s: %s", name, complaint)
		}
	}
	fixtures, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range fixtures {
		f := readFixture(t, file)
		list := complaints(f.bad)
		if len(list) == 0 && bySchema(f.code) {
			t.Errorf("%s: the schema takes the bad one", filepath.Base(file))
		}
		if f.code == diag.RuleFile || f.also != nil {
			continue // names of rules are fns explain's to know
		}
		for _, complaint := range complaints(f.good) {
			t.Errorf("%s: the good one: %s", filepath.Base(file), complaint)
		}
	}
	for name := range compiled {
		if !used[name] {
			t.Errorf("%s was never tried", name)
		}
	}
}
