package hubapi

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/wire"
)

func now() time.Time { return time.Now() }

// reason is one entry of the catalogue: answers that do not say what is wrong,
// or say something else, and what is behind them.
type reason struct {
	match func(*Error) bool
	cause func(*Error) string // "" keeps HubSpot's message
	hint  func(e *Error, web string) string
}

// explain gives what is really wrong and what to do about it.
func explain(e *Error, web string) (cause, hint string) {
	for _, r := range catalogue() {
		if r.match(e) {
			cause, hint = r.cause(e), r.hint(e, web)
			break
		}
	}
	if retired(e) && !strings.Contains(hint, FunctionsSunset()) {
		hint = strings.TrimPrefix(hint+". ", ". ") + FunctionsSunset()
	}
	return cause, hint
}

// retired reports whether HubSpot has refused a change of functions of the design
// manager. It takes none any more, whatever reason it gives.
func retired(e *Error) bool {
	upload, _, _ := strings.Cut(wire.FileUpload, "{")
	functions := e.Path == wire.FolderBuild || strings.HasPrefix(e.Path, upload) && strings.Contains(e.Path, ".functions")
	switch e.Status {
	case http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusRequestTimeout:
		return false
	default:
		return functions && e.Status >= 400 && e.Status < 500
	}
}

// FunctionsSunset says how functions of the design manager end.
func FunctionsSunset() string {
	return "functions of the design manager: " + lifecycle.Sentence(lifecycle.DesignManager(), now()) + ". New ones belong into a project (fns project create)"
}

func is(subCategory string) func(*Error) bool {
	return func(e *Error) bool { return IsSubCategory(e, subCategory) }
}

func status(code int) func(*Error) bool { return func(e *Error) bool { return e.Status == code } }

// says matches words of the message or of a detail, in any case.
func says(words ...string) func(*Error) bool {
	return func(e *Error) bool {
		texts := []string{e.Body.Message}
		for _, d := range e.Body.Errors {
			texts = append(texts, d.Message)
		}
		for _, text := range texts {
			for _, w := range words {
				if strings.Contains(strings.ToLower(text), w) {
					return true
				}
			}
		}
		return false
	}
}

func text(s string) func(*Error) string { return func(*Error) string { return s } }

func advice(s string) func(*Error, string) string { return func(*Error, string) string { return s } }

// catalogue is asked from the top; the first entry that matches counts.
func catalogue() []reason {
	return []reason{
		{says("unknown to this hublet", "hublet"), wrongHublet, advice("compare accountId and env of the account with the address of HubSpot in your browser; --api-origin or FNS_API_ORIGIN names another host of the API")},
		{is(wire.ProjectLocked), text("the project is locked: somebody runs project dev or project watch on it, or a build from its repository is under way"),
			func(e *Error, web string) string {
				return fmt.Sprintf("end that session, or unlock the project at %s/developer-projects/%d", web, e.AccountID)
			}},
		{is(wire.PlatformVersionRetired), retiredVersion, advice("set platformVersion in hsproject.json to a supported one; see https://developers.hubspot.com/docs/platform/platform-versioning")},
		{is(wire.PlatformVersionMissing), text("hsproject.json has no platformVersion"), advice("add for instance \"platformVersion\": \"2026.03\" to hsproject.json")},
		{is(wire.PlatformVersionUnknown), unknownVersion, advice("correct platformVersion in hsproject.json; see https://developers.hubspot.com/docs/platform/platform-versioning")},
		{is(wire.DeployContainsRemovals), text(""), advice("deploy with --force if the components may go")},
		{is(wire.PortalNotActive), text("the account is not active any more"), advice("fns account clean removes such accounts from the configuration")},
		{is(wire.InvalidPortalID), text("there is no such account, or the key belongs to another one"), newKey},
		{both(status(http.StatusForbidden), func(e *Error) bool { return e.Body.Category == wire.CategoryMissingScopes }), missingScope, newKey},
		{both(status(http.StatusForbidden), func(e *Error) bool { return e.Body.Category == wire.CategoryGated }), text("the account has no access to this feature: its subscription does not include it, or it is a beta that the account has not joined"),
			advice("an administrator of the account can see subscription and betas in HubSpot's settings")},
		{both(says("cannot end with .functions", "can't end with .functions", "may not end with .functions"), notFound(false)),
			text("the account takes no serverless functions here: it has no Content Hub Enterprise, or the key lacks the scope cms.functions.read_write; the name of the folder is right"),
			functionsEnded},
		{both(status(http.StatusForbidden), func(e *Error) bool { return strings.HasPrefix(e.Path, "/cms/v3/functions") }),
			text("the account has no serverless functions (Content Hub Enterprise), or the key lacks the scope cms.functions.read_write"), newKey},
		{status(http.StatusUnauthorized), unauthorized, newKey},
		{status(http.StatusForbidden), text(""), newKey},
		{status(http.StatusRequestEntityTooLarge), text("it is larger than HubSpot takes"), advice("leave files out with .hsignore")},
		{status(http.StatusTooManyRequests), tooMany, advice("wait, and make fewer calls at once")},
		{func(e *Error) bool { return e.Status >= 500 }, text(""), func(e *Error, _ string) string {
			hint := "try again later; see https://status.hubspot.com"
			if e.Body.CorrelationID != "" {
				hint += "; HubSpot's support can find the call by its correlation id"
			}
			return hint
		}},
		{status(http.StatusBadRequest), text(""), advice("")},
		{status(http.StatusNotFound), text(""), advice("")},
	}
}

