# Two commands do everything: `make demo` installs and works off the samples; `make test` installs and checks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-home

.PHONY: install demo test bench clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@
