"""How long sealing and opening take, and how much memory, beside the `age` program on the same bytes.

`python -m bench.sealing [MEBIBYTES] [ROUNDS] [--write]`

Every work is a process of its own; the rounds alternate, so that a busy machine is unfair to all. What is written is
synced to the disk, by age's side with the program `sync`. Ours does more than age: sealing reads back what it wrote and
gives its SHA-256 for the receipt; opening takes the SHA-256 of the sealed file and of every member, compares them with
the manifest, and writes only what is whole. `openssl` shows what a digest costs.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.in_docs import numbers, publish, table
from tweeluik.confidential.age.identities import fingerprint, write_identity
from tweeluik.confidential.age.recipient import Recipient
from tweeluik.confidential.bundle.container import Packed
from tweeluik.confidential.bundle.inventory import (  # fmt: skip
    CHECKSUMS,
    KIND,
    MANIFEST,
    SCHEMA,
    Holder,
    Inventory,
    checksums,
    list_members,
)
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.confidential.bundle.sealed import write_sealed
from tweeluik.problems import Place

DAY = date(2024, 12, 20)
MEMBER = 1 << 22
OURS = "from bench.sealing import {work}; {work}({folder!r})"


def container(mebibytes: int, recipient: str) -> bytes:
    """A bundle that is whole, with members of random bytes."""
    chance = random.Random(1)
    files = {f"{number:03}.bin": chance.randbytes(MEMBER) for number in range(max(1, mebibytes >> 2))}
    inventory = Inventory(
        kind=KIND, schema=SCHEMA, edition="2025", version=1, sequence=1, supersedes=(), tool="bench",
        source_sha256="00" * 32, created="2024-12-19", marking="Vertrouwelijk", classified_until="2025-02-13",
        decided_by="bench", inspection_from="2024-12-19", inspection_until="2025-02-13", location="leeskamer",
        audience="leden", copy=1, copies=1,
        recipients=(Holder("cip", "bench", fingerprint(recipient)),), files=(),
    )  # fmt: skip
    inventory = replace(inventory, files=list_members(files))
    packed = Packed({**files, MANIFEST: inventory.serialise(), CHECKSUMS: checksums(inventory)})
    whole = bytearray(sum(map(len, files.values())) * 2)
    filled = 0
    while found := packed.readinto(memoryview(whole)[filled:]):
        filled += found
    return bytes(whole[:filled])


def seal_it(folder: str) -> None:
    """As `bundle` does, from a container that is there already."""

    here = Path(folder)
    key = (here / "recipient").read_text()
    with (here / "plain").open("rb", buffering=0) as source:
        write_sealed(source, [Recipient("cip", "bench", key, "x25519", None, Place("bench"))], here / "made")


def open_it(folder: str) -> None:
    """As `open -o` does."""

    open_bundle(Path(folder, "sealed"), identities=[Path(folder, "key")], into=Path(folder, "made"), today=DAY)


def verify_it(folder: str) -> None:
    """As `open --verify` does."""

    open_bundle(Path(folder, "sealed"), identities=[Path(folder, "key")], into=None, today=DAY)


def nothing(folder: str) -> None:
    """What it takes to begin: the program, and what both of the others import."""
    Path(folder, "made").write_bytes(b"")


def main(mebibytes: int = 51, rounds: int = 5) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        recipient = write_identity(folder / "key")
        (folder / "recipient").write_text(recipient)
        (folder / "plain").write_bytes(container(mebibytes, recipient))
        age = ("age", "-r", recipient, "-o")
        run([*age, str(folder / "sealed"), str(folder / "plain")])
        python = {work: [sys.executable, "-c", OURS.format(work=work, folder=name)] for work in OWN}
        calls = {
            **python,
            "age": ["sh", "-c", f"age -r {recipient} -o {name}/made {name}/plain && sync {name}/made"],
            "age -d": ["sh", "-c", f"age -d -i {name}/key -o {name}/made {name}/sealed && sync {name}/made"],
            "openssl": ["openssl", "dgst", "-sha256", "-out", f"{name}/made", f"{name}/sealed"],
        }
        measured: dict[str, list[tuple[float, float, int]]] = {work: [] for work in calls}
        for _ in range(rounds):
            for work, call in calls.items():
                measured[work].append(run(call))
                remove(folder / "made")
    begin = min(cpu for _, cpu, _ in measured["nothing"])
    rows = [row(work, measured[work], begin if work in OWN else 0) for work in (*calls,)]
    cpu = {work: min(each[1] for each in found) - (begin if work in OWN else 0) for work, found in measured.items()}
    rows += [
        ("sealing, times age", "", f"{cpu['seal_it'] / cpu['age']:.2f}", ""),
        ("verifying, times age -d", "", f"{cpu['verify_it'] / cpu['age -d']:.2f}", ""),
        ("opening, times age -d", "", f"{cpu['open_it'] / cpu['age -d']:.2f}", ""),
        (
            "opening, times age -d and two digests",
            "",
            f"{cpu['open_it'] / (cpu['age -d'] + 2 * cpu['openssl']):.2f}",
            "",
        ),
    ]
    heads = ("", "median on the wall clock", "least of the processor", "most memory")
    publish(f"bench/sealing.py {mebibytes}", f"{mebibytes} MiB, {rounds} rounds.\n\n{table(heads, rows)}")


OWN = {
    "nothing": "ours: to begin with (taken off below)",
    "seal_it": "ours: sealing, reading back, its digest",
    "verify_it": "ours: opening and verifying, writing nothing",
    "open_it": "ours: opening, verifying, writing, reading back",
}
THEIRS = {"age": "age: sealing", "age -d": "age: opening", "openssl": "openssl: one digest"}


def row(work: str, found: list[tuple[float, float, int]], begin: float) -> tuple[str, ...]:
    own = work if work != "nothing" else ""
    wall = statistics.median(each[0] for each in found)
    cpu = min(each[1] for each in found) - (begin if own else 0)
    return ({**OWN, **THEIRS}[work], f"{wall:.2f} s", f"{cpu:.2f} s", f"{max(each[2] for each in found)} MB")


def run(call: list[str]) -> tuple[float, float, int]:
    """Seconds on the wall clock and of the processor, and the most memory in MB, of a program that ends well."""
    begin = time.perf_counter()
    child = os.spawnvp(os.P_NOWAIT, call[0], call)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{call[0]} failed")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss // 1000


def remove(path: Path) -> None:
    if path.is_dir():
        for each in path.iterdir():
            each.unlink()
        path.rmdir()
    else:
        path.unlink(missing_ok=True)  # to verify writes nothing


if __name__ == "__main__":
    main(*numbers())
