# 有据: two commands do everything on a fresh machine.
#   make run    extract the articles in seeds/, open the dashboard
#   make test   everything a change must pass

VENV   ?= .venv
PORT   ?= 8501
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
            command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY     := $(VENV)/bin/python
# A browser is opened where there is a screen to show it on.
HEADLESS := $(shell [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ] && echo true || echo false)

.PHONY: run extract test lint types unit browser bench clean help

help:
	@sed -n '1,4s/^# \{0,1\}//p' Makefile

# Problems in the data are printed and shown on the page; they never keep the dashboard from opening.
run: $(VENV)/.installed
	@$(PY) -m extract || echo "有些文件没有读成，上面写明了原因；其余照常显示。 Some files could not be read (see above); the rest is shown."
	@$(PY) -m streamlit run dashboard/app.py --server.port=$(PORT) --server.headless=$(HEADLESS)

extract: $(VENV)/.installed
	@$(PY) -m extract

test: lint types browser unit

lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check .

types: $(VENV)/.installed-dev
	$(VENV)/bin/basedpyright

unit: $(VENV)/.installed-dev
	$(PY) -m pytest -n 2 --dist loadgroup

# The page is tested in a real browser: the one that is there, else Debian's when we may install it.
browser:
	@for b in chromium chromium-browser google-chrome google-chrome-stable "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do \
	  command -v "$$b" >/dev/null 2>&1 && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else echo "测试页面需要 Chromium 或 Chrome：请安装其中之一。 The page tests need Chromium or Chrome: install one of them." >&2; exit 1; fi

bench: $(VENV)/.installed-dev
	$(PY) -m bench

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

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
