package hubapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// PollInterval is how long hs waits between two looks at a build or deploy.
const PollInterval = 2 * time.Second

// Builds lists builds of a project, newest first. limit is 0 for HubSpot's
// default, after the cursor of the page before.
func (c *Client) Builds(ctx context.Context, project string, limit int, after string) (*wire.BuildPage, error) {
	k := get("list the builds of "+project, wire.Path(wire.Builds, project))
	if limit > 0 {
		k.query.Add("limit", strconv.Itoa(limit))
	}
	if after != "" {
		k.query.Add("after", after)
	}
	var out wire.BuildPage
	return &out, c.json(ctx, k, &out)
}

// Build gives how a build stands.
func (c *Client) Build(ctx context.Context, project string, buildID int64) (*wire.Build, error) {
	var out wire.Build
	return &out, c.json(ctx, get("look up build "+id(buildID), wire.Path(wire.BuildStatus, project, id(buildID))), &out)
}

// BuildStructure says which parts of a build belong to which.
func (c *Client) BuildStructure(ctx context.Context, project string, buildID int64) (*wire.Structure, error) {
	var out wire.Structure
	return &out, c.json(ctx, get("look up the parts of build "+id(buildID), wire.Path(wire.BuildStructure, project, id(buildID))), &out)
}

// BuildWarnings gives the warnings of a build.
func (c *Client) BuildWarnings(ctx context.Context, project string, buildID int64) ([]wire.LogLine, error) {
	var out wire.StepLog
	err := c.json(ctx, get("read the warnings of build "+id(buildID), wire.Path(wire.BuildWarnings, project, id(buildID))), &out)
	return out.Logs, err
}

// BuildLog gives the whole log of a build, in the order it came.
func (c *Client) BuildLog(ctx context.Context, project string, buildID int64) ([]wire.StepLog, error) {
	var out wire.StepLogs
	err := c.json(ctx, get("read the log of build "+id(buildID), wire.Path(wire.BuildLog, project, id(buildID))), &out)
	return out.Logs, err
}

// QueueDeploy asks to deploy a build of platform version 2025.2 or newer. A
// deploy that is blocked is no error: look at Result.
func (c *Client) QueueDeploy(ctx context.Context, req wire.DeployRequest) (*wire.DeployQueued, error) {
	var out wire.DeployQueued
	return &out, c.send(ctx, "deploy build "+id(req.TargetBuildID), http.MethodPost, wire.DeployQueue, req, &out)
}

// QueueLegacyDeploy asks to deploy a build of an older platform version.
func (c *Client) QueueLegacyDeploy(ctx context.Context, req wire.LegacyDeployRequest) (*wire.DeployQueued, error) {
	var out wire.DeployQueued
	return &out, c.send(ctx, "deploy build "+id(req.BuildID), http.MethodPost, wire.DeployQueueOld, req, &out)
}

// Deploy gives how a deploy stands.
func (c *Client) Deploy(ctx context.Context, project string, deployID int64) (*wire.Deploy, error) {
	var out wire.Deploy
	return &out, c.json(ctx, get("look up deploy "+id(deployID), wire.Path(wire.DeployStatus, project, id(deployID))), &out)
}

// DeployStructure says which parts of a deploy belong to which.
func (c *Client) DeployStructure(ctx context.Context, project string, deployID int64) (*wire.Structure, error) {
	var out wire.Structure
	return &out, c.json(ctx, get("look up the parts of deploy "+id(deployID), wire.Path(wire.DeployStructure, project, id(deployID))), &out)
}

// DeployWarnings gives the warnings of a deploy.
func (c *Client) DeployWarnings(ctx context.Context, project string, deployID int64) ([]wire.LogLine, error) {
	var out wire.StepLog
	err := c.json(ctx, get("read the warnings of deploy "+id(deployID), wire.Path(wire.DeployWarnings, project, id(deployID))), &out)
	return out.Logs, err
}

// PollFolderBuild looks at the build of a folder of the design manager every
// interval (0 for PollInterval) until it has ended or ctx has, and hands each
// state to report, which may be nil. Faults of the network have been retried
// already, so an error of a look ends it.
func (c *Client) PollFolderBuild(ctx context.Context, buildID string, interval time.Duration, report func(*wire.FolderBuildState)) (*wire.FolderBuildState, error) {
	return poll(ctx, c, interval, report,
		func() (*wire.FolderBuildState, error) { return c.FolderBuild(ctx, buildID) },
		func(s *wire.FolderBuildState) bool { return s.Status != wire.FolderBuildStarted })
}

func poll[T any](ctx context.Context, c *Client, interval time.Duration, report func(*T), look func() (*T, error), done func(*T) bool) (*T, error) {
	if interval <= 0 {
		interval = PollInterval
	}
	for {
		state, err := look()
		if err != nil {
			return nil, err
		}
		if report != nil {
			report(state)
		}
		if done(state) {
			return state, nil
		}
		if err := c.opts.Sleep(ctx, interval); err != nil {
			return state, err
		}
	}
}
