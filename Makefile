# Everything runs in .venv, which each target makes when it is missing or out of date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint fuzz fuzz-atheris torture bench bench-compare translations app clean

demo: $(READY)
	$(BIN)/clickpose demo

# Two at a time, each with one thread: more would want more memory than a laptop has.
test: $(READY) lint
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 2 --dist worksteal

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

# The same readers, led by what code an input reaches; two minutes each.
fuzz-atheris: $(READY)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz.coverage_guided --seconds $${CLICKPOSE_FUZZ_SECONDS:-120}

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

# A folder dist/clickpose that runs without Python; the tests of it run where it exists. Where the
# hashes hold it is made of nothing else; wheels of other platforms have other hashes.
APP := .venv-app
HASHED := $(shell $(PYTHON) -c "import platform as p, sys; print(p.system(), p.machine(), *sys.version_info[:2])")
app: $(READY)
	rm -rf $(APP)
	$(PYTHON) -m venv $(APP)
ifeq ($(HASHED),Linux x86_64 3 11)
	$(APP)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements-frozen.txt
else
	@echo "Not checked by hash: requirements-frozen.txt is for Linux on x86-64 and Python 3.11."
	$(APP)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt . pyinstaller
endif
	PYTHONPATH=. $(APP)/bin/python -m PyInstaller --noconfirm --log-level WARN app.spec
	$(BIN)/python -m pytest -m frozen

# The constraints pin the versions that we develop with; torch==2.13.0 there keeps
# a plain "torch" from pulling gigabytes of CUDA onto a machine without a GPU.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) $(APP) build dist .mypy_cache .pytest_cache .ruff_cache
