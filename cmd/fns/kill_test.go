package main

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pipeline"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/wire"
)

// TestAPortalThatIsKilledStartsAgainWithAllThatItAcknowledged kills the server in
// the middle of writes and of an upload, starts it again at once, and looks for
// what was answered.
func TestAPortalThatIsKilledStartsAgainWithAllThatItAcknowledged(t *testing.T) {
	if runtime.GOOS == "windows" || testing.Short() {
		t.Skip("the server is ended by signals, and there are several of them")
	}
	t.Parallel()
	l := newLocal(t, localShop())
	l.fns("project", "upload")
	acknowledged := map[string]string{}
	var mu sync.Mutex
	for round := range 3 {
		api := l.client()
		var wg sync.WaitGroup
		for c := range 8 {
			wg.Go(func() {
				for i := 0; ; i++ {
					path, text := fmt.Sprintf("kill/%d/%d-%d.css", round, c, i), strings.Repeat(fmt.Sprint(i), 5000)
					if api.UploadFile(t.Context(), path, hubapi.BytesContent("x.css", []byte(text)), hubapi.FileOptions{}) != nil {
						return // it was killed
					}
					mu.Lock()
					acknowledged[path] = text
					enough := len(acknowledged) > 25*(round+1)
					mu.Unlock()
					if enough {
						_ = l.server.Process.Kill()
					}
				}
			})
		}
		// An upload at the same time; its build may be cut short anywhere.
		wg.Go(func() { _, _ = l.run(l.command("fns", "project", "upload"), "") })
		wg.Wait()
		_ = l.server.Wait() // killed
		l.start()
		l.answers("/hs/serverless/hello", `{"hi":"one"}`)
	}
	s := l.state()
	defer s.Close()
	for path, text := range acknowledged {
		if f, err := s.File(t.Context(), path, false); err != nil || string(f.Data) != text {
			t.Errorf("%s: %v", path, err)
		}
	}
	// Every build that was begun has come to an end by now, or does when asked.
	pr, err := s.Project(t.Context(), "shop")
	if err != nil {
		t.Fatal(err)
	}
	follower := &pipeline.Follower{Client: l.client(), Project: "shop"}
	for id := int64(1); id <= pr.LastBuild; id++ {
		if b, err := follower.Build(t.Context(), id); err != nil || b.Status != wire.StateSuccess {
			t.Errorf("build %d: %+v, %v", id, b, err)
		}
	}
}

// client makes a client of the running server.
func (l *local) client() *hubapi.Client {
	l.t.Helper()
	s := l.state()
	defer s.Close()
	key, err := s.AccessKey(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 2 * loadClients}
	l.t.Cleanup(transport.CloseIdleConnections)
	origins := hubapi.Origins{API: l.http, Auth: l.http}
	token, err := hubapi.New(hubapi.Options{Origins: origins, Transport: transport}).ExchangeKey(l.t.Context(), key, portal.AccountID)
	if err != nil {
		l.t.Fatal(err)
	}
	return hubapi.New(hubapi.Options{
		Origins: origins, Transport: transport, AccountID: portal.AccountID, Timeout: patience, Tokens: account.FixedToken{Key: account.NewKey(token.Token)},
	})
}
