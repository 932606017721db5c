# Two commands a newcomer needs: "make run" and "make test". Both install what
# is missing on Debian and Ubuntu, and say what to install elsewhere.

SHELL   := /bin/bash
GO      ?= go
OUT     ?= out
BIN     := build/garrod
UNAME   := $(shell uname -s)
VERSION := $(shell sed -n 's/^ *Version *= *"\(.*\)"/\1/p' FyneApp.toml)
COMMIT  := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
LDFLAGS := -X main.version=$(VERSION) -X main.commit=$(COMMIT)

# One set of flags for every build, vet, lint and test, so that they share one
# cache: -trimpath always, x11 on Linux (Wayland's headers are not needed then).
ifeq ($(UNAME),Linux)
TAGS := x11
else
TAGS := garrod
endif
export GOFLAGS := -trimpath -tags=$(TAGS)
export LANG    := en_GB.UTF-8
export GARROD_SHARED ?= $(abspath ../shared)

TOOL := $(GO) tool -modfile=.ci/tools/go.mod

.PHONY: help run test build deps test-deps vet lint unit window demo demo-data bench soak fuzz windows clean

help: ## show what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 \t\2/p' $(MAKEFILE_LIST)

run: build ## build and open the window on the demonstration case
	@if [ "$(UNAME)" != Linux ] || [ -n "$$DISPLAY" ]; then exec $(BIN) ui --case DEMO-1; \
	else echo "No display here, so there is no window. Running the demonstration on the command line instead:"; \
	     exec $(BIN) demo --out "$$(mktemp -d)"; fi

test: test-deps vet lint build unit ## vet, lint and run every test

deps:
	@bash .ci/install build

test-deps: deps
	@bash .ci/install list

build: deps ## build build/garrod
	@mkdir -p build
	$(GO) build -ldflags '$(LDFLAGS)' -o $(BIN) ./app

vet: deps
	$(GO) vet ./... ./testdata/gen
	GOFLAGS=-trimpath GOOS=windows CGO_ENABLED=0 $(GO) vet -tags ci ./...

lint: deps
	$(GO) mod tidy -diff
	$(TOOL) golangci-lint run ./... ./testdata/gen

# The race detector and a shuffled order always. The tag ci gives package app
# Fyne's software driver, so that no test needs OpenGL; the window itself is
# driven as built (TestWindow), where Xvfb is there.
# Two sweeps take a fraction of their places there, and all of them without it.
SWEEPS := EveryChangedByte|ExplainAgrees
unit: build
	GOFLAGS=-trimpath GARROD_BIN=$(abspath $(BIN)) $(GO) test -tags ci -race -shuffle=on -timeout 20m ./...
	GOFLAGS=-trimpath $(GO) test -tags ci -run '$(SWEEPS)' ./app

demo: build ## run the whole road on the command line; the report lies in out/
	$(BIN) demo --out $(OUT)
	$(BIN) verify $(OUT)/report.pdf --trust $(OUT)/ca.pem --json

demo-data: ## make the demonstration case again (needs bgzip and tabix)
	$(GO) run ./testdata/gen -out assets/demo
	cd assets/demo && bgzip -f demo.vcf && tabix -f -p vcf demo.vcf.gz && tabix -f -p vcf -C demo.vcf.gz

bench: build ## Garrod and its peers on a made file (RECORDS=5000000 for a genome), then the parts
	@bash .ci/install bench
	@bash .ci/bench
	$(GO) test -run '^$$' -bench . -benchmem ./review/... ./reports/...

soak: build ## long tests: every bit of a signed report, every real file
	GOFLAGS=-trimpath GARROD_SOAK=1 $(GO) test -tags ci,soak -timeout 60m ./...

FUZZTIME ?= 30s
fuzz: ## every fuzz target for FUZZTIME each
	@set -e; for p in $$($(GO) list ./review/... ./reports/...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$p; done; done

windows: ## cross-build the window for Windows (needs gcc-mingw-w64-x86-64)
	GOFLAGS=-trimpath CGO_ENABLED=1 GOOS=windows CC=x86_64-w64-mingw32-gcc $(GO) build -ldflags '$(LDFLAGS)' -o build/garrod.exe ./app
	GOFLAGS=-trimpath CGO_ENABLED=1 GOOS=windows CC=x86_64-w64-mingw32-gcc $(GO) build -ldflags '$(LDFLAGS) -H=windowsgui' -o build/garrodw.exe ./app

clean:
	rm -rf build out
