// Package credential recognises keys and tokens of well-known services in text,
// by the form that their makers gave them. It is for telling people of a secret
// that should not be where it is, and for not repeating it while doing so.
package credential

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Match is a stretch of text that looks like a credential.
type Match struct {
	Kind       string // "HubSpot private app token"
	Start, End int    // byte offsets
}

// pattern is the form of one kind of credential.
type pattern struct {
	kind string
	// words are texts one of which, in lower case, stands in every match: most
	// texts have none of them, and the expression is not run.
	words []string
	expr  *regexp.Regexp // what counts is the group "key" if there is one
}

const (
	uuid  = `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`
	quote = "[\"'`]"
	// assigned is what stands between a name and its value in code, JSON, .env
	// files and URLs.
	assigned = `["']?\s*[:=]\s*["'` + "`" + `]?`
)

// patterns are compiled when the first text is looked at.
var patterns = sync.OnceValue(func() []pattern {
	p := func(kind, words, expr string) pattern {
		return pattern{kind: kind, words: strings.Fields(words), expr: regexp.MustCompile(expr)}
	}
	return []pattern{
		p("HubSpot private app token", "pat-", `\bpat-[a-z]{2}\d{1,2}-`+uuid+`\b`),
		p("HubSpot personal access key", "ciruyt cirldt circhc cirhcd", `\bCiR(?:uYT|ldT|hcD)[0-9A-Za-z_+/-]{60,}=*`),
		p("HubSpot API key", "hapikey api_key apikey api-key", `(?i)(?:hapikey|(?:hubspot|hs|developer)[_-]?(?:developer[_-]?)?api[_-]?key)`+assigned+`(?P<key>`+uuid+`)\b`),
		p("AWS access key", "akia asia", `\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`),
		p("AWS secret key", "secret", `(?i)aws[a-z_]{0,12}secret[a-z_]{0,12}`+assigned+`(?P<key>[A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)`),
		p("JSON web token", "eyj", `\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}`),
		p("Stripe key", "sk_ rk_", `\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,}`),
		p("Stripe webhook secret", "whsec_", `\bwhsec_[0-9A-Za-z]{24,}`),
		p("Slack token", "xox xapp-", `\b(?:xox[abeoprs]|xapp)-[0-9A-Za-z-]{20,}`),
		p("Slack webhook", "hooks.slack.com", `https://hooks\.slack\.com/services/T[0-9A-Z]{6,}/B[0-9A-Z]{6,}/[0-9A-Za-z]{16,}`),
		p("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", `\bgh[pousr]_[0-9A-Za-z]{36,}`),
		p("GitHub token", "github_pat_", `\bgithub_pat_[0-9A-Za-z_]{50,}`),
		p("GitLab token", "glpat-", `\bglpat-[0-9A-Za-z_-]{20,}`),
		p("Google API key", "aiza", `\bAIza[0-9A-Za-z_-]{35}`),
		p("Google client secret", "gocspx-", `\bGOCSPX-[0-9A-Za-z_-]{20,}`),
		p("SendGrid key", "sg.", `\bSG\.[0-9A-Za-z_-]{20,24}\.[0-9A-Za-z_-]{39,50}`),
		p("Twilio key", "sk", `\bSK[0-9a-f]{32}\b`),
		p("Mailgun key", "key-", `\bkey-[0-9a-f]{32}\b`),
		p("OpenAI key", "t3blbkfj", `\bsk-[0-9A-Za-z_-]{16,}T3BlbkFJ[0-9A-Za-z_-]{16,}`),
		p("Anthropic key", "sk-ant-", `\bsk-ant-[0-9A-Za-z]{3,8}-[0-9A-Za-z_-]{40,}`),
		p("npm token", "npm_", `\bnpm_[0-9A-Za-z]{36}\b`),
		p("Airtable token", "pat", `\bpat[0-9A-Za-z]{14}\.[0-9a-f]{64}\b`),
		p("private key", "private key-----", `-----BEGIN (?:[A-Z]+ ){0,2}PRIVATE KEY-----(?:\\[nr]|[\s"'+,`+"`"+`])*(?P<key>[A-Za-z0-9+/=]{40,})`),
		p("password in a URL", "://", `\b[a-z][a-z0-9+.-]{1,20}://[0-9A-Za-z._%+-]{1,64}:(?P<key>[0-9A-Za-z!#%&*+,.;=?^_~|()-]{3,128})@[a-z0-9]`),
	}
})

// Find gives what looks like a credential, in order of place. Examples that are
// known not to work, and texts made of one character, are left out.
func Find(text string) []Match {
	lower := strings.ToLower(text)
	var found []Match
	for _, p := range patterns() {
		if !slices.ContainsFunc(p.words, func(w string) bool { return strings.Contains(lower, w) }) {
			continue
		}
		group := max(0, p.expr.SubexpIndex("key"))
		for _, at := range p.expr.FindAllStringSubmatchIndex(text, -1) {
			m := Match{Kind: p.kind, Start: at[2*group], End: at[2*group+1]}
			if !isExample(text[m.Start:m.End]) {
				found = append(found, m)
			}
		}
	}
	slices.SortFunc(found, func(a, b Match) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	kept := found[:0]
	for _, m := range found { // of those that overlap, the first
		if len(kept) == 0 || m.Start >= kept[len(kept)-1].End {
			kept = append(kept, m)
		}
	}
	return kept
}

// isExample recognises what documentation shows in place of a credential.
func isExample(key string) bool {
	lower := strings.ToLower(key)
	if slices.Contains([]string{"pass", "password", "passwd", "pwd", "secret", "user", "root", "postgres", "admin", "token"}, lower) {
		return true
	}
	for _, word := range []string{"example", "xxxx", "your", "changeme", "placeholder", "*****", "....", "12345678-1234-1234-1234", "00000000-0000-0000-0000"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	// The part after the last separator is what is random.
	random := key[strings.LastIndexAny(key, "-_.")+1:]
	return len(random) > 3 && strings.Count(random, random[:1]) == len(random)
}

// Mask gives text with every credential shown by its first characters only. The
// number of characters stays, so that columns do.
func Mask(text string) string {
	matches := Find(text)
	if len(matches) == 0 {
		return text
	}
	b := []byte(text)
	for _, m := range matches { // which are ASCII, all patterns are
		for i := m.Start + shown(text[m.Start:m.End]); i < m.End; i++ {
			b[i] = '*'
		}
	}
	return string(b)
}

// Brief gives a credential as it can be named in a message: how it begins.
func Brief(key string) string { return key[:shown(key)] + "…" }

// shown is how many characters of a credential may be seen: the prefix that its
// maker gives to all of them.
func shown(key string) int {
	for i := min(len(key), 12) - 1; i >= 0; i-- {
		if key[i] == '-' || key[i] == '_' {
			return min(i+1, len(key)/3)
		}
	}
	return min(4, len(key)/8)
}
