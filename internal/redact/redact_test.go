package redact

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func TestRedactReplacesValuesByNames(t *testing.T) {
	t.Parallel()
	const key = "pat-na1/+ k\"e&y$1"
	r := New(map[string]string{
		"KEY":    key,
		"PREFIX": "pat-na1",
		"SHORT":  "yes",
		"TWIN":   "pat-na1",
		"PEM":    "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END KEY-----",
	})
	tests := []struct{ name, in, want string }{
		{"the longest value wins", "a " + key + " b", "a [KEY] b"},
		{"a value that begins another", "pat-na1x", "[PREFIX]x"},
		{"several", key + key, "[KEY][KEY]"},
		{"short values stay", "yes", "yes"},
		{"query encoding", url.QueryEscape(key), "[KEY]"},
		{"path encoding", url.PathEscape(key), "[KEY]"},
		{"encodeURIComponent", "pat-na1%2F%2B%20k%22e%26y%241", "[KEY]"},
		{"JSON", `{"k":"pat-na1/+ k\"e\u0026y$1"}`, `{"k":"[KEY]"}`},
		{"base64 of the value", base64.RawStdEncoding.EncodeToString([]byte("pat-na1xyz")), "[PREFIX]Xh5eg"},
		{"one line of several", "key: MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "key: [PEM]"},
		{"nothing to hide", "plain text", "plain text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := r.Redact(tt.in); got != tt.want {
				t.Errorf("Redact(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestBasicAuthorizationIsRedactedAtEveryAlignment(t *testing.T) {
	t.Parallel()
	const secret = "correct horse battery"
	r := New(map[string]string{"PW": secret})
	for _, user := range []string{"", "u", "us", "use", "user"} {
		in := base64.StdEncoding.EncodeToString([]byte(user + ":" + secret + ":tail"))
		got := r.Redact(in)
		if !strings.Contains(got, "[PW]") {
			t.Errorf("user %q: %q stays readable", user, in)
		}
	}
}

func TestTheZeroRedactorReplacesNothing(t *testing.T) {
	t.Parallel()
	var none *Redactor
	if got := none.Redact("secret"); got != "secret" {
		t.Errorf("nil: %q", got)
	}
	if got := new(Redactor).Redact("secret"); got != "secret" {
		t.Errorf("zero: %q", got)
	}
}

func TestWriterFindsValuesSplitOverWrites(t *testing.T) {
	t.Parallel()
	r := New(map[string]string{"A": "abcabd", "B": "abcabdabcabe", "C": "\u00fcber-geheim"})
	const in = "xabcabcabdy abcabdabcab! abcabdabcabe \u00fcber-geheim ab"
	want := r.Redact(in)
	for size := 1; size <= len(in); size++ {
		var out bytes.Buffer
		w := r.Writer(&out)
		for rest := in; rest != ""; {
			n := min(size, len(rest))
			if m, err := w.Write([]byte(rest[:n])); m != n || err != nil {
				t.Fatalf("Write = %d, %v", m, err)
			}
			rest = rest[n:]
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != want {
			t.Errorf("in pieces of %d: %q, want %q", size, got, want)
		}
	}
}

func TestWriterHoldsBackOnlyWhatMayBeAValue(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := New(map[string]string{"A": "secret"}).Writer(&out)
	if _, err := w.Write([]byte("hello sec")); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != "hello " {
		t.Errorf("passed on %q", got)
	}
}

func TestValuesCanChangeWhileOthersRedact(t *testing.T) {
	t.Parallel()
	r := New(map[string]string{"A": "first-value"})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				got := r.Redact("first-value second-value")
				if got != "[A] second-value" && got != "first-value [A]" {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	for range 50 {
		r.Set(map[string]string{"A": "second-value"})
		r.Set(map[string]string{"A": "first-value"})
	}
	wg.Wait()
}
