"""Non-interference: nothing confidential decides a public byte; of rounding an id decides a draw, and no more.

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
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from pypdfium2 import PdfDocument

import build
from tests.everything import make_everything, publish, unchecked
from tweeluik.pipeline.steps import make_candidates, make_site
from tweeluik.source.load import read_source
from tweeluik.source.records import Source

ROOT = Path(__file__).parents[2]
CHANCE = 20261124
KEY = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"


def files_of(content: Path) -> dict[str, bytes]:
    """What is published, and what is not yet: that is protected now. What is compared need not be searched and attacked."""
    with unchecked():
        return dict(make_everything(content).files)


@pytest.fixture(scope="module")
def public() -> dict[str, bytes]:
    return files_of(ROOT / "content")


def records(path: Path) -> list[dict[str, Any]]:
    found = yaml.load(path.read_bytes(), yaml.CBaseLoader)  # noqa: TID251 (texts only, as they stand)
    return found if isinstance(found, list) else [found]


class Disguise:
    """Other names, aliases, numbers and ids for every organisation; names with consent stay."""

    def __init__(self, chance: Random, *, keeps_ids: bool = False) -> None:
        self._chance = chance
        self._keeps_ids = keeps_ids
        self._ids: dict[str, str] = {}

    def id(self, old: str) -> str:
        """Another id; the draws of rounding follow from who is in a number, and so from ids: there they stay."""
        return old if self._keeps_ids else self._ids.setdefault(old, f"{self.word(3, 9)}-{len(self._ids):03}")

    def word(self, least: int, most: int) -> str:
        return "".join(self._chance.choice("bcdfgjklmnprstvwz") for _ in range(self._chance.randint(least, most)))

    def name(self) -> str:
        return " ".join(self.word(4, 14).capitalize() for _ in range(self._chance.randint(1, 5)))

    def partner(self, old: dict[str, Any]) -> dict[str, Any]:
        new = {**old, "id": self.id(old["id"])}
        for key in ("umbrella", "successor"):
            if key in old:
                new[key] = self.id(old[key])
        if "before" in old:
            new["before"] = [self.former(each) for each in old["before"]]
        if not any("withdrawn" not in each for each in old.get("named_in", ())):
            new["name"] = self.name()
        if "aliases" in old:
            new["aliases"] = [self.name() for _ in range(self._chance.randint(1, 4))]
        if "registration" in old:
            new["registration"] = f"{self._chance.randrange(10**8):08}"
        for key in ("collaborations", "named_in"):
            if key in old:
                new[key] = [self.shuffled(each) for each in self.shuffled(old[key])]
        return dict(self.shuffled(new.items()))

    def former(self, old: dict[str, Any]) -> dict[str, Any]:
        """What an organisation was before, under another name too."""
        return {**old, **({"name": self.name()} if "name" in old else {})}

    def talk(self, old: dict[str, Any]) -> dict[str, Any]:
        new = {**old, "partners": self.shuffled(map(self.id, old["partners"]))}
        if "measures" in old:
            new["measures"] = self.shuffled(old["measures"])
        return dict(self.shuffled(new.items()))

    def shuffled(self, old: Any) -> Any:
        if isinstance(old, dict):
            return {key: self.shuffled(value) for key, value in self.shuffled(old.items())}
        if isinstance(old, str):
            return old
        items = list(old)
        return self._chance.sample(items, len(items))


FILES = 3
"""How many files the organisations, and the conversations of each file, are spread over."""


def disguised(content: Path, chance: Random, *, keeps_ids: bool = False) -> None:
    """Rewrite the confidential files of a copy of the source, and shuffle whatever lists the other files have."""
    disguise = Disguise(chance, keeps_ids=keeps_ids)
    partners = [each for path in sorted((content / "partners").iterdir()) for each in records(path)]
    chance.shuffle(partners)
    shutil.rmtree(content / "partners")
    (content / "partners").mkdir()
    renamed = [disguise.partner(each) for each in partners]
    for part in range(FILES):
        write(content / "partners" / f"{disguise.word(5, 9)}.yaml", renamed[part::FILES])
    for path in sorted((content / "conversations").iterdir()):
        talks = disguise.shuffled(csv_talks(path) if path.suffix == ".csv" else records(path))
        path.unlink()
        for part in range(FILES):
            write(path.with_name(f"{disguise.word(9, 12)}.yaml"), [disguise.talk(each) for each in talks[part::FILES]])
    for file in ("vocabulary.yaml", "agenda.yaml"):
        shuffle_lines(content / file, chance)
    grounds(content / "policy.yaml", disguise)
    (content / "recipients.txt").write_text(f"# {disguise.name()}\n", "utf-8")
    (content / "LEESMIJ.bak").write_text(disguise.name(), "utf-8")


def shuffle_lines(path: Path, chance: Random) -> None:
    """The items of every list of a file, which each have a line, in another order."""
    before = path.read_text("utf-8")
    blocks = re.split(r"((?:^  - .*\n)+)", before, flags=re.MULTILINE)
    lists = (block.splitlines(keepends=True) for block in blocks[1::2])
    blocks[1::2] = ["".join(chance.sample(lines, len(lines))) for lines in lists]
    path.write_text("".join(blocks), "utf-8")
    assert path.read_text("utf-8") != before


def grounds(path: Path, disguise: Disguise) -> None:
    """Other grounds for the numbers of the policy, except for the one that the public is told."""
    (policy,) = records(path)
    for key, number in policy.items():
        if key != "threshold":
            number["source"] = disguise.name()
    path.write_text(entry(policy), "utf-8")


def csv_talks(path: Path) -> Iterator[dict[str, Any]]:
    for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))):
        lists = {name: row[name].split(";") for name in ("partners", "measures") if row[name]}
        yield {name: value for name, value in row.items() if value} | lists


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


BARE = {
    "value", "date", "endorsed", "year", "traceable_to_persons", "consent", "withdrawn", "until", "from", "ended",
}  # fmt: skip
"""Keys whose values are no text: they stand in YAML without quotes."""


def typed(key: str, value: Any) -> str:
    return str(value) if key in BARE and isinstance(value, str) else entry(value)


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_renaming_everything_confidential_and_another_order_leave_every_public_byte_the_same(
    public: dict[str, bytes], tmp_path: Path, seed: int
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    disguised(content, Random(CHANCE + seed))
    made = files_of(content)
    assert [path for path in public if made.get(path) != public[path]] == []
    assert made.keys() == public.keys()


def test_what_is_compared_holds_every_sort_of_file(public: dict[str, bytes]) -> None:
    kinds = {path.rpartition(".")[2] for path in public}
    assert {"html", "csv", "json", "pdf", "ods", "xml", "txt", "jsonld"} <= kinds


def by_one_person(content: Path) -> None:
    """Nobody need approve: who may is asked elsewhere."""
    policy = content / "policy.yaml"
    text, made = re.subn(r"(?m)^(approvals:\n  value: )\d", r"\g<1>0", policy.read_text("utf-8"))
    assert made == 1
    policy.write_text(text, "utf-8")


@pytest.mark.long
def test_a_disguised_source_freezes_into_the_very_record_of_the_source_as_it_is(tmp_path: Path) -> None:
    """Here the edition is protected anew: what was published is taken away first."""
    plain, other = tmp_path / "plain", tmp_path / "other"
    for content in (plain, other):
        shutil.copytree(ROOT / "content", content)
        shutil.rmtree(content / "published")
        by_one_person(content)
    disguised(other, Random(CHANCE))
    for content in (plain, other):
        where = ("--content", str(content), "--templates", str(ROOT / "templates"), "--site", str(tmp_path / "site"))
        assert build.main(["publish", "2025", *where]) == 0
    one, another = (content / "published" / "2025" / "release-1.json" for content in (plain, other))
    assert one.read_bytes() == another.read_bytes()


@pytest.mark.parametrize(("protection", "keeps_ids"), [("suppression", False), ("rounding", True)])
def test_without_a_key_of_its_own_and_nothing_published_the_same_holds(
    tmp_path: Path, protection: str, keeps_ids: bool
) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    for content in (plain, other):
        shutil.copytree(ROOT / "tests" / "golden" / "content", content)
        for path in (content / "editions").iterdir():
            path.write_text(re.sub("protection: .*", f"protection: {protection}", path.read_text("utf-8")), "utf-8")
    disguised(other, Random(CHANCE), keeps_ids=keeps_ids)
    assert files_of(plain) == files_of(other)


def test_no_word_of_the_confidential_records_is_the_same_after_the_disguise(tmp_path: Path) -> None:
    """The disguise is thorough: but for names with consent no text is left, and no id."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    disguised(content, Random(CHANCE))
    old, new = read_source(ROOT / "content"), read_source(content)
    assert [len(each) for each in (old.partners, old.conversations)] == [len(new.partners), len(new.conversations)]
    assert secrets(old) & secrets(new) == set()
    named = {each.name for each in old.partners if any(naming.withdrawn is None for naming in each.named_in)}
    assert {each.name for each in old.partners} & {each.name for each in new.partners} == named


