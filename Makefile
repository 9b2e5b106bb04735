# Parvis. Two commands are enough: make run, make test.
PYTHON ?= python3

.PHONY: run test bench setup lock messages screens

run: setup            ## sets everything up, makes a demonstration centre on the first start, serves it
	@.venv/bin/python tools/run.py

test:                 ## sets everything up, runs every check on SQLite and PostgreSQL
	@$(PYTHON) tools/setup.py --tests
	@.venv/bin/python tools/test.py $(ONLY)

bench:                ## make bench NAME=reception [QUICK=1] [ARGS=…]
	$(if $(NAME),,$(error make bench NAME=… with one of: $(filter-out __init__ agenda_centre peer scene rota_case rota_centre rota_instance protection_attack protection_case protection_peer statistics_network statistics_peer statistics_questions,$(basename $(notdir $(wildcard bench/*.py))))))
	@$(PYTHON) tools/setup.py --tests
	@.venv/bin/python -m bench.$(NAME) $(if $(QUICK),--quick) $(ARGS)

setup:                ## the virtual environment, npm packages and translations, only where something changed
	@$(PYTHON) tools/setup.py

lock: setup           ## renews the locked requirements
	@for name in run test uv node; do $$(command -v .venv/bin/uv || command -v uv) pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	  --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.txt $(if $(UPGRADE),--upgrade); done

messages: setup       ## writes new strings into the translation files
	@.venv/bin/python manage.py collect_messages

screens:              ## takes the screenshots in docs/screens
	@$(PYTHON) tools/setup.py --tests
	@.venv/bin/python tools/screens.py
