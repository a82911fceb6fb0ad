package validate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/fns-dev/fns/internal/validate"
)

// BenchmarkValidate validates a project of 100 functions, each with a file of its
// own and one that it shares.
func BenchmarkValidate(b *testing.B) {
	dir := b.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for name, text := range bases["platform"] {
		write(name, text)
	}
	write("src/app/functions/lib/shared.js", "exports.greet = (name) => `Hello ${name}`;\n")
	for i := range 100 {
		name := fmt.Sprintf("fn%03d", i)
		write("src/app/functions/"+name+"-hsmeta.json", fmt.Sprintf(`{ "uid": %q, "type": "app-function", "config": { "entrypoint": "/app/functions/%s.js", "secretKeys": ["API_KEY"], "endpoint": { "path": %q, "methods": ["POST"] } } }`, name, name, name))
		write("src/app/functions/"+name+".js", `const { greet } = require('./lib/shared');
const crypto = require('crypto');

exports.main = async (context) => {
  const { name, items = [] } = context.body;
  const total = items.reduce((sum, item) => sum + item.price * item.count, 0);
  const mac = crypto.createHmac('sha256', process.env.API_KEY).update(String(total)).digest('hex');
  if (!name) {
    console.warn('no name', items.length);
    return { statusCode: 400, body: { message: 'name is missing' } };
  }
  return { statusCode: 200, body: { greeting: greet(name), total, mac } };
};
`)
	}
	for b.Loop() {
		result, err := validate.Run(b.Context(), []string{dir}, validate.Options{Now: today})
		if err != nil {
			b.Fatal(err)
		}
		if n := result.Functions(); n != 101 {
			b.Fatalf("%d functions", n)
		}
	}
}
