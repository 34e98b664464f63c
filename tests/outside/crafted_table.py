"""What everybody says of the crafted files: `open`, the opener, and plain programs, in one table.

`python -m tests.outside.crafted_table` makes the files, asks all, and writes `docs/crafted.md` (needs node, and the
opener's packages: `make opener`).
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import need_program
from tests.stages.crafted import DAY, Case, a_craft, cases
from tests.stages.crafted_more import more
from tests.stages.crafted_notes import notes
from tweeluik.confidential.bundle.opening import open_bundle
from tweeluik.problems import OpeningFailed

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "crafted.md"
SOURCES = ROOT / "tools" / "opener" / "src"
PROGRAMS = ("age", "unzip", "sha256sum", "ssh-keygen")
YES, NO, NOT_ASKED = "yes", "no", ""

Said = Mapping[str, object]


@dataclass(frozen=True)
class Row:
    """A case, what `open` and the opener say of it, and whether each of the plain programs is content."""

    case: Case
    ours: Said
    theirs: Said
    plain: tuple[str, ...]


def make_cases(keys: Path) -> list[Case]:
    """All of them, in their order."""
    craft = a_craft(keys)
    return [*cases(craft), *more(craft), *notes(craft)]


def ask_all(found: Sequence[Case], folder: Path, sources: Path) -> list[Row]:
    """Lay every case in a folder of its own below `folder`, and ask everybody. `sources`: those of the opener."""
    rows = zip(found, ask_both(found, folder, sources), sorted(folder.iterdir()), strict=True)
    return [Row(case, ours, theirs, _plain(here)) for case, (ours, theirs), here in rows]


def ask_both(found: Sequence[Case], folder: Path, sources: Path) -> list[tuple[Said, Said]]:
    """The same, asking `open` and the opener alone."""
    places = [_put(folder / f"{number:04}", case) for number, case in enumerate(found)]
    program = Path(__file__).with_name("open_crafted.mjs")
    done = subprocess.run([need_program("node"), program, sources, folder], capture_output=True, text=True, check=True)
    told: dict[str, Said] = dict(json.loads(line) for line in done.stdout.split("\n") if line)
    return [(_open(here), told[here.name]) for here in places]


def _put(here: Path, case: Case) -> Path:
    here.mkdir()
    (here / "sealed.age").write_bytes(case.sealed)
    (here / "key").write_bytes(case.key)
    if case.signers is not None:
        (here / "signers").write_bytes(case.signers)
    for kind, texts in (("kwitantie", case.receipts), ("opnieuw-verzegeld", case.notes)):
        for number, (text, signed) in enumerate(texts):
            (here / f"{kind}-{number}.txt").write_bytes(text)
            if signed:
                (here / f"{kind}-{number}.txt.sig").write_bytes(signed)
    return here


def _open(here: Path) -> Said:
    signers = here / "signers"
    allowed = signers if signers.exists() else None
    try:
        found = open_bundle(
            here / "sealed.age", identities=[here / "key"], into=None, allowed_signers=allowed, today=DAY
        )
    except OpeningFailed as failure:
        return {"refused": failure.problems[0].what}
    origin = found.origin
    receipt, renewed = origin.receipt is not None, found.renewed.isoformat() if found.renewed else ""
    return {
        "opens": origin.signed_by or "", "lapsed": origin.lapsed, "receipt": receipt, "newest": origin.newest, "renewed": renewed,
    }  # fmt: skip


def _plain(here: Path) -> tuple[str, ...]:
    """Whether `age`, `unzip`, `sha256sum` and `ssh-keygen` are content, in this order, as far as each was asked."""
    opened, unpacked = here / "opened.zip", here / "unpacked"
    if not _is_content("age", "-d", "-i", here / "key", "-o", opened, here / "sealed.age"):
        return NO, NOT_ASKED, NOT_ASKED, NOT_ASKED
    unzipped = _is_content("unzip", "-qq", "-n", opened, "-d", unpacked)
    sums = unpacked / "manifest-sha256.txt"
    if not sums.is_file():
        return YES, YES if unzipped else NO, NOT_ASKED, NOT_ASKED
    summed = _is_content("sha256sum", "--check", "--strict", "--quiet", sums.name, cwd=unpacked)
    return YES, YES if unzipped else NO, YES if summed else NO, _signed(here, unpacked / "manifest.json")


def _signed(here: Path, manifest: Path) -> str:
    """As OpenSSH reads who may sign: any name in the file will do, which must have no space."""
    signers, signature = here / "signers", manifest.with_name("manifest.json.sig")
    if not signers.exists() or not signature.is_file() or not manifest.is_file():
        return NOT_ASKED
    found = subprocess.run(
        ["ssh-keygen", "-Y", "find-principals", "-s", signature, "-f", signers], capture_output=True, check=False
    )
    who = found.stdout.decode("utf-8", "replace").splitlines()
    if found.returncode or not who:
        return NO
    call = ("-Y", "verify", "-s", signature, "-f", signers, "-I", who[0], "-n", "manifest@tweeluik")
    return YES if _is_content("ssh-keygen", *call, data=manifest.read_bytes()) else NO


def _is_content(program: str, *arguments: str | Path, cwd: Path | None = None, data: bytes = b"") -> bool:
    done = subprocess.run([need_program(program), *arguments], cwd=cwd, input=data, capture_output=True, check=False)
    return done.returncode == 0


# --- the page ---------------------------------------------------------------------------------------------------------

HEAD = """# Crafted files

Every file here was made to be believed, or made wrong in one place. What everybody says of it stands in one row: what a reader must
be told (*sender*: it opens, and the sender is known; *unknown*: it opens, and nobody was named who may sign; *refused*), what
`python build.py open` and the opener tell, and whether plain programs are content: `age -d`, `unzip`, `sha256sum --check` with the list
that is inside, `ssh-keygen -Y` over the manifest. A plain program that is content says nothing of what it was not asked: who it was sealed
for, whether a receipt covers it, what lies beside the members. Empty: not asked, because the one before it was not content, or because
nobody was named who may sign.

This page is written by `python -m tests.outside.crafted_table`; a test compares it with what everybody says.
"""
COLUMNS = ("file", "must be", "`open`", "opener", "age", "unzip", "sha256sum", "ssh-keygen")


def page(rows: Sequence[Row]) -> str:
    """The page: how many of them, and a row for each."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    for row in rows:
        cells = (_name(row.case.name), _verdict(row.case.opens), _told(row.ours), _told(row.theirs), *row.plain)
        lines.append("| " + " | ".join(cells) + " |")
    content = sum(NO not in row.plain for row in rows)
    good = sum(row.case.opens is not None for row in rows)
    counted = f"{len(rows)} files: {good} are to be opened; the plain programs are content with {content}."
    return "\n".join((HEAD, counted, "", *lines, ""))


def _name(name: str) -> str:
    return name.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")


def _verdict(opens: str | None) -> str:
    return "refused" if opens is None else "sender" if opens else "unknown"


def _told(said: Said) -> str:
    return "refused" if "refused" in said else "sender" if said.get("opens") else "unknown"


def main() -> None:
    """Make the page anew."""
    with tempfile.TemporaryDirectory() as name:
        folder, keys = Path(name, "files"), Path(name, "keys")
        folder.mkdir()
        keys.mkdir()
        PAGE.write_text(page(ask_all(make_cases(keys), folder, SOURCES)), "utf-8")


if __name__ == "__main__":
    main()
