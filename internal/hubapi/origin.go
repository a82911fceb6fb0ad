package hubapi

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Environment is the HubSpot that an account lives in.
type Environment string

// The environments, as config files spell them.
const (
	Production Environment = "prod"
	QA         Environment = "qa"
)

// Origins are the addresses that belong to an account: scheme, host and maybe a
// path, without a slash at the end.
type Origins struct {
	API  string // of calls
	Auth string // of logins, the same in most cases
	Web  string // of the website
}

// OriginOptions decide on Origins.
type OriginOptions struct {
	Env       Environment // "" is production
	Localhost bool        // httpUseLocalhost of the config: HubSpot's own developers' machines
	Override  string      // the value of HUBAPI_DOMAIN_OVERRIDE
	APIOrigin string      // of --api-origin or FNS_API_ORIGIN, before all others
}

// ResolveOrigins gives the addresses as hs does: HUBAPI_DOMAIN_OVERRIDE=X means
// https://X.com, whatever X holds, and https://Xqa.com for QA. HubSpot routes
// accounts of other data centres itself, so there is none for these.
// --api-origin is taken as it is, but http only for this machine: the call
// carries keys.
func ResolveOrigins(o OriginOptions) (Origins, error) {
	suffix, web := "", "https://app.hubspot.com"
	if o.Env == QA {
		suffix, web = "qa", "https://app.hubspotqa.com"
	}
	if o.APIOrigin != "" {
		origin, err := checkOrigin(o.APIOrigin)
		return Origins{API: origin, Auth: origin, Web: web}, err
	}
	if o.Override != "" {
		origin := "https://" + o.Override + suffix + ".com"
		if _, err := url.Parse(origin); err != nil {
			return Origins{}, fmt.Errorf("HUBAPI_DOMAIN_OVERRIDE=%s: %s is no address", o.Override, origin)
		}
		return Origins{API: origin, Auth: origin, Web: web}, nil
	}
	auth := "https://api.hubapi" + suffix + ".com"
	api := auth
	if o.Localhost {
		api = "https://local.hubapi" + suffix + ".com"
	}
	return Origins{API: api, Auth: auth, Web: web}, nil
}

func checkOrigin(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", fmt.Errorf("the API origin %q is no address such as https://api.hubapi.com", text)
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("the API origin %q has more than scheme, host and path", u.Redacted())
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return "", fmt.Errorf("the API origin %q would send keys unencrypted: use https, or an address of this machine", text)
	}
	return strings.TrimSuffix(text, "/"), nil
}

// loopback reports whether a host name is this machine's.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost") || ip != nil && ip.IsLoopback()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}
