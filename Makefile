# Two commands set up everything on a fresh machine: `make test` and, once the command line has landed, `make site`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: test lint clean

.venv/dev: requirements-dev.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

test: .venv/dev
	$(BIN)/python -m pytest -q

lint: .venv/dev
	$(BIN)/ruff check tweeluik tests
	$(BIN)/mypy

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache
