package wire

import "encoding/json"

// The paths of logs.
const (
	FunctionLogs      = "/cms/v3/functions/results/by-route/{route}"        // GET ?limit&after&endpoint → LogPage
	LatestFunctionLog = "/cms/v3/functions/results/by-route/{route}/latest" // GET → LogRecord, 404 if it never ran
	AppLogSearch      = "/developers/logs/search/{appId}"                   // POST AppLogRequest → AppLogPage
	AppLogDetails     = "/developers/logs/details/{appId}/{type}/{id}"      // GET → AppLogDetail
)

// The parameters of FunctionLogs.
const (
	LogLimit    = "limit"
	LogAfter    = "after"
	LogEndpoint = "endpoint"
)

// The values of LogRecord.Status.
const (
	LogSuccess        = "SUCCESS"
	LogError          = "ERROR"
	LogUnhandledError = "UNHANDLED_ERROR"
	LogHandledError   = "HANDLED_ERROR"
)

// LogPage is some of the invocations of an endpoint.
type LogPage struct {
	Results []LogRecord `json:"results"`
	Paging  *Paging     `json:"paging,omitempty"`
}

// LogRecord is one invocation of an endpoint of the design manager or of a
// project.
type LogRecord struct {
	ID            ID        `json:"id"`
	CreatedAt     int64     `json:"createdAt"`     // ms since 1970
	ExecutionTime float64   `json:"executionTime"` // ms
	Duration      string    `json:"duration,omitempty"`
	Memory        string    `json:"memory,omitempty"` // "70/128 MB"
	Status        string    `json:"status"`
	Log           string    `json:"log"`
	Error         *LogFault `json:"error"`
}

// LogFault is why an invocation failed.
type LogFault struct {
	Type       string     `json:"type"`
	Message    string     `json:"message"`
	StackTrace StackTrace `json:"stackTrace,omitempty"`
	StatusCode ID         `json:"statusCode,omitempty"`
}

// StackTrace is the lines of a stack. HubSpot writes each as a text or as a
// list, whose parts are joined with commas here as hs prints them.
type StackTrace []string

// UnmarshalJSON takes both forms, a single text, and null.
func (s *StackTrace) UnmarshalJSON(data []byte) error {
	*s = nil
	var one string
	if json.Unmarshal(data, &one) == nil {
		if one != "" {
			*s = StackTrace{one}
		}
		return nil
	}
	var lines []json.RawMessage
	if err := json.Unmarshal(data, &lines); err != nil {
		return err
	}
	for _, line := range lines {
		var text string
		var parts []ID
		switch {
		case json.Unmarshal(line, &text) == nil:
		case json.Unmarshal(line, &parts) == nil:
			for i, p := range parts {
				if i > 0 {
					text += ","
				}
				text += string(p)
			}
		default:
			text = string(line)
		}
		*s = append(*s, text)
	}
	return nil
}

// The systems whose logs AppLogSearch finds; hs spells them in lower case with
// dashes.
const (
	SystemWebhooks            = "WEBHOOKS"
	SystemAPICall             = "API_CALL"
	SystemServerlessExecution = "SERVERLESS_EXECUTION"
	SystemCRMCard             = "CRM_EXTENSIBILITY_CARD"
	SystemCRMLegacyCard       = "CRM_LEGACY_CARD"
	SystemExtensionLog        = "EXTENSION_LOG"
	SystemExtensionRender     = "EXTENSION_RENDER"
	SystemAppSettings         = "APP_SETTINGS"
	SystemProxyExecution      = "PROXY_EXECUTION"
	SystemGatewayExecution    = "SERVERLESS_GATEWAY_EXECUTION"
	SystemAcceptanceTest      = "ACCEPTANCE_TEST"
	SystemOAuthAuthorization  = "OAUTH_AUTHORIZATION"
)

