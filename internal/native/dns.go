package native

import (
	"context"
	"errors"
	"net"
	"strings"
)

// dnsNatives serve the dns module with Go's resolver, which reads the same hosts
// file and the same name servers as the system.
func dnsNatives() Table {
	return Table{
		// dnsLookup(host, family, cb): cb(code) or cb(undefined, [[address, family]…]).
		"dnsLookup": func(h Host, a Args) (any, error) {
			host, family, cb := a.String(0), a.Int(1), a.Callback(2)
			done := h.Hold()
			go func() {
				list, err := lookup(h.Context(), host, family)
				done(func() {
					if err != nil {
						cb(lookupCode(err))
						return
					}
					cb(nil, list)
				})
			}()
			return nil, nil
		},
		// dnsResolve(type, name, server, cb): cb(code) or cb(undefined, records).
		"dnsResolve": func(h Host, a Args) (any, error) {
			kind, name, cb := a.String(0), a.String(1), a.Callback(3)
			resolver := net.DefaultResolver
			if server := a.String(2); server != "" {
				resolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
					var d net.Dialer
					return d.DialContext(ctx, network, server)
				}}
			}
			done := h.Hold()
			go func() {
				list, err := resolve(h.Context(), resolver, kind, name)
				done(func() {
					if err != nil {
						cb(queryCode(err))
						return
					}
					cb(nil, list)
				})
			}()
			return nil, nil
		},
	}
}

// lookup finds addresses as getaddrinfo does.
func lookup(ctx context.Context, host string, family int64) ([]any, error) {
	network := map[int64]string{4: "ip4", 6: "ip6"}[family]
	if network == "" {
		network = "ip"
	}
	ips, err := net.DefaultResolver.LookupNetIP(ctx, network, host)
	if err != nil {
		return nil, err
	}
	list := make([]any, 0, len(ips))
	for _, ip := range ips {
		ip = ip.Unmap()
		version := int64(6)
		if ip.Is4() {
			version = 4
		}
		list = append(list, []any{ip.String(), version})
	}
	return list, nil
}

// errRecordType says that Go has no query for a type of record.
var errRecordType = errors.New("no query for this type of record")

func resolve(ctx context.Context, r *net.Resolver, kind, name string) ([]any, error) {
	var list []any
	switch kind {
	case "A", "AAAA":
		network := map[string]string{"A": "ip4", "AAAA": "ip6"}[kind]
		ips, err := r.LookupNetIP(ctx, network, name)
		for _, ip := range ips {
			list = append(list, ip.Unmap().String())
		}
		return list, err
	case "CNAME":
		cname, err := r.LookupCNAME(ctx, name)
		if err == nil && strings.EqualFold(strings.TrimSuffix(cname, "."), strings.TrimSuffix(name, ".")) {
			return nil, &net.DNSError{Err: "no data", Name: name, IsNotFound: true}
		}
		return []any{strings.TrimSuffix(cname, ".")}, err
	case "MX":
		records, err := r.LookupMX(ctx, name)
		for _, m := range records {
			list = append(list, map[string]any{"exchange": strings.TrimSuffix(m.Host, "."), "priority": int64(m.Pref)})
		}
		return list, err
	case "NS":
		records, err := r.LookupNS(ctx, name)
		for _, n := range records {
			list = append(list, strings.TrimSuffix(n.Host, "."))
		}
		return list, err
	case "TXT":
		records, err := r.LookupTXT(ctx, name)
		for _, t := range records {
			list = append(list, []any{t})
		}
		return list, err
	case "SRV":
		_, records, err := r.LookupSRV(ctx, "", "", name)
		for _, s := range records {
			list = append(list, map[string]any{
				"name": strings.TrimSuffix(s.Target, "."), "port": int64(s.Port), "priority": int64(s.Priority), "weight": int64(s.Weight),
			})
		}
		return list, err
	case "PTR":
		records, err := r.LookupAddr(ctx, name)
		for _, p := range records {
			list = append(list, strings.TrimSuffix(p, "."))
		}
		return list, err
	}
	return nil, errRecordType
}

// lookupCode is getaddrinfo's name of a failure.
func lookupCode(err error) string {
	var de *net.DNSError
	if errors.As(err, &de) && !de.IsNotFound && (de.IsTimeout || de.IsTemporary) {
		return "EAI_AGAIN"
	}
	return "ENOTFOUND"
}

// queryCode is c-ares' name of a failure.
func queryCode(err error) string {
	var de *net.DNSError
	var ae *net.AddrError
	switch {
	case errors.Is(err, errRecordType):
		return "ENOTIMP"
	case errors.As(err, &ae): // the name has addresses, of the other family only
		return "ENODATA"
	case errors.As(err, &de) && de.IsNotFound:
		return "ENOTFOUND"
	case errors.As(err, &de) && de.IsTimeout:
		return "ETIMEOUT"
	case errors.As(err, &de) && strings.Contains(de.Err, "refused"):
		return "ECONNREFUSED"
	}
	return "ESERVFAIL"
}
