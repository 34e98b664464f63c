"""The public certificate is made by a program of its own that is given the public records and nothing else.

Not a function call: in this process the source is in memory. The other one starts empty, reads the records from its
standard input and prints the certificates; it can betray nothing, because nothing secret went in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tweeluik.problems import Place, Problem, UnsafeTables

PROGRAM = "tweeluik.checks.audit.outsider"
_ROOT = Path(__file__).parents[2]
_NEEDED = ("SYSTEMROOT", "TMPDIR", "TEMP")
"""What a program cannot start without on some systems."""


def prove_outside(records: Mapping[str, bytes]) -> dict[str, bytes]:
    """`proof.json` of every edition, by path; `records` are the `release.json` files, by theirs.

    Raises:
        UnsafeTables: the other program did not make them.
    """
    if not records:
        return {}
    said = json.dumps({path: data.decode() for path, data in records.items()})
    settings = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    command = [sys.executable, "-c", f"from {PROGRAM} import main; main([])"]
    done = subprocess.run(  # noqa: S603 (our own program, by its path)
        command, input=said.encode(), capture_output=True, cwd=_ROOT, env=settings, check=False
    )
    try:
        made = json.loads(done.stdout)
    except ValueError:
        place = Place("edities")
        raise UnsafeTables(Problem(place, "", "the public certificate could not be made", _CURE)) from None
    return {path: text.encode() for path, text in made.items()}


def beside(record: str) -> str:
    """Where the public certificate of a record stands."""
    return record.replace("release.json", "proof.json")


_CURE = "check that the program is installed whole"
