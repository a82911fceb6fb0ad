// Command fns runs HubSpot serverless functions locally.
package main

import (
	"context"
	"os"

	"github.com/fns-dev/fns/internal/cli"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/worker"
)

func main() {
	worker.MaybeMain()
	os.Exit(cli.Main(context.Background(), sysx.New()))
}
