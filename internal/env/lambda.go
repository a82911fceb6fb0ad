package env

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// defaultRuntime is what HubSpot runs functions on whose manifest names none:
// projects have no say, and Node 20 is the only one that deploys.
const defaultRuntime = "nodejs20.x"

// Runtime gives what fn runs on at HubSpot, in Lambda's words: "nodejs20.x".
func Runtime(fn *project.Function) string {
	if fn.Runtime == "" {
		return defaultRuntime
	}
	return fn.Runtime
}

// lambda gives the variables that Lambda sets for every function
// (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), as far as
// they mean something here: there are no credentials and there is no runtime API.
// NODE_ENV is not among them; Lambda leaves it unset. LAMBDA_TASK_ROOT names the
// real folder, so that files beside the code are found. They depend on the
// function alone, so that equal builds stay equal.
func lambda(fn *project.Function) map[string]string {
	runtime := Runtime(fn)
	node := strings.TrimSuffix(strings.TrimPrefix(runtime, "nodejs"), ".x")
	name := functionName(fn.Name)
	memory := limits.All().Max(limits.Memory, fn, false) >> 20 // MB
	entry := filepath.Base(fn.Entry)
	return map[string]string{
		"_HANDLER":                        strings.TrimSuffix(entry, filepath.Ext(entry)) + ".main",
		"AWS_DEFAULT_REGION":              "us-east-1",
		"AWS_EXECUTION_ENV":               "AWS_Lambda_" + runtime,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": strconv.FormatInt(memory, 10),
		"AWS_LAMBDA_FUNCTION_NAME":        name,
		"AWS_LAMBDA_FUNCTION_VERSION":     "$LATEST",
		"AWS_LAMBDA_INITIALIZATION_TYPE":  "on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME":       "/aws/lambda/" + name,
		"AWS_LAMBDA_LOG_STREAM_NAME":      "local/[$LATEST]",
		"AWS_REGION":                      "us-east-1",
		"LAMBDA_RUNTIME_DIR":              "/var/runtime",
		"LAMBDA_TASK_ROOT":                fn.Dir,
		"LANG":                            "en_US.UTF-8",
		"LD_LIBRARY_PATH":                 "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
		"NODE_PATH":                       "/opt/nodejs/node" + node + "/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules",
		"PATH":                            "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
		"TZ":                              ":UTC",
	}
}

// functionName makes a name that Lambda allows: letters, digits, - and _, at
// most 64 of them.
func functionName(name string) string {
	allowed := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
	return allowed[:min(len(allowed), 64)]
}
