package wire

import (
	"encoding/json"
	"strings"
)

// Error is the body of an answer that is no success.
type Error struct {
	Status        string        `json:"status,omitempty"` // "error"
	Message       string        `json:"message,omitempty"`
	CorrelationID string        `json:"correlationId,omitempty"`
	Category      string        `json:"category,omitempty"`
	SubCategory   string        `json:"subCategory,omitempty"`
	ErrorType     string        `json:"errorType,omitempty"`
	Errors        []ErrorDetail `json:"errors,omitempty"`
	Context       Context       `json:"context,omitempty"`
}

// ErrorDetail is one of several things that are wrong.
type ErrorDetail struct {
	Message     string       `json:"message,omitempty"`
	In          string       `json:"in,omitempty"`
	Code        string       `json:"code,omitempty"`
	SubCategory string       `json:"subCategory,omitempty"`
	Context     Context      `json:"context,omitempty"`
	ErrorTokens *ErrorTokens `json:"errorTokens,omitempty"`
}

// ErrorTokens says where in a file an ErrorDetail is.
type ErrorTokens struct {
	Line ID `json:"line,omitempty"`
}

// Context is further facts about an error by name. HubSpot writes a single
// value as a text or as a list.
type Context map[string][]string

// UnmarshalJSON takes lists, texts and numbers, and leaves out the rest.
func (c *Context) UnmarshalJSON(data []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		// A list or a text in its place must not hide the error it belongs to.
		*c = nil
		return nil
	}
	*c = Context{}
	for name, value := range raw {
		var list []ID
		if json.Unmarshal(value, &list) == nil {
			for _, s := range list {
				(*c)[name] = append((*c)[name], string(s))
			}
			continue
		}
		var one ID
		if json.Unmarshal(value, &one) == nil && one != "" {
			(*c)[name] = []string{string(one)}
		}
	}
	return nil
}

// First gives the first value of a name, "" where there is none.
func (c Context) First(name string) string {
	if len(c[name]) == 0 {
		return ""
	}
	return c[name][0]
}

// The categories of errors that HubSpot's own client tells apart.
const (
	CategoryMissingScopes  = "MISSING_SCOPES"
	CategoryGated          = "GATED"
	CategoryAuthentication = "INVALID_AUTHENTICATION"
	CategoryValidation     = "VALIDATION_ERROR"
	CategoryRateLimits     = "RATE_LIMITS"
	CategoryNotFound       = "OBJECT_NOT_FOUND"
)

// The sub-categories of errors that change what a client does.
const (
	ProjectLocked             = "BuildPipelineErrorType.PROJECT_LOCKED"
	MissingProjectProvision   = "BuildPipelineErrorType.MISSING_PROJECT_PROVISION"
	BuildNotInProgress        = "BuildPipelineErrorType.BUILD_NOT_IN_PROGRESS"
	PortalGated               = "BuildPipelineErrorType.PORTAL_GATED"
	DependentSubbuildFailed   = "BuildPipelineErrorType.DEPENDENT_SUBBUILD_FAILED"
	DependentSubdeployFailed  = "DeployPipelineErrorType.DEPENDENT_SUBDEPLOY_FAILED"
	DeployContainsRemovals    = "DeployPipelineErrorType.WARNING_DEPLOY_CONTAINS_REMOVALS"
	PlatformVersionMissing    = "PlatformVersionErrorType.PLATFORM_VERSION_NOT_SPECIFIED"
	PlatformVersionRetired    = "PlatformVersionErrorType.PLATFORM_VERSION_RETIRED"
	PlatformVersionUnknown    = "PlatformVersionErrorType.PLATFORM_VERSION_SPECIFIED_DOES_NOT_EXIST"
	PortalNotActive           = "LocalDevAuthErrorType.PORTAL_NOT_ACTIVE"
	InvalidPortalID           = "LocalDevAuthErrorType.INVALID_PORTAL_ID"
	ContextPlatformVersion    = "PLATFORM_VERSION"         // in the Context of PlatformVersionUnknown
	ContextRetiredVersion     = "RETIRED_PLATFORM_VERSION" // in that of PlatformVersionRetired
	ContextComponent          = "COMPONENT_NAME"           // in that of DeployContainsRemovals
	ContextRequiredScopes     = "requiredScopes"           // in that of an ErrorDetail
	ContextRequiredScopeGroup = "requiredGranularScopes"   // the same, as public APIs name it
)

// Scopes lists the scopes that the answer says are missing, without doubles.
func (e *Error) Scopes() []string {
	var scopes []string
	seen := map[string]bool{}
	add := func(c Context) {
		for _, name := range []string{ContextRequiredScopes, ContextRequiredScopeGroup} {
			for _, s := range c[name] {
				if s = strings.TrimSpace(s); s != "" && !seen[s] {
					seen[s] = true
					scopes = append(scopes, s)
				}
			}
		}
	}
	add(e.Context)
	for _, d := range e.Errors {
		add(d.Context)
	}
	return scopes
}
