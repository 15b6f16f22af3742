# The two commands of a newcomer: `make lab` and `make test`. Each does all the set-up it needs first.

NODE := node_modules/.bin/node
export PATH := $(CURDIR)/node_modules/.bin:$(CURDIR)/.cache/bin:$(PATH)
export MACHINES FIRMWARE ONCE

.PHONY: lab test unit check bench clean

# Installs what is missing, then provisions virtual bare-metal machines and shows it happening.
# MACHINES=3 for more of them, FIRMWARE=bios instead of uefi, ONCE=1 to end when all have called home.
lab: node_modules/.ready
	@$(NODE) lab/main.ts

# Everything: house rules, types, unit tests, and the end-to-end runs in the lab.
test: check
	$(NODE) lab/prepare.ts
	$(NODE) --test --test-concurrency=2 $$(git ls-files '*.test.ts' ':!lab/scenarios')
	$(NODE) --test --test-concurrency=1 $$(git ls-files 'lab/scenarios/*.test.ts')

# The tests that need no lab and no packages of the system.
unit: node_modules/.ready
	$(NODE) --test --test-concurrency=2 $$(git ls-files '*.test.ts' ':!lab' ':!hook')

check: node_modules/.ready
	npm run --silent lint
	npm run --silent types

bench: node_modules/.ready
	npm run bench -- $(NAME)

clean:
	rm -rf node_modules .lab

node_modules/.ready: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@
