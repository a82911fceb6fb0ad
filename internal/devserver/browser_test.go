package devserver

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/browsertest"
	"github.com/fns-dev/fns/internal/event"
)

func TestAPageInABrowserReloadsAfterASave(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	v := browsertest.Visit(t, "localhost", fmt.Sprintf(`<script src="%[1]s/_fns/reload.js"></script><script>
fetch('%[1]s/_hcms/api/a').then((r) => r.text()).then((text) => new EventSource('%[1]s/_fns/reload')
  .addEventListener('hello', () => fetch('/saw?' + new URLSearchParams({ text }))));
</script>`, r.url))
	if got := v.Next(t).Get("text"); got != "a1" {
		t.Fatalf("the page shows %q", got)
	}
	r.write("my.functions/a.js", answering("a2"))
	if got := v.Next(t).Get("text"); got != "a2" {
		t.Errorf("after the reload the page shows %q", got)
	}
}

func TestAForeignPageInABrowserCannotDriveFunctions(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"my.functions/serverless.json": `{"endpoints": {"a": {"file": "a.js", "method": ["GET", "POST"]}}}`,
		"my.functions/a.js":            `let posts = 0; exports.main = (c, send) => { if (c.method === "POST") posts++; send({ body: { posts } }); };`,
	})
	port := r.url[strings.LastIndex(r.url, ":")+1:]
	v := browsertest.Visit(t, "foreign.example", fmt.Sprintf(`<body><script>
const tell = (what, outcome) => fetch('/saw?' + new URLSearchParams({ what, outcome }));
const attempt = (what, url, options) => fetch(url, options)
  .then(async (r) => tell(what, r.type + ' ' + r.status + ' ' + await r.text()), (e) => tell(what, e.name));
(async () => {
  await attempt('simple post', '%[1]s/_hcms/api/a', { method: 'POST', mode: 'no-cors', body: '{}' });
  await attempt('JSON post', '%[1]s/_hcms/api/a', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  await attempt('private call', '%[1]s/api/crm-extensibility/execution/internal/v3/action/function/1', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  await attempt('own name', 'http://rebound.example:%[2]s/_hcms/api/a');
  await attempt('get', '%[1]s/_hcms/api/a');
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts'; // its origin is null
  frame.srcdoc = '<script>(' + ((call, saw) => fetch(call, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    .then((r) => r.status, (e) => e.name)
    .then((outcome) => fetch(saw + '?' + new URLSearchParams({ what: 'sandboxed frame', outcome }), { mode: 'no-cors' }))) +
    ')(' + JSON.stringify('%[1]s/api/crm-extensibility/execution/internal/v3/action/function/1') + ',' + JSON.stringify(location.origin + '/saw') + ')<' + '/script>';
  document.body.append(frame);
})();
</script>`, r.url, port))
	for _, want := range []struct{ what, outcome string }{
		{"simple post", "opaque 0 "}, // sent, and refused
		{"JSON post", "TypeError"},
		{"private call", "TypeError"},
		{"own name", "TypeError"}, // a name that leads here does not make it this machine's
		{"get", `cors 200 {"posts":0}`},
		{"sandboxed frame", "TypeError"},
	} {
		got := v.Next(t)
		if got.Get("what") != want.what || got.Get("outcome") != want.outcome {
			t.Errorf("got %v, want %s: %s", got, want.what, want.outcome)
		}
	}
	for _, reason := range []string{"may not send POST", `"rebound.example:` + port + `" does not name this machine`} {
		next(t, r.events, 0, func(e event.Refused) bool { return strings.Contains(e.Reason, reason) })
	}
}
