"""How long sealing takes, beside the `age` program on the same bytes: `python -m bench.sealing [MEBIBYTES] [ROUNDS]`.

Both write a file and sync it to the disk; ours also reads it back and compares. The rounds alternate, so that a busy
machine is unfair to both. Printed: the least and the median of the wall clock, and the least of the processor's time.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tweeluik.confidential.age.identities import read_identities, write_identity
from tweeluik.confidential.age.sealing import seal, unseal
from tweeluik.confidential.bundle.container import pack
from tweeluik.disk.durable import create_file


def main(mebibytes: int = 50, rounds: int = 9) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recipient = write_identity(folder / "key")
        secret = read_identities([folder / "key"])[0].secret
        dossier = {"data.bin": random.Random(1).randbytes(mebibytes << 20)}
        container = pack(dossier)
        (folder / "plain").write_bytes(container)

        def packing() -> None:
            pack(dossier)

        def ours() -> None:
            create_file(folder / "ours.age", seal(container, [recipient]))

        def theirs() -> None:
            subprocess.run(["age", "-r", recipient, "-o", folder / "theirs.age", folder / "plain"], check=True)
            handle = os.open(folder / "theirs.age", os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)

        works = (packing, ours, theirs)
        times: dict[str, list[tuple[float, float]]] = {work.__name__: [] for work in works}
        for _ in range(rounds):
            for work in works:
                times[work.__name__].append(timed(work))
            assert unseal((folder / "ours.age").read_bytes(), [secret]) == container
            (folder / "ours.age").unlink()
            (folder / "theirs.age").unlink()
    print(f"{len(container) / 2**20:.1f} MiB, {rounds} rounds, in seconds")
    wall = {name: [each[0] for each in found] for name, found in times.items()}
    cpu = {name: min(each[1] for each in found) for name, found in times.items()}
    for name in times:
        print(f"{name:8} wall {min(wall[name]):.3f} (median {statistics.median(wall[name]):.3f})   cpu {cpu[name]:.3f}")
    median = statistics.median(ours / theirs for ours, theirs in zip(wall["ours"], wall["theirs"], strict=True))
    least = min(wall["ours"]) / min(wall["theirs"])
    print(f"ours / age: wall {least:.2f} (median of rounds {median:.2f})   cpu {cpu['ours'] / cpu['theirs']:.2f}")


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds on the wall clock, and of the processor with its children."""
    wall, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return time.perf_counter() - wall, sum(after[:4]) - sum(before[:4])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
