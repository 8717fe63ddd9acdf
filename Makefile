# MotionLoop: `make demo` runs the whole loop on a virtual board, `make test` tests everything.
# Both set up what they need first: .venv with the Python packages and the compiled core.

.DEFAULT_GOAL := help
.PHONY: help setup qt demo test quick bluez mutants screenshots check format wire clean

# The first Python of a supported version; override with `make PYTHON=...`.
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3,$(shell $(p) -c \
  'import sys; sys.version_info[:2] in ((3,11),(3,12),(3,13)) and print("$(p)")' 2>/dev/null)))
BIN := .venv/bin
CORE_SOURCES := CMakeLists.txt pyproject.toml $(wildcard firmware/lib/*/* firmware/virtual/* host/motionloop/nano/*.cpp)

help:
	@echo "make demo    run the whole loop on a virtual board"
	@echo "make test    run every test"
	@echo "make quick   run the fast tests"
	@echo "make bluez   run the tests against a real BlueZ in an emulated computer"
	@echo "make mutants change the code in N=200 places, drawn by SEED=1: do the fast tests notice?"
	@echo "make screenshots  pictures of the window into docs/images"
	@echo "make check   formatter, linter, types, import rules, generated files"
	@echo "make setup   only create .venv and build the core"
	@echo "make wire    regenerate firmware/lib/wire/wire_layout.h from wire.py"

setup: .venv/.ready

.venv/.ready: $(CORE_SOURCES)
	@test -n "$(PYTHON)" || { echo "MotionLoop needs Python 3.11, 3.12 or 3.13: apt install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing: apt install python3-venv"; exit 1; }
	@test -f "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" || { echo "Python's headers are missing: apt install python3-dev"; exit 1; }
	@command -v $${CXX:-c++} >/dev/null || { echo "A C++ compiler is missing: apt install g++"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the Python packages and building the core; the first time takes minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,studio]'
	@touch $@

# The tests draw the window off the screen; that needs a display's libraries all the same.
qt: setup
	@$(BIN)/python -c 'import PySide6.QtWidgets' || { echo "Qt lacks a library: apt install libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3"; exit 1; }

demo: setup
	@$(BIN)/motionloop demo

# The tests of tests/bluez come by themselves: one guest for all of them, in real time.
test: setup qt
	@$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/bluez
	@$(MAKE) --no-print-directory bluez

quick: setup qt
	@$(BIN)/python -m pytest -n 2 -m "not system and not training and not cortexm" --ignore tests/bluez

bluez: setup qt
	@$(BIN)/python -m pytest tests/bluez

# An hour on two cores. The working tree is left alone.
N ?= 200
SEED ?= 1
mutants: setup
	@$(BIN)/python -m benchmarks.mutants --count $(N) --seed $(SEED)

screenshots: setup qt
	@$(BIN)/python -m motionloop.studio.screenshots docs/images

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m motionloop.wire | diff -u firmware/lib/wire/wire_layout.h - || { echo "wire_layout.h is stale: make wire"; exit 1; }

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

wire: .venv
	@PYTHONPATH=host $(BIN)/python -m motionloop.wire > firmware/lib/wire/wire_layout.h

clean:
	rm -rf build .venv
