# The chores. `make` alone lists them.
BROWSER_TESTS = crates/laer8-web/tests/browser

.PHONY: help demo test check unit browser fuzz pictures libraries api-fuzz bench audit fmt clean-demo

CARGO ?= cargo
DEMO_DIR ?= laer8-demo-data
SECONDS_EACH ?= 20
LISTEN ?= 127.0.0.1:8008

help: ## list the chores
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: ## build everything, fill a folder with the demo company, serve its pages
	@scripts/need build
	$(CARGO) build --release --locked -p laer8
	@./target/release/laer8 demo --data-dir $(DEMO_DIR) --listen $(LISTEN)

test: ## run every check: format, lints, docs, tests on SQLite and PostgreSQL, hostile input, pages in a browser
	@scripts/need test
	$(MAKE) check
	$(MAKE) unit
	@if scripts/need fuzz; then $(MAKE) fuzz; else echo 'the fuzz targets were NOT run'; fi
	@if scripts/need browser; then $(MAKE) browser; else echo 'the browser tests were NOT run'; fi

check: ## format, clippy and rustdoc, without a warning
	$(CARGO) fmt --all --check
	$(CARGO) fmt --check --manifest-path fuzz/Cargo.toml
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --workspace --no-deps --locked --document-private-items

unit: ## all tests
	$(CARGO) test --workspace --locked --no-fail-fast

browser: ## the pages in a real browser; PICTURES=DIR leaves a picture of each
	@scripts/need browser
	scripts/libraries check
	$(CARGO) build --locked -p laer8
	cd $(BROWSER_TESTS) && LAER8_BIN=$(CURDIR)/target/debug/laer8 LAER8_CHROMIUM=$$(command -v chromium) \
		LAER8_PICTURES=$(PICTURES) npm test

fuzz: ## hostile input for what reads from outside, SECONDS_EACH=20 for each target
	@scripts/need fuzz
	SECONDS_EACH=$(SECONDS_EACH) scripts/fuzz

pictures: ## the pictures of the pages in docs/pages, taken anew
	@scripts/need browser
	$(CARGO) build --locked -p laer8
	cd $(BROWSER_TESTS) && LAER8_BIN=$(CURDIR)/target/debug/laer8 LAER8_CHROMIUM=$$(command -v chromium) \
		LAER8_PICTURES=$(CURDIR)/docs/pages node pictures.mjs

libraries: ## what browsers get from npm, copied as the lock file says
	scripts/libraries copy

api-fuzz: ## the API asked all sorts of things by schemathesis (pip install schemathesis)
	scripts/schemathesis

bench: ## all benchmarks; BENCHMARKS.md says what they measure
	$(CARGO) bench --workspace --locked

audit: ## licences, bans and advisories, where cargo-deny is installed
	@if command -v cargo-deny >/dev/null 2>&1; then cargo deny check; \
	else echo 'cargo-deny is not installed; run: cargo install cargo-deny'; fi

fmt: ## format everything
	$(CARGO) fmt --all
	$(CARGO) fmt --manifest-path fuzz/Cargo.toml

clean-demo: ## throw the demo company away
	rm -rf $(DEMO_DIR)
