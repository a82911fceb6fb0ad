package enginetest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// awsSecret is the secret access key of the cases that call AWS.
const awsSecret = "secret"

// signature says of a request that is signed for AWS (Signature Version 4) whether
// the signature is right; it depends on the port of the server, so the value
// itself tells nothing. Any other text is given back as it is.
func (r *request) signature(text, bodyHash string) string {
	m := awsSignature.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	says := "right"
	if r.sign(strings.Split(m[1], "/"), strings.Split(m[2], ";"), r.get("X-Amz-Date"), or(r.get("X-Amz-Content-Sha256"), bodyHash), "") != m[3] {
		says = "wrong"
	}
	return strings.Replace(text, m[3], says, 1)
}

var awsSignature = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=[^/]*/([^,]*), ?SignedHeaders=([^,]*), ?Signature=([0-9a-f]{64})$`)

// presigned reports whether the signature in the query is right.
func (r *request) presigned() bool {
	_, scope, _ := strings.Cut(r.query.Get("X-Amz-Credential"), "/")
	got := r.query.Get("X-Amz-Signature")
	return got == r.sign(strings.Split(scope, "/"), strings.Split(r.query.Get("X-Amz-SignedHeaders"), ";"), r.query.Get("X-Amz-Date"), "UNSIGNED-PAYLOAD", "X-Amz-Signature")
}

// sign makes the signature over a request; leaveOut is a parameter of the query
// that is not signed.
func (r *request) sign(scope, signed []string, at, bodyHash, leaveOut string) string {
	if len(scope) < 4 {
		return ""
	}
	_, raw, _ := strings.Cut(r.target, "?")
	query := []string{}
	for pair := range strings.SplitSeq(raw, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if pair != "" && (leaveOut == "" || key != leaveOut) {
			query = append(query, key+"="+value)
		}
	}
	slices.Sort(query)
	lines := []string{r.method, awsEscape(unescape(r.path)), strings.Join(query, "&")}
	for _, name := range signed {
		lines = append(lines, name+":"+r.get(name))
	}
	lines = append(lines, "", strings.Join(signed, ";"), bodyHash)
	text := strings.Join([]string{"AWS4-HMAC-SHA256", at, strings.Join(scope, "/"), digest(strings.Join(lines, "\n"))}, "\n")
	key := []byte("AWS4" + awsSecret)
	for _, step := range append(slices.Clone(scope), text) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(step))
		key = mac.Sum(nil)
	}
	return hex.EncodeToString(key)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func awsEscape(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(url.QueryEscape(path), "+", "%20"), "%2F", "/")
}
