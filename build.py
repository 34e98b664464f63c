#!/usr/bin/env python3
"""The command line of Tweeluik: parse the arguments, call one function, print what it tells, exit with its code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tweeluik.arguments import parse_arguments
from tweeluik.problems import BuildFailed, WrongUsage

if TYPE_CHECKING:
    from tweeluik.telling import Console

STOPPED = 130
"""What a shell expects of a program that Ctrl-C ended."""


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    try:
        given = parse_arguments(arguments)
    except WrongUsage as wrong:
        _console(as_json="--json" in arguments).tell_failure(wrong)
        raise SystemExit(wrong.exit_code) from None
    console = _console(as_json=given.json)
    try:
        # Only now: `--help` and wrong usage wait for nothing else.
        from tweeluik.commands import run  # noqa: PLC0415

        console.tell(run(given, console))
    except BuildFailed as failure:
        console.tell_failure(failure)
        return failure.exit_code
    except KeyboardInterrupt:
        console.tell_stopped(STOPPED)
        return STOPPED
    except Exception as bug:  # noqa: BLE001 - the message of whatever it is may quote the source
        from tweeluik.bug import describe_bug  # noqa: PLC0415

        console.tell_bug(describe_bug(bug))
        return 1
    return 0


def _console(*, as_json: bool) -> Console:
    from tweeluik.telling import Console  # noqa: PLC0415

    return Console(as_json=as_json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
