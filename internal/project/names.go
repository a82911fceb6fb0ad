package project

import "slices"

// TokenVariable is the access token that HubSpot gives the functions of an app.
const TokenVariable = "PRIVATE_APP_ACCESS_TOKEN"

// ReservedVariable reports whether an environment variable belongs to AWS
// Lambda, so that neither environment nor a secret can set it (AWS's list of
// reserved variables; HubSpot's local server warns of the same names and the
// older AWS_ACCESS_KEY and AWS_SECRET_KEY).
func ReservedVariable(name string) bool {
	return slices.Contains([]string{
		"_HANDLER", "_X_AMZN_TRACE_ID", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
		"AWS_EXECUTION_ENV", "AWS_DEFAULT_REGION", "AWS_REGION",
		"AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_FUNCTION_NAME",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
		"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_RUNTIME_API",
		"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"TZ",
	}, name)
}

// Methods are the HTTP methods that an endpoint can have, in the order HubSpot's
// local server lists them.
func Methods() []string { return []string{"GET", "POST", "PUT", "PATCH", "DELETE"} }

// SecretNameRule says what ValidSecretName asks for.
const SecretNameRule = "start with a letter, go on with letters, digits and _, at least two characters"

// ValidSecretName reports whether HubSpot stores a secret of that name: its
// server answers with the pattern [a-zA-Z]([a-zA-Z0-9_])+ (hubspot-cli #698).
func ValidSecretName(name string) bool {
	if len(name) < 2 || !isLetter(name[0]) {
		return false
	}
	for i := 1; i < len(name); i++ {
		if !isLetter(name[i]) && !isDigit(name[i]) && name[i] != '_' {
			return false
		}
	}
	return true
}

// ValidUID reports whether an hsmeta file can have that uid (npm
// @hubspot/project-parsing-lib 0.23.0).
func ValidUID(uid string) bool {
	if len(uid) < 1 || len(uid) > 64 {
		return false
	}
	for i := range len(uid) {
		c := uid[i]
		if !isLetter(c) && !isDigit(c) && c != '_' && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
