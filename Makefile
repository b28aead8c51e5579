# Family PR. Each command installs what it needs first; the logic is in local/.
PYTHON ?= python3
VENV := .venv/bin/python
VERDICT ?= OK
TARGET ?= embedded
N ?= 100
SEED ?= 1

.DEFAULT_GOAL := help
.PHONY: help install run demo test chaos chaos-versions bench verify check lock clean

help: ## What there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

install: ## Install everything below this folder
	@$(PYTHON) local/install.py

run: install ## Start Temporal, workers and site; stop with Ctrl-C
	@exec $(VENV) -m local.run

demo: install ## Take Karla to a pull request, unattended (VERDICT=FAILED: to an issue; TARGET=github: at GitHub)
	@VERDICT=$(VERDICT) TARGET=$(TARGET) exec $(VENV) -m local.demo

test: install ## Run all tests
	@exec $(VENV) -m local.suite

chaos: install ## Kill every part of a running set once, and look what is left; takes minutes
	@exec $(VENV) -m pytest -s tests/chaos

chaos-versions: install ## Raise a version under N open processes and kill what works on it (N=100 SEED=1)
	@N=$(N) SEED=$(SEED) exec $(VENV) -m tests.chaos.versions

bench: install ## Measure the budgets on a set of its own; takes minutes
	@$(VENV) -m tests.bench.budget && exec $(VENV) -m tests.bench.version_bump

# Make ends with 2 whatever a recipe's exit code is; only a question ends with 1. So the answer is
# found while this file is read, and where it is 1 make is asked whether verify is up to date.
ifeq ($(MAKECMDGOALS),verify)
TOLD := $(shell { $(PYTHON) local/install.py || exit 2; $(VENV) -m web.proof $(EXPORT) $(if $(KEYS),--keys $(KEYS)); } 1>&2)
FOUND := $(.SHELLSTATUS)
ifeq ($(FOUND),1)
MAKEFLAGS += -q
endif
endif

verify: ## Check an exported record offline: EXPORT=file, KEYS=folder of keys you trust
	@exit $(FOUND)

check: install ## Look the code over: ruff, mypy --strict
	@$(VENV) -m ruff format --check . && $(VENV) -m ruff check . && $(VENV) -m mypy .

lock: install ## Choose the newest packages that pyproject.toml allows
	@$(PYTHON) local/lockfile.py

clean: ## Remove what was installed; never the state
	rm -rf .venv .tools web/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
