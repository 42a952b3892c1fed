# PORT=4000, RELEASE=1 and every CANDOR_… variable are passed on. What is built goes to
# ~/.cache/candor (or CARGO_TARGET_DIR), not into this folder.

.PHONY: help run dev test chaos bench clean

help: ## Show this list
	@grep -hE '^[a-z]+: ##' $(MAKEFILE_LIST) | sed 's/^\([a-z]*\): ## /  make \1	/'

run: ## Install what is missing, build, and serve the demo on http://lumaire.localhost:3000
	@scripts/build && exec scripts/serve

dev: ## The same, and build and start again after every change
	@exec scripts/dev

test: ## Run every check: format, lints, licences, tests on both databases, browser tests, HTML (or STAGES="rust browser")
	@exec scripts/test $(STAGES)

chaos: ## Kill processes at random moments, 60 on each database, and look at what is left
	@exec scripts/chaos

bench: ## Measure what must not get slow, in release, beside nginx and plain inserts (about 10 minutes)
	@scripts/bench

clean: ## Remove what was built from this project's own code, but not its dependencies
	@exec scripts/clean
