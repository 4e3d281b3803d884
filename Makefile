# Everything starts here. PYTHON is any Python from 3.11 to 3.14; all else is installed into this folder.
# Variables reach the programs as they are: make run PORT=8100 DATA_DIR=.data-2 DEMO=0

PYTHON ?= python3
READY = @$(PYTHON) infra/launch/bootstrap.py
IN_VENV = .venv/bin/python -m

.DEFAULT_GOAL := help
.PHONY: help install run test test-fast test-nightly sabotage bench drill rows lint

help: ## Show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 24

install: ## Install what is missing, start nothing
	$(READY)

run: ## Start the product (PORT=8000, DATA_DIR=.data, DEMO=0 for no demo company)
	$(READY) && exec $(IN_VENV) infra.launch run

test: ## Prove everything: lint, types, architecture, back end, front end, browser
	$(READY) && exec $(IN_VENV) tests.stages full

test-fast: ## What a developer runs every few minutes
	$(READY) && exec $(IN_VENV) tests.stages fast

test-nightly: ## Long fuzz and chaos runs
	$(READY) && exec $(IN_VENV) tests.stages nightly

sabotage: ## Put faults in one by one: each must be caught
	$(READY) && exec $(IN_VENV) tests.sabotage

bench: ## Measure through the real server (ONLY=name for one figure)
	$(READY) && exec $(IN_VENV) infra.benchmarks $(ONLY)

drill: ## Rehearse the restore of one company and of all, tell RTO and RPO
	$(READY) && exec $(IN_VENV) infra.drill

rows: ## List the requirements with the tests that prove them
	$(READY) && exec $(IN_VENV) tests.rows

lint: ## Style, types, import contracts
	$(READY) && exec $(IN_VENV) tests.stages lint
