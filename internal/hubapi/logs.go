package hubapi

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"

	"github.com/fns-dev/fns/internal/wire"
)

// LogPageOptions narrow FunctionLogs.
type LogPageOptions struct {
	Limit int // 0 for HubSpot's default
	// After is the cursor to go on from; Follow sends it even if it is empty,
	// as hs does while it follows.
	After  string
	Follow bool
}

// FunctionLogs gives invocations of an endpoint of the design manager or of a
// project, by its path below /_hcms/api/ or /hs/serverless/. IsNotFound(err) if
// HubSpot knows no such endpoint, or no log of it.
func (c *Client) FunctionLogs(ctx context.Context, route string, o LogPageOptions) (*wire.LogPage, error) {
	k := get("read the logs of "+route, wire.Path(wire.FunctionLogs, route))
	// The order is that of hs: its following sends the cursor first.
	if o.Follow || o.After != "" {
		k.query.Add(wire.LogAfter, o.After)
	}
	if o.Limit > 0 {
		k.query.Add(wire.LogLimit, strconv.Itoa(o.Limit))
	}
	if !o.Follow {
		k.query.Add(wire.LogEndpoint, route)
	}
	var out wire.LogPage
	return &out, c.json(ctx, k, &out)
}

// LatestFunctionLog gives the last invocation of an endpoint; IsNotFound(err) if
// it never ran.
func (c *Client) LatestFunctionLog(ctx context.Context, route string) (*wire.LogRecord, error) {
	var out wire.LogRecord
	return &out, c.json(ctx, get("read the last log of "+route, wire.Path(wire.LatestFunctionLog, route)), &out)
}

// FollowCursor gives the cursor that starts following behind a record, as hs
// builds it: it arrives encoded twice, and HubSpot takes it so.
func FollowCursor(recordID string) string {
	return wire.EncodeComponent(base64.StdEncoding.EncodeToString([]byte(recordID)))
}

// SearchAppLogs gives entries of an app's log.
func (c *Client) SearchAppLogs(ctx context.Context, appID int64, req wire.AppLogRequest) (*wire.AppLogPage, error) {
	if req.Query.ErrorTypes == nil {
		req.Query.ErrorTypes = []string{}
	}
	k, err := withJSON("search the logs of app "+id(appID), http.MethodPost, wire.Path(wire.AppLogSearch, id(appID)), req)
	if err != nil {
		return nil, err
	}
	k.repeat = true // it only reads
	var out wire.AppLogPage
	out.Raw, err = c.raw(ctx, k, &out)
	return &out, err
}

// AppLogDetails gives all that is known about one entry of an app's log.
func (c *Client) AppLogDetails(ctx context.Context, appID int64, system, logID string) (*wire.AppLogDetail, error) {
	k := get("read the log entry "+logID, wire.Path(wire.AppLogDetails, id(appID), system, logID))
	var out wire.AppLogDetail
	raw, err := c.raw(ctx, k, &out)
	out.Raw = raw
	return &out, err
}
