# Two commands do everything: `make demo` installs and works off the samples; `make test` installs and checks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DEMO := demo-home

.PHONY: install demo test bench bench-long clean

install: $(VENV)/.installed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "formflow needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 4; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || ./.ci/system-packages python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/.installed

# A fresh home each time: the second demo must show the same as the first.
demo: install
	@rm -rf $(DEMO)
	@$(BIN)/formflow init $(DEMO) --samples
	@$(BIN)/formflow run --home $(DEMO) || [ $$? -eq 1 ]
	@echo && find $(DEMO)/outbox -type f | LC_ALL=C sort
	@$(BIN)/formflow cases --home $(DEMO)
	@echo && echo "接下来要人来定：填好 $(DEMO)/outbox/ 里的评分汇总、核定表、补助测算、发文审批表或审核表，存进 $(DEMO)/inbox，再运行"
	@echo "  $(BIN)/formflow run --home $(DEMO)"
	@echo "一步一步怎么做，见 docs/使用指南.md。"

test: $(VENV)/.installed-test
	@./.ci/system-packages poppler-utils=pdftotext libreoffice-writer-nogui=soffice libreoffice-calc-nogui=/usr/lib/libreoffice/program/libsclo.so libarchive-tools=bsdtar postgresql=pg_ctlcluster bindfs
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks

# A register of 100,000 cases and 10,000 papers through one serve: forty minutes, twelve gigabytes of disk.
bench-long: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks grown memory

clean:
	rm -rf $(VENV) $(DEMO) build dist
