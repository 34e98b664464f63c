#!/usr/bin/env python3
"""The command line of Tweeluik, from a clone; installed it is called `tweeluik`."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - told before anything is imported that an older Python cannot read
    sys.stderr.write("Tweeluik heeft Python 3.11 of nieuwer nodig. / Tweeluik needs Python 3.11 or newer.\n")
    sys.exit(2)

from tweeluik.cli.main import leave, main

__all__ = ["main"]

if __name__ == "__main__":
    leave(main(sys.argv[1:]))
