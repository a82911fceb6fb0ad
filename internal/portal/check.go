package portal

import (
	"context"
	"slices"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/validate"
)

// check runs the checks of fns validate on a folder, which include bundling every
// function. What stands in no code but in the calendar (generations that HubSpot
// has closed), and packages that HubSpot would install, are warnings here.
func (p *Portal) check(ctx context.Context, dir string) (diag.List, error) {
	result, err := validate.Run(ctx, []string{dir}, validate.Options{CacheDir: p.opts.CacheDir, Now: p.opts.Now()})
	if err != nil {
		return nil, err
	}
	for i, d := range result.List {
		if d.Severity == diag.Error && slices.Contains(gentle(), d.Code) {
			result.List[i].Severity = diag.Warning
		}
	}
	return result.List, nil
}

func gentle() []string {
	return []string{
		diag.DesignManagerSunset, diag.PlatformSunset, diag.RuntimeSunset,
		diag.PackageMissing, diag.PackageNotInstalled, diag.PreloadNotInstalled, diag.UnlistedPackage,
		diag.TooManyEndpoints, diag.TooManySecrets, // counted over the whole account at the deploy
	}
}

func errorsOf(list diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}
