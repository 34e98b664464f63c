"""Non-interference: nothing confidential decides a public byte.

The example is built as it is, and with every confidential text renamed, every id changed and everything in another order.
"""

from __future__ import annotations

import csv
import io
import json
import os
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


# --- the same bytes everywhere ----------------------------------------------------------------------------------------


def built_elsewhere(folder: Path, **environment: str) -> dict[str, bytes]:
    """The small content built by a program of its own, in another place and other circumstances."""
    folder.mkdir()
    shutil.copytree(ROOT / "tests" / "golden" / "content", folder / "inhoud")
    shutil.copytree(ROOT / "templates", folder / "vormen")
    command = [sys.executable, ROOT / "build.py", "--content", "inhoud", "--templates", "vormen", "--site", "uit"]
    subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True, capture_output=True)
    found = folder / "uit"
    return {str(each.relative_to(found)): each.read_bytes() for each in found.rglob("*") if each.is_file()}


def test_two_builds_in_other_places_time_zones_locales_and_hash_seeds_are_the_same(tmp_path: Path) -> None:
    one = built_elsewhere(tmp_path / "een", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    other = built_elsewhere(
        tmp_path / "een heel ander pad", TZ="America/Anchorage", LC_ALL="nl_NL.UTF-8", PYTHONHASHSEED="77"
    )
    assert one == other


# --- markers ----------------------------------------------------------------------------------------------------------


def into_partner(field: str, value: Any) -> Callable[[Path], None]:
    def change(content: Path) -> None:
        path = content / "partners" / "partners.yaml"
        found = records(path)
        chosen = next(each for each in found if "named_in" not in each)
        old = chosen.get(field)
        chosen[field] = value
        write(path, found)
        if field == "id":
            rename_id(content, str(old), str(value))

    return change


def rename_id(content: Path, old: str, new: str) -> None:
    for path in [*(content / "partners").iterdir(), *(content / "conversations").iterdir()]:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def into_policy(content: Path) -> None:
    path = content / "policy.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("p_percent: {value: 10, source: keuze voor de tests", f"p_percent: {{value: 10, source: {MARKER}")
    )


def into_key(content: Path) -> None:
    (content / "protection.key").write_text(KEY_MARKER + "\n")


MARKER = "Qwyxzvbn Kjhtrew"
KEY_MARKER = "5eedfacade15ea5e" * 4


@pytest.mark.parametrize(
    ("where", "marker", "change"),
    [
        ("name", MARKER, into_partner("name", MARKER)),
        ("aliases", MARKER, into_partner("aliases", [MARKER, "Alias Vqx"])),
        ("registration", "81726354", into_partner("registration", "81726354")),
        ("id", "qwyxzvbnid", into_partner("id", "qwyxzvbnid")),
        ("source of p", MARKER, into_policy),
        ("protection key", KEY_MARKER, into_key),
    ],
)
@pytest.mark.parametrize("broken", [False, True])
def test_a_marker_in_a_confidential_field_is_in_no_file_message_or_log(
    tmp_path: Path, where: str, marker: str, change: Callable[[Path], None], broken: bool
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "golden" / "content", content)
    change(content)
    if broken:  # what stands beside the marker is wrong too, so that messages come from its neighbourhood
        path = content / "partners" / "partners.yaml"
        path.write_text(path.read_text("utf-8").replace("kind: ", "kindd: "), "utf-8")
    command = [sys.executable, ROOT / "build.py", "--content", content, "--templates", ROOT / "templates"]
    done = subprocess.run([*command, "--site", tmp_path / "site"], capture_output=True, check=False)
    assert done.returncode == (10 if broken else 0), where
    parts = [
        done.stdout,
        done.stderr,
        *(each.read_bytes() for each in (tmp_path / "site").rglob("*") if each.is_file()),
    ]
    assert not any(each.encode() in part for part in parts for each in (marker, marker.casefold(), *marker.split()))