func both(a, b func(*Error) bool) func(*Error) bool {
	return func(e *Error) bool { return a(e) && b(e) }
}

// notFound(false) matches every status but 404, whose message names a folder
// that is not there.
func notFound(want bool) func(*Error) bool {
	return func(e *Error) bool { return (e.Status == http.StatusNotFound) == want }
}

func wrongHublet(e *Error) string {
	return fmt.Sprintf("account %d lives in another data centre of HubSpot (hublet) than the one that answered, or does not exist", e.AccountID)
}

func contextOf(e *Error, name string) string {
	if v := e.Body.Context.First(name); v != "" {
		return v
	}
	for _, d := range e.Body.Errors {
		if v := d.Context.First(name); v != "" {
			return v
		}
	}
	return ""
}

func retiredVersion(e *Error) string {
	v := contextOf(e, wire.ContextRetiredVersion)
	if v == "" {
		return "HubSpot takes no more builds and deploys of the project's platform version"
	}
	return "HubSpot takes no more builds and deploys of platform version " + v
}

func unknownVersion(e *Error) string {
	v := contextOf(e, wire.ContextPlatformVersion)
	if v == "" {
		return "HubSpot does not know the project's platform version"
	}
	return "HubSpot does not know platform version " + v
}

func missingScope(e *Error) string {
	scopes := e.Body.Scopes()
	if len(scopes) == 0 {
		if scope := scopeOf(e.Path); scope != "" {
			return "the key of this account lacks a scope, most likely " + scope
		}
		return "the key of this account lacks a scope for this call"
	}
	word := "the scope "
	if len(scopes) > 1 {
		word = "the scopes "
	}
	return "the key of this account lacks " + word + strings.Join(scopes, ", ")
}

// scopeOf gives the scope that calls below a path need, "" where it is not
// known.
func scopeOf(path string) string {
	if strings.HasPrefix(path, "/cms/v3/functions") {
		return "cms.functions.read_write"
	}
	return ""
}

// unauthorized tells a wrong login by what was called: the exchange of the key
// or a call with a token.
func unauthorized(e *Error) string {
	if e.Path == wire.AuthRefresh {
		return "HubSpot does not accept the personal access key: it was deactivated, belongs to another account, or is incomplete"
	}
	return "HubSpot does not accept the login"
}

func newKey(e *Error, web string) string {
	page := wire.KeyPage
	if e.AccountID != 0 {
		page = wire.Path(wire.AccountKeyPage, strconv.FormatInt(e.AccountID, 10))
	}
	return fmt.Sprintf("make or extend the personal access key at %s%s, then run fns account auth", web, page)
}

func functionsEnded(e *Error, web string) string {
	return newKey(e, web) + ". " + FunctionsSunset()
}

func tooMany(e *Error) string {
	if says("daily")(e) {
		return "the account has used up its calls of the day"
	}
	return ""
}
