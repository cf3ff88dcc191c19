# Everything runs in .venv, which each target makes when it is missing or out of date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint fuzz torture bench bench-compare translations app clean

demo: $(READY)
	$(BIN)/clickpose demo

test: $(READY) lint
	$(BIN)/python -m pytest

# Faults by the hundred, half an hour; the table is in docs/reliability.md.
torture: $(READY)
	$(BIN)/python -m tests.torture --kills 200 --tries 10

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Hours of new inputs for every reader; make test tries a few of them, the same each time.
fuzz: $(READY)
	CLICKPOSE_FUZZ_EXAMPLES=$${CLICKPOSE_FUZZ_EXAMPLES:-10000} $(BIN)/python -m pytest tests/fuzz

# Every stage beside the machine's floor; see docs/performance.md. BENCH='--only refine --profile'
bench: $(READY)
	$(BIN)/python benchmarks/bench.py $(BENCH)

# Both versions measured in turns: make bench-compare BASE=main
bench-compare: $(READY)
	@$(BIN)/python benchmarks/compare.py "$(BASE)" $(BENCH)

# The texts of the source into the .ts files, and those into what the window reads.
translations: $(READY)
	$(BIN)/python -m tools.translations
	for ts in resources/translations/*.ts; do $(BIN)/pyside6-lrelease -silent $$ts; done

# A folder dist/clickpose that runs without Python; the tests of it run where it exists.
app: $(READY)
	$(BIN)/pyinstaller --noconfirm --log-level WARN app.spec
	$(BIN)/python -m pytest -m frozen

# The constraints pin the versions that we develop with; torch==2.13.0 there keeps
# a plain "torch" from pulling gigabytes of CUDA onto a machine without a GPU.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
