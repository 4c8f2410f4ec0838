# mesomix needs Python 3.11 or newer: `make demo PYTHON=python3.12` where python3 is older.
# A venv keeps the Python that made it: `make clean` before trying another.
PYTHON ?= python3

.PHONY: help demo test slow spark site docs images lint wheel mutants benchmark peers slips clean requirements
.DELETE_ON_ERROR:

help:
	@echo "make demo          three mixtures: a refusal, a review, and no objection"
	@echo "make test          the tests, with coverage; five minutes on two cores"
	@echo "make slow          those that take seconds each; CI runs them as well"
	@echo "make spark         a local Spark job says what the rest says; needs Java 17, fetches 450 MB"
	@echo "make docs          the documentation, in build/docs"
	@echo "make site          the documentation, the notebooks, and what a browser makes of them and of reports"
	@echo "make images        the pictures of docs/images, taken anew"
	@echo "make lint          ruff, pyrefly, import-linter"
	@echo "make wheel         the wheel, in dist/"
	@echo "make mutants       mutation testing of the rules"
	@echo "make benchmark     what takes how long"
	@echo "make peers         the same beside what else one would use: docs/benchmarks.md; a quarter of an hour"
	@echo "make slips         each single slip in the shipped data, and who notices; half an hour"
	@echo "make clean         remove whatever make has made"
	@echo "make requirements  compile the pins again; UPGRADE=--upgrade takes newer versions"

# $(1): the exit status that the command must end with; $(2): the command.
define shows
@echo
@echo '$$ $(2)'
@status=0; .venv-demo/bin/$(2) || status=$$?; test $$status -eq $(1) || \
	{ echo "make demo: exit status $$status, where $(1) was expected" >&2; exit 1; }
endef

# The command line and the output are French, whatever the locale.
demo: export PYTHONUTF8 = 1
demo: .venv-demo/.installed
	$(call shows,1,mesomix check "Procaïne Lavoisier" Miorel Dicynone --allergy sulfites --nothing-else)
	$(call shows,3,mesomix check Mésocaïne Miorel --no-known-allergy --nothing-else)
	$(call shows,0,mesomix check "Procaïne Lavoisier 2 % 2 ml" "Maginjectable 2 ml" --no-known-allergy --nothing-else)

# On every core, up to eight. worksteal: neighbours stay together, so a module is set up about once.
test: .venv/.installed .venv/.toml-test
	.venv/bin/python -m pytest --cov -n auto --maxprocesses 8 --dist worksteal -m "not slow and not site"

# Those that take seconds each: the pages, processes, millions of rows. No coverage: it traces none.
slow: .venv/.installed .venv/.toml-test
	.venv/bin/python -m pytest -n auto --maxprocesses 8 --dist worksteal -m "slow and not site"

# PySpark is no wheel: pip builds one.
.venv/.spark: requirements/spark.txt .venv/.installed
	.venv/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

spark: .venv/.spark
	.venv/bin/python -m pytest tests/batch/test_spark.py

# Sphinx, notebooks, and what drives a browser.
.venv/.site: requirements/site.txt .venv/.installed
	.venv/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

# axe-core and Pyodide; the lock has their hashes, and names no host.
.venv/.node: tests/site/package.json tests/site/package-lock.json .venv/.packages
	mkdir -p $(@D)/share/site
	cp tests/site/package.json tests/site/package-lock.json $(@D)/share/site
	cd $(@D)/share/site && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# The wheels of run.txt once more, as Pyodide runs them: of its Python, for its platform.
PYODIDE = --python-version 3.14 --implementation cp --abi cp314 --platform pyemscripten_2026_0_wasm32
.venv/.pyodide: requirements/run.txt .venv/.node
	rm -rf $(@D)/share/site/wheels
	.venv/bin/python -m pip download --quiet --only-binary :all: $(PYODIDE) --require-hashes -r $< \
		--dest $(@D)/share/site/wheels
	@touch $@

