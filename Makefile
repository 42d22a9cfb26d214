# Every command of the project. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo test sure bench lint types lock clean

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Stamps say which lock file was installed, so that a second run installs nothing.
BASE := $(VENV)/.installed-base
DEV := $(VENV)/.installed-dev

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(BASE) ## install the product into .venv

demo: $(BASE) ## serve a newsroom with content at http://127.0.0.1:8000 (PORT=)
	@$(BIN)/readership demo --port $(PORT)

test: $(DEV) ## install what the tests need and run the whole suite
	@sh tools/system-parts
	@sh tools/newer-python
	@$(BIN)/python tools/suite

sure: test ## all that CI runs

bench: $(DEV) ## measure the ratios of the design and write bench/results.md
	@sh tools/system-parts bench
	@$(BIN)/python -m bench

lint: $(DEV) ## style and layers
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: $(DEV) ## mypy --strict
	@$(BIN)/mypy

lock: ## choose new versions and lock them with hashes
	@$(BIN)/python -m pip install --quiet uv
	@for set in base dev; do $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-annotate \
	  requirements/$$set.in --output-file requirements/$$set.txt; done

clean: ## remove .venv and caches; never the newsroom's own data
	@rm -rf $(VENV) .venv-newer .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build

$(BIN)/python:
	@python=$$(sh tools/find-python) && $$python -m venv $(VENV)

$(BASE): requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Installing Readership into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/base.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(BASE)
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@touch $@
