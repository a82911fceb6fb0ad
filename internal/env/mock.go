package env

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/dotenv"
	"github.com/fns-dev/fns/internal/limits"
)

// Mock is what a function's context says locally about the account and the
// visitor. It comes from the HUBSPOT_ variables of the .env file, which do not
// enter process.env; the names and defaults are those of HubSpot's local server,
// the types those of HubSpot itself.
type Mock struct {
	AccountID int64 // HUBSPOT_ACCOUNT_ID
	// Contact is nil for a visitor that HubSpot does not know: with
	// Options.Anonymous, or with an empty HUBSPOT_CONTACT_VID.
	Contact             *Contact
	TimeRemaining       int64 // milliseconds, HUBSPOT_LIMITS_TIME_REMAINING
	ExecutionsRemaining int64 // HUBSPOT_LIMITS_EXECUTIONS_REMAINING
}

// Contact is the visitor of context.contact.
type Contact struct {
	VID             int64   // HUBSPOT_CONTACT_VID
	IsLoggedIn      bool    // HUBSPOT_CONTACT_IS_LOGGED_IN
	ListMemberships []int64 // HUBSPOT_CONTACT_LIST_MEMBERSHIPS, separated by commas; never nil
}

// What HubSpot's local server (npm @hubspot/serverless-dev-runtime 7.0.6) says
// where the .env file says nothing.
const (
	defaultAccount = 123456
	defaultVID     = 12345
)

func (m Mock) clone() Mock {
	if m.Contact != nil {
		c := *m.Contact
		c.ListMemberships = slices.Clone(c.ListMemberships)
		m.Contact = &c
	}
	return m
}

// mock reads the HUBSPOT_ variables of a .env file; a value that can't be used
// gets a diagnostic, and the default takes its place.
func mock(file *dotenv.File, anonymous bool) (Mock, diag.List) {
	v := variables{file: file}
	budget := limits.All().Max(limits.Budget, nil, false)
	m := Mock{
		AccountID:           v.number("HUBSPOT_ACCOUNT_ID", defaultAccount),
		TimeRemaining:       v.number("HUBSPOT_LIMITS_TIME_REMAINING", budget),
		ExecutionsRemaining: v.number("HUBSPOT_LIMITS_EXECUTIONS_REMAINING", budget/limits.All().Max(limits.Time, nil, false)),
		Contact: &Contact{
			VID:             v.number("HUBSPOT_CONTACT_VID", defaultVID),
			IsLoggedIn:      v.boolean("HUBSPOT_CONTACT_IS_LOGGED_IN", true),
			ListMemberships: v.numbers("HUBSPOT_CONTACT_LIST_MEMBERSHIPS"),
		},
	}
	if e, ok := file.Get("HUBSPOT_CONTACT_VID"); anonymous || ok && e.Value == "" {
		m.Contact = nil
	}
	return m, v.list
}

// variables reads typed values from a .env file.
type variables struct {
	file *dotenv.File
	list diag.List
}

// value gives a variable that has a value.
func (v *variables) value(key string) (dotenv.Entry, bool) {
	e, ok := v.file.Get(key)
	e.Value = strings.TrimSpace(e.Value)
	return e, ok && e.Value != ""
}

func (v *variables) malformed(e dotenv.Entry, want string) {
	v.list = append(v.list, diag.Diagnostic{
		Code: diag.EnvMock, Severity: diag.Warning,
		Summary: fmt.Sprintf("%s is %q, not %s; the default is used", e.Key, e.Value, want),
		Range:   e.ValueRange,
		Hint:    "write " + want,
	})
}

func (v *variables) number(key string, otherwise int64) int64 {
	e, ok := v.value(key)
	if !ok {
		return otherwise
	}
	n, err := strconv.ParseInt(e.Value, 10, 64)
	if err != nil || n < 0 {
		v.malformed(e, "a whole number")
		return otherwise
	}
	return n
}

func (v *variables) boolean(key string, otherwise bool) bool {
	e, ok := v.value(key)
	if !ok {
		return otherwise
	}
	switch strings.ToLower(e.Value) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	default:
		v.malformed(e, "true or false")
		return otherwise
	}
}

// numbers reads a list of numbers, separated by commas; square brackets around
// it are allowed.
func (v *variables) numbers(key string) []int64 {
	list := []int64{}
	e, ok := v.value(key)
	if !ok {
		return list
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(e.Value, "["), "]")
	for part := range strings.SplitSeq(inner, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil || n < 0 {
			v.malformed(e, "a list of numbers separated by commas")
			return []int64{}
		}
		list = append(list, n)
	}
	return list
}
