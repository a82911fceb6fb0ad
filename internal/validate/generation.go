package validate

import (
	"fmt"
	"time"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/suggest"
)

// checkGenerations tells what HubSpot has ended or will end of what p uses.
func checkGenerations(p *project.Project, now time.Time) diag.List {
	var list diag.List
	manifests := map[string]bool{}
	for _, fn := range p.Functions {
		if fn.Generation == project.Platform || manifests[fn.Manifest] {
			continue
		}
		manifests[fn.Manifest] = true
		if fn.Generation == project.DesignManager {
			list = append(list, designManager(fn, now))
			list = append(list, runtime(fn, now)...)
		}
	}
	for _, d := range p.Developer {
		list = append(list, platform(d, now)...)
	}
	return list
}

const toProject = "make a project with fns project create, add each function with fns project add --features app-function-endpoint, " +
	"and change its callers from /_hcms/api/ to /hs/serverless/"

func designManager(fn *project.Function, now time.Time) diag.Diagnostic {
	steps := lifecycle.DesignManager()
	severity := diag.Warning
	if _, future := lifecycle.In(steps, now); len(future) == 0 {
		severity = diag.Error
	}
	return diag.Diagnostic{
		Code: diag.DesignManagerSunset, Severity: severity,
		Summary: "functions of the design manager end on " + steps[len(steps)-1].Date,
		Detail:  lifecycle.Sentence(steps, now) + "\nsee " + steps[0].Source,
		Range:   diag.Range{File: fn.Manifest}, Hint: toProject,
	}
}

// runtime judges the "runtime" of a serverless.json.
func runtime(fn *project.Function, now time.Time) diag.List {
	name := fn.Runtime
	d := diag.Diagnostic{
		Code: diag.RuntimeSunset, Severity: diag.Warning, Range: fn.RuntimeRange,
		Hint: fmt.Sprintf("set it to %q", lifecycle.CurrentRuntime),
	}
	steps := lifecycle.Runtime(name)
	switch {
	case name == lifecycle.CurrentRuntime:
		return nil
	case name == "":
		d.Code, d.Summary, d.Range = diag.MissingKey, `serverless.json has no "runtime"`, diag.Range{File: fn.Manifest}
		d.Hint = fmt.Sprintf("add \"runtime\": %q", lifecycle.CurrentRuntime)
	case len(steps) > 0:
		d.Summary = fmt.Sprintf("runtime %s has ended", name)
		d.Detail = lifecycle.Sentence(steps, now) + "\nsee " + steps[0].Source
	default:
		d.Summary = fmt.Sprintf("runtime %q is not known to HubSpot", name)
		if near := suggest.Closest(name, lifecycle.Runtimes()); near != "" && len(lifecycle.Runtime(near)) == 0 {
			d.Hint = fmt.Sprintf("did you mean %q?", near)
		}
	}
	return diag.List{d}
}

// platform judges the platform version of a project.
func platform(d project.Developer, now time.Time) diag.List {
	steps := lifecycle.Platform(d.Version)
	if len(steps) == 0 {
		return nil
	}
	past, _ := lifecycle.In(steps, now)
	finding := diag.Diagnostic{
		Code: diag.PlatformSunset, Severity: diag.Warning, Range: d.VersionRange,
		Summary: fmt.Sprintf("platform version %s ends on %s", d.Version, steps[len(steps)-1].Date),
		Detail:  lifecycle.Sentence(steps, now) + "\nsee " + steps[0].Source,
		Hint: fmt.Sprintf("hs project migrate moves the app to %s but not its functions: give each an -hsmeta.json in app/functions "+
			"(fns project add --features app-function writes one)", lifecycle.Current),
	}
	if len(past) > 0 {
		finding.Severity = diag.Error
		finding.Summary = fmt.Sprintf("platform version %s ended on %s", d.Version, past[len(past)-1].Date)
	}
	return diag.List{finding}
}
