PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

# jieba is compiled as it is installed: compiling it later warns, and warnings are errors in the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check serve bench lock samples clean

demo: $(VENV)/.core
	$(BIN)/tongjian demo --out demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -q -rs

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

serve: $(VENV)/.core
	$(BIN)/tongjian serve --library demo/library

bench: $(VENV)/.dev
	$(BIN)/python -m evals.bench

# One lock a layer, with hashes and no registry address; torch stays outside (extra `models`).
lock:
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --extra setup --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra setup --extra dev -c requirements.lock --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements-dev.lock

samples: $(VENV)/.dev
	$(BIN)/python -m corpus.samples.generate

clean:
	rm -rf $(VENV) demo build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "正在安装依赖（首次约两三分钟）……" >&2
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.core
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
