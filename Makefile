# Aliases; start.py does the work and runs on Windows too.
.PHONY: run setup test check bench soak
run setup test check bench soak:
	python3 start.py $@
