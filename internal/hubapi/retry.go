package hubapi

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How often a call is made at most, and how long fns waits in between: 0.5 s,
// 1 s, 2 s, each up to a half longer so that many clients do not come back at
// once. A server that asks for more than maxWait is not waited for.
const (
	maxAttempts = 4
	firstWait   = 500 * time.Millisecond
	maxWait     = 60 * time.Second
)

// retry says why a call is to be made again and after how long; why is "" if it
// is not. HubSpot has not acted on a call that it answers with 429, and a
// connection that was never made has carried nothing, so these are repeated
// whatever the call is; the others only where the call may arrive twice.
func (c *Client) retry(k *call, ans *answer, err error, attempt int) (wait time.Duration, why string) {
	if attempt >= maxAttempts {
		return 0, ""
	}
	wait = firstWait << (attempt - 1)
	wait += rand.N(wait / 2) //nolint:gosec // not a secret
	if err != nil {
		var network *NetworkError
		if !errors.As(err, &network) || !network.Temporary() {
			return 0, ""
		}
		if network.Unsent() || k.safe() {
			return wait, network.brief()
		}
		return 0, ""
	}
	switch ans.status {
	case http.StatusTooManyRequests:
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		if !k.safe() {
			return 0, ""
		}
	default:
		return 0, ""
	}
	if asked, ok := retryAfter(ans.header, time.Now()); ok {
		if asked > maxWait {
			return 0, ""
		}
		wait = max(asked, 0)
	}
	return wait, "status " + strconv.Itoa(ans.status)
}

// retryAfter reads how long a server asks to be left alone: seconds or a date.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0, false
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds >= 0 && seconds < 1e9 {
		return time.Duration(seconds * float64(time.Second)), true
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0), true
	}
	return 0, false
}
