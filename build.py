#!/usr/bin/env python3
"""The command line of Tweeluik, from a clone; installed it is called `tweeluik`."""

from __future__ import annotations

import sys

from tweeluik.cli.main import leave, main

__all__ = ["main"]

if __name__ == "__main__":
    leave(main(sys.argv[1:]))
