# Everything here is also one plain command; `make help` lists the targets.

GO ?= go
NPM ?= npm
EXAMPLE ?= testdata/examples/hello
ARGS ?=

NODECORE := internal/nodecore
INSTALLED := node_modules/.package-lock.json

export CGO_ENABLED := 0

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
COMMIT := $(shell git rev-parse HEAD 2>/dev/null)
DATE := $(shell git log -1 --format=%cI 2>/dev/null)
PKG := github.com/fns-dev/fns/internal/buildinfo
LDFLAGS := -s -w -X $(PKG).version=$(VERSION) -X $(PKG).commit=$(COMMIT) -X $(PKG).date=$(DATE)

.DEFAULT_GOAL := help
.PHONY: help run build asset test conformance hs-interop bench load lint fmt clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build, and start fns dev on an example (EXAMPLE=folder, ARGS=flags)
	bin/fns dev $(EXAMPLE) $(ARGS)

build: asset ## Build bin/fns
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/ ./cmd/fns

asset: $(NODECORE)/$(INSTALLED) ## Bundle the npm packages that implement parts of Node's core
	$(GO) run ./internal/nodecore/build

# npm ci writes this file last, so it is newer than the lockfile once all is there.
%/$(INSTALLED): %/package.json %/package-lock.json
	cd $* && $(NPM) ci --ignore-scripts --no-audit --no-fund
	@touch $@

test: asset testdata/npm/$(INSTALLED) ## Run all tests
	$(GO) test ./...

# The Nodes come as npm packages for Linux on x64.
NODES := testdata/node
CONFORMANCE_NODES = $(foreach n,20 22 24,$(CURDIR)/$(NODES)/node_modules/node-$(n)/bin/node)
empty :=
space := $(empty) $(empty)

ifeq ($(shell uname -s -m),Linux x86_64)
conformance: asset testdata/npm/$(INSTALLED) $(NODES)/$(INSTALLED) ## Compare the embedded engine with Node 20, 22 and 24 (UPDATE=1: note what later Nodes changed)
	FNS_CONFORMANCE_NODES='$(subst $(space),:,$(strip $(CONFORMANCE_NODES)))' FNS_CONFORMANCE_UPDATE='$(UPDATE)' \
		$(GO) test -count=1 -p 1 -timeout 30m -run 'DoAs|AnswerAlike' ./internal/nodecore ./internal/engine/enginetest
else
conformance:
	@echo 'make conformance needs Linux on x64: the versions of Node that it compares with come as npm packages for that.' >&2
	@echo 'make test compares with the node on PATH, on any system.' >&2
	@exit 1
endif

HS := testdata/hs

hs-interop: asset $(HS)/$(INSTALLED) ## Run the same tasks with the official hs and with fns, and compare every call
	FNS_HS='$(CURDIR)/$(HS)/node_modules/.bin/hs' $(GO) test -count=1 -timeout 20m -run TestBothTools ./cmd/fns ./internal/jsonschema

bench: build testdata/npm/$(INSTALLED) ## Measure start, reload, load and memory
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...

load: asset ## Keep 50 clients of the local portal busy for a minute, and look for all that it acknowledged
	FNS_LOAD=1m $(GO) test -count=1 -v -timeout 10m -run TestFiftyClientsLoseNothing ./cmd/fns

lint: asset ## Run the linters
	@test -z "$$(gofmt -l cmd docs internal)" || { echo 'not formatted (run make fmt):'; gofmt -l cmd docs internal; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) mod tidy -diff
	GOOS=windows $(GO) vet ./...
	GOOS=darwin $(GO) vet ./...

fmt: ## Format the Go files
	gofmt -w cmd docs internal

clean: ## Remove what the other targets made
	rm -rf bin dist $(NODECORE)/dist $(NODECORE)/node_modules $(NODECORE)/asset_gen.go testdata/npm/node_modules $(NODES)/node_modules
