"""Non-interference: nothing confidential decides a public byte.

The example is built as it is, and with every confidential text renamed, every id changed and everything in another order.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from tweeluik.pipeline import make_site

ROOT = Path(__file__).parents[2]
CHANCE = 20261124
KEY = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"


def files_of(content: Path) -> dict[str, bytes]:
    return dict(make_site(content, ROOT / "templates").files)


@pytest.fixture(scope="module")
def public() -> dict[str, bytes]:
    return files_of(ROOT / "content")


def records(path: Path) -> list[dict[str, Any]]:
    found = yaml.load(path.read_bytes(), yaml.CBaseLoader)  # noqa: TID251 (texts only, as they stand)
    return found if isinstance(found, list) else [found]


class Disguise:
    """Other names, aliases, numbers and ids for every organisation; names with consent stay."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._ids: dict[str, str] = {}

    def id(self, old: str) -> str:
        return self._ids.setdefault(old, f"{self.word(3, 9)}-{len(self._ids):03}")

    def word(self, least: int, most: int) -> str:
        return "".join(self._chance.choice("bcdfgjklmnprstvwz") for _ in range(self._chance.randint(least, most)))

    def name(self) -> str:
        return " ".join(self.word(4, 14).capitalize() for _ in range(self._chance.randint(1, 5)))

    def partner(self, old: dict[str, Any]) -> dict[str, Any]:
        new = {**old, "id": self.id(old["id"])}
        if "umbrella" in old:
            new["umbrella"] = self.id(old["umbrella"])
        if not any("withdrawn" not in each for each in old.get("named_in", ())):
            new["name"] = self.name()
        if "aliases" in old:
            new["aliases"] = [self.name() for _ in range(self._chance.randint(1, 4))]
        if "registration" in old:
            new["registration"] = f"{self._chance.randrange(10**8):08}"
        return new


def disguised(content: Path, chance: Random) -> None:
    """Rewrite the confidential files of a copy of the source."""
    disguise = Disguise(chance)
    partners = [each for path in sorted((content / "partners").iterdir()) for each in records(path)]
    chance.shuffle(partners)
    shutil.rmtree(content / "partners")
    (content / "partners").mkdir()
    renamed = [disguise.partner(each) for each in partners]
    for part in range(3):
        write(content / "partners" / f"{disguise.word(5, 9)}.yaml", renamed[part::3])
    for path in sorted((content / "conversations").iterdir()):
        talks = list(csv_talks(path) if path.suffix == ".csv" else records(path))
        chance.shuffle(talks)
        path.unlink()
        write(path.with_name(f"{disguise.word(5, 9)}.yaml"), [with_ids(each, disguise, chance) for each in talks])


def csv_talks(path: Path) -> Iterator[dict[str, Any]]:
    for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))):
        lists = {name: row[name].split(";") for name in ("partners", "measures") if row[name]}
        yield {name: value for name, value in row.items() if value} | lists


def with_ids(talk: dict[str, Any], disguise: Disguise, chance: Random) -> dict[str, Any]:
    partners = [disguise.id(each) for each in talk["partners"]]
    return {**talk, "partners": chance.sample(partners, len(partners))}


def write(path: Path, found: list[dict[str, Any]]) -> None:
    """Values that are no text in YAML are written bare, as they stood."""
    path.write_text("\n".join(f"- {entry(each)}" for each in found) + "\n", "utf-8")


def entry(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {typed(key, item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(entry(each) for each in value) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def typed(key: str, value: Any) -> str:
    bare = key in ("date", "endorsed", "year", "traceable_to_persons", "consent", "withdrawn")
    return str(value) if bare else entry(value)


@pytest.mark.parametrize("seed", range(2))
def test_renaming_everything_confidential_and_another_order_leave_every_public_byte_the_same(
    public: dict[str, bytes], tmp_path: Path, seed: int
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    disguised(content, Random(CHANCE + seed))
    made = files_of(content)
    assert [path for path in public if made.get(path) != public[path]] == []
    assert made.keys() == public.keys()


def test_without_a_key_of_its_own_the_same_holds(tmp_path: Path) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    for content in (plain, other):
        shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    disguised(other, Random(CHANCE))
    assert files_of(plain) == files_of(other)


# --- what no number counts ----------------------------------------------------------------------------------------------


def without_society(content: Path) -> None:
    """The conversations that only the conversation-partners of the confidential edition had."""
    (content / "conversations" / "2024.csv").unlink()
    for path in sorted((content / "conversations").iterdir()):
        write(path, [each for each in records(path) if each["context"] == "agenda"])


def on_other_days(content: Path) -> None:
    def moved(day: str) -> str:
        return f"{day[:8]}{28 - int(day[8:]) % 28:02}"

    for path in sorted((content / "conversations").glob("*.yaml")):
        write(path, [{**each, "date": moved(each["date"])} for each in records(path)])


def endorsed_earlier_in_the_year(content: Path) -> None:
    for path in sorted((content / "partners").iterdir()):
        days = ({"endorsed": f"{each['endorsed'][:4]}-01-02"} if "endorsed" in each else {} for each in records(path))
        write(path, [{**each, **day} for each, day in zip(records(path), days, strict=True)])


def without_registrations_and_aliases(content: Path) -> None:
    for path in sorted((content / "partners").iterdir()):
        write(path, [{k: v for k, v in each.items() if k not in ("registration", "aliases")} for each in records(path)])


def with_a_name_that_may_not_stand_here_any_more(content: Path) -> None:
    path = content / "partners" / "partners.yaml"
    text = path.read_text("utf-8")
    assert "withdrawn: 2026-05-01" in text
    path.write_text(
        re.sub(r"\n  named_in:\n    - {edition: \"2025\", consent: \S+ withdrawn: 2026-05-01}", "", text), "utf-8"
    )


@pytest.mark.parametrize(
    "change",
    [
        without_society,
        on_other_days,
        endorsed_earlier_in_the_year,
        without_registrations_and_aliases,
        with_a_name_that_may_not_stand_here_any_more,
    ],
)
def test_what_no_public_number_counts_decides_no_byte(tmp_path: Path, change: Callable[[Path], None]) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    for content in (plain, other):
        shutil.copytree(ROOT / "tests" / "golden" / "content", content)
        # Without a key of its own the choices of protection follow from all facts, so that nobody can repeat them.
        (content / "protection.key").write_text(KEY + "\n")
    before = {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    change(other)
    assert before != {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    assert files_of(plain) == files_of(other)


# --- the same bytes everywhere ----------------------------------------------------------------------------------------


def built_elsewhere(folder: Path, **environment: str) -> dict[str, bytes]:
    """The small content built by a program of its own, in another place and other circumstances."""
    folder.mkdir()
    shutil.copytree(ROOT / "tests" / "golden" / "content", folder / "inhoud")
    shutil.copytree(ROOT / "templates", folder / "vormen")
    command: list[str | Path] = [
        sys.executable,
        ROOT / "build.py",
        "--content",
        "inhoud",
        "--templates",
        "vormen",
        "--site",
        "uit",
    ]
    subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True, capture_output=True)
    found = folder / "uit"
    return {str(each.relative_to(found)): each.read_bytes() for each in found.rglob("*") if each.is_file()}


def test_two_builds_in_other_places_time_zones_locales_and_hash_seeds_are_the_same(tmp_path: Path) -> None:
    one = built_elsewhere(tmp_path / "een", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    other = built_elsewhere(
        tmp_path / "een heel ander pad", TZ="America/Anchorage", LC_ALL="nl_NL.UTF-8", PYTHONHASHSEED="77"
    )
    assert one == other
