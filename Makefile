# make book and make test are all a newcomer needs; make help lists the rest.
GO      ?= go
DIR     ?= manuscript
OUT     ?= out
VERSION ?= $(shell sed -n 's/^## \([0-9][^ ]*\).*/\1/p' CHANGELOG.md | head -n 1)
LDFLAGS := -s -w -X main.version=$(VERSION)
BIN     := $(OUT)/banxin
FUZZTIME ?= 20s

.PHONY: help build book test conform lint bench fuzz reproducible fonts release clreq docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build out/banxin
	@mkdir -p $(OUT)
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/banxin

fonts: ## fetch the default fonts into fonts/ (nothing to do when they are there)
	@sh fonts/fetch

book: fonts build ## set DIR (default: manuscript) into OUT (default: out)
	$(BIN) build $(DIR) --out $(OUT)

test: ## run every test
	$(GO) test ./...

lint: ## gofmt, go vet, staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags conform ./...
	$(GO) tool staticcheck ./...

conform: book ## hold the book against outside judges: qpdf, poppler, mutool, EPUBCheck, Ace
	bash .ci/conform $(OUT)

clreq: ## the table of typesetting rules, passed and failed
	$(GO) test ./pipeline/typeset -run TestCLREQ -v | sed -n 's/^ *clreq_test.go:[0-9]*: //p'

bench: ## benchmarks of every stage and of the whole book
	$(GO) test ./... -run '^$$' -bench . -benchmem

fuzz: ## every fuzz target for FUZZTIME (default 20s) each
	@set -e; for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p; \
	  done; done

reproducible: fonts build ## build twice, elsewhere and at another time, and compare bytes
	@a=$$(mktemp -d); b=$$(mktemp -d); trap 'rm -rf "$$a" "$$b"' EXIT; \
	TZ=Asia/Shanghai LANG=C GOMAXPROCS=1 $(BIN) build $(DIR) --out "$$a" --package --quiet; \
	mkdir "$$b/elsewhere"; cp -R $(DIR) "$$b/copy"; sleep 1; \
	TZ=America/Lima LANG=zh_CN.UTF-8 GOMAXPROCS=8 $(BIN) build "$$b/copy" --out "$$b/elsewhere" --package --quiet; \
	for f in "$$a"/*; do cmp "$$f" "$$b/elsewhere/$$(basename "$$f")" || exit 1; done; \
	echo "identical: $$(ls "$$a" | tr '\n' ' ')"

release: ## static programs for Linux, macOS and Windows in OUT/release
	@mkdir -p $(OUT)/release
	@set -e; for t in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do \
	  os=$${t%/*}; arch=$${t#*/}; ext=; [ $$os = windows ] && ext=.exe; \
	  CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(OUT)/release/banxin-$(VERSION)-$$os-$$arch$$ext ./cmd/banxin; \
	  echo $(OUT)/release/banxin-$(VERSION)-$$os-$$arch$$ext; done

docs: build ## write the generated pages of docs/ anew
	$(BIN) explain --markdown --lang en > docs/rules.md
	$(BIN) explain --markdown --lang zh > docs/rules.zh-CN.md
	$(BIN) init --keys --lang en > docs/book-yaml.md
	$(BIN) init --keys --lang zh > docs/book-yaml.zh-CN.md

clean: ## remove what builds left in OUT
	find $(OUT) -mindepth 1 ! -name README.md -delete
