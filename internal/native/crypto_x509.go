package native

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net"
	"strings"
)

// nameShort are OpenSSL's short names of the parts of a distinguished name.
func nameShort(oid asn1.ObjectIdentifier) string {
	short, ok := map[string]string{
		"2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST",
		"2.5.4.9": "street", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.13": "description",
		"2.5.4.15": "businessCategory", "2.5.4.17": "postalCode", "2.5.4.41": "name", "2.5.4.42": "GN", "2.5.4.43": "initials",
		"2.5.4.46": "dnQualifier", "2.5.4.97": "organizationIdentifier",
		"1.2.840.113549.1.9.1": "emailAddress", "0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
		"1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL", "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST", "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
	}[oid.String()]
	if !ok {
		return oid.String()
	}
	return short
}

// nameParts gives a distinguished name as a list of [short name, value].
func nameParts(raw []byte) []any {
	var rdns pkix.RDNSequence
	if _, err := asn1.Unmarshal(raw, &rdns); err != nil {
		return nil
	}
	var parts []any
	for _, rdn := range rdns {
		for _, atv := range rdn {
			parts = append(parts, []any{nameShort(atv.Type), fmt.Sprint(atv.Value)})
		}
	}
	return parts
}

// colons writes bytes as AA:BB.
func colons(b []byte) string {
	out := make([]string, len(b))
	for i, v := range b {
		out[i] = fmt.Sprintf("%02X", v)
	}
	return strings.Join(out, ":")
}

// longIP writes an address as OpenSSL does: IPv6 without shortening.
func longIP(ip net.IP) string {
	if v4 := ip.To4(); v4 != nil {
		return v4.String()
	}
	groups := make([]string, 8)
	for i := range groups {
		groups[i] = fmt.Sprintf("%X", int(ip[2*i])<<8|int(ip[2*i+1]))
	}
	return strings.Join(groups, ":")
}

// altNames gives the subject's alternative names as [kind, value], in the
// certificate's order.
func altNames(c *x509.Certificate) []any {
	var list []any
	for _, ext := range c.Extensions {
		if !ext.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 17}) {
			continue
		}
		var seq asn1.RawValue
		if _, err := asn1.Unmarshal(ext.Value, &seq); err != nil {
			return nil
		}
		for rest := seq.Bytes; len(rest) > 0; {
			var v asn1.RawValue
			var err error
			if rest, err = asn1.Unmarshal(rest, &v); err != nil {
				return list
			}
			switch v.Tag {
			case 1:
				list = append(list, []any{"email", string(v.Bytes)})
			case 2:
				list = append(list, []any{"DNS", string(v.Bytes)})
			case 6:
				list = append(list, []any{"URI", string(v.Bytes)})
			case 7:
				if len(v.Bytes) == 4 || len(v.Bytes) == 16 {
					list = append(list, []any{"IP Address", longIP(v.Bytes)})
				}
			}
		}
	}
	return list
}

// extUsageOIDs gives the extended key usages as object identifiers.
func extUsageOIDs(c *x509.Certificate) []any {
	var list []any
	for _, ext := range c.Extensions {
		if ext.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 37}) {
			var oids []asn1.ObjectIdentifier
			if _, err := asn1.Unmarshal(ext.Value, &oids); err == nil {
				for _, o := range oids {
					list = append(list, o.String())
				}
			}
		}
	}
	return list
}

// describeCertificate is what the JavaScript half shows of a certificate.
func describeCertificate(c *x509.Certificate) map[string]any {
	const opensslTime = "Jan _2 15:04:05 2006 GMT"
	s1, s256, s512 := sha1.Sum(c.Raw), sha256.Sum256(c.Raw), sha512.Sum512(c.Raw)
	serial := strings.ToUpper(hex.EncodeToString(c.SerialNumber.Bytes()))
	if serial == "" {
		serial = "00"
	}
	var info []any
	for _, u := range c.OCSPServer {
		info = append(info, []any{"OCSP - URI", u})
	}
	for _, u := range c.IssuingCertificateURL {
		info = append(info, []any{"CA Issuers - URI", u})
	}
	m := map[string]any{
		"handle":  Handle{c},
		"subject": nameParts(c.RawSubject), "issuer": nameParts(c.RawIssuer),
		"altNames": altNames(c), "infoAccess": info, "keyUsage": extUsageOIDs(c),
		"validFrom": c.NotBefore.UTC().Format(opensslTime), "validTo": c.NotAfter.UTC().Format(opensslTime),
		"fingerprint": colons(s1[:]), "fingerprint256": colons(s256[:]), "fingerprint512": colons(s512[:]),
		"serialNumber": serial, "ca": c.IsCA, "raw": bytes.Clone(c.Raw),
		"pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})),
	}
	if k, ok := newPublic(c.PublicKey); ok {
		m["publicKey"] = k.describe()
	}
	return m
}

// parseCertificate reads PEM or DER.
func parseCertificate(data []byte) (*x509.Certificate, error) {
	der := data
	if block, _ := pem.Decode(data); block != nil {
		der = block.Bytes
	} else if len(data) == 0 || data[0] != 0x30 {
		return nil, openssl("0480006C", "PEM routines", "no start line")
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, errWrongTag()
	}
	return c, nil
}

// x509Natives serve X509Certificate.
func x509Natives() Table {
	return Table{
		// certParse(bytes or PEM text) → description
		"certParse": func(h Host, a Args) (any, error) {
			c, err := parseCertificate(dataOf(a, 0))
			if err != nil {
				return nil, err
			}
			return describeCertificate(c), nil
		},
		// certIssuedBy(certificate, issuer): the names match, not the signature
		"certIssuedBy": func(h Host, a Args) (any, error) {
			c, _ := HandleOf[*x509.Certificate](a, 0)
			issuer, _ := HandleOf[*x509.Certificate](a, 1)
			return bytes.Equal(c.RawIssuer, issuer.RawSubject) &&
				(len(c.AuthorityKeyId) == 0 || len(issuer.SubjectKeyId) == 0 || bytes.Equal(c.AuthorityKeyId, issuer.SubjectKeyId)), nil
		},
		// certVerify(certificate, public key): it signed the certificate
		"certVerify": func(h Host, a Args) (any, error) {
			c, _ := HandleOf[*x509.Certificate](a, 0)
			k, _ := HandleOf[*key](a, 1)
			signer := &x509.Certificate{PublicKey: k.pub}
			return signer.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil, nil
		},
	}
}
