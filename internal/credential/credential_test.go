package credential

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// hex is n characters that look random.
func hex(n int) string { return strings.Repeat("0a9c4e17f3b26d85", 5)[:n] }

// word is n letters and digits that look random.
func word(n int) string { return strings.Repeat("aB3dE7gH1jK9mN5pQ2rT8vX4", 5)[:n] }

var id = hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12)

func TestFind(t *testing.T) {
	t.Parallel()
	// The parts are joined here, so that no scanner takes this file for a leak.
	tests := []struct{ name, text, kind, key string }{
		{"a private app token", `token = "pat-` + `na1-` + id + `"`, "HubSpot private app token", "pat-" + "na1-" + id},
		{"a personal access key", "CiR" + "uYT" + word(80) + "==", "HubSpot personal access key", "CiR" + "uYT" + word(80) + "=="},
		{"an API key in a URL", "https://api.example.org/?hapikey=" + id, "HubSpot API key", id},
		{"an API key in JSON", `{"HUBSPOT_API_KEY": "` + id + `"}`, "HubSpot API key", id},
		{"an AWS access key", "AKIA" + "QWERTYUIOP234567", "AWS access key", "AKIA" + "QWERTYUIOP234567"},
		{"an AWS secret key", "awsSecretAccessKey: '" + word(40) + "'", "AWS secret key", word(40)},
		{"a JSON web token", "Bearer eyJ" + word(20) + ".eyJ" + word(30) + "." + word(40), "JSON web token", "eyJ" + word(20) + ".eyJ" + word(30) + "." + word(40)},
		{"a Stripe key", "sk_" + "live_" + word(24), "Stripe key", "sk_" + "live_" + word(24)},
		{"a Slack token", "xoxb-" + "123456789012-" + word(24), "Slack token", "xoxb-" + "123456789012-" + word(24)},
		{"a Slack webhook", "https://hooks.slack.com/" + "services/T0AB1CD2E/B0AB1CD2E/" + word(24), "Slack webhook", "https://hooks.slack.com/" + "services/T0AB1CD2E/B0AB1CD2E/" + word(24)},
		{"a GitHub token", "ghp_" + word(36), "GitHub token", "ghp_" + word(36)},
		{"a fine-grained GitHub token", "github_pat_" + word(82), "GitHub token", "github_pat_" + word(82)},
		{"a Google API key", "AIza" + word(35), "Google API key", "AIza" + word(35)},
		{"a SendGrid key", "SG." + word(22) + "." + word(43), "SendGrid key", "SG." + word(22) + "." + word(43)},
		{"a private key", "-----BEGIN RSA " + "PRIVATE KEY-----\n" + word(64) + "\n", "private key", word(64)},
		{"a private key in a string", `"-----BEGIN ` + `PRIVATE KEY-----\n` + word(64) + `"`, "private key", word(64)},
		{"a password in a URL", "postgres://app:" + "hunter22@db:5432/x", "password in a URL", "hunter22"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := "before " + tt.text + " after"
			found := Find(text)
			if len(found) != 1 {
				t.Fatalf("found %d in %q: %v", len(found), text, found)
			}
			if m := found[0]; m.Kind != tt.kind || text[m.Start:m.End] != tt.key {
				t.Errorf("got %s %q, want %s %q", m.Kind, text[m.Start:m.End], tt.kind, tt.key)
			}
			masked := Mask(text)
			if strings.Contains(masked, tt.key) || len(masked) != len(text) || !strings.HasPrefix(masked, "before ") || !strings.HasSuffix(masked, " after") {
				t.Errorf("masked: %q", masked)
			}
			if brief := Brief(tt.key); len(brief) > len(tt.key)/2 {
				t.Errorf("Brief gives away too much: %q", brief)
			}
		})
	}
}

func TestFindLeavesAloneWhatIsNoCredential(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "pat-na1-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "pat-na1-00000000-0000-0000-0000-000000000000", "patch-1", "compat-na1",
		"const id = '" + id + "'", "uid: " + id, "AKIAIOSFODNN7EXAMPLE", "sk_live_", "task_live_" + word(10), "eyJhbGciOi", "ghp_short",
		"process.env.API_KEY", "key-value", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PUBLIC KEY-----\n" + word(64), "https://user@host/x",
		"postgres://user:password@localhost/x", "postgres://${user}:${pass}@host", "https://example.com:8080/a@b", "mailto:a@b.c", "AIzaShort", "https://<user>:<password>@host",
	} {
		if found := Find(text); len(found) > 0 {
			t.Errorf("%q: %v", text, found)
		}
		if Mask(text) != text {
			t.Errorf("%q is masked as %q", text, Mask(text))
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add("sk_" + "live_" + word(24) + " AKIA" + "QWERTYUIOP234567")
	f.Add("postgres://app:hunter22@db -----BEGIN PRIVATE KEY-----\\n" + word(64))
	f.Fuzz(func(t *testing.T, text string) {
		masked := Mask(text)
		if len(masked) != len(text) {
			t.Errorf("%d bytes became %d", len(text), len(masked))
		}
		if utf8.ValidString(text) && !utf8.ValidString(masked) {
			t.Errorf("%q became %q, which is not UTF-8", text, masked)
		}
	})
}
