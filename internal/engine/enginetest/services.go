package enginetest

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// services are web services other than HubSpot's that functions call through
// their client libraries, in the shapes that those read. What was asked is to
// be seen in /requests.
//
//	/stripe/v1/…       /customers/cus_402 is a card error, cus_503 answers at the second time
//	/google/… /v4/…    tokens, values of sheets
//	/openai/…          chat completions, also streamed, and embeddings
//	/graphql           data, or errors for a query that says fail
//	/airtable/…        records in two pages
//	/twilio/…          messages
//	/sendgrid/… /mailgun/…
//	/s3/bucket/key     objects that live as long as the server
func (s *Server) services(first string) func(*request, recorded) error {
	return map[string]func(*request, recorded) error{
		"stripe": s.stripe, "google": google, "v4": google, "openai": s.openai, "graphql": graphql, "airtable": airtable,
		"twilio": twilio, "sendgrid": sendgrid, "mailgun": mailgun, "s3": s.s3,
	}[first]
}

// service answers for one, and notes the request.
func (s *Server) service(r *request, answer func(*request, recorded) error) error {
	rec := r.record()
	s.mu.Lock()
	s.requests = append(s.requests, rec)
	s.mu.Unlock()
	return answer(r, rec)
}

func (s *Server) stripe(r *request, rec recorded) error {
	steps := strings.Split(strings.Trim(r.path, "/"), "/")
	last := steps[len(steps)-1]
	form, _ := url.ParseQuery(rec.Body)
	id := []string{"Request-Id", "req_test1", "Stripe-Version", r.get("Stripe-Version")}
	failure := func(status int, body map[string]any) error { return r.json(status, map[string]any{"error": body}, id) }
	customer := func(name string) map[string]any {
		return map[string]any{"id": name, "object": "customer", "email": or(form.Get("email"), "a@example.com"), "created": 1767225600, "livemode": false, "metadata": map[string]any{"k": form.Get("metadata[k]")}}
	}
	switch {
	case r.get("Authorization") != "Bearer sk_test_1":
		return failure(http.StatusUnauthorized, map[string]any{"type": "invalid_request_error", "message": "Invalid API Key provided: sk_****"})
	case last == "cus_402":
		return failure(http.StatusPaymentRequired, map[string]any{"type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds", "param": "source", "message": "Your card was declined."})
	case last == "cus_404":
		return failure(http.StatusNotFound, map[string]any{"type": "invalid_request_error", "code": "resource_missing", "param": "id", "message": "No such customer: 'cus_404'"})
	case last == "cus_503" && s.times(r.target) < 2:
		return failure(http.StatusServiceUnavailable, map[string]any{"type": "api_error", "message": "Try again"})
	case last == "customers" && r.method == http.MethodGet:
		after := r.query.Get("starting_after")
		n, _ := strconv.Atoi(strings.TrimPrefix(after, "cus_"))
		return r.json(http.StatusOK, map[string]any{"object": "list", "url": "/v1/customers", "has_more": n < 4, "data": []any{customer(fmt.Sprintf("cus_%d", n+1)), customer(fmt.Sprintf("cus_%d", n+2))}}, id)
	case last == "customers":
		return r.json(http.StatusOK, customer("cus_new"), id)
	case r.method == http.MethodDelete:
		return r.json(http.StatusOK, map[string]any{"id": last, "object": "customer", "deleted": true}, id)
	case strings.HasPrefix(last, "cus_"):
		return r.json(http.StatusOK, customer(last), id)
	}
	return r.json(http.StatusOK, map[string]any{"id": "obj_1", "object": strings.TrimSuffix(last, "s"), "form": form, "idempotency": r.get("Idempotency-Key")}, id)
}

