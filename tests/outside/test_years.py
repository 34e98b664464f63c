"""A published edition outlives every change of the source: told with its day it is no difference, told without it is one.

Either way `check` exits 0, and the site of what was published stays the same to the byte.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.outside.test_play import Files, built, files_of, run
from tests.play.ministry import Ministry, change, recode, relabel, withdraw
from tests.play.script import command, events, play
from tweeluik.selection.rules import select
from tweeluik.source.load import read_source

Change = Callable[[Ministry], object]


def moved(ministry: Ministry) -> None:
    for id_ in ("p-101", "p-102", "p-103", "p-104", "p-115", "p-116", "p-118"):
        ministry.partner(id_)["region"] = "NL"


def moved_on_a_day(ministry: Ministry) -> None:
    change(ministry, {"id": "p-101", "until": date(2026, 3, 9), "region": "NL"})


def endorsement_taken_out(ministry: Ministry) -> None:
    for n in range(101, 113):
        ministry.partner(f"p-{n}").pop("endorsed", None)


def endorsement_withdrawn(ministry: Ministry) -> None:
    withdraw(ministry, {"id": "p-101", "until": date(2026, 3, 9)})


def kind_with_another_name(ministry: Ministry) -> None:
    ministry.item("kinds", "welzijn")["label"] = "Organisatie voor welzijn"


def kind_renamed_after_a_year(ministry: Ministry) -> None:
    relabel(ministry, {"list": "kinds", "code": "welzijn", "until": 2025, "label": "Organisatie voor welzijn"})


def nuts_2024(ministry: Ministry) -> None:
    """Only the years: the labels tell that they are one."""
    for old, new, label in (("NL31", "NL35", "Utrecht"), ("NL33", "NL36", "Zuid-Holland")):
        ministry.item("regions", old)["until"] = 2025
        ministry.items("regions").append({"code": new, "label": label, "from": 2026})


def nuts_2024_that_says_what_it_replaces(ministry: Ministry) -> None:
    into = [{"code": "NL35", "label": "Utrecht (provincie)"}]
    recode(ministry, {"list": "regions", "codes": ["NL31"], "into": into, "from": 2026})


def ministry_with_another_name(ministry: Ministry) -> None:
    ministry.report["publisher"] = "Ministerie van Luchtkastelen"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Files]:
    """The play until its first publication, and the site of it."""
    root = tmp_path_factory.mktemp("jaren")
    until_then(ministry := Ministry(root / "content"))
    ministry.write()
    (first,) = [event for event in events() if command(event)][:1]
    assert run(ministry.content, *command(first)).code == 0
    return ministry.content, built(ministry.content, root / "site")


def until_then(ministry: Ministry) -> None:
    for event in events():
        play(ministry, event)
        if command(event):
            return


def after(change: Change, published: tuple[Path, Files], root: Path) -> Path:
    content = root / "content"
    shutil.copytree(published[0], content)
    until_then(ministry := Ministry(content))
    change(ministry)
    ministry.write()
    return content


DIFFERENCES: dict[Change, int] = {
    moved: 1,
    moved_on_a_day: 0,
    endorsement_taken_out: 1,
    endorsement_withdrawn: 0,
    kind_with_another_name: 1,
    kind_renamed_after_a_year: 0,
    nuts_2024: 0,
    nuts_2024_that_says_what_it_replaces: 0,
    ministry_with_another_name: 0,
}
"""How many editions `check` says to differ from their source."""

FRAME: dict[Change, set[str]] = {
    ministry_with_another_name: {"edities/2025/index.html", "edities/2025/versie-1/index.html"}
}
"""What changes all the same: at the foot of a page stands who keeps the site today, also of a permanent address."""


@pytest.mark.parametrize("change", DIFFERENCES, ids=lambda change: change.__name__)
def test_the_published_edition_stays(change: Change, published: tuple[Path, Files], tmp_path: Path) -> None:
    content = after(change, published, tmp_path)
    register = files_of(content / "published")
    said = run(content, "check")
    assert (said.code, said.text.count("the source now differs")) == (0, DIFFERENCES[change]), said.text
    before, now = published[1], built(content, tmp_path / "site")
    changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    assert {path for path in changed if path.startswith("edities/")} == FRAME.get(change, set())
    assert files_of(content / "published") == register


def test_who_withdraws_is_out_from_then_on_and_stays_in_the_years_before(
    published: tuple[Path, Files], tmp_path: Path
) -> None:
    content = after(endorsement_withdrawn, published, tmp_path)
    source = read_source(content)
    members = {edition.id: {each.id for each in select(source, edition).partners} for edition in source.editions}
    assert "p-101" in members["2025"]
    explained = run(content, "explain", "p-101").text
    assert re.search(r"2025 .*\n +in +p-101", explained)
