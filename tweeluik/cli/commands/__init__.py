"""One module per command: the frozen record of its arguments, how they are declared, and what it does.

Imports of what does the work stand inside `run`, so that a command waits only for what it needs: `--help` for nothing.
"""
