# 有据: two commands do everything on a fresh machine.
#   make run    extract the articles in seeds/, open the dashboard (of another folder: make run ROOT=mine)
#   make test   everything a change must pass

VENV   ?= .venv
PORT   ?= 8501
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
            command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY     := $(VENV)/bin/python
# File names are UTF-8 whatever the machine's locale; the dashboard cannot begin anew as the commands do.
export PYTHONUTF8 := 1
WORKERS ?= 3
PIP_AUDIT := 2.10.1
ATHERIS   := 3.0.0
# A browser is opened where there is a screen to show it on.
HEADLESS := $(shell [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ] && echo true || echo false)

# `make run ROOT=mine`: the folder that holds seeds/ and curated/. Only from the command line: an environment may have a ROOT of its own.
ROOTED := $(if $(findstring command,$(origin ROOT)),--root "$(ROOT)")

.PHONY: run extract test lint types unit browser bench scale fuzz soak clean help proxies audit rehearse licences

help:
	@sed -n '1,4s/^# \{0,1\}//p' Makefile

# Problems in the data are printed and shown on the page; they never keep the dashboard from opening.
run: $(VENV)/.installed
	@$(PY) -m extract $(ROOTED) || echo "有些文件没有读成，上面写明了原因；其余照常显示。 Some files could not be read (see above); the rest is shown."
	@$(PY) -m streamlit run dashboard/app.py --server.port=$(PORT) --server.headless=$(HEADLESS) $(if $(ROOTED),-- $(ROOTED))

extract: $(VENV)/.installed
	@$(PY) -m extract $(ROOTED)

test: lint types browser proxies unit

lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check .

types: $(VENV)/.installed-dev
	$(VENV)/bin/basedpyright

unit: $(VENV)/.installed-dev
	$(PY) -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

# The page is tested in a real browser: the one that is there, else Debian's when we may install it.
browser:
	@for b in chromium chromium-browser google-chrome google-chrome-stable "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do \
	  command -v "$$b" >/dev/null 2>&1 && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else echo "测试页面需要 Chromium 或 Chrome：请安装其中之一。 The page tests need Chromium or Chrome: install one of them." >&2; exit 1; fi

# The files in deploy/ are tested with the real nginx and Caddy. Debian's are installed where that starts no service
# (as root, where systemd does not run: a container); elsewhere the tests take what is there, and skip what is not.
proxies:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && [ ! -d /run/systemd/system ]; then \
	  command -v nginx >/dev/null 2>&1 && command -v caddy >/dev/null 2>&1 || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx caddy openssl >/dev/null 2>&1; } || \
	  echo "没有装上 nginx 和 Caddy，反向代理的测试会跳过。 nginx and Caddy could not be installed; their tests will be skipped." >&2; fi

# Known holes in what is installed. It asks PyPI's advisories, so it needs the network and is no part of `make test`;
# what could not be looked up counts as a failure (--strict), so that silence never passes for safety.
audit: $(VENV)/.installed
	@[ -x $(VENV)/audit/bin/pip-audit ] || { $(PY) -m venv $(VENV)/audit && \
	  $(VENV)/audit/bin/python -m pip install -q --disable-pip-version-check pip-audit==$(PIP_AUDIT); }
	@$(PY) -m pip list --format=freeze --disable-pip-version-check --exclude pip --exclude setuptools > $(VENV)/audit/installed.txt
	@$(VENV)/audit/bin/pip-audit --strict --no-deps --disable-pip -r $(VENV)/audit/installed.txt --progress-spinner off || { \
	  echo "查到漏洞，或查不到公告（上面写明了是哪一种）。 Holes were found, or the advisories could not be reached: see above." >&2; exit 1; }

# The Dockerfile's steps with a new virtual environment, without a container engine (minutes; see docs/hosting.md).
rehearse: $(VENV)/.installed
	$(PY) deploy/rehearse.py

licences: $(VENV)/.installed
	$(PY) deploy/licences.py > docs/licences.md

bench: $(VENV)/.installed-dev
	$(PY) -m bench

# Ten minutes of random and mutated input (YOUJU_FUZZ_MINUTES); atheris only has wheels for some machines.
fuzz: $(VENV)/.installed-dev
	@$(PY) -m pip install -q --disable-pip-version-check --only-binary :all: atheris==$(ATHERIS) 2>/dev/null || echo "没有 atheris，只用 Hypothesis。 No atheris here: Hypothesis alone."
	$(PY) -m bench.fuzz

# Fifty visitors for ten minutes (YOUJU_SOAK_MINUTES).
soak: $(VENV)/.installed-dev
	$(PY) -m bench.soak

# A corpus on all cores, a Ray cluster with a worker killed, an archive of millions of facts on the page.
scale: $(VENV)/.installed-dev
	YOUJU_SCALE=1 $(PY) -m pytest tests/extract/test_batch.py -k ray
	$(PY) -m bench.scale
	$(PY) -m bench.scale_page

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis

# venv is missing from some Python builds; virtualenv from PyPI does the same.
$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "需要 Python 3.11 或更新的版本。 Python 3.11 or newer is needed." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { $(PYTHON) -m pip install -q --target $(VENV)-boot virtualenv && \
	  PYTHONPATH=$(VENV)-boot $(PYTHON) -m virtualenv -q $(VENV) && rm -rf $(VENV)-boot; }

$(VENV)/.installed: requirements.txt $(VENV)/bin/python
	@echo "安装依赖（只在第一次或依赖改变时）… installing dependencies (first time, or when they change)…"
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements-scale.txt $(VENV)/.installed
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
