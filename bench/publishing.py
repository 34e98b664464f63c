"""Sources on disk, and publishing them as a ministry would: by the commands alone.

A source is a mapping from names of files to what they hold. A history is a list of steps: how the source changed, and
which edition was published then. Everything that a stranger may keep is what `publish` froze.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.attacker.history import Event
from bench.attacker.published import Publication, read_publication
from bench.attacker.truth import read_state

ROOT = Path(__file__).parents[1]

Files = Mapping[str, Any]
"""Per file of `content/` what it holds; None removes it."""

UNSAFE = 11
FIRST_DAY = date(2031, 1, 2)


@dataclass(frozen=True, slots=True)
class Step:
    """What changes in the source, the edition that is published then, and how: `--provisional`, or not."""

    files: Files
    publish: str
    how: tuple[str, ...] = ()


@dataclass(slots=True)
class Published:
    """What came of a history: everything published, and what stopped it.

    `refused`: the first refusal; `cured`: how often its advice was followed, and then it was published.
    """

    events: list[Event] = field(default_factory=list)
    code: int = 0
    said: str = ""
    refused: str = ""
    cured: int = 0


def publish_all(steps: Sequence[Step], content: Path, cure: Callable[[str, Path], bool] | None = None) -> Published:
    """Publish a history step by step. `cure` may change the source after a refusal; then the step is tried again."""
    done, followed = Published(), list[str]()
    for number, step in enumerate(steps):
        write(step.files, content)
        if cure is not None:
            for advice in followed:
                cure(advice, content)
        day = (FIRST_DAY + timedelta(days=number)).isoformat()
        asked = ("publish", step.publish, "--content", str(content), "--day", day, *step.how)
        done.code, done.said = command(*asked)
        done.refused = done.refused or (done.said if done.code else "")
        if done.code == UNSAFE and cure is not None and cure(done.said, content):
            followed.append(done.said)
            done.code, done.said = command(*asked)
            done.cured += not done.code
        if done.code:
            break
        done.events.append(Event(_newest(content / "published" / step.publish), read_state(content)))
    return done


def _newest(folder: Path) -> Publication:
    records = sorted(folder.glob("release-*.json"), key=lambda path: (len(path.name), path.name))
    return read_publication(records[-1].read_bytes())


def command(*arguments: str) -> tuple[int, str]:
    """One command of `build.py`, in this process: its exit code and everything that it said."""
    from build import main  # noqa: PLC0415 (the product is a black box: nothing of it is known here)

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = main([*arguments, "--templates", str(ROOT / "templates")])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return code, said.getvalue()


# --- advice -----------------------------------------------------------------------------------------------------------

EDITION = re.compile(r"(editions/\S+?\.yaml)\S* .*that was tried")
MERGE = re.compile(r"write merge: (\[.*?\]);")
METHOD = re.compile(r"write protection: (\w+)")
COLUMNS = re.compile(r"leave out columns of table ([\w-]+)")
TABLE = re.compile(r"leave out table ([\w-]+)")
TABLES = re.compile(r"leave out the tables ([\w, -]+?);")
EVERY_TABLE = re.compile(r"leave out all tables of edition")
NAMES = re.compile(r"name (in|nobody in) edition ([\w-]+)(?: only|, and take)")


def follow_advice(said: str, content: Path) -> bool:
    """Do what a refusal advises: another method, fewer names, categories taken together, a crossing or tables less.

    All of it, where it is more than one. False: nothing that can be done.
    """
    told = EDITION.search(said)
    if told is None:
        return False
    advice, edition = said[told.start() :], told[1]
    ways = (_fewer_names, _other_method, _less_of_tables, _coarser)
    done = [way(advice, edition, content) for way in ways]
    return any(done)


def _fewer_names(advice: str, _edition: str, content: Path) -> bool:
    names = NAMES.search(advice)
    return names is not None and _by_name(content, names[2], known=names[1] == "in")


def _other_method(advice: str, edition: str, content: Path) -> bool:
    method = METHOD.search(advice)
    return method is not None and _by_method(content, edition, method[1])


def _coarser(advice: str, edition: str, content: Path) -> bool:
    merge = MERGE.search(advice)
    return merge is not None and _merged(content, edition, merge[1])


def _less_of_tables(advice: str, edition: str, content: Path) -> bool:
    """Without a crossing, a table, some or all of them."""
    if columns := COLUMNS.search(advice):
        crossing = rf'(\{{"?id"?: "{columns[1]}"[^}}]*?), "?columns"?: "\w+"'
        return _edited(content, edition, lambda text: re.sub(crossing, r"\1", text))
    if EVERY_TABLE.search(advice):
        return _edited(content, edition, lambda text: re.sub(r"(?m)^tables: .*\n", "", text))
    gone = [each for found in (TABLE.search(advice), TABLES.search(advice)) if found for each in found[1].split(", ")]
    for each in gone:
        _without_table(content, edition, each)
    return bool(gone)


def _merged(content: Path, edition: str, merges: str) -> bool:
    return _edited(content, edition, lambda text: re.sub(r"(?m)^merge: .*\n", "", text) + f"merge: {merges}\n")


def _without_table(content: Path, edition: str, table: str) -> bool:
    one = rf'\{{"?id"?: "{table}"[^}}]*\}}(, )?'
    return _edited(content, edition, lambda text: re.sub(one, "", text).replace("}, ]", "}]"))


def _by_name(content: Path, edition: str, *, known: bool) -> bool:
    """An edition that names nobody, or only who is `known` by name from what was published."""
    records = (json.loads(path.read_bytes()) for path in (content / "published").glob("*/release-*.json"))
    told = {name for record in records for name in record["named"]} if known else set()
    one = rf'\{{"?edition"?: "{re.escape(edition)}"[^}}]*\}}(, )?'
    for path in (content / "partners").glob("*.yaml"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        kept = (line if any(f'"{name}"' in line for name in told) else re.sub(one, "", line) for line in lines)
        path.write_text("".join(kept).replace("}, ]", "}]").replace(", named_in: []", ""), "utf-8")
    return True


def _edited(content: Path, name: str, change: Callable[[str], str]) -> bool:
    path = content / name
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    return True


def _by_method(content: Path, refused: str, method: str) -> bool:
    """The refused edition and all that are not published yet by another method."""
    for path in (content / "editions").glob("*.yaml"):
        if path.name == Path(refused).name or not (content / "published" / path.stem).exists():
            text = re.sub(r'protection: "\w+"', f'protection: "{method}"', path.read_text("utf-8"))
            path.write_text(text, "utf-8")
    return True


# --- files ------------------------------------------------------------------------------------------------------------


def write(files: Files, content: Path) -> None:
    """Write, or remove, the files of a source."""
    for name, held in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if held is None:
            path.unlink()
        else:
            path.write_text(held if isinstance(held, str) else "".join(_lines(held)), "utf-8")


def _lines(held: Any) -> Iterator[str]:  # noqa: ANN401 (anything that YAML can say)
    if isinstance(held, list):
        yield from (f"- {flow(each)}\n" for each in held)
    else:
        yield from (f"{key}: {flow(value)}\n" for key, value in held.items())


def flow(value: Any) -> str:  # noqa: ANN401 (anything that YAML can say)
    """A value on one line of YAML: all text in quotes, days without."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
