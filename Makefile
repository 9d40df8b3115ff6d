# Aliases; start.py does the work and runs on Windows too.
.PHONY: run setup test check bench
run setup test check bench:
	python3 start.py $@
