"""How fast it is: measurements against a baseline in the same run, never tests.

`python -m bench.loading` measures the import; see each module for the others.
"""
