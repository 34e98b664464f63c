"""`python -m tools.fuzz TARGET [SECONDS]`: bytes that reach new lines of the code are kept, and changed further.

Needs atheris (Google, Apache-2.0; `pip install atheris`), which is wanted for nothing else. A find is written to
`build-output/fuzz/`; put it in `tests/adversary/data/fuzzed/TARGET/NAME.bin`, and `test_fuzzed.py` reads it ever after.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["tweeluik", "verify_certificate"]):
    from tools.fuzz.targets import TARGETS, try_one

HALF_AN_HOUR = 1800
LONGEST = 20_000


def main(name: str, seconds: int = HALF_AN_HOUR) -> None:
    """Fuzz a target until the time is over or something is found."""
    target = TARGETS[name]
    work = Path("build-output") / "fuzz" / name
    work.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (work / f"seed-{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20"]
    atheris.Setup(
        [sys.argv[0], *limits, f"-artifact_prefix={work}/find-", str(work)], lambda data: try_one(target, data)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
