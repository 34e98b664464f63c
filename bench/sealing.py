"""How long sealing takes, beside the `age` program on the same bytes.

`python -m bench.sealing [MEBIBYTES] [ROUNDS] [--write]`

Both write a file and sync it to the disk; ours also reads it back and compares. The rounds alternate, so that a busy
machine is unfair to both. Printed: the least and the median of the wall clock, and the least of the processor's time.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.in_docs import numbers, publish, table
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
    wall = {name: [each[0] for each in found] for name, found in times.items()}
    cpu = {name: min(each[1] for each in found) for name, found in times.items()}
    rows: list[tuple[object, ...]] = [
        (NAMES[name], f"{min(wall[name]):.3f} s", f"{statistics.median(wall[name]):.3f} s", f"{cpu[name]:.3f} s")
        for name in times
    ]
    median = statistics.median(ours / theirs for ours, theirs in zip(wall["ours"], wall["theirs"], strict=True))
    least = min(wall["ours"]) / min(wall["theirs"])
    rows.append(("ours, times the age program", f"{least:.2f}", f"{median:.2f}", f"{cpu['ours'] / cpu['theirs']:.2f}"))
    about = f"{len(container) / 2**20:.1f} MiB, {rounds} rounds."
    heads = ("", "least on the wall clock", "median", "least of the processor")
    publish("bench/sealing.py", f"{about}\n\n{table(heads, rows)}")


NAMES = {
    "packing": "packing the members into the container",
    "ours": "ours: sealing, writing, syncing, reading back",
    "theirs": "the age program: sealing, writing; then a sync",
}


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds on the wall clock, and of the processor with its children."""
    wall, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return time.perf_counter() - wall, sum(after[:4]) - sum(before[:4])


if __name__ == "__main__":
    main(*numbers())