def secrets(source: Source) -> set[str | None]:
    grounds = (source.policy.p_percent, source.policy.approvals, source.policy.conversations_per_year)
    of_partners = {text for each in source.partners for text in (each.id, each.registration, *each.aliases)} - {None}
    in_talks = {partner for each in source.conversations for partner in each.partners}
    return of_partners | in_talks | {each.source for each in grounds}


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


def test_of_the_list_for_inspection_only_digests_follow_from_what_is_on_it(tmp_path: Path) -> None:
    """The hinge binds the public page to the sealed list, and so changes with it; whatever else stands there does not."""
    plain, other = tmp_path / "plain", tmp_path / "other"
    for content in (plain, other):
        shutil.copytree(ROOT / "tests" / "golden" / "content", content)
        (content / "protection.key").write_text(KEY + "\n")
    without_society(other)
    one, another = files_of(plain), files_of(other)
    assert one["edities/gesprekspartners/release.json"] != another["edities/gesprekspartners/release.json"]
    assert {path: _told(data) for path, data in one.items()} == {path: _told(data) for path, data in another.items()}


def _told(data: bytes) -> bytes:
    """What a file tells but for digests: an annex prints that of the log, which makes it some bytes longer or shorter.

    That may be the next kB where a page says how large it is.
    """
    if data.startswith(b"%PDF"):
        with PdfDocument(data) as opened:
            data = "\n".join(page.get_textpage().get_text_range() for page in opened).encode()
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as packed:
            data = b"\n".join(part.encode() + b"\n" + packed.read(part) for part in packed.namelist())
    return _BYTE_SIZE.sub(b"", _DIGEST.sub(b"", data))


