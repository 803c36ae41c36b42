# Every target sets itself up: `make demo` or `make test` may be the first command you type.
.DEFAULT_GOAL := help
# The first of these that really is 3.11 or newer (a version manager's shim may exist and not work).
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: setup demo run test check migration bench faults pictures audit pin help
setup: $(STAMP)  ## make .venv with the pinned libraries (quiet when done)

$(STAMP): requirements.txt requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found: install it, or say where it is: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up .venv (once; a minute or so) ..."; $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(STAMP)  ## the bot on a local Telegram in your browser: no token, no network
	@$(BIN)/python -m bot demo

run: $(STAMP)  ## the bot itself, with the settings of .env
	@$(BIN)/python -m bot run

check: $(STAMP)  ## style, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

test: $(STAMP)  ## everything in check and every test, side by side: types want one core, and are said before the tests end
	@$(MAKE) --no-print-directory check & checked=$$!; $(BIN)/python -m pytest -n 2; tested=$$?; wait $$checked && exit $$tested

migration: $(STAMP)  ## a new migration, drafted from what changed in storage/tables: name=what_becomes_true
	@$(BIN)/python -m storage.drafting $(name)
	@$(BIN)/ruff format --quiet storage/migrations/versions

bench: $(STAMP)  ## speed, as ratios against a floor measured in the same run
	@$(BIN)/python -m bench

faults: $(STAMP)  ## the fault campaign, all of it or PART=name (PART=list), from where it stopped (AGAIN=1: anew)
	@$(BIN)/python -m tests.faults $(PART) $(if $(AGAIN),--again)

pictures: $(STAMP)  ## the story's pictures anew: docs/pictures (needs Chromium)
	@$(BIN)/python -m tests.pictures

audit: $(STAMP)  ## known holes in the pinned libraries (needs the network, else says so), and their licences
	@$(BIN)/python -m tests.audit

pin: $(STAMP)  ## renew requirements*.txt from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.txt --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet -o requirements-dev.txt

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 11