# Where npm is missing, what needs it is skipped, and said so; .ci/run lets nothing be skipped.
site: .venv/.site $(if $(shell command -v npm 2>/dev/null),.venv/.node .venv/.pyodide)
	.venv/bin/python -m pytest tests/site -n auto --maxprocesses 4 --dist loadgroup

images: docs
	.venv/bin/python tests/site/pictures.py docs/images

# Two sites, in English and in French, and a page that leads to both. It asks no network for anything.
docs: .venv/.site
	.venv/bin/python docs/site/build_site.py build/docs

# The site as well: the pages, and what tests them, are code.
lint: .venv/.installed .venv/.site
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/pyrefly check --python-interpreter-path .venv/bin/python
	.venv/bin/lint-imports

wheel: .venv/.installed
	.venv/bin/python -m build --no-isolation --wheel

# mutmut never removes from mutants/ what has left src/ or tests/, so each run starts anew.
# The ci profile of hypothesis is derandomised: a mutant that is killed once is killed always.
mutants: export HYPOTHESIS_PROFILE = ci
mutants: .venv/.installed
	rm -rf mutants
	.venv/bin/python tests/mutation.py run
	.venv/bin/mutmut results

# What takes long, and what others import.
NOT_QUICK = slips peers rounds space_times synthetic synthetic_tables

benchmark: .venv/.installed
	set -e; for script in $(filter-out $(NOT_QUICK:%=benchmarks/%.py),$(wildcard benchmarks/*.py)); do \
		.venv/bin/python "$$script"; done

# The peers come beside what the tests need: their pins are made to fit.
.venv/.peers: requirements/benchmark.txt .venv/.installed
	.venv/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

peers: .venv/.peers
	.venv/bin/python benchmarks/peers.py --write

slips: .venv/.installed
	.venv/bin/python benchmarks/slips.py

clean:
	rm -rf .venv .venv-demo .venv-uv build dist mutants htmlcov .coverage .coverage.*
	rm -rf .hypothesis .import_linter_cache .pytest_cache .ruff_cache
	rm -rf docs/project docs/rules docs/traceability.md docs/fr/notebooks docs/fr/rules docs/fr/traceability.md
	find docs -name "*.mo" -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Every package of a venv is pinned and hashed, and its venv is made anew when a pin changes:
# pip alone would leave what is no longer named.
.venv/.packages: requirements/test.txt
.venv-demo/.packages: requirements/run.txt
.venv/.packages .venv-demo/.packages:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		"mesomix needs Python 3.11 or newer, and $(PYTHON) is not: set PYTHON=" >&2; exit 1; }
	rm -rf $(@D)
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

# These two files alone make the metadata; the rest of an editable install is read in place.
.venv/.installed .venv-demo/.installed: %/.installed: %/.packages pyproject.toml src/mesomix/_version.py
	$*/bin/python -m pip install --quiet --no-index --no-deps --no-build-isolation -e .
	@touch $@

# The corpus of toml-test is an archive that tests read: --no-binary, as no wheel has tests in it.
.venv/.toml-test: requirements/toml-test.txt .venv/.packages
	rm -rf $(@D)/share/toml-test
	$(@D)/bin/python -m pip download --quiet --no-deps --no-binary tomlkit --no-build-isolation \
		--require-hashes -r $< --dest $(@D)/share/toml-test
	@touch $@

# --universal: one file for every system and Python. The last line: a pin names no host and no path.
UPGRADE ?=
COMPILE = .venv-uv/bin/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make requirements"

requirements: .venv-uv/bin/uv
	$(COMPILE) requirements/run.in -o requirements/run.txt
	$(COMPILE) requirements/test.in -o requirements/test.txt
	$(COMPILE) requirements/spark.in -o requirements/spark.txt
	$(COMPILE) requirements/benchmark.in -o requirements/benchmark.txt
	$(COMPILE) requirements/site.in -o requirements/site.txt
	! grep -nE '(https?|file):|--(index|extra-index|find-links)|(-r|-c|@) */' requirements/*.txt

.venv-uv/bin/uv:
	$(PYTHON) -m venv .venv-uv
	.venv-uv/bin/python -m pip install --quiet uv
