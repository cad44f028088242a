# make reports   tables to pages: writes reports/index.html
# make test      linters, types and all tests
# make check     formatting, types and the fast tests, before every commit
# make golden    write every computed word of every page again (tests/golden/), to review in the diff
# make mutants MODULE="analyses.gaps sentences.gaps" SAMPLE=40   faults put into modules, and how many their tests notice
# make lab       JupyterLab on the notebooks
# make extract REPORT=file   the report's text or Word file to data/
# make lock      compile requirements.lock again
# make audit-deps   look for known advisories in the locked packages (needs the network)
# make clean     remove everything that make made

PYTHON ?= python3
SAMPLE ?= 40
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# uv installs no bytecode: where none may be written, each process would compile every library anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: reports test check golden mutants lab extract lock audit-deps clean

reports: $(VENV)/ready
	$(BIN)/python -m helpers run

test: $(VENV)/ready
	sh tests/browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not slow" -n auto
	$(BIN)/python -m pytest -m slow -n auto --dist loadgroup

check: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not slow and not whole" -n auto

golden: $(VENV)/ready
	$(BIN)/python -m tests.golden

mutants: $(VENV)/ready
	$(PIP) install --quiet -e ".[mutants]"
	nice $(BIN)/python -P tests/mutants.py --sample $(SAMPLE) $(MODULE)

lab: $(VENV)/ready
	JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter" $(BIN)/jupyter lab --notebook-dir=. README.md

extract: $(VENV)/ready
	$(BIN)/python -m helpers extract "$(REPORT)"

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv --clear $(VENV)
	sed -n '/^uv==/,/# via/p' requirements.lock >$(VENV)/uv.txt
	sed '/^uv==/,/# via/d' requirements.lock >$(VENV)/packages.txt
	if $(PIP) install --quiet --require-hashes --only-binary :all: -r $(VENV)/uv.txt; \
		then install="$(BIN)/uv pip install --python $(BIN)/python"; else install="$(PIP) install"; fi; \
	$$install --quiet --require-hashes -r $(VENV)/packages.txt && \
	$$install --quiet --no-deps --no-build-isolation -e .
	touch $@

lock: $(VENV)/ready
	$(BIN)/uv pip compile pyproject.toml --extra test --extra cluster --extra build --universal --python-version 3.11 \
		--generate-hashes --no-header --quiet -o requirements.lock

audit-deps: $(VENV)/ready
	$(PYTHON) -m venv --clear $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet pip-audit
	$(VENV)/audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict

clean:
	rm -rf $(VENV) reports *.egg-info .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
