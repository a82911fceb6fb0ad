package portal

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

// fileMapper is what the paths of files begin with.
const fileMapper = "/content/filemapper/v1/"

// fileMapper answers the calls about files. Their paths hold other paths, as one
// encoded segment or as several, so they are not patterns of a ServeMux.
func (c *call) fileMapper() (any, error) {
	rest := strings.TrimPrefix(c.req.URL.EscapedPath(), fileMapper)
	action, encoded, _ := strings.Cut(rest, "/")
	plain, err := url.PathUnescape(encoded)
	if err != nil {
		return nil, invalid("the path %q is not encoded as a URL", encoded)
	}
	method := c.req.Method
	switch {
	case action == "cms-cli-usage" && method == http.MethodPost:
		return nil, nil
	case action == "upload" && method == http.MethodPost:
		return c.onFile(plain, (*call).uploadFile)
	case action == "stream" && method == http.MethodGet:
		return c.onFile(plain, (*call).streamFile)
	case action == "meta" && method == http.MethodGet:
		return c.onEntry(plain, (*call).fileInfo)
	case action == "download" && method == http.MethodGet:
		return c.onEntry(plain, func(c *call, p string) (any, error) { return c.tree(p) })
	case action == "delete" && method == http.MethodDelete:
		return c.onFile(plain, (*call).deleteFile)
	case action == "rename" && method == http.MethodPut:
		return c.onFile(plain, (*call).renameFile)
	}
	return c.gap()
}

// onFile calls f with a path that stands for something below the root.
func (c *call) onFile(text string, f func(*call, string) (any, error)) (any, error) {
	p, err := filePath(text)
	if err != nil {
		return nil, err
	}
	return f(c, p)
}

// onEntry is onFile where the root will do.
func (c *call) onEntry(text string, f func(*call, string) (any, error)) (any, error) {
	if strings.Trim(text, "/") == "" {
		return f(c, "")
	}
	return c.onFile(text, f)
}

// filePath checks a path of the design manager.
func filePath(text string) (string, error) {
	p := strings.Trim(text, "/")
	if err := archive.Check(p); err != nil {
		return "", invalid("%v", err)
	}
	if len(p) > 1000 {
		return "", invalid("the path has more than 1000 bytes")
	}
	return p, nil
}

// allowedFiles are the extensions that the design manager takes, as hs lists them.
func allowedFile(name string) bool {
	switch strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) {
	case "css", "js", "json", "html", "txt", "md", "jpg", "jpeg", "png", "gif", "map", "svg", "eot", "otf", "ttf", "woff", "woff2", "graphql":
		return true
	}
	return false
}

func (c *call) uploadFile(p string) (any, error) {
	if strings.HasPrefix(p, "@hubspot/") || p == "@hubspot" {
		return nil, fail(http.StatusForbidden, "FORBIDDEN", "%s: what is below @hubspot can't be changed", p)
	}
	if !allowedFile(p) {
		return nil, invalid("%s: files of this type can't be uploaded", p)
	}
	parts, err := c.parts(maxFile)
	if err != nil {
		return nil, err
	}
	file, ok := parts[wire.FilePart]
	if !ok {
		return nil, invalid("the body has no part %q", wire.FilePart)
	}
	f := store.File{Path: p, Draft: c.param(wire.ParamBuffer) == "true", Data: file.data}
	if err := c.store.PutFile(c.ctx(), f, c.routesAfter(p, f.Draft || !store.InFunctions(p))); err != nil {
		if errors.Is(err, store.ErrExists) {
			return nil, fail(http.StatusConflict, "CONFLICT", "%s: a folder and a file can't have the same path", p)
		}
		return nil, err
	}
	return c.fileInfo(p)
}

func (c *call) streamFile(p string) (any, error) {
	f, err := c.store.File(c.ctx(), p, c.param(wire.ParamBuffer) == "true")
	if err != nil {
		return nil, fileFault(p, err)
	}
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(p)})
	disposition += fmt.Sprintf("; creation-date=%d; modification-date=%d", f.Created.UnixMilli(), f.Updated.UnixMilli())
	return raw{contentType: "application/octet-stream", disposition: disposition, data: f.Data}, nil
}

func (c *call) fileInfo(p string) (any, error) {
	e, err := c.store.Entry(c.ctx(), p)
	if err != nil {
		return nil, fileFault(p, err)
	}
	info := wire.FileInfo{Name: path.Base(p), Path: p, Folder: e.Folder, Children: e.Children, CreatedAt: wire.Time{Time: e.Created}, UpdatedAt: wire.Time{Time: e.Updated}}
	if p == "" {
		info.Name, info.Path = "", "/"
	}
	if info.Children == nil {
		info.Children = []string{}
	}
	return info, nil
}

// tree gives a folder with all below it, as hs 7 fetches it.
func (c *call) tree(p string) (*wire.FileNode, error) {
	e, err := c.store.Entry(c.ctx(), p)
	if err != nil {
		return nil, fileFault(p, err)
	}
	n := &wire.FileNode{Name: path.Base(p), Path: p, Folder: e.Folder, CreatedAt: wire.Time{Time: e.Created}, UpdatedAt: wire.Time{Time: e.Updated}, Children: []wire.FileNode{}}
	if !e.Folder {
		f, err := c.store.File(c.ctx(), p, c.param(wire.ParamBuffer) == "true")
		if err != nil {
			return nil, fileFault(p, err)
		}
		text := string(f.Data)
		n.Source = &text
	}
	for _, name := range e.Children {
		child, err := c.tree(strings.TrimPrefix(p+"/"+name, "/"))
		if err != nil {
			return nil, err
		}
		n.Children = append(n.Children, *child)
	}
	return n, nil
}

func (c *call) deleteFile(p string) (any, error) {
	return nil, fileFault(p, c.store.DeleteFiles(c.ctx(), p, c.routesAfter(p, false)))
}

func (c *call) renameFile(p string) (any, error) {
	dest, err := filePath(c.param(wire.ParamPath))
	if err != nil {
		return nil, err
	}
	routes := c.routesAfter(p, false)
	if routes == nil {
		routes = c.routesAfter(dest, false)
	}
	err = c.store.MoveFiles(c.ctx(), p, dest, routes)
	if errors.Is(err, store.ErrExists) {
		return nil, fail(http.StatusConflict, "CONFLICT", "something exists at %s already", dest)
	}
	return nil, fileFault(p, err)
}

func fileFault(p string, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return missing("%s does not exist", p)
	}
	return err
}

// routesAfter gives what finds the endpoints after a change of p, nil where it
// is known to change none.
func (c *call) routesAfter(p string, none bool) store.Routes {
	if none {
		return nil
	}
	ctx := c.ctx()
	return func(files []store.File, others int) ([]store.Route, error) { return c.cmsRoutes(ctx, files, others, p) }
}
