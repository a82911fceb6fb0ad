package gateway

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
)

// What a client of an endpoint gets when its function fails is not documented by
// HubSpot; the reading here is Lambda's error record in HubSpot's error shape:
//
//	error, unhandled, load, no-main, no-response, response, exit, memory, crash
//	           500  errorType and message of the error
//	timeout    500  Lambda's text: "<ISO time> <request id> Task timed out after 10.00 seconds"
//	canceled   503  the server stops
//
// A UI extension's call gets HubSpot's own envelope, always 400.

const (
	functionError = "ServerlessActionExecutionError.SERVERLESS_FUNCTION_ERROR"
	// reachingApp is what HubSpot answers to a UI extension whatever went wrong.
	reachingApp = "There was a problem reaching the app's API. Contact the app developer for more information."
)

// timedOut gives the text of Lambda for a timeout, unless the engine did.
func timedOut(fe engine.FunctionError, id string, now time.Time, most time.Duration) engine.FunctionError {
	if fe.Cause != engine.CauseTimeout || strings.Contains(fe.Message, "Task timed out") {
		return fe
	}
	if fe.Hint == "" {
		fe.Hint = fe.Message
	}
	fe.Message = fmt.Sprintf("%s %s Task timed out after %.2f seconds",
		now.UTC().Format("2006-01-02T15:04:05.000Z"), id, most.Seconds())
	return fe
}

// redactError gives the error without the values of secrets.
func (h *Handler) redactError(fe engine.FunctionError) engine.FunctionError {
	fe.Type, fe.Message, fe.Hint = h.redact(fe.Type), h.redact(fe.Message), h.redact(fe.Hint)
	stack := make([]string, len(fe.Stack))
	for i, frame := range fe.Stack {
		stack[i] = h.redact(frame)
	}
	fe.Stack = stack
	return fe
}

func failureStatus(fe *engine.FunctionError) int {
	if fe.Cause == engine.CauseCanceled {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// failureBody is what the client of an endpoint gets.
func failureBody(fe *engine.FunctionError, name, id string) errorBody {
	text := fe.Error()
	detail := errorDetail{
		SubCategory: functionError,
		Message:     text,
		Context: map[string][]string{
			"cause":              {string(fe.Cause)},
			"exception":          {text},
			"logId":              {id},
			"serverlessFunction": {name},
		},
	}
	if len(fe.Stack) > 0 {
		detail.Context["trace"] = fe.Stack
	}
	if fe.Hint != "" {
		detail.Context["hint"] = []string{fe.Hint}
	}
	return errorBody{
		Status:        "error",
		Message:       fmt.Sprintf("The serverless function '%s' failed to execute: %s.", name, strings.TrimSuffix(text, ".")),
		CorrelationID: id,
		Category:      "SERVERLESS_FUNCTION_ERROR",
		SubCategory:   functionError,
		ErrorType:     fe.Type,
		Errors:        []errorDetail{detail},
	}
}

// privateFailureBody is what HubSpot answers to a UI extension.
func privateFailureBody(name, exception string) errorBody {
	return errorBody{
		Status:        "error",
		Message:       reachingApp,
		CorrelationID: "n/a",
		Category:      "VALIDATION_ERROR",
		SubCategory:   "GenXExecutionErrorType.APP_ERROR",
		Errors: []errorDetail{{
			SubCategory: functionError,
			Message:     fmt.Sprintf("The serverless function '%s' failed to execute: %s.", name, exception),
			Context: map[string][]string{
				"exception":          {exception},
				"logId":              {"n/a"},
				"appFunctionLogId":   {"n/a"},
				"serverlessFunction": {name},
			},
		}},
	}
}

// exception is how HubSpot words a failure to a UI extension.
func exception(fe *engine.FunctionError) string {
	switch {
	case fe.Cause == engine.CauseNoMain:
		return "customerPayload.main is not a function"
	case fe.Cause == engine.CauseTimeout:
		return fe.Message
	case fe.Cause == engine.CauseResponse && !strings.Contains(fe.Type, "ResponseSizeTooLarge"):
		return "Wrong arguments"
	}
	return fe.Error()
}

// unbuilt is the failure of a function that has never been built.
func unbuilt(problems diag.List) *engine.FunctionError {
	fe := &engine.FunctionError{
		Cause:   engine.CauseLoad,
		Type:    "Runtime.UserCodeSyntaxError",
		Message: "the function could not be built",
	}
	for _, d := range problems {
		if d.Severity == diag.Error {
			fe.Message, fe.Hint = d.String(), d.Hint
			break
		}
	}
	return fe
}