_DIGEST = re.compile(rb"\b[0-9a-f]{64}\b")
_BYTE_SIZE = re.compile(rb'"dcat:byteSize": {[^}]*}|, \d+ kB\)')


# --- the same bytes everywhere ----------------------------------------------------------------------------------------


def built_elsewhere(folder: Path, content: Path, *options: str, settings: Mapping[str, str]) -> dict[str, bytes]:
    """The source built by a program of its own, in another place and other circumstances."""
    folder.mkdir()
    for name, origin in (("inhoud", content), ("vormen", ROOT / "templates")):
        copied_backwards(origin, folder / name)
    command: list[str | Path] = [sys.executable, ROOT / "build.py"]
    where = ("--content", "inhoud", "--templates", "vormen", "--site", "uit")
    subprocess.run(
        [*command, "build", *options, *where],
        cwd=folder,
        env={**os.environ, **settings},
        check=True,
        capture_output=True,
    )
    found = folder / "uit"
    return {each.relative_to(found).as_posix(): each.read_bytes() for each in found.rglob("*") if each.is_file()}


def copied_backwards(origin: Path, target: Path) -> None:
    """A copy whose files were made in the other order, at a time long ago, so that a folder may list them otherwise."""
    for path in sorted((each for each in origin.rglob("*") if each.is_file()), reverse=True):
        copy = target / path.relative_to(origin)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (0, 0))


ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
"""A system on which text is ASCII unless a program says otherwise."""

EAST = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", **ASCII}
WEST = {
    "TZ": "America/Anchorage",
    "PYTHONHASHSEED": "77",
    "LC_ALL": "nl_NL.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "COLUMNS": "40",
}


SMALL = ROOT / "tests" / "golden" / "content"


def of_the_small_source(folder: Path) -> Path:
    """With an edition that was published, and the key that came with it."""
    shutil.copytree(SMALL, folder)
    publish(folder, "2025")
    return folder


def of_the_example(_folder: Path) -> Path:
    return ROOT / "content"


@pytest.mark.parametrize("content", [of_the_small_source, pytest.param(of_the_example, marks=pytest.mark.long)])
def test_a_build_in_another_place_time_zone_locale_and_hash_seed_is_the_same(
    tmp_path: Path, content: Callable[[Path], Path]
) -> None:
    source = content(tmp_path / "hier")
    files = make_site(source, ROOT / "templates").files
    assert built_elsewhere(tmp_path / "een heel ander pad é", source, settings=EAST) == files


def test_so_is_that_of_a_source_without_a_key_and_a_published_edition(tmp_path: Path) -> None:
    files = make_candidates(SMALL, ROOT / "templates").files
    assert built_elsewhere(tmp_path / "twee", SMALL, "--candidates", settings=WEST) == files