// LogSystems lists all of them, in the order hs shows them.
func LogSystems() []string {
	return []string{
		SystemWebhooks, SystemAPICall, SystemServerlessExecution, SystemCRMCard, SystemCRMLegacyCard, SystemExtensionLog,
		SystemExtensionRender, SystemAppSettings, SystemProxyExecution, SystemGatewayExecution, SystemAcceptanceTest, SystemOAuthAuthorization,
	}
}

// Ascending and Descending are the values of AppLogQuery.Order.
const (
	Ascending  = "ASC"
	Descending = "DESC"
)

// AppLogRequest asks for logs of an app.
type AppLogRequest struct {
	Query AppLogQuery `json:"query"`
	Limit int         `json:"limit"`
	After string      `json:"after,omitempty"` // cursor
}

// AppLogQuery says which. The order of the fields is that of hs.
type AppLogQuery struct {
	System             string   `json:"loggingSystemType"`
	Limit              int      `json:"limit"`
	Offset             int      `json:"offset"`
	ErrorTypes         []string `json:"errorTypes"` // {"*"} for failures only; never null
	Order              string   `json:"resultsOrder"`
	StartTime          int64    `json:"startTime,omitempty"` // ms since 1970
	EndTime            int64    `json:"endTime,omitempty"`
	LogID              string   `json:"logId,omitempty"`
	PortalID           int64    `json:"portalId,omitempty"`
	CorrelationGroupID string   `json:"correlationGroupId,omitempty"`
	TraceID            string   `json:"traceId,omitempty"`
	Label              string   `json:"label,omitempty"`
}

// AppLogPage answers an AppLogRequest. Raw is the answer as it came, for
// --json.
type AppLogPage struct {
	Results []AppLog        `json:"results"`
	Paging  *Paging         `json:"paging,omitempty"`
	Raw     json.RawMessage `json:"-"`
}

// AppLog is one entry in the log of an app.
type AppLog struct {
	ID           ID      `json:"id"`
	System       string  `json:"loggingSystemType"`
	ExecutedAt   int64   `json:"requestExecutionTimestamp"`           // ms since 1970
	RespondedAt  int64   `json:"responseReceivedTimestamp,omitempty"` // the same
	Duration     float64 `json:"duration"`                            // ms
	PortalID     int64   `json:"portalId"`
	TraceID      string  `json:"traceId,omitempty"`
	ParentID     string  `json:"parentId,omitempty"`
	Label        string  `json:"label,omitempty"`
	ErrorType    string  `json:"errorType,omitempty"` // "" for a success
	ErrorMessage string  `json:"errorMessage,omitempty"`
	AppID        int64   `json:"appId"`
}

// AppLogDetail is all that is known about one entry.
type AppLogDetail struct {
	Log           AppLogFacts     `json:"log"`
	ConsoleOutput string          `json:"consoleOutput,omitempty"`
	Raw           json.RawMessage `json:"-"` // the answer as it came
}

// AppLogFacts is an entry with its details.
type AppLogFacts struct {
	AppLog
	TraceParentID      string          `json:"traceparentId,omitempty"`
	CorrelationGroupID string          `json:"correlationGroupId,omitempty"`
	ParentLogID        string          `json:"parentLogId,omitempty"`
	Function           string          `json:"serverlessFunction,omitempty"`
	Location           string          `json:"location,omitempty"`
	UserID             int64           `json:"userId,omitempty"`
	RequestBody        json.RawMessage `json:"requestBody,omitempty"` // a text that mostly holds JSON
	ResponseBody       json.RawMessage `json:"responseBody,omitempty"`
	ValidatedResponse  json.RawMessage `json:"validatedResponse,omitempty"`
	ExtraInfo          json.RawMessage `json:"extraInfo,omitempty"`
	CardID             ID              `json:"cardId,omitempty"`
	CardName           string          `json:"cardName,omitempty"`
	ObjectTypeID       string          `json:"objectTypeId,omitempty"`
	ObjectID           ID              `json:"objectId,omitempty"`
	TraceRoot          json.RawMessage `json:"traceRoot,omitempty"`
}
