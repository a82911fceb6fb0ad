package gateway

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/limits"
)

// PrivatePath is where UI extensions call functions; the app's id follows.
const PrivatePath = "/api/crm-extensibility/execution/internal/v3/action/function/"

// privateCall is the request of a UI extension. PropertiesToSend is not sent by
// HubSpot, which reads the record itself: here a caller may give what the record
// would hold.
type privateCall struct {
	ServerlessFunction string          `json:"serverlessFunction"`
	Parameters         json.RawMessage `json:"parameters"`
	Event              json.RawMessage `json:"event"`
	PropertiesToSend   json.RawMessage `json:"propertiesToSend"`
	ObjectQuery        *struct {
		ObjectPropertyNames []string `json:"objectPropertyNames"`
	} `json:"objectQuery"`
}

// servePrivate answers a UI extension as HubSpot does, and as its local server
// does. CORS is narrower than there: HubSpot's own pages and those of this
// machine may call, others could read what the app's token can.
func (h *Handler) servePrivate(w http.ResponseWriter, req *http.Request, g *Generation) {
	origin := req.Header.Get("Origin")
	head := w.Header()
	if origin == "" {
		head.Set("Access-Control-Allow-Origin", "*")
	} else {
		head.Add("Vary", "Origin")
		if !h.trusted(origin) && !hubspotPage(origin) {
			h.refuse(w, req, foreignOrigin(req, "pages of HubSpot and of this machine"))
			return
		}
		head.Set("Access-Control-Allow-Origin", origin)
	}
	switch req.Method {
	case http.MethodPost:
	case http.MethodOptions:
		h.allowHeaders(head, req, "POST, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		h.refuse(w, req, &refusal{
			status: http.StatusMethodNotAllowed, category: "METHOD_NOT_ALLOWED", allow: "POST, OPTIONS",
			message: fmt.Sprintf("functions are called with POST, not %s", req.Method),
		})
		return
	}
	call, no := h.readCall(req)
	if no != nil {
		h.refuse(w, req, no)
		return
	}
	name := call.ServerlessFunction
	r := g.private[name]
	if r == nil {
		app := strings.TrimPrefix(req.URL.Path, PrivatePath)
		h.refused(req, http.StatusBadRequest, fmt.Sprintf("there is no function %q that a UI extension can call", name))
		writeJSON(w, http.StatusBadRequest, privateFailureBody(name, functionNotFound(app, name)))
		return
	}
	context, warnings := r.privateContext(call)
	h.run(w, req, g, r, invocation{context: context, time: r.privateTime, private: true, warnings: warnings})
}

// readCall reads the envelope. The limits of a request hold for it as a whole.
func (h *Handler) readCall(req *http.Request) (*privateCall, *refusal) {
	gate := &route{requestMax: h.limits.Max(limits.Request, nil, true), mime: contentType(h.limits)}
	body, _, no := gate.body(req)
	if no != nil {
		return nil, no
	}
	call := &privateCall{}
	if err := json.Unmarshal(body, call); err != nil {
		return nil, &refusal{status: http.StatusBadRequest, category: "VALIDATION_ERROR",
			message: fmt.Sprintf("the request is not the call of a function: %v", err)}
	}
	if call.ServerlessFunction == "" {
		return nil, &refusal{status: http.StatusBadRequest, category: "VALIDATION_ERROR",
			message: `the request names no function: it needs "serverlessFunction"`}
	}
	return call, nil
}

// functionNotFound is the exception for an unknown name. HubSpot's has the text
// of its inner API around it; the parts that a program can look for are kept.
func functionNotFound(app, name string) string {
	inner, _ := json.Marshal(errorBody{ // strings can't fail
		Status:        "error",
		Message:       fmt.Sprintf("The serverless function %s doesn't exist in this project.", name),
		CorrelationID: newID(),
		Category:      "VALIDATION_ERROR",
		SubCategory:   "AppFunctionsExecutorErrorType.SERVERLESS_FUNCTION_NOT_FOUND",
		Context:       map[string][]string{"SERVERLESS_FUNCTION": {name}},
	})
	return fmt.Sprintf("com.hubspot.apicaller.exceptions.ApiFailure: Api[httpMethod=POST, subPath=/v1/app/%s/function/%s] Error code was '400'. Error message was:\n%s",
		app, name, inner)
}

// privateContext is the context of a UI extension's call.
func (r *route) privateContext(call *privateCall) (context json.RawMessage, warnings []string) {
	b := make([]byte, 0, contextRoom+len(call.Parameters)+len(call.Event))
	b = append(b, `{"accountId":`...)
	b = strconv.AppendInt(b, r.account, 10)
	b = append(b, `,"parameters":`...)
	b = appendOr(b, call.Parameters, `{}`)
	b = append(b, `,"propertiesToSend":`...)
	b = appendOr(b, call.PropertiesToSend, `{}`)
	if len(call.Event) > 0 {
		b = append(append(b, `,"event":`...), call.Event...)
	}
	b = append(append(b, `,"secrets":`...), r.secrets...)
	if q := call.ObjectQuery; q != nil && len(q.ObjectPropertyNames) > 0 && len(call.PropertiesToSend) == 0 {
		warnings = append(warnings, fmt.Sprintf("propertiesToSend is empty here: the properties asked for (%s) are in the CRM",
			shorten(strings.Join(q.ObjectPropertyNames, ", "))))
	}
	return append(b, '}'), warnings
}

func appendOr(dst []byte, raw json.RawMessage, otherwise string) []byte {
	if len(raw) == 0 || string(raw) == "null" {
		return append(dst, otherwise...)
	}
	return append(dst, raw...)
}

// writePrivate sends the answer of a private call; the function's value is data
// and has no meaning for HTTP.
func (h *Handler) writePrivate(w http.ResponseWriter, name string, payload []byte, fe *engine.FunctionError) (status int) {
	if fe != nil {
		writeJSON(w, http.StatusBadRequest, privateFailureBody(name, exception(fe)))
		return http.StatusBadRequest
	}
	if len(payload) == 0 {
		payload = []byte("null")
	}
	b := make([]byte, 0, len(payload)+40)
	b = append(b, `{"logId":"n/a","response":`...)
	b = append(append(b, payload...), '}')
	head := w.Header()
	head["Content-Type"] = []string{jsonType}
	head["Content-Length"] = []string{strconv.Itoa(len(b))}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(b) // a client that has gone needs no answer
	return http.StatusOK
}