func google(r *request, rec recorded) error {
	_, rest, _ := strings.Cut(strings.TrimPrefix(r.path, "/"), "/")
	switch {
	case rest == "token":
		form, _ := url.ParseQuery(rec.Body)
		if form.Get("grant_type") == "refresh_token" && form.Get("refresh_token") != "good" {
			return r.json(http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "Bad Request"}, nil)
		}
		return r.json(http.StatusOK, map[string]any{"access_token": "ya29." + form.Get("grant_type"), "expires_in": 3599, "token_type": "Bearer", "scope": "https://www.googleapis.com/auth/spreadsheets"}, nil)
	case strings.Contains(rest, "missing"):
		return r.json(http.StatusNotFound, map[string]any{"error": map[string]any{"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND", "errors": []any{map[string]any{"message": "Requested entity was not found.", "domain": "global", "reason": "notFound"}}}}, nil)
	case r.method == http.MethodGet && strings.Contains(rest, "/values/"):
		return r.json(http.StatusOK, map[string]any{"range": "Sheet1!A1:B2", "majorDimension": "ROWS", "values": []any{[]any{"name", "n"}, []any{"Zoë", "1"}}}, nil)
	}
	var body any
	_ = json.Unmarshal([]byte(rec.Body), &body)
	return r.json(http.StatusOK, map[string]any{"target": r.target, "method": r.method, "body": body, "authorization": r.get("Authorization")}, nil)
}

