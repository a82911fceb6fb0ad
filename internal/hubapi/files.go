package hubapi

import (
	"context"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// FileOptions choose which version of the design manager's files is meant.
type FileOptions struct {
	Draft        bool // the draft instead of the published version
	Staging      bool // the staging environment of the account
	AssetVersion int  // of a versioned asset, 0 for the newest
}

func (o FileOptions) query() wire.Query {
	environment := wire.EnvironmentLive
	if o.Staging {
		environment = wire.EnvironmentStaging
	}
	q := wire.Query{{Name: wire.ParamBuffer, Value: strconv.FormatBool(o.Draft)}, {Name: wire.ParamEnvironment, Value: environment}}
	if o.AssetVersion > 0 {
		q.Add(wire.ParamVersion, strconv.Itoa(o.AssetVersion))
	}
	return q
}

// UploadFile puts a file at dest, a path of the design manager. It may be
// repeated: the same content arrives at the same place.
func (c *Client) UploadFile(ctx context.Context, dest string, file Content, o FileOptions) error {
	body, err := multipartPayload(part{name: wire.FilePart, file: &file})
	if err != nil {
		return err
	}
	k := &call{what: "upload " + dest, method: http.MethodPost, path: wire.Path(wire.FileUpload, dest), query: o.query(), body: body, repeat: true, timeout: uploadTimeout}
	return c.json(ctx, k, nil)
}

// RemoteFile is a file of the design manager with its content.
type RemoteFile struct {
	Content  []byte
	Created  time.Time // zero where HubSpot does not say
	Modified time.Time // the same
}

// FetchFile gives the file at a path of the design manager.
func (c *Client) FetchFile(ctx context.Context, path string, o FileOptions) (*RemoteFile, error) {
	k := get("fetch "+path, wire.Path(wire.FileStream, path))
	k.query, k.accept, k.timeout = o.query(), "application/octet-stream", fileTimeout
	ans, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	f := &RemoteFile{Content: ans.body}
	disposition := ans.header.Get("Content-Disposition")
	if disposition == "" { // HubSpot's files have one, also those of HTML
		if err := c.stranger(k, ans); err != nil {
			return nil, err
		}
	}
	// A header that can't be read costs the times only.
	_, params, _ := mime.ParseMediaType(disposition)
	f.Created, f.Modified = milli(params["creation-date"]), milli(params["modification-date"])
	return f, nil
}

func milli(text string) time.Time {
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil || ms <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// FileInfo gives a file or folder of the design manager, with the names of what
// lies in it. The root is "/".
func (c *Client) FileInfo(ctx context.Context, path string, o FileOptions) (*wire.FileInfo, error) {
	k := get("look up "+path, wire.Path(wire.FileMeta, path))
	k.query, k.timeout = o.query(), fileTimeout
	var out wire.FileInfo
	return &out, c.json(ctx, k, &out)
}

// ListFolder gives a folder of the design manager with the names of what lies in
// it. The root is "/".
func (c *Client) ListFolder(ctx context.Context, path string) (*wire.FileInfo, error) {
	k := get("list "+path, wire.Path(wire.FileMeta, path))
	var out wire.FileInfo
	return &out, c.json(ctx, k, &out)
}

// DeleteFile deletes a file or folder of the design manager.
func (c *Client) DeleteFile(ctx context.Context, path string) error {
	return c.json(ctx, &call{what: "delete " + path, method: http.MethodDelete, path: wire.Path(wire.FileDelete, path)}, nil)
}

// MoveFile moves a file or folder of the design manager to exactly dest; an
// *Error with status 409 if something is there.
func (c *Client) MoveFile(ctx context.Context, src, dest string) error {
	k := &call{what: "move " + src + " to " + dest, method: http.MethodPut, path: wire.Path(wire.FileRename, src), jsonType: true}
	k.query.Add(wire.ParamPath, dest)
	return c.json(ctx, k, nil)
}
