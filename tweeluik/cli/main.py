"""The command line: parse the arguments, carry out the command, print what it tells, end with its code."""

from __future__ import annotations

import gc
import os
import sys

from tweeluik.cli.arguments import parse_arguments
from tweeluik.cli.parser import Misused
from tweeluik.words.language import asked_language

TYPE_CHECKING = False  # to import it from typing takes a tenth of all the time of `--help`
if TYPE_CHECKING:
    from typing import NoReturn

    from tweeluik.words.language import Language

STOPPED = 130
"""What a shell expects of a program that Ctrl-C ended; a signal to end it, or the end of its terminal, does so too."""


def main(arguments: list[str], program: str = "build.py") -> int:
    """Run one command; returns its exit code. `program` is what its user called it."""
    language = asked_language(arguments, os.environ)
    try:
        command = parse_arguments(arguments, program, language)
    except Misused as misused:
        raise SystemExit(_refuse(misused, arguments, language)) from None
    # Only now: `--help` waits for nothing else.
    from tweeluik.cli.console import Console  # noqa: PLC0415
    from tweeluik.disk.ending import ending_as_interrupt  # noqa: PLC0415
    from tweeluik.problems import BuildFailed, WrongUsage  # noqa: PLC0415

    console = Console(
        as_json=command.json,
        language=command.lang or language,
        at_length=command.at_length,
        content=command.content,
    )
    told, ending = None, None
    try:
        with ending_as_interrupt() as ending:
            told = command.run(console)
            console.tell(told)
    except BuildFailed as failure:
        console.tell_failure(failure)
        return failure.exit_code
    except SystemExit:
        raise
    except BaseException as bug:  # noqa: BLE001 - a panic of a library is no Exception, and its message may quote the source
        if isinstance(bug, KeyboardInterrupt) or (ending is not None and ending.came):
            if told is None:  # else all was done, and only what is told of it was cut off
                console.tell_stopped(STOPPED)
            return STOPPED
        from tweeluik.cli.bug import describe_bug  # noqa: PLC0415
        from tweeluik.cli.lacking import lacks_packages, say_what_lacks  # noqa: PLC0415

        if lacks_packages(bug):
            console.tell_failure(say_what_lacks(program))
            return WrongUsage.exit_code
        console.tell_bug(describe_bug(bug))
        return 1
    return 0


def _refuse(misused: Misused, arguments: list[str], language: Language) -> int:
    from tweeluik.cli.console import Console  # noqa: PLC0415
    from tweeluik.problems import Place, Problem, WrongUsage  # noqa: PLC0415

    wrong = Problem(Place(misused.program), "", misused.message, misused.cure)
    Console(as_json="--json" in arguments, language=language).tell_failure(WrongUsage(wrong))
    return WrongUsage.exit_code


def run() -> None:
    """The program as it is installed."""
    leave(main(sys.argv[1:], "tweeluik"))


def leave(code: int) -> NoReturn:
    """End this process with a code, also while the preview makes a site in the background.

    Python stops a thread that it does not wait for where it next wants a turn; within a library in C++ that is the end
    of the process by SIGABRT, whatever the code was. What there is need not be looked through for cycles any more: of a
    build that takes a tenth of a second.
    """
    gc.freeze()
    if "threading" in sys.modules and sys.modules["threading"].active_count() > 1:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
        os._exit(code)
    sys.exit(code)
