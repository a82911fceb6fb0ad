// Package pipeline follows the builds and deploys of projects on HubSpot until
// they end: how each component stands, through broken connections, and what
// failed and why.
package pipeline

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/wire"
)

// How long a Follower waits between two looks: short at first, because small
// projects are built in seconds, then as long as hs does.
const (
	firstWait = 500 * time.Millisecond
	longest   = 2 * time.Second
)

// patience is how long HubSpot may stay away before a Follower gives up. Each
// look has been repeated several times by then.
const patience = 10 * time.Minute

// deployStart is how long hs waits for the deploy that a build starts by itself.
const deployStart = 15 * time.Second

// Follower looks at the builds and deploys of one project.
type Follower struct {
	Client  *hubapi.Client
	Project string // its name

	// Status, if set, hears how things stand, each time that changes.
	Status func(Status)
	// Lost, if set, hears once that HubSpot does not answer, and Back that it does
	// again.
	Lost func(error)
	Back func()
	// Sleep waits; nil takes the clock. Tests set it.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Build follows a build to its end, which may be a failure: look at its Status.
// It fails where HubSpot refuses to say, or with ctx.
func (f *Follower) Build(ctx context.Context, id int64) (*wire.Build, error) {
	parts := &layout{load: func() (*wire.Structure, error) { return f.Client.BuildStructure(ctx, f.Project, id) }}
	return follow(ctx, f,
		func() (*wire.Build, error) { return f.Client.Build(ctx, f.Project, id) },
		func(b *wire.Build) Status { return ofBuild(f.Project, id, b, parts) })
}

// Deploy follows a deploy of a build to its end, which may be a failure.
func (f *Follower) Deploy(ctx context.Context, id, buildID int64) (*wire.Deploy, error) {
	parts := &layout{}
	if buildID != 0 { // nobody looks at the parts of a removal
		parts.load = func() (*wire.Structure, error) { return f.Client.DeployStructure(ctx, f.Project, id) }
	}
	return follow(ctx, f,
		func() (*wire.Deploy, error) { return f.Client.Deploy(ctx, f.Project, id) },
		func(d *wire.Deploy) Status { return ofDeploy(f.Project, id, buildID, d, parts) })
}

// AutoDeploy gives the id of the deploy that a successful build starts by itself,
// 0 if none begins in time. A build whose automatic deploy is off has none.
func (f *Follower) AutoDeploy(ctx context.Context, b *wire.Build) (deployID int64, err error) {
	for waited := time.Duration(0); ; waited += longest {
		if b.AutoDeployID > 0 && b.DeployTask != nil && b.DeployTask.ID.Int() > 0 {
			return b.DeployTask.ID.Int(), nil
		}
		if waited > deployStart || b.DeployTask != nil {
			return 0, nil
		}
		if err := f.sleep(ctx, longest); err != nil {
			return 0, err
		}
		if b, err = f.Client.Build(ctx, f.Project, b.BuildID); err != nil {
			return 0, err
		}
	}
}

func (f *Follower) sleep(ctx context.Context, d time.Duration) error {
	if f.Sleep != nil {
		return f.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func follow[T any](ctx context.Context, f *Follower, look func() (*T, error), status func(*T) Status) (*T, error) {
	wait, away := firstWait, time.Duration(0)
	var told Status
	for {
		state, err := look()
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && (!passing(err) || away >= patience):
			return nil, err
		case err != nil:
			if away == 0 && f.Lost != nil {
				f.Lost(err)
			}
			away += wait
		default:
			if away > 0 && f.Back != nil {
				f.Back()
			}
			away = 0
			s := status(state)
			if f.Status != nil && (s.State != told.State || !slices.Equal(s.Parts, told.Parts)) {
				told = s
				f.Status(s)
			}
			if s.Ended() {
				return state, nil
			}
		}
		if err := f.sleep(ctx, wait); err != nil {
			return nil, err
		}
		wait = min(wait*3/2, longest)
	}
}

// passing reports whether an error may go away by itself: no connection, too
// many calls, trouble at HubSpot's.
func passing(err error) bool {
	var network *hubapi.NetworkError
	if errors.As(err, &network) {
		return network.Temporary()
	}
	status := hubapi.StatusOf(err)
	return status == http.StatusTooManyRequests || status >= 500
}
