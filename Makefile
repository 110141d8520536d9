# One command each. All of them make .venv first, from $(PYTHON), and again only when what is to be installed changes.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEMO   := demo/khaldun.db

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help demo test check format eval weights clean

help:
	@echo "make demo    read the bundled reports and show what is in them"
	@echo "make test    run the tests"
	@echo "make check   format, lint, types, layers and tests"
	@echo "make eval    measure every step (DATA=folder with bench/ and gold/, SPLIT=dev)"
	@echo "make weights train the learned layers anew (DATA=folder with bench/; about two hours on one core; goes on where it stopped)"
	@echo "make clean   remove what these commands made"

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Khaldun needs Python 3.11 or newer, and '$(PYTHON)' is not. Try: make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "'$(PYTHON)' cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing what Khaldun needs into $(VENV) (about 1 GB, a few minutes, once)"
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev,tables]'
	@touch $@

demo: $(READY)
	@mkdir -p $(dir $(DEMO)) && rm -f $(DEMO) $(DEMO)-shm $(DEMO)-wal
	@$(BIN)/khaldun read samples --db $(DEMO)
	@$(BIN)/khaldun reports --db $(DEMO)
	@$(BIN)/khaldun control Derna --db $(DEMO)
	@echo "Go on with, for example:"
	@echo "  export KHALDUN_DB=$(DEMO)"
	@echo "  $(BIN)/khaldun events --place Derna"
	@echo "  $(BIN)/khaldun claims --speaker Reuters"
	@echo "  $(BIN)/khaldun export --format csv --out demo/tables"

test: $(READY)
	$(BIN)/python -m pytest -q

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(wildcard src tests eval benchmarks)
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

DATA  ?= ../shared
SPLIT ?= dev
eval: $(READY)
	$(BIN)/python eval/run.py --data $(DATA) --split $(SPLIT)

# TRAIN=--bfloat16 halves the time on processors that reckon in 16 bits
WEIGHTS ?= build/weights
weights: $(READY)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[training]'
	$(BIN)/python -m training --data $(DATA) --out $(WEIGHTS) $(TRAIN)
	$(BIN)/python -m training.export $(WEIGHTS)/stage4.pt src/khaldun/annotate/models
	$(BIN)/python -m training.names --data $(DATA)
	$(BIN)/python -m training.ties --data $(DATA)

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
