# newsdb: `make help` lists what there is. DATABASE_URL (postgres://… or sqlite:////path) chooses the database.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile --generate-hashes --universal --python-version 3.11 --no-header --quiet
export NEWSDB_ALLOWED_HOSTS := $(if $(NEWSDB_ALLOWED_HOSTS),$(NEWSDB_ALLOWED_HOSTS),$(HOST))

.DEFAULT_GOAL := help
.PHONY: help setup run test bench lint lock countries messages schema codebook

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsdb needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.run

setup: $(VENV)/.dev ## install everything, the tools of development too

run: $(VENV)/.run ## prepare the database and serve on HOST:PORT
	@exec $(BIN)/python manage.py serve --prepare --host $(HOST) --port $(PORT) --workers $(WORKERS)

test: $(VENV)/.dev ## the whole suite, on SQLite and on PostgreSQL, in the system's Chromium (BROWSER=none: without)
	@$(BIN)/python -m tests.browser.chromium
	DATABASE_URL= $(BIN)/python -m pytest -q $(ARGS)
	$(BIN)/python -m tests.on_postgres -q -m "not once" $(ARGS)

bench: $(VENV)/.dev ## measure requests, exports, starts and memory beside their limits, on 50,000 deployments
	@$(BIN)/python -m bench $(ARGS)

lint: $(VENV)/.dev ## ruff's rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lock: $(VENV)/.dev ## lock the requirements anew, with hashes
	$(COMPILE) --upgrade requirements.in -o requirements.txt
	$(COMPILE) --upgrade requirements-dev.in -o requirements-dev.txt
	$(COMPILE) --upgrade reference/requirements.in -o reference/requirements.txt

countries: ## build the countries' reference fixture
	$(PYTHON) -m venv $(VENV)-reference
	$(VENV)-reference/bin/python -m pip install --quiet --require-hashes -r reference/requirements.txt
	$(VENV)-reference/bin/python reference/build_countries.py

messages: $(VENV)/.dev ## bring the desk's Dutch words up to date
	$(BIN)/python -m missions.locale.build

schema: $(VENV)/.run ## write openapi.yaml from the code
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file openapi.yaml

codebook: $(VENV)/.run ## write docs/codebook.md from the models
	$(BIN)/python manage.py codebook --output docs/codebook.md
