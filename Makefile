# Two commands set up everything on a fresh machine with Python 3.11 or newer: `make site` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test lint opener screenshots golden clean
.SILENT: # what is told is what the programs tell

site: .venv/run
	$(BIN)/python build.py

test: .venv/dev
	$(BIN)/python -m pytest -q -n auto

lint: .venv/dev
	$(BIN)/ruff check build.py verify_certificate.py tweeluik tests tools bench
	$(BIN)/mypy

# The page with which a clerk opens a bundle without installing anything: build-output/opener.html.
# Needs npm and Node.js 20.19 or newer.
opener:
	npm ci --prefix tools/opener --ignore-scripts --no-audit --no-fund --loglevel=error
	node tools/opener/build.mjs

screenshots: .venv/dev
	$(BIN)/python build.py
	$(BIN)/python tools/screenshots.py site docs/screenshots

golden: .venv/dev
	$(BIN)/python -m tests.golden.refresh

clean:
	rm -rf .venv build-output tools/opener/node_modules .pytest_cache .mypy_cache .ruff_cache

.venv/run: requirements.lock
	echo "installing what $< names, into .venv" >&2
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

.venv/dev: requirements-dev.lock
	echo "installing what $< names, into .venv" >&2
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ .venv/run
