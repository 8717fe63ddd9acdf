# MotionLoop: `make demo` runs the whole loop on a virtual board, `make test` tests it.
# Both set up what they need first: .venv with the Python packages and the compiled core.

.DEFAULT_GOAL := help
.PHONY: help setup qt demo test quick one bluez mutants fuzz screenshots docs pages linkcheck check check-cpp format wire translations clean

# The first Python of a supported version; override with `make PYTHON=...`.
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3,$(shell $(p) -c \
  'import sys; sys.version_info[:2] in ((3,11),(3,12),(3,13)) and print("$(p)")' 2>/dev/null)))
NO_PYTHON := MotionLoop needs Python 3.11, 3.12 or 3.13: apt install python3
BIN := .venv/bin
CPP_FILES = $(shell find benchmarks firmware tests host -name '*.[ch]' -o -name '*.cpp')
# Packages whose docstrings are held in one style.
PUBLIC := $(addprefix host/motionloop/,board model recordings errors.py owner_key.py safe_files.py sample_format.py splits.py windows.py wire.py)
# Whole files go to processes, in the order of tests/conftest.py: a file's tests share what they set up.
PYTEST := $(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder
WORKERS ?= 4 # twice the cores of a small computer, since half of the time is waiting for boards
CORE_SOURCES := CMakeLists.txt pyproject.toml $(wildcard firmware/lib/*/* firmware/virtual/* host/motionloop/nano/*.cpp)

# The tests start hundreds of processes, and each would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make demo    run the whole loop on a virtual board"
	@echo "make test    run every test but those of the pages"
	@echo "make quick   run the fast tests, in a minute: no training, no other process, no family marked slow"
	@echo "make one T=tests/board/test_packets.py::NAME  run one test of Python"
	@echo "make one T=NAME         run one C++ test; with M4=1 on the emulated Cortex-M4"
	@echo "make one T='EXPRESSION' run what pytest -k finds"
	@echo "         WINDOW=1       show the studio's window meanwhile"
	@echo "make bluez   run the tests against a real BlueZ in an emulated computer"
	@echo "make mutants change the code in N=200 places, drawn by SEED=1: do the fast tests notice?"
	@echo "make fuzz    MINUTES=10 of models, packages, flash and operations by chance, from SEED=1 on"
	@echo "make screenshots  pictures of the window into docs/images"
	@echo "make docs    the pages into build/docs: executes every notebook, and the commands of the pages"
	@echo "make pages   run the commands of the pages alone"
	@echo "make linkcheck  do the pages' links to other sites lead somewhere?"
	@echo "make check   formatters, linters, types, import rules, generated files"
	@echo "make format  format everything, and repair what the linter can"
	@echo "make setup   only create .venv and build the core"
	@echo "make translations  collect the window's texts, and compile the translations"
	@echo "make wire    regenerate firmware/lib/wire/wire_layout.h from wire.py"

setup: .venv/.ready

.venv/.ready: $(CORE_SOURCES)
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing: apt install python3-venv"; exit 1; }
	@test -f "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" || { echo "Python's headers are missing: apt install python3-dev"; exit 1; }
	@command -v $${CXX:-c++} >/dev/null || { echo "A C++ compiler is missing: apt install g++"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the Python packages and building the core; the first time takes minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --config-settings=cmake.define.MOTIONLOOP_WERROR=ON --editable '.[dev,docs,studio]'
	@touch $@

# The tests draw the window off the screen; that needs a display's libraries all the same.
qt: setup
	@$(BIN)/python -c 'import sys; from motionloop.commands.studio import what_is_missing; sys.exit(what_is_missing())'

demo: setup
	@$(BIN)/motionloop demo

# The tests of tests/bluez come by themselves: one guest for all of them, in real time. Those of
# tests/lesson belong to `make docs`.
test: setup qt
	@$(PYTEST) -n $(WORKERS) --ignore tests/bluez --ignore tests/lesson
	@$(MAKE) --no-print-directory bluez

quick: setup qt
	@$(PYTEST) -n auto -m "not system and not training and not cortexm and not slow" --ignore tests/bluez --ignore tests/lesson

# A C++ test compiles what it needs by itself, so that a .venv with an older core will do. A tool that
# the test needs and that is not here is a failure, as in CI.
CPP_TEST = $(shell grep -lF 'TEST($(T)) {' tests/firmware/*.cpp tests/firmware/shell/*.cpp)
one: $(if $(and $(wildcard .venv/.ready),$(T),$(CPP_TEST)),,setup)
	@test -n "$(T)" || { echo "make one T=WHICH: \`make help\` says which"; exit 1; }
	@test -z "$(WINDOW)" -o -n "$$DISPLAY$$WAYLAND_DISPLAY" || { echo "WINDOW=1 needs a screen: DISPLAY and WAYLAND_DISPLAY are not set"; exit 1; }
	@case '$(CPP_TEST)' in \
	  */shell/*) set -- 'tests/firmware/test_shell.py::test_hostile_central[$(T)]';; \
	  ?*) set -- 'tests/firmware/test_$(if $(M4),cortexm.py::test_cortexm,native.py::test_native)[$(T)]';; \
	  *) $(if $(findstring /,$(T)),set -- '$(T)',set -- -k '$(T)' $(if $(M4),-m cortexm));; \
	esac; \
	CI=true QT_QPA_PLATFORM="$(if $(WINDOW),$${WAYLAND_DISPLAY:+wayland;}xcb,offscreen)" $(BIN)/python -m pytest -vv "$$@"

bluez: setup qt
	@$(BIN)/python -m pytest tests/bluez

# An hour on two cores. The working tree is left alone.
N ?= 200
SEED ?= 1
mutants: setup
	@$(BIN)/python -m benchmarks.mutants --count $(N) --seed $(SEED)

# What it finds lands in build/fuzz/found, with the command that repeats it.
MINUTES ?= 10
fuzz: setup
	@$(BIN)/python -m benchmarks.fuzz --minutes $(MINUTES) --seed $(SEED)

screenshots: setup qt
	@$(BIN)/python -m motionloop.studio.screenshots docs/images
	@$(BIN)/python -m motionloop.studio.screenshots docs/images --language de --size 1024x640 \
	  --views record train live --looks light

# The second time, only notebooks that changed are executed again, or all if the code has changed.
docs: setup
	@echo "Building the pages; the notebooks are executed, which takes minutes when they or the code changed."
	@mkdir -p build
	@$(BIN)/sphinx-build -W --keep-going -n -q -c docs -d build/docs.doctrees . build/docs > build/docs.log 2>&1 || { cat build/docs.log; exit 1; }
	@! grep -rE '<(script|link|img)[^>]* (src|href)="(https?:)?//' build/docs --include='*.html' || { echo "These pages load from the network"; exit 1; }
	@$(BIN)/python -m pytest tests/lesson
	@echo "Open build/docs/index.html"

# The commands of the pages, without the notebooks.
pages: setup
	@$(BIN)/python -m pytest tests/lesson/test_commands_of_pages.py

# The links that leave the pages; needs the internet.
linkcheck: setup
	@$(BIN)/sphinx-build -W --keep-going -q -b linkcheck -c docs -d build/docs.doctrees . build/linkcheck

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pydoclint --quiet $(PUBLIC)
	@$(BIN)/mypy
	@$(BIN)/mypy examples
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory check-cpp
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*.yml
	@$(BIN)/validate-pyproject pyproject.toml >/dev/null
	@$(BIN)/sphinx-build -W --keep-going -n -q -D nb_execution_mode=off -c docs -d build/check.doctrees . build/check
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.citation-file-format CITATION.cff
	@$(BIN)/python -m motionloop.wire | diff -u firmware/lib/wire/wire_layout.h - || { echo "wire_layout.h is stale: make wire"; exit 1; }

# What cppcheck need not report stands in .cppcheck.xml, with the reasons.
check-cpp: setup
	@for tool in clang-format cppcheck; do test -x $(BIN)/$$tool || { echo "$$tool is missing: make clean setup"; exit 1; }; done
	@$(BIN)/clang-format --dry-run --Werror $(CPP_FILES)
	@mkdir -p build/cppcheck
	@$(BIN)/cppcheck --quiet --error-exitcode=1 --std=c++17 --check-level=exhaustive --cppcheck-build-dir=build/cppcheck -j2 \
	  --enable=warning,performance,portability,style,information --inline-suppr --suppress-xml=.cppcheck.xml \
	  -I firmware/lib/core -I firmware/lib/wire firmware host/motionloop/nano

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/clang-format -i $(CPP_FILES)
	@$(BIN)/ruff check --fix .

# The texts of `tr(...)` into one file per language, for a translator; then the compiled files.
# What is compiled replaces the file whole: a window that runs reads from the one before.
LANGUAGES := $(wildcard host/motionloop/studio/translations/*.ts)
translations: setup
	@$(BIN)/pyside6-lupdate -silent -no-obsolete -locations none -sort-messages \
	  $$(find host/motionloop -name '*.py' | LC_ALL=C sort) -ts $(LANGUAGES)
	@for file in $(LANGUAGES); do \
	  $(BIN)/pyside6-lrelease -silent "$$file" -qm "$${file%.ts}.qm.new" && mv "$${file%.ts}.qm.new" "$${file%.ts}.qm" || exit 1; done

# Needs no more than Python. The header stays as it is when that fails, and keeps its time when
# nothing has changed: the core would be built again.
wire:
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)"; exit 1; }
	@mkdir -p build
	@PYTHONPATH=host $(PYTHON) -m motionloop.wire > build/wire_layout.h
	@cmp -s build/wire_layout.h firmware/lib/wire/wire_layout.h || cp build/wire_layout.h firmware/lib/wire/wire_layout.h

clean:
	rm -rf build .venv