func (s *Server) openai(r *request, rec recorded) error {
	var body struct {
		Model    string
		Stream   bool
		Input    any
		Messages []struct{ Content string }
	}
	_ = json.Unmarshal([]byte(rec.Body), &body)
	switch {
	case body.Model == "gpt-429" && s.times(r.target) < 2:
		return r.json(http.StatusTooManyRequests, map[string]any{"error": map[string]any{"message": "Rate limit reached", "type": "requests", "param": nil, "code": "rate_limit_exceeded"}}, []string{"Retry-After-Ms", "5"})
	case body.Model == "none":
		return r.json(http.StatusNotFound, map[string]any{"error": map[string]any{"message": "The model `none` does not exist", "type": "invalid_request_error", "param": nil, "code": "model_not_found"}}, []string{"X-Request-Id", "req_1"})
	case strings.HasSuffix(r.path, "/embeddings"):
		return r.json(http.StatusOK, map[string]any{"object": "list", "model": body.Model, "data": []any{map[string]any{"object": "embedding", "index": 0, "embedding": base64.StdEncoding.EncodeToString([]byte{0, 0, 128, 63, 0, 0, 0, 192})}}, "usage": map[string]any{"prompt_tokens": 1, "total_tokens": 1}}, nil)
	case body.Stream:
		r.head(http.StatusOK, []string{"Content-Type", "text/event-stream"}, -1)
		for _, word := range []string{`{"content":"Grüße"}`, `{"content":" an"}`, `{"content":" alle"}`, `{}`} {
			event := fmt.Sprintf("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,\"model\":%q,\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":null}]}\n\n", body.Model, word)
			fmt.Fprintf(r.out, "%x\r\n%s\r\n", len(event), event)
			if err := r.out.Flush(); err != nil || !s.wait(2) {
				return errEnd
			}
		}
		_, err := r.out.WriteString("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
		return err
	}
	text := ""
	for _, m := range body.Messages {
		text += m.Content
	}
	return r.json(http.StatusOK, map[string]any{"id": "chatcmpl-1", "object": "chat.completion", "created": 1767225600, "model": body.Model, "choices": []any{map[string]any{"index": 0, "message": map[string]any{"role": "assistant", "content": "echo: " + text}, "finish_reason": "stop"}}, "usage": map[string]any{"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}, []string{"X-Request-Id", "req_2"})
}

func graphql(r *request, rec recorded) error {
	var body any
	_ = json.Unmarshal([]byte(rec.Body), &body)
	if strings.Contains(rec.Body, "fail") {
		return r.json(http.StatusOK, map[string]any{"data": nil, "errors": []any{map[string]any{"message": "no such field", "locations": []any{map[string]any{"line": 1, "column": 3}}, "path": []any{"fail"}}}}, nil)
	}
	return r.json(http.StatusOK, map[string]any{"data": map[string]any{"asked": body, "authorization": r.get("Authorization")}}, nil)
}

func airtable(r *request, rec recorded) error {
	row := func(id string, fields any) map[string]any {
		return map[string]any{"id": id, "createdTime": "2026-01-01T00:00:00.000Z", "fields": fields}
	}
	var body struct {
		Fields  any
		Records []struct{ Fields any }
	}
	_ = json.Unmarshal([]byte(rec.Body), &body)
	switch {
	case strings.HasSuffix(r.path, "/recMissing"):
		return r.json(http.StatusNotFound, map[string]any{"error": "NOT_FOUND"}, nil)
	case strings.HasSuffix(r.path, "/recBad"):
		return r.json(http.StatusUnprocessableEntity, map[string]any{"error": map[string]any{"type": "INVALID_VALUE_FOR_COLUMN", "message": "Field cannot accept the value"}}, nil)
	case r.method == http.MethodPost && body.Records != nil:
		rows := []any{}
		for i, rec := range body.Records {
			rows = append(rows, row(fmt.Sprintf("recNew%d", i), rec.Fields))
		}
		return r.json(http.StatusOK, map[string]any{"records": rows}, nil)
	case r.method == http.MethodDelete:
		return r.json(http.StatusOK, map[string]any{"id": "rec1", "deleted": true}, nil)
	case body.Fields != nil:
		return r.json(http.StatusOK, row("rec1", body.Fields), nil)
	case strings.Contains(r.path, "/rec"):
		return r.json(http.StatusOK, row("rec1", map[string]any{"Name": "Zoë"}), nil)
	case r.query.Get("offset") == "":
		return r.json(http.StatusOK, map[string]any{"records": []any{row("rec1", map[string]any{"Name": "Zoë"}), row("rec2", map[string]any{"Name": "Bo"})}, "offset": "itr2/rec2"}, nil)
	}
	return r.json(http.StatusOK, map[string]any{"records": []any{row("rec3", map[string]any{"Name": "Cy"})}}, nil)
}

func twilio(r *request, rec recorded) error {
	form, _ := url.ParseQuery(rec.Body)
	message := func(sid string) map[string]any {
		return map[string]any{"sid": sid, "account_sid": "AC00000000000000000000000000000001", "to": form.Get("To"), "from": form.Get("From"), "body": form.Get("Body"), "status": "queued", "num_segments": "1", "date_created": "Thu, 01 Jan 2026 00:00:00 +0000", "date_updated": "Thu, 01 Jan 2026 00:00:00 +0000", "date_sent": nil, "price": nil, "price_unit": "USD", "uri": r.path}
	}
	switch {
	case form.Get("To") == "bad":
		return r.json(http.StatusBadRequest, map[string]any{"code": 21211, "message": "The 'To' number bad is not a valid phone number.", "more_info": "https://www.twilio.com/docs/errors/21211", "status": 400}, nil)
	case r.method == http.MethodGet && strings.HasSuffix(r.path, "/Messages.json"):
		page := map[string]any{"messages": []any{message("SM1"), message("SM2")}, "page": 0, "page_size": 2, "next_page_uri": nil}
		if r.query.Get("Page") == "" {
			page["next_page_uri"] = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json?Page=1"
		}
		return r.json(http.StatusOK, page, nil)
	case r.method == http.MethodDelete:
		return r.answer(http.StatusNoContent, nil, nil)
	case r.method == http.MethodPost:
		return r.json(http.StatusCreated, message("SMnew"), nil)
	}
	return r.json(http.StatusOK, message("SM1"), nil)
}

func sendgrid(r *request, rec recorded) error {
	if strings.Contains(rec.Body, "nobody@") {
		return r.json(http.StatusBadRequest, map[string]any{"errors": []any{map[string]any{"message": "Does not contain a valid address.", "field": "personalizations.0.to.0.email", "help": nil}}}, nil)
	}
	return r.answer(http.StatusAccepted, []string{"X-Message-Id", "m1"}, nil)
}

func mailgun(r *request, _ recorded) error {
	switch {
	case r.get("Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte("api:key-1")):
		return r.answer(http.StatusUnauthorized, []string{"Content-Type", "text/plain"}, []byte("Forbidden"))
	case strings.HasSuffix(r.path, "/domains"):
		return r.json(http.StatusOK, map[string]any{"total_count": 1, "items": []any{map[string]any{"name": "mg.example.com", "state": "active"}}}, nil)
	}
	return r.json(http.StatusOK, map[string]any{"id": "<20260101.1@mg.example.com>", "message": "Queued. Thank you."}, nil)
}

// s3 keeps objects by path.
func (s *Server) s3(r *request, rec recorded) error {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.path, "/s3/"), "/")
	ids := []string{"x-amz-request-id", "R1", "x-amz-id-2", "I1"}
	s.mu.Lock()
	defer s.mu.Unlock()
	object, found := s.objects[r.path]
	switch {
	case r.query.Has("X-Amz-Signature") && !r.presigned():
		return r.answer(http.StatusForbidden, append(ids, "Content-Type", "application/xml"), []byte("<Error><Code>SignatureDoesNotMatch</Code></Error>"))
	case r.method == http.MethodPut:
		body := []byte(rec.Body)
		if rec.Encoding == "base64" {
			var err error
			if body, err = base64.StdEncoding.DecodeString(rec.Body); err != nil {
				return err
			}
		}
		if strings.HasPrefix(r.get("x-amz-content-sha256"), "STREAMING-") {
			body = awsChunks(body)
		}
		s.objects[r.path] = s3Object{body, r.get("Content-Type"), r.get("x-amz-meta-who")}
		return r.answer(http.StatusOK, append(ids, "ETag", `"e1"`), nil)
	case r.method == http.MethodGet && key == "":
		type content struct {
			Key  string
			Size int
			ETag string
		}
		list := struct {
			XMLName     xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListBucketResult"`
			Name        string
			Prefix      string
			KeyCount    int
			MaxKeys     int
			IsTruncated bool
			Contents    []content
		}{Name: bucket, Prefix: r.query.Get("prefix"), MaxKeys: 1000}
		for _, path := range slices.Sorted(maps.Keys(s.objects)) {
			if k, ok := strings.CutPrefix(path, "/s3/"+bucket+"/"); ok && strings.HasPrefix(k, list.Prefix) {
				list.Contents = append(list.Contents, content{unescape(k), len(s.objects[path].body), `"e1"`})
			}
		}
		list.KeyCount = len(list.Contents)
		text, err := xml.Marshal(list)
		if err != nil {
			return err
		}
		return r.answer(http.StatusOK, append(ids, "Content-Type", "application/xml"), text)
	case !found:
		text := "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>" + key + "</Key><RequestId>R1</RequestId></Error>"
		return r.answer(http.StatusNotFound, append(ids, "Content-Type", "application/xml"), []byte(text))
	case r.method == http.MethodDelete:
		delete(s.objects, r.path)
		return r.answer(http.StatusNoContent, ids, nil)
	}
	return r.answer(http.StatusOK, append(ids, "Content-Type", object.kind, "ETag", `"e1"`, "Last-Modified", date, "x-amz-meta-who", object.who), object.body)
}

func unescape(path string) string {
	if text, err := url.PathUnescape(path); err == nil {
		return text
	}
	return path
}

type s3Object struct {
	body      []byte
	kind, who string
}

// awsChunks takes a body out of the frames "size[;signature]\r\ndata\r\n" that
// end with an empty one and trailers.
func awsChunks(framed []byte) (body []byte) {
	for {
		head, rest, ok := strings.Cut(string(framed), "\r\n")
		if !ok {
			return body
		}
		size, _, _ := strings.Cut(head, ";")
		n, err := strconv.ParseInt(size, 16, 32)
		if err != nil || n == 0 || int(n)+2 > len(rest) {
			return body
		}
		body = append(body, rest[:n]...)
		framed = []byte(rest[n+2:])
	}
}
