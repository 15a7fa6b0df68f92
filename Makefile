PY ?= python3
V := .venv
BIN := $(V)/bin
ARGS ?=
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help run test check format soak bench bench-matching lock clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(V)/.run  ## install, start everything with the example day, say where to look (Ctrl-C stops; ARGS="--data DIR")
	@$(BIN)/counterclaim up $(ARGS)

test: $(V)/.dev  ## install and run all tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: $(V)/.dev  ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(V)/.dev  ## format the code and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

soak: $(V)/.dev  ## the long kill rounds under load, Telegram by account in all troubles (SOAK_ROUNDS, SOAK_CHANNELS, SOAK_POSTS, SOAK_SEED)
	@$(BIN)/python -m pytest -m soak -n 0 --timeout 7200 --log-cli-level INFO $(ARGS)

bench: $(V)/.dev  ## speed and memory of the reader beside its peers (INPUT=posts.jsonl, else composed posts)
	@$(BIN)/python -m bench.read $(if $(INPUT),--input $(INPUT)) $(ARGS)

bench-matching: $(V)/.dev  ## what joining costs on a million posts beside an empty store (ARGS="--posts 100000 --figures 30000")
	@$(BIN)/python -m bench.matching $(ARGS)

lock:  ## pin all versions anew with hashes (needs uv)
	$(LOCK) --all-extras -o requirements-dev.lock
	$(LOCK) -c requirements-dev.lock --extra embedded -o requirements-run.lock
	$(LOCK) -c requirements-dev.lock -o requirements.lock

clean:  ## remove what was installed (not the data)
	rm -rf $(V)

# Where python3-venv lacks ensurepip, the outer pip installs into the environment.
define install
	@$(PY) -c 'import sys; sys.exit("counterclaim needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@[ -x $(BIN)/python ] || $(PY) -m venv $(V) 2>/dev/null || $(PY) -m venv --clear --without-pip $(V)
	@echo "Installing into $(V) ..."
	@if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python --require-hashes -r $(1); \
	elif [ -x $(BIN)/pip ]; then $(BIN)/pip install -q --disable-pip-version-check --no-compile --require-hashes -r $(1); \
	else $(PY) -m pip --python $(BIN)/python install -q --disable-pip-version-check --no-compile --require-hashes -r $(1); fi
	@$(BIN)/python tools/link.py
	@touch $@
endef

$(V)/.run: requirements-run.lock pyproject.toml tools/link.py
	$(call install,requirements-run.lock)

$(V)/.dev: requirements-dev.lock pyproject.toml tools/link.py
	$(call install,requirements-dev.lock)
	@touch $(V)/.run
