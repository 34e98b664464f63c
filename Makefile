# Two commands set up everything on a fresh machine with Python 3.11 or newer: `make site` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

SOURCES := build.py verify_certificate.py tweeluik tests tools bench stubs

.PHONY: site test long check quick mutants bench wheel format lock sbom opener screenshots golden clean
.SILENT: # what is told is what the programs tell

site: .venv/run
	$(BIN)/python build.py

# The tests start some hundreds of programs: what these are compiled to is kept, also where Python was told to keep nothing.
test long: export PYTHONDONTWRITEBYTECODE :=

test: .venv/dev
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

# The tests that take minutes: the play of five years, and more generated sources under attack. Before a release.
long: .venv/dev
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m long

# The gate. `make test check` is the same: nothing is done twice.
check: quick test

# All of the gate but the tests: format, lint, types (how much of them is precise too), import contracts.
quick: .venv/dev
	$(BIN)/ruff format --check --quiet $(SOURCES)
	$(BIN)/ruff check --quiet $(SOURCES)
	$(BIN)/mypy --any-exprs-report build-output/types
	$(BIN)/python -m tools.precise_types build-output/types
	$(BIN)/lint-imports --no-cache >build-output/contracts || { cat build-output/contracts; false; }

format: .venv/dev
	$(BIN)/ruff format --quiet $(SOURCES)
	$(BIN)/ruff check --quiet --fix $(SOURCES)

# Small changes of the code, one at a time: each must make a test fail. `make mutants ONLY=guard` does those that hold the word.
ONLY :=
mutants: .venv/dev
	$(BIN)/python -m tools.mutants $(ONLY)

# The figures of docs/benchmarks.md, each by the program that measures it; on a quiet machine.
bench: .venv/dev
	$(BIN)/python -m bench.matching --write
	$(BIN)/python -m bench.recall --write
	$(BIN)/python -m bench.guard --write
	$(BIN)/python -m bench.reading --write
	$(BIN)/python -m bench.spreadsheets --write
	$(BIN)/python -m bench.turnover --write
	$(BIN)/python -m bench.gausssuppression --write
	$(BIN)/python -m bench.decimals --write
	$(BIN)/python -m bench.methods --write
	$(BIN)/python -m bench.building --write
	$(BIN)/python -m bench.million 1000 10000 --write
	$(BIN)/python -m bench.installed --write
	test -x build-output/peers/bin/mkdocs || $(BIN)/python -m bench.peers --install
	$(BIN)/python -m bench.peers --write
	$(BIN)/python -m bench.preview --write
	$(BIN)/python -m bench.serving --write
	$(BIN)/python -m bench.sealing 51 --write
	$(BIN)/python -m bench.sealing 204 --write
	$(BIN)/python -m bench.sizes --write
	$(BIN)/python -m bench.cases --write
	$(BIN)/python -m bench.generated_sources 40 --write

# The package. The same commit gives the same bytes: the time in it is that of the commit.
wheel: .venv/dev
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m tools.wheel build-output/dist

# Both lock files, with hashes, from the ranges in pyproject.toml and requirements-dev.in: what is locked and still fits stays as it is.
# `make lock UPGRADE=--upgrade` takes the newest of everything, `UPGRADE='--upgrade-package jinja2'` of one package.
# Read the difference in git, and run `make golden` when typst, jinja2 or markdown-it-py moved.
UPGRADE :=
COMPILE = build-output/lock/bin/pip-compile --quiet --no-config --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-find-links --no-emit-index-url $(UPGRADE)
lock:
	test -x build-output/lock/bin/python || $(PYTHON) -m venv build-output/lock
	build-output/lock/bin/python -m pip install --quiet --disable-pip-version-check 'pip-tools>=7,<8'
	$(COMPILE) --output-file=requirements.lock pyproject.toml
	$(COMPILE) --output-file=requirements-dev.lock requirements-dev.in

# What is shipped beside our own code: a bill of materials (CycloneDX) of the locked packages, of those in the opener, of data
# and fonts, and their licences.
sbom: .venv/dev
	rm -rf build-output/run
	$(PYTHON) -m venv --without-pip build-output/run
	$(BIN)/python -m pip --python build-output/run/bin/python install --quiet --disable-pip-version-check --require-hashes \
		-r requirements.lock
	$(BIN)/cyclonedx-py environment --short-PURLs --output-reproducible --pyproject pyproject.toml \
		-o build-output/sbom.cdx.json build-output/run/bin/python
	$(BIN)/python -m tools.bill build-output/sbom.cdx.json
	$(BIN)/python -m tools.licences build-output/sbom.cdx.json

# The page with which a clerk opens a bundle without installing anything, which every bundle takes from the templates.
# Needs npm and Node.js 20.19 or newer.
opener:
	npm ci --prefix tools/opener --ignore-scripts --no-audit --no-fund --loglevel=error
	node tools/opener/build.mjs
	if [ -d templates/confidential ]; then cp build-output/opener.html templates/confidential/; fi

screenshots: .venv/dev
	$(BIN)/python build.py
	$(BIN)/python -m tools.screenshots site docs/screenshots
	$(BIN)/python -m tools.review_screenshots docs/screenshots

golden: .venv/dev
	$(BIN)/python -m tests.golden.refresh

clean:
	rm -rf .venv build-output tools/opener/node_modules .pytest_cache .mypy_cache .ruff_cache

# Else it is pip that stops, at the first package that an older Python cannot have, and leaves a folder of the old one.
OWN_PYTHON = test -x $(BIN)/python || { \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }; \
	$(PYTHON) -m venv .venv; }

.venv/run: requirements.lock
	echo "installing what $< names, into .venv" >&2
	$(OWN_PYTHON)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

.venv/dev: requirements-dev.lock
	echo "installing what $< names, into .venv" >&2
	$(OWN_PYTHON)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ .venv/run
