# Needs Go, Node.js, make and bash; everything else is fetched, or installed by `make test`.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := help

export CGO_ENABLED := 0
export GOFLAGS ?= -buildvcs=false

STYLES := templates/static/ssph.css
STYLE_SOURCES := $(shell find templates/assets -type f) package.json
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
GOLANGCI := .bin/golangci-lint-v2.15.0
GOFUMPT := .bin/gofumpt-v0.12.0

# Every package but the browser journeys, which run after the rest and alone, three at a time: each waits for pages more than it
# works. Assigned to a variable of the shell, so that a failure stops the recipe instead of testing nothing.
PACKAGES := packages=$$(go list ./... | grep -v '/e2e')
BENCHED := packages=$$(grep -rl --include='*_test.go' --exclude-dir=node_modules '^func Benchmark' . | xargs -n 1 dirname | sort -u)
# Where goroutines meet. The pages and documents over them run one request at a time, and the browser journeys drive the rest.
RACED := ./models/... ./access/... ./scheduling ./booking ./billing/... ./delivery ./licensing ./jobs ./mail/...
CHROMIUM := CHROME_PATH=$$(.ci/chromium); export CHROME_PATH

.PHONY: help run build assets test race bench chaos screenshots lint fmt

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: build ## build and start the demonstration on http://localhost:8080
	@SSPH_MODE=$${SSPH_MODE:-demo} exec bin/ssph serve

build: assets ## one static binary with everything in it: bin/ssph
	go build -trimpath -ldflags='-s -w' -o bin/ssph ./cmd/ssph

assets: $(STYLES) ## style sheets and scripts, into templates/static

test: node_modules/.ssph-test assets ## everything: vet, format, Go tests on SQLite and PostgreSQL, browser journeys
	@$(CHROMIUM); echo "Browser for the journeys: $$CHROME_PATH"
	go vet ./...
	@unformatted=$$(find . -name node_modules -prune -o -name '*.go' -print | xargs gofmt -l); \
		test -z "$$unformatted" || { echo "Not formatted; run make fmt:"; echo "$$unformatted"; exit 1; }
	@$(PACKAGES); set -x; go test -count=1 -timeout 20m $$packages
	@$(CHROMIUM); set -x; go test -count=1 -parallel 3 -timeout 30m ./e2e/...

race: node_modules/.ssph-test assets ## the tests of everything that runs at once, under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race -count=1 -p 1 -timeout 40m $(RACED)

bench: node_modules/.ssph-test assets ## benchmarks, as ratios to a ceiling measured in the same run
	@$(BENCHED); set -x; go test -run '^$$' -bench . -count=1 -p 1 -timeout 30m $$packages

chaos: node_modules/.ssph-test assets ## crash and soak tests at full length (SSPH_TEST_BUDGET each, 15m by default)
	@$(CHROMIUM); export SSPH_TEST_BUDGET=$${SSPH_TEST_BUDGET:-15m}; set -x; \
		go test -v -count=1 -p 1 -timeout 3h -run '^Test(Chaos|Crash|Soak)' ./...

screenshots: node_modules/.ssph-test assets ## pictures of the pages, into docs/screenshots
	@$(CHROMIUM); export SSPH_SCREENSHOTS=$(CURDIR)/docs/screenshots; set -x; \
		go test -v -count=1 -timeout 10m -run '^TestScreenshots$$' ./e2e/...

lint: $(GOLANGCI) ## golangci-lint, with the rules of .golangci.yml
	$(GOLANGCI) run ./...

fmt: $(GOFUMPT) ## format every Go file
	find . -name node_modules -prune -o -name '*.go' -print | xargs $(GOFUMPT) -w

# What the lock file asks for is installed when it is missing or older. What the tests need includes what running needs.
node_modules/.ssph-run: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm was not found: install Node.js 18 or later (nodejs.org)."; exit 1; }
	$(NPM_CI) --omit=dev
	@touch $@

node_modules/.ssph-test: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm was not found: install Node.js 18 or later (nodejs.org)."; exit 1; }
	$(NPM_CI)
	@touch node_modules/.ssph-run $@

$(STYLES): node_modules/.ssph-run $(STYLE_SOURCES)
	npm run --silent build
	@touch $@

$(GOLANGCI):
	GOBIN=$(CURDIR)/.bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
	@mv .bin/golangci-lint $@

$(GOFUMPT):
	GOBIN=$(CURDIR)/.bin go install mvdan.cc/gofumpt@v0.12.0
	@mv .bin/gofumpt $@
